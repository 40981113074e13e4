"""Identity numbers whose check digit fits, in a text; other recognisers keep off them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from detectors.numbers.runs import Run, Written, runs
from detectors.text.labels import any_of, near
from review import checks

LABEL = re.compile(any_of("身份证 公民身份 身份号码 证件号 证号 身份证件 居民身份"))
"""Words that say that a number beside them is an identity number."""

_LENGTH = 18
PLAUSIBLE = re.compile(
    r"(?=[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X])"
)
"""Where an identity number may begin in the signs of a run, by its birthday."""

_MOST_MISREAD = 6
_HALF = 9
_ENDS = frozenset({6, 10, 12, 14, 17})
_WRAPPED_LINES = 2


@lru_cache(maxsize=1)
def sound(text: str) -> tuple[Written, ...]:
    """Find all numbers with the right check digit, region and birthday; none overlaps another."""
    found = [number for run in runs(text) for number in _sound_in(run)]
    found.sort(key=lambda number: (not number.stands_alone, number.start))
    taken: set[int] = set()
    kept = []
    for number in found:
        if taken.isdisjoint(range(number.start, number.end)):
            taken.update(range(number.start, number.end))
            kept.append(number)
    return tuple(sorted(kept, key=lambda number: number.start))


@lru_cache(maxsize=1)
def taken(text: str) -> frozenset[int]:
    """Give the offsets in a text that sound identity numbers cover."""
    return frozenset(place for number in sound(text) for place in range(number.start, number.end))


def _sound_in(run: Run) -> Iterator[Written]:
    for match in PLAUSIBLE.finditer(run.read):
        first = match.start()
        if checks.id_card(run.read[first : first + _LENGTH]):
            number = Written(run, first, first + _LENGTH)
            if _is_one(number):
                yield number


def _is_one(number: Written) -> bool:
    """Say whether what stands in and around a number lets it be one."""
    text, gaps = number.run.text, number.gaps()
    if gaps and not number.stands_alone and number.run.signs[number.first].isascii():
        return False
    if number.letters and _touches_word(number):
        return False
    several_lines = len(number.lines) > _WRAPPED_LINES and not number.boxed
    in_row = number.among_figures and not _is_regular(number.groups())
    if number.letters <= _MOST_MISREAD and not (several_lines or number.listed or in_row):
        return True
    return near(LABEL, text, number.start, number.end, 12, 0) and number.letters < _HALF


def _is_regular(groups: tuple[int, ...]) -> bool:
    """Say whether groups end where the region, the birthday or parts of it do, or are all alike."""
    return _ENDS.issuperset(accumulate(groups[:-1])) or len(set(groups[:-1])) == 1


def _touches_word(number: Written) -> bool:
    text = number.run.text
    around = text[max(0, number.start - 1) : number.start] + text[number.end : number.end + 1]
    return any(char.isascii() and char.isalnum() for char in around)
