"""What its neighbours say about a possible name: other names carry it, goods count against it."""

from __future__ import annotations

import math
import re
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass

from detectors.base import Hit
from detectors.names.evidence import BARE, FAIR, HAN, Evidence, weigh
from detectors.text.vocabulary import NameStatistics, Words
from review.finding import Entity

THRESHOLD = 3.5
"""How many nats a name must be ahead of the plain reading, evidence included."""
DOUBTFUL = -2.0
"""A name this far behind, evidence included, may still be carried by its neighbours in a list."""
AMONG_NAMES = 1.5
"""The same where another name stands near: who speaks of one person mostly speaks of several."""
UNLIKE = 4.0
"""How much further ahead a name must be in a list beside what is no name."""
AGAINST = -5.0
"""Evidence as bad as that (a place word follows) no neighbour makes up for."""
NEAR = 120
"""How many characters away that other name may stand."""
GOODS = 0.7
"""The share of words and of what cannot be a name that makes a long list one of goods."""
LONGEST = 4
"""Members of a list longer than this hold other words as well."""
_ITEM = 14
_ITEMS = rf"(?:(?!等)[{HAN}])++"
_MEMBERS = 5
_REST = re.compile(rf"[、—－-]{_ITEMS}(?:[、—－-]{_ITEMS}){{3,}}")
_SIGN = re.compile("[、—－-]")
_LETTER = re.compile(f"[{HAN}]")
_COUNT = re.compile(
    r"[两三四五六七八九十\d]{1,3}(?:[座条种类]|[个处](?!人|家庭|孩|小孩|子女|老人|学生|当事|被))"
)
_COUNTED = re.compile(rf"[{HAN}]{{2,6}}(?:、[{HAN}]{{2,6}})+\Z")
"""A list that such a count sums up is one of things (黄尖、金滩、方强三个断面)."""
_COUNTED_REACH = 60
_LAST = 7
"""How far before its end the last sign of such a list stands."""
_ITEM_BEFORE = re.compile(rf"(?P<item>[{HAN}]{{2,}})、\Z")
_ITEM_AFTER = re.compile(rf"、(?P<item>{_ITEMS})")
_LIST_GAP = re.compile(
    r"(?:[户家](?=[、和与及]))?(?:[ \t]*[、,，/；;][ \t]*|[ \t\u3000]{1,6}|[和与及])"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold a possible name, how far it is ahead of the plain reading, and its evidence."""

    start: int
    end: int
    margin: float
    evidence: Evidence

    @property
    def total(self) -> float:
        """How far ahead the name is, in nats, evidence included."""
        return self.margin + self.evidence.weight

    @property
    def rank(self) -> float:
        """Order those that overlap: a place named after a person leaves no shorter name (李时)."""
        return self.margin if self.evidence.weight <= AGAINST else self.total


Free = Callable[[int, int], bool]
"""Says whether a stretch of the text belongs to no name yet."""


def carried(
    text: str, accepted: Sequence[Candidate], doubtful: Sequence[Candidate]
) -> Iterator[Hit]:
    """Accept a doubtful name that stands in one list with a certain one (华、丁、朱等)."""
    ends = {c.end for c in accepted}
    starts = {c.start for c in accepted}
    for order, joined in ((doubtful, ends), (list(reversed(doubtful)), starts)):
        for candidate in order:
            if candidate.total < DOUBTFUL or candidate.start in starts:
                continue
            if _touches(text, candidate, joined, forwards=joined is ends):
                ends.add(candidate.end)
                starts.add(candidate.start)
                yield Hit(Entity.PERSON, candidate.start, candidate.end, FAIR, "与其他姓名并列")


def near(accepted: Sequence[Candidate], doubtful: Sequence[Candidate]) -> Iterator[Hit]:
    """Accept a doubtful name that stands near a certain one."""
    starts = [c.start for c in accepted]
    for candidate in doubtful:
        at = bisect(starts, candidate.start)
        around = [abs(start - candidate.start) for start in starts[max(0, at - 1) : at + 1]]
        likely = candidate.total >= AMONG_NAMES and candidate.evidence.weight > AGAINST
        if likely and min(around, default=NEAR) < NEAR:
            yield Hit(Entity.PERSON, candidate.start, candidate.end, BARE, "附近有其他姓名")


def among_goods(
    text: str, candidate: Candidate, begins: Set[int], names: NameStatistics, free: Free
) -> bool:
    """Say whether a name without evidence stands in a list beside what is none (苦草、伊乐藻).

    What no surname begins and what is too long is none; ``begins`` are where names may begin.
    """
    if candidate.total > THRESHOLD + UNLIKE:
        return False
    sides = (
        _ITEM_BEFORE.search(text, max(0, candidate.start - _ITEM), candidate.start),
        _ITEM_AFTER.match(text, candidate.end, candidate.end + _ITEM),
    )
    return any(
        begins.isdisjoint(range(*item.span("item"))) and free(*item.span("item"))
        for item in sides
        if item and not _may_hold(item["item"], names)
    )


def _may_hold(item: str, names: NameStatistics) -> bool:
    """Say whether a member of a list may be a name, or be longer by other words around one."""
    surname, given = names.split(item)
    return bool(surname) and (len(given) < 3 or len(item) > LONGEST)


def goods(text: str, words: Words, names: NameStatistics) -> Set[int]:
    """Give the places of long lists of which most members are words or cannot be names.

    A list behind a label for persons, or before 等5人, is none of them.
    """
    places: set[int] = set()
    for start, end in _lists(text):
        if weigh(text, start, end).score >= FAIR:
            continue
        items = _SIGN.split(text[start:end])
        known = (
            words.get(item, math.inf) < math.inf or not _may_hold(item, names) for item in items
        )
        if sum(known) >= GOODS * len(items):
            places.update(range(start, end))
    for count in _COUNT.finditer(text):
        end = count.start() - (text[count.start() - 1 : count.start()] == "等")
        if "、" in text[max(0, end - _LAST) : end]:
            counted = _COUNTED.search(text, max(0, end - _COUNTED_REACH), end)
            places.update(range(*counted.span()) if counted else ())
    return places


def _lists(text: str) -> Iterator[tuple[int, int]]:
    """Yield lists of five members or more; what begins within words is no member of one."""
    for rest in _REST.finditer(text):
        start = rest.start()
        while start and _LETTER.match(text, start - 1):
            start -= 1
        if start == rest.start() or "等" in text[start : rest.start()]:
            start = rest.start() + 1
        if len(_SIGN.findall(text, start, rest.end())) >= _MEMBERS - 1:
            yield start, rest.end()


def _touches(text: str, candidate: Candidate, joined: set[int], *, forwards: bool) -> bool:
    if forwards:
        left = text[max(0, candidate.start - 6) : candidate.start]
        gaps = (candidate.start - n for n in range(1, len(left) + 1))
        return any(
            gap in joined and _LIST_GAP.fullmatch(text, gap, candidate.start) for gap in gaps
        )
    return any(
        candidate.end + n in joined and _LIST_GAP.fullmatch(text, candidate.end, candidate.end + n)
        for n in range(1, 7)
    )
