"""Lists of names: where some members of A、B、C are names, the others shaped like one are too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detectors.base import Hit
from detectors.name_evidence import FAIR, HAN, ORGANISATION_END, names_place
from detectors.vocabulary import NameStatistics, Words, backward, cues, forward
from review.finding import Entity

MEMBER = -9.0
"""A member of a list that goes on with other words may lose this much to the plain reading."""
SHORTER = 3.0
"""Taken off a reading of two characters: beside full names the longer reading is likelier."""
WORD = 12.5
"""A word that costs less is too common to be a name by its neighbours alone."""
_LONGEST_ITEM = 24
_AFTER = re.compile(
    rf"(?:[(（][^()（）\n]{{0,40}}[)）])?[ ]?、[ ]?(?P<item>[{HAN}]{{2,{_LONGEST_ITEM}}})"
)
_BEFORE = re.compile(
    rf"(?P<item>[{HAN}]{{2,{_LONGEST_ITEM}}})(?:[(（][^()（）\n]{{0,40}}[)）])?[ ]?、[ ]?\Z"
)
_REACH = 72
_NEVER_GIVEN = frozenset("某的了着与及是被把也都不和因")


def listed(text: str, hits: Iterable[Hit], words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Yield the members of enumerations that stand next to names already found.

    A list is trusted where one of its names has evidence or two of them stand side by side;
    every member found carries the next one.
    """
    known = sorted(hits, key=lambda hit: hit.start)
    starts = {hit.start for hit in known}
    ends = {hit.end for hit in known}
    trusted = [hit for hit in known if hit.score >= FAIR or _beside_name(text, hit, starts, ends)]
    for hit in trusted:
        end, start = hit.end, hit.start
        while (span := _following(text, end, words, names)) and span[0] not in starts:
            starts.add(span[0])
            end = span[1]
            yield _member(span)
        while (span := _preceding(text, start, words, names)) and span[1] not in ends:
            ends.add(span[1])
            start = span[0]
            yield _member(span)


def _member(span: tuple[int, int]) -> Hit:
    return Hit(Entity.PERSON, *span, FAIR, "与其他姓名并列")


def _beside_name(text: str, hit: Hit, starts: set[int], ends: set[int]) -> bool:
    following = _AFTER.match(text, hit.end, hit.end + _REACH)
    preceding = text[max(0, hit.start - 1) : hit.start] == "、" and hit.start - 1 in ends
    return preceding or (following is not None and following.start("item") in starts)


def _following(text: str, end: int, words: Words, names: NameStatistics) -> tuple[int, int] | None:
    match = _AFTER.match(text, end, end + _REACH)
    if match is None:
        return None
    start, item = match.start("item"), match["item"]
    size = _size(item, words, names, at_end=False)
    return (start, start + size) if size else None


def _preceding(
    text: str, start: int, words: Words, names: NameStatistics
) -> tuple[int, int] | None:
    first = max(0, start - _REACH)
    match = _BEFORE.search(text[first:start])
    if match is None:
        return None
    size = _size(match["item"], words, names, at_end=True)
    end = first + match.end("item")
    return (end - size, end) if size else None


def _size(item: str, words: Words, names: NameStatistics, *, at_end: bool) -> int:
    """Give the length of the name that an item begins or ends with, 0 where there is none."""
    plain, rest = forward(item, words), backward(item, words)
    best, chosen = MEMBER, 0
    for size in (2, 3, 4):
        start = len(item) - size if at_end else 0
        if size > len(item) or not _fits(item[start : start + size], words, names):
            continue
        name, whole = item[start : start + size], size == len(item)
        surname, given = names.split(name)
        if surname in names.rare and not whole:
            continue
        if not at_end and not whole and names_place(item, size):
            continue
        margin = plain[-1] - plain[start] - names.cost(surname, given) - rest[start + size]
        margin -= SHORTER if len(given) == 1 and not whole else 0
        if margin > best:
            best, chosen = margin, size
    return chosen


def _fits(name: str, words: Words, names: NameStatistics) -> bool:
    surname, given = names.split(name)
    if not surname or not 1 <= len(given) <= 2:
        return False
    unfit = given in cues("unfit") or name in cues("never") or name[:2] in cues("never")
    unlikely = not _NEVER_GIVEN.isdisjoint(given)
    organisation = len(name) > 2 and ORGANISATION_END.search(name)
    return not (unfit or unlikely or organisation) and words.get(name, WORD) >= WORD
