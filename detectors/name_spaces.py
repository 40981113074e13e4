"""Names set with spaces inside the sentence (局长顾 盼赶赴现场), as forms pad two letters to three."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from detectors.base import Hit
from detectors.name_evidence import FAIR, HAN, WEAK, weigh
from detectors.vocabulary import NameStatistics, Words, backward, cues, forward
from review.finding import Entity

SPLIT = 4.0
"""What a space between surname and given name speaks for a name, in nats."""
SPLIT_WORD = 14.0
"""A word that costs less is rather set with a space itself (金 额) than a name."""
NEEDED = 2.5
"""How many nats such a name must be ahead, evidence included."""
NEEDED_BARE = 5.0
"""The same without evidence."""
LONG = 3.0
"""Taken off a given name of two letters without a space: mostly two are padded to three."""
LISTED = 2.0
"""Added where the name is a member of a list."""
PRIOR = 5.5
_REACH = 28
_GAP = "[ \u3000]{1,4}"
_SECOND = re.compile(rf"([{HAN}]){_GAP}([{HAN}])")
_NEVER_GIVEN = frozenset("的了着与及是被把也都不某因于和在为")
_FIRST = re.compile(rf"[{HAN}]{{1,2}}\Z")
_LETTERSPACED = re.compile(rf"(?<![{HAN}])[{HAN}]{_GAP}\Z")
_LAST = re.compile(rf"[{HAN}]*\Z")
_NEXT = re.compile(rf"[{HAN}]*")


def split_names(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Find names whose surname a space parts from the given name, wherever they stand."""
    for gap in _gaps(names.common | names.rare).finditer(text):
        surname = text[gap.start() - 1]
        start = gap.start() - 1
        if text[start - 1 : start + 1] in names.compound:
            start -= 1
            surname = text[start : start + 2]
        if _LETTERSPACED.search(text, max(0, start - 8), start):
            continue
        readings = [
            (margin, end, evidence)
            for end, given in _given(text, gap.end())
            if (found := _weigh(text, start, gap, end, surname, given, words, names))
            for margin, evidence in [found]
        ]
        if readings:
            margin, end, (score, reason) = max(readings)
            if margin > (NEEDED if score >= FAIR else NEEDED_BARE):
                yield Hit(Entity.PERSON, start, end, max(score, WEAK), reason)


@cache
def _gaps(surnames: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<=[{''.join(sorted(surnames))}]){_GAP}(?=[{HAN}])")


def _given(text: str, at: int) -> Iterator[tuple[int, str]]:
    """Give the ends and the letters of the given names that may begin at ``at``."""
    yield at + 1, text[at]
    if second := _SECOND.match(text, at):
        yield second.end(), second[1] + second[2]
    elif re.match(f"[{HAN}]", text[at + 1 : at + 2]):
        yield at + 2, text[at : at + 2]


def _weigh(
    text: str,
    start: int,
    gap: re.Match[str],
    end: int,
    surname: str,
    given: str,
    words: Words,
    names: NameStatistics,
) -> tuple[float, tuple[float, str]] | None:
    if given in cues("unfit") or surname + given in cues("never") or not _NEVER_GIVEN.isdisjoint(given):
        return None
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    evidence = weigh(left + surname + given + right, len(left), len(left) + len(surname + given))
    before = _LAST.search(left)
    after = _NEXT.match(right)
    assert before is not None
    assert after is not None
    # The space is no place to read a word across: what stands on either side is read by itself.
    plain = forward(before[0] + surname, words)[-1] + forward(given + after[0], words)[-1]
    named = names.cost(surname, given) + PRIOR
    margin = plain - forward(before[0], words)[-1] - named - backward(after[0], words)[0]
    split = SPLIT if words.get(surname + given, SPLIT_WORD) >= SPLIT_WORD else 0.0
    split -= LONG if len(given) == end - gap.end() == 2 else 0.0
    split += LISTED if left[-1:] == "、" or right[:1] == "、" else 0.0
    reason = evidence.reason if evidence.score >= FAIR else "姓与名之间空格"
    return margin + evidence.weight + split, (evidence.score, reason)
