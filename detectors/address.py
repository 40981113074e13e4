"""Addresses below the township: where a person lives, or where an office stands.

A number that follows a road, a village, an estate or a building anchors an address; it is
followed left to its beginning and right to the room. After a label (家庭住址：, 家住), in a column
of addresses and in a line that is nothing else no number is needed. A bare administrative name
down to the township is no finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detectors.address_begin import beginning
from detectors.address_role import OFFICE_LABEL, is_residential, role_of
from detectors.address_shape import (
    Anchor,
    Split,
    anchors,
    any_of,
    deepest,
    details,
    finish,
    goes_deep,
    is_generic,
    names_a_place,
    split,
)
from detectors.base import Hit, Passage
from detectors.vocabulary import Words, word_list
from review.divisions import divisions
from review.finding import Entity, Role

_LEAD = 16
_HOME_LABEL = re.compile(
    rf"{any_of('home_label')}(?:[(（][^()（）\n]{{1,10}}[)）])?"
    r"(?:[ ]?(?:[:：]|为|是|位于)[ ]*|[ ]+)"
    rf"|{any_of('home_verb')}(?![所房院宿宅址户建人用证权期])"
    r"(?=[^\n，。；]{0,30}[村路街号室组栋巷寨屯区庄苑旁侧边头口后前面])"
)
_LINE = re.compile(r"(?<![^\n])[^\n\s，。；：:、《》“”?？!！…]{8,60}(?![^\n])")
_VALUE = re.compile(r"[^,，。;；、\n|\t:：《》“”〔〕【】\[\]]{3,60}")
_CLAUSE = re.compile(r"[于因系的被经与为由在已自]")
_OF = re.compile("[的，。]")
_AFTER = re.compile(rf"[ ]*{any_of('after')}")
_HOME_HEADER = re.compile(rf"{any_of('home_header')}|地\s*址\Z")
_KEPT = {
    "township": "可公开到乡镇、街道，其后隐去",
    "county": "未写乡镇，可公开到县（市、区），其后隐去",
    "city": "未写区县，可公开到市，其后隐去",
    "province": "未写市县，可公开到省，其后隐去",
    "": "未写行政区划，全部隐去",
}
"""How far an address is usually published, by the lowest division it names."""
_DETAIL_HEADER = re.compile(r"村组|组别|村民小组|门牌号?码?|楼?栋号?|楼栋房号|房间?号|室号|单元号?")


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    score: float
    reason: str
    role: Role
    level: str


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
        places = [*_in_cells(passage), *_labelled(text, self._words)]
        places += _outside(self._anchored(text), places)
        places += _outside(self._alone(text), places)
        for place in sorted(places, key=lambda p: (p.start, -p.end)):
            if place.start < covered:
                continue
            covered = place.end
            reason = f"{place.reason}，{_KEPT[place.level]}"
            yield Hit(Entity.CN_ADDRESS, place.start, place.end, place.score, reason, place.role)

    def _anchored(self, text: str) -> Iterator[_Place]:
        reached = 0
        for anchor in anchors(text, self._words):
            if anchor.start < reached:
                continue
            start, public = beginning(text, anchor, reached, self._words)
            end = finish(text, anchor.end, self._words)
            if anchor.carrier <= start or not goes_deep(text, public, end):
                continue
            sure = _is_sure(text, anchor, start, end, public)
            if not sure and (anchor.weak or not _names_one(text, anchor, start)):
                continue
            reached = end
            role = role_of(text, max(0, start - _LEAD), start, start, end)
            score, reason = (0.8 if sure else 0.6), "含道路、村组或楼栋门牌的地址"
            yield _Place(start, end, score, reason, role, public.level)

    def _alone(self, text: str) -> Iterator[_Place]:
        """Find the lines that are an address and nothing else, as on an envelope."""
        for line in _LINE.finditer(text):
            start, end = line.span()
            named = divisions(text, start)
            if len(named) < 2 or not names_a_place(text, named[-1].end, end, self._words):
                continue
            home = is_residential(text[named[-1].end : end])
            role = Role.UNKNOWN if home else Role.OFFICE
            yield _Place(start, end, 0.5, "单独成行的地址", role, named[-1].level)


def _is_sure(text: str, anchor: Anchor, start: int, end: int, public: Split) -> bool:
    """Say whether more than one sign speaks for an address: a known division, two numbers."""
    if public.end > anchor.carrier:
        return details(text[anchor.carrier : end]) > 1
    if public.level:
        return True
    return details(text[start:end]) > (2 if is_generic(text[start : anchor.start + 1]) else 1)


def _names_one(text: str, anchor: Anchor, start: int) -> bool:
    """Say whether a name stands before the number, not only what kind of thing is numbered."""
    return not text[anchor.start].isdigit() and not is_generic(text[start : anchor.start + 1])


def _outside(found: Iterable[_Place], sure: Iterable[_Place]) -> list[_Place]:
    """Keep the places that no surer one overlaps, in linear time."""
    taken = {position for place in sure for position in range(place.start, place.end)}
    return [p for p in found if taken.isdisjoint(range(p.start, p.end))]


def _labelled(text: str, words: Words) -> Iterator[_Place]:
    for label in _HOME_LABEL.finditer(text):
        value = _VALUE.match(text, label.end())
        if value is None:
            continue
        colon = label.group().rstrip(" ").endswith((":", "："))
        end = _value_end(text, value.start(), value.end(), words, colon=colon)
        public = split(text, value.start())
        deep = goes_deep(text, public, end, labelled=colon)
        if end - value.start() < 3 or not deep:
            continue
        line = text.rfind("\n", 0, label.start()) + 1
        role = role_of(text, max(line, label.start() - 12), label.end(), value.start(), end)
        reason = f"“{label.group().strip(' :：')[:6]}”之后"
        score = 0.92 if colon else 0.85
        yield _Place(value.start(), end, score, reason, role, public.level)


def _value_end(text: str, start: int, end: int, words: Words, *, colon: bool) -> int:
    """Cut what a label introduces down to the address."""
    if stop := _AFTER.search(text, start + 2, end):
        end = stop.start()
    end = _bracket_end(text, start, end)
    if not colon and (stop := _OF.search(text, start, end)):
        end = stop.start()
    last = deepest(text, start, end)
    if not colon:
        return min(end, finish(text, last, words)) if last > start else start
    if last > start and _CLAUSE.match(text, last, end):
        return last
    return start + len(text[start:end].rstrip(" "))


def _bracket_end(text: str, start: int, end: int) -> int:
    """Stop at a bracket that closes what was opened before the address: （住址：…31号）于…."""
    open_brackets = 0
    for place in range(start, end):
        open_brackets += (text[place] in "(（") - (text[place] in ")）")
        if open_brackets < 0:
            return place
    return end


def _in_cells(passage: Passage) -> Iterator[_Place]:
    for start, end, header in passage.headers:
        office = OFFICE_LABEL.search(header)
        if not office and not _HOME_HEADER.search(header):
            continue
        value = passage.text[start:end]
        first = start + len(value) - len(value.lstrip())
        last = start + len(value.rstrip())
        public = split(passage.text, first)
        if last - first >= 3 and goes_deep(passage.text, public, last, labelled=True):
            role = Role.OFFICE if office else Role.UNKNOWN
            reason = f"表头“{header.strip()[:8]}”之下"
            yield _Place(first, last, 0.95, reason, role, public.level)
