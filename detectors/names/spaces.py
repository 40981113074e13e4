"""Names set with spaces inside the sentence (局长顾 盼到场): forms pad two letters to three."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from detectors.base import Hit
from detectors.names.evidence import FAIR, HAN, WEAK, Evidence, weigh
from detectors.text.labels import line_after, line_before
from detectors.text.vocabulary import NameStatistics, Words, backward, cues, forward
from review.finding import Entity

SPLIT = 4.0
"""What a space between surname and given name speaks for a name, in nats."""
SPLIT_WORD = 14.0
"""A word that costs less is rather set with a space itself (金 额) than a name."""
NEEDED = 2.5
"""How many nats such a name must be ahead, evidence included."""
NEEDED_BARE = 5.0
"""The same without evidence."""
ALONE = 5.0
"""What speaks for a name where no other letters near it are set apart."""
LABELLED_WORD = 11.0
"""The price of a word that may be a name where a title or a label stands beside it (沙 洲)."""
LONG = 3.0
"""Taken off a given name of two letters without a space: mostly two are padded to three."""
LISTED = 2.0
"""Added where the name is a member of a list."""
PRIOR = 5.5
_REACH = 28
_GAP = "[ \u3000]{1,4}"
_SECOND = re.compile(rf"([{HAN}]){_GAP}([{HAN}])")
_NEVER_GIVEN = frozenset("的了着与及是被把也都不某因于和在为")
_HAN = re.compile(f"[{HAN}]")
_LETTERSPACED = re.compile(rf"(?<![{HAN}])[{HAN}]{_GAP}\Z")
_FURTHER = re.compile(
    rf"{_GAP}[{HAN}](?![{HAN}])|[ \u3000]{{0,4}}[:：]|[{HAN}]{{0,2}}[ ]?[〔\[【][ ]?(?:19|20)\d\d"
)
"""What shows letters set apart for another reason: more of them, a colon, 苏 政发〔2024〕."""
_BETWEEN = re.compile(rf"[{HAN}]{_GAP}(?=[{HAN}])")
_MEMBER = re.compile(rf"[{HAN}]{_GAP}[{HAN}](?=[、，,；;。])|(?<=、)[{HAN}]{_GAP}[{HAN}]")
"""Another member of a list that is widened alike."""
_LAST = re.compile(rf"[{HAN}]*\Z")
_NEXT = re.compile(rf"[{HAN}]*")


def split_names(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Find names whose surname a space parts from the given name, wherever they stand."""
    for gap in _gaps(names.common | names.rare).finditer(text):
        start = gap.start() - 1
        if text[start - 1 : start + 1] in names.compound:
            start -= 1
        if _LETTERSPACED.search(text, max(0, start - 8), start):
            continue
        surname = text[start : gap.start()]
        readings = [
            (_margin(text, start, end, surname, given, words, names), end)
            for end, given in _given(text, gap.end())
            if _possible(surname, given) and not _FURTHER.match(text, end)
        ]
        for margin, end in sorted(readings, reverse=True)[:1]:
            evidence = _evidence(text, start, end)
            found = evidence.score >= FAIR
            if _alone(text, start, end) and not _slipped(text, start, gap, end, words, found):
                margin += ALONE
            if margin + evidence.weight > (NEEDED if found else NEEDED_BARE):
                reason = evidence.reason if found else "姓与名之间空格"
                yield Hit(Entity.PERSON, start, end, max(evidence.score, WEAK), reason)


@cache
def _gaps(surnames: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<=[{''.join(sorted(surnames))}]){_GAP}(?=[{HAN}])")


def _given(text: str, at: int) -> Iterator[tuple[int, str]]:
    """Give the ends and the letters of the given names that may begin at ``at``."""
    yield at + 1, text[at]
    if second := _SECOND.match(text, at):
        yield second.end(), second[1] + second[2]
    elif _HAN.match(text, at + 1):
        yield at + 2, text[at : at + 2]


def _possible(surname: str, given: str) -> bool:
    barred = given in cues("unfit") or surname + given in cues("never")
    return not barred and _NEVER_GIVEN.isdisjoint(given)


def _evidence(text: str, start: int, end: int) -> Evidence:
    """Look at both sides, as if the name were set without spaces."""
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    name = _closed(text[start:end])
    return weigh(left + name + right, len(left), len(left) + len(name))


def _alone(text: str, start: int, end: int) -> bool:
    """Say whether its line holds no other space between letters within reach."""
    sides = line_before(text, start, _REACH), line_after(text, end, _REACH)
    return not any(_BETWEEN.search(_MEMBER.sub("", side)) for side in sides)


def _slipped(
    text: str, start: int, gap: re.Match[str], end: int, words: Words, found: bool
) -> bool:
    """Say whether the space parts a word; one with evidence may be somebody's name as well."""
    word = words.get(_closed(text[start:end]), 0.0)
    if found and word >= LABELLED_WORD:
        return False
    before = _LAST.findall(text[max(0, start - _REACH) : gap.start()])[0]
    after = _closed(text[gap.end() : end]) + _NEXT.findall(text[end : end + _REACH])[0]
    apart = forward(before, words)[-1] + forward(after, words)[-1]
    return forward(before + after, words)[-1] < apart


def _closed(letters: str) -> str:
    return re.sub(r"\s", "", letters)


def _margin(
    text: str,
    start: int,
    end: int,
    surname: str,
    given: str,
    words: Words,
    names: NameStatistics,
) -> float:
    """Price the reading without a name against the one with it, the space counted in."""
    before = _LAST.findall(text[max(0, start - _REACH) : start])[0]
    after = _NEXT.findall(text[end : end + _REACH])[0]
    # The space is no place to read a word across: what stands on either side is read by itself.
    plain = forward(before + surname, words)[-1] + forward(given + after, words)[-1]
    margin = plain - forward(before, words)[-1] - backward(after, words)[0]
    margin -= names.cost(surname, given) + PRIOR
    if words.get(surname + given, SPLIT_WORD) >= SPLIT_WORD:
        margin += SPLIT
    if len(given) > 1 and text[end - len(given) : end] == given:
        margin -= LONG
    if "、" in (text[start - 1 : start], text[end : end + 1]):
        margin += LISTED
    return margin
