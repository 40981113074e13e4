"""Addresses below the township: where a person lives, or where an office stands.

A number that follows a road, a village, an estate or a building anchors an address; it is
followed left to its beginning and right to the room. After a label (家庭住址：, 家住), in a column
of addresses and in a line that is nothing else no number is needed. A bare administrative name
down to the township is no finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detectors.addresses.anchors import Anchor, anchors
from detectors.addresses.begin import beginning, over_the_line
from detectors.addresses.cells import in_cells
from detectors.addresses.labels import labelled, natives
from detectors.addresses.role import is_residential, role_of
from detectors.addresses.shape import (
    Place,
    Split,
    details,
    finish,
    goes_deep,
    level_of,
    names_a_place,
)
from detectors.addresses.words import NAME, any_of, is_generic
from detectors.base import Hit, Passage
from detectors.text.vocabulary import Words, word_list
from review.divisions import divisions, first_known
from review.finding import Entity, Role

_LEAD = 16
_LINE = re.compile(r"(?<![^\n])[^\n\s，。；：:、《》“”?？!！…]{8,60}(?![^\n])")
_KEPT = {
    "township": "可公开到乡镇、街道，其后隐去",
    "county": "未写乡镇，可公开到县（市、区），其后隐去",
    "city": "未写区县，可公开到市，其后隐去",
    "province": "未写市县，可公开到省，其后隐去",
    "": "未写行政区划，全部隐去",
}
"""How far an address is usually published, by the lowest division it names."""
_ROOM = re.compile(r"\d{1,3}-\d{1,3}-\d{3,4}")
_NAME = re.compile(rf"{NAME}(?:{NAME}|[A-Za-z0-9])")
_OFFICE = "像是单位、办公或项目地点"
_HOUSE = re.compile(rf"\d+\D+\d|[号室弄]|单元|{any_of('residential')}")


class AddressRecognizer:
    """Find addresses; those of offices and project sites carry the role ``OFFICE``.

    ``words`` prices ordinary words; by them the beginning of an address in a sentence is found.
    """

    name = "address"
    entities = (Entity.CN_ADDRESS,)

    def __init__(self, words: Words | None = None) -> None:
        self._words = words or word_list()

    def find(self, passage: Passage) -> Iterator[Hit]:
        """Yield addresses that say more than the township; the hit covers the whole address."""
        text = passage.text
        covered = 0
        cells = {start for start, _, _ in passage.headers}
        places = [*in_cells(passage), *labelled(text, self._words), *natives(text)]
        places += _outside(self._anchored(text, _positions(places), cells), places)
        found = _positions(places)
        places += [p for p in self._alone(text) if found.isdisjoint(range(p.start, p.end))]
        for place in sorted(places, key=lambda p: (p.start, -p.end)):
            if place.end <= covered:
                continue
            covered = place.end
            kept = _OFFICE if place.role is Role.OFFICE else _KEPT[place.level]
            reason = f"{place.reason}，{kept}"
            yield Hit(Entity.CN_ADDRESS, place.start, place.end, place.score, reason, place.role)

    def _anchored(self, text: str, taken: set[int], cells: set[int]) -> Iterator[Place]:
        reached = 0
        for anchor in anchors(text, self._words):
            if anchor.start < reached or anchor.start in taken:
                continue
            start, public = beginning(text, anchor, reached, self._words)
            end = finish(text, anchor.end, self._words)
            if anchor.carrier <= start or not goes_deep(text, public, end):
                continue
            sure = _is_sure(text, anchor, start, end, public)
            if not sure and (anchor.weak or not _names_one(text, anchor, start)):
                continue
            earlier, reached = reached, end
            role = role_of(text, max(0, start - _LEAD), start, start, end)
            first = start if start in cells else over_the_line(text, start, earlier)
            level = public.level if first == start else level_of(text, first, end)
            score, reason = (0.8 if sure else 0.6), "含道路、村组或楼栋门牌的地址"
            yield Place(first, end, score, reason, role, level)

    def _alone(self, text: str) -> Iterator[Place]:
        """Find the lines that are an address and nothing else, as on an envelope."""
        for line in _LINE.finditer(text):
            start, end = line.span()
            named = divisions(text, start)
            if len(named) < 2 or first_known(text, start, end) != start:
                continue
            if not names_a_place(text, named[-1].end, end, self._words):
                continue
            home = is_residential(text[named[-1].end : end])
            role = Role.UNKNOWN if home else Role.OFFICE
            yield Place(start, end, 0.5, "单独成行的地址", role, named[-1].level)


def _is_sure(text: str, anchor: Anchor, start: int, end: int, public: Split) -> bool:
    """Say whether more than one sign speaks for an address: a known division, two numbers."""
    if public.end > anchor.carrier:
        return details(text[anchor.carrier : end]) > 1
    if public.level:
        return True
    if anchor.weak and not _HOUSE.search(text, start, end):
        return False
    if not _NAME.search(text, start, anchor.number):
        return False
    if _ROOM.search(text, anchor.number, end) and anchor.number > anchor.start:
        return True
    return details(text[start:end]) > (2 if is_generic(text[start : anchor.number]) else 1)


def _names_one(text: str, anchor: Anchor, start: int) -> bool:
    """Say whether a name stands before the number, not only what kind of thing is numbered."""
    return not text[anchor.start].isdigit() and not is_generic(text[start : anchor.number])


def _positions(places: Iterable[Place]) -> set[int]:
    return {position for place in places for position in range(place.start, place.end)}


def _outside(found: Iterable[Place], sure: Iterable[Place]) -> list[Place]:
    """Keep the places that surer ones do not cover, in linear time."""
    taken = _positions(sure)
    return [p for p in found if not taken.issuperset(range(p.start, p.end))]
