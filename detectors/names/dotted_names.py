"""Names with a middle dot or a hyphen (约翰·史密斯, 古丽娜尔·阿不力孜) and where they end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from detectors.base import Hit
from detectors.names.evidence import FAIR, HAN, STRONG, label_before, weigh
from detectors.names.foreign_cues import GOES_ON
from detectors.names.foreign_sounds import PlainWords, foreign_words, is_row, sounds
from detectors.text.vocabulary import Words, backward, forward
from review.finding import Entity

DEAREST = 6.2
"""What sounds dearer a character than this, in nats, is no foreign name unless labelled."""
NAMED = 2.0
"""Cost of a character of a row of parts that minorities' names are made of, in nats."""
SHORT = 3
"""A name of fewer characters must have something beside it."""
LEAST_APART = 4
"""A part between two dots in which two names meet is no shorter than this."""
LONGEST_BEFORE = 10
_DOT = "[·•‧・∙⋅.]"
_FIRST_DOT, _FIRST_HYPHEN = re.compile(rf"{_DOT}(?=[{HAN}])"), re.compile(f"-(?=[{HAN}])")
_DOTTED = re.compile(rf"[{HAN}]{{1,10}}(?:{_DOT}[{HAN}]{{1,12}}){{1,3}}")
_HYPHENED = re.compile(rf"[{HAN}]{{2,10}}(?:-[{HAN}]{{2,12}}){{1,3}}")
_BEFORE = re.compile(rf"[{HAN}]+\Z")
_SEPARATOR = re.compile(rf"{_DOT}|-")


def dotted(text: str, words: Words) -> Iterator[Hit]:
    """Find names with a middle dot: any after a label, else those in foreign sounds."""
    words = PlainWords(words)
    for match in _joined(text, _FIRST_DOT, _DOTTED):
        for start, end in _apart(text, *match.span(), words):
            yield from _named(text, start, end, words)
    for match in _joined(text, _FIRST_HYPHEN, _HYPHENED):
        if not _joins_places(match.group()):
            found = _named(text, *match.span(), words)
            yield from (hit for hit in found if GOES_ON.match(text, hit.end))


def _joined(text: str, sign: re.Pattern[str], whole: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Find Han joined by signs, from each first sign to the left, so that plain text is free."""
    reached = 0
    for first in sign.finditer(text):
        at = first.start()
        before = _BEFORE.search(text, max(reached, at - LONGEST_BEFORE), at)
        match = whole.match(text, before.start()) if before else None
        if match and at >= reached:
            reached = match.end()
            yield match


def _apart(text: str, start: int, end: int, words: Words) -> Iterator[tuple[int, int]]:
    """Cut at a middle part in which one name ends and the next begins (甲·乙会见丙·丁)."""
    separators = [sign.span() for sign in _SEPARATOR.finditer(text, start, end)]
    for (_, first), (last, _) in pairwise(separators):
        part = text[first:last]
        if len(part) < LEAST_APART:
            continue
        plain = forward(part, words)
        cost, left, right = min(
            (_price(part[:i]) + plain[j] - plain[i] + _price(part[j:]), i, j)
            for i in range(1, len(part))
            for j in range(i, len(part))
        )
        if cost < _price(part):
            yield start, first + left
            start = first + right
    yield start, end


def _named(text: str, start: int, end: int, words: Words) -> Iterator[Hit]:
    """Cut the ordinary words off both ends of ``text[start:end]`` and judge what is left."""
    label = label_before(text, start)
    parts = _SEPARATOR.split(text[start:end])
    first = 0 if label else _begin(parts[0], words)
    last = _end(parts[-1], words)
    begin, stop = start + first, end - len(parts[-1]) + last
    parts[0], parts[-1] = parts[0][first:], parts[-1][:last]
    if label:
        yield Hit(Entity.PERSON, begin, stop, STRONG, f"“{label}”标签之后")
        return
    if text[begin - 1 : begin] == "《" and text[stop : stop + 1] == "》":
        return
    if all(map(_sounds_foreign, parts)) and (
        sum(map(len, parts)) >= SHORT or weigh(text, begin, stop).weight > 2
    ):
        yield Hit(Entity.PERSON, begin, stop, FAIR, "带间隔号的译名或少数民族姓名")


def _sounds_foreign(part: str) -> bool:
    return _price(part) <= DEAREST * (len(part) + 1)


def _begin(part: str, words: Words) -> int:
    """Give where the name begins that ends with ``part``."""
    plain = forward(part, words)
    return min(range(len(part)), key=lambda at: plain[at] + _price(part[at:]))


def _end(part: str, words: Words) -> int:
    """Give where the name ends that begins with ``part``."""
    plain = backward(part, words)
    return min(range(1, len(part) + 1), key=lambda at: _price(part[:at]) + plain[at])


def _price(part: str) -> float:
    cost = sounds().cost(part, DEAREST)
    return min(cost, NAMED * (len(part) + 1)) if is_row(part) else cost


def _joins_places(name: str) -> bool:
    kinds = {foreign_words().get(part, "person") for part in _SEPARATOR.split(name)}
    return not kinds <= {"person", "either"}
