"""Lists of names: where some members of A、B、C are names, the others shaped like one are too."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from detectors.base import Hit
from detectors.names.evidence import FAIR, HAN, ORGANISATION_END, names_place
from detectors.text.vocabulary import (
    NameStatistics,
    Words,
    backward,
    cues,
    forward,
    scarce_surnames,
)
from review.finding import Entity

MEMBER = -9.0
"""A member of a list that goes on with other words may lose this much to the plain reading."""
MEMBER_WHOLE = -14.0
"""The same for a whole member of a list in which several names stand already."""
RARE = -3.0
"""The same for one that goes on with other words and begins with a surname that is a word."""
SHORTER = 3.0
"""Taken off a reading of two characters: beside full names the longer reading is likelier."""
WORD = 12.5
"""A word that costs less is too common to be a name by one neighbour alone."""
WORD_AMONG_NAMES = 8.5
"""The same for a whole member of a list in which several names stand already."""
_LONGEST_ITEM = 24
KIN_COUNTED = "(?:兄弟|姐妹|兄妹|姐弟)"
"""Counted so, only people are (康庄、康健、康宁三兄弟)."""
_AFTER = re.compile(
    rf"(?:[(（][^()（）\n]{{0,40}}[)）])?[ ]?、[ ]?(?P<item>[{HAN}]{{2,{_LONGEST_ITEM}}})"
)
_BEFORE = re.compile(
    rf"(?P<item>[{HAN}]{{2,{_LONGEST_ITEM}}})(?:[(（][^()（）\n]{{0,40}}[)）])?[ ]?、[ ]?\Z"
)
_REACH = 72
_LAST = re.compile(
    rf"(?:[(（][^()（）\n]{{0,40}}[)）])?[ ]?[和与及][ ]?(?P<item>[{HAN}]{{2,3}})(?![{HAN}])"
)
_AND_OTHERS = re.compile(
    rf"(?<=..)(?:等|[两三四五六七八九十]{{1,3}}(?:[人名位户]|{KIN_COUNTED})|[和与及][{HAN}]{{2,3}}\Z).*\Z"
)
_NOTE = r"(?:[(（][^()（）\n]{0,40}[)）])?"
_COUNTED = re.compile(
    rf"{_NOTE}(?:[ ]?、[ ]?[{HAN}]{{2,4}}{_NOTE}){{0,6}}?"
    r"[ ]?等[ ]?[0-9一二两三四五六七八九十百]{1,4}[余多]?(?:户|[人名位])"
)
"""The rest of a list that counts the people in it: 司马玉珍、安静等17户."""
_LEAD = re.compile(
    r"(?:涉及|含有|包括|包含|其中|查明|核实|发现|确认|公示|分别[为是]|反映|现有|还有|[为是系有对给由向与和及将把因])\Z"
)
"""What may stand before the first of them in the same clause."""
NEVER_GIVEN = frozenset("某的了着与及是被把也都不和因")


def listed(text: str, hits: Iterable[Hit], words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Yield the members of enumerations that stand next to names already found.

    A list is trusted where one of its names has evidence, two of them stand side by side, or the
    people in it are counted (等17户); every member found carries the next one.
    """
    known = list(hits)
    starts = {hit.start: (hit.start, hit.end) for hit in known}
    ends = {hit.end: (hit.start, hit.end) for hit in known}
    counted = {hit.start for hit in known if _COUNTED.match(text, hit.end)}
    several = counted | {hit.start for hit in known if _beside_name(text, hit, starts, ends)}
    waiting = [starts[hit.start] for hit in known if hit.score >= FAIR or hit.start in several]
    done: set[int] = set()
    while waiting:
        start, end = waiting.pop()
        if start in done:
            continue
        done.add(start)
        least = WORD_AMONG_NAMES if start in several else WORD
        following = _following(text, end, starts, words, names, least)
        preceding = _preceding(text, start, ends, words, names, least, clear=start in counted)
        for span in filter(None, (following, preceding)):
            waiting.append(span)
            several.add(span[0])
            if start in counted:
                counted.add(span[0])
            if span[0] not in starts and span[1] not in ends:
                starts[span[0]] = ends[span[1]] = span
                yield Hit(Entity.PERSON, *span, FAIR, "与其他姓名并列")


Place = tuple[int, int]


def _beside_name(text: str, hit: Hit, starts: Collection[int], ends: Collection[int]) -> bool:
    following = _AFTER.match(text, hit.end, hit.end + _REACH)
    preceding = text[max(0, hit.start - 1) : hit.start] == "、" and hit.start - 1 in ends
    return preceding or (following is not None and following.start("item") in starts)


def _following(
    text: str,
    end: int,
    starts: Mapping[int, Place],
    words: Words,
    names: NameStatistics,
    least: float,
) -> Place | None:
    """Give the next member of the list, where it is a name: a known one or what is shaped so."""
    match = _AFTER.match(text, end, end + _REACH)
    if match is None and least < WORD:
        match = _LAST.match(text, end, end + _REACH)
    if match is None:
        return None
    start, item = match.start("item"), match["item"]
    if start in starts:
        return starts[start]
    size = _size(item, words, names, least, at_end=False)
    return (start, start + size) if size else None


def _preceding(
    text: str,
    start: int,
    ends: Mapping[int, Place],
    words: Words,
    names: NameStatistics,
    least: float,
    *,
    clear: bool,
) -> Place | None:
    """Give the member before one; of a ``clear`` list what follows a verb is a whole one."""
    first = max(0, start - _REACH)
    match = _BEFORE.search(text[first:start])
    if match is None:
        return None
    end = first + match.end("item")
    if end in ends:
        return ends[end]
    item = _without_lead(match["item"], names) if clear else match["item"]
    size = _size(item, words, names, least, at_end=True)
    return (end - size, end) if size else None


def _without_lead(item: str, names: NameStatistics) -> str:
    """Cut what leads up to the first name of a list (现含有高兴旺), the shortest lead first."""
    for size in (4, 3, 2):
        name, lead = item[-size:], item[:-size]
        if lead and _LEAD.search(lead) and fits(name, names):
            return name
    return item


def _size(item: str, words: Words, names: NameStatistics, least: float, *, at_end: bool) -> int:
    """Give the length of the name that an item begins or ends with, 0 where there is none.

    A word that costs less than ``least`` is none.
    """
    if not at_end:
        item = _AND_OTHERS.sub("", item)
    plain, rest = forward(item, words), backward(item, words)
    best, chosen = -math.inf, 0
    for size in (2, 3, 4):
        start = len(item) - size if at_end else 0
        name, whole = item[start : start + size], size == len(item)
        if size > len(item) or not fits(name, names):
            continue
        if words.get(name, WORD) < (least if whole else WORD):
            continue
        surname, given = _split(name, names)
        doubtful = surname not in names.common and len(surname) == 1 and not whole
        if not at_end and not whole and names_place(item, size):
            continue
        margin = plain[-1] - plain[start] - names.cost(surname, given) - rest[start + size]
        margin -= SHORTER if len(given) == 1 and not whole else 0
        if doubtful and margin < RARE:
            continue
        carried = whole and least < WORD
        if margin > max(best, MEMBER_WHOLE if carried else MEMBER):
            best, chosen = margin, size
    return chosen


def _split(name: str, names: NameStatistics) -> tuple[str, str]:
    """Cut a member, and let a list make surnames of common words (步高生)."""
    surname, given = names.split(name)
    if not surname and len(name) == 3 and name[0] in scarce_surnames():
        return name[0], name[1:]
    return surname, given


def fits(name: str, names: NameStatistics) -> bool:
    """Say whether a surname and one or two letters that may be given make it up."""
    surname, given = _split(name, names)
    if not surname or not 1 <= len(given) <= 2:
        return False
    unfit = given in cues("unfit") or name in cues("never") or name[:2] in cues("never")
    unlikely = not NEVER_GIVEN.isdisjoint(given)
    organisation = len(name) > 2 and ORGANISATION_END.search(name)
    return not (unfit or unlikely or organisation)
