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

from detectors.address_begin import beginning, over_the_line
from detectors.address_role import OFFICE_LABEL, is_residential, role_of
from detectors.address_shape import (
    NAME,
    Anchor,
    Split,
    anchors,
    any_of,
    continues,
    deepest,
    details,
    finish,
    goes_deep,
    is_generic,
    is_part,
    names_a_place,
    split,
    words_of_a_sentence,
)
from detectors.base import Hit, Passage
from detectors.vocabulary import Words, word_list
from review.divisions import divisions, first_known
from review.finding import Entity, Role

_LEAD = 16
_HAMLET = re.compile(rf"{NAME}{{2,5}}")
_HOME_LABEL = re.compile(
    rf"{any_of('home_label')}(?:[(（][^()（）\n]{{1,10}}[)）])?"
    r"(?:[ ]?(?:[:：]|为|是|位于)[ ]*|[ ]+)"
    rf"|{any_of('home_verb')}(?![所房院宿宅址户建人用证权期])"
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
_HOUSE_HEADER = re.compile(r"村组|组别|村民小组|门牌号?码?|楼?栋号?|楼栋房号|房间?号|室号|单元号?")
_PEOPLE = re.compile("姓\\s*名|户主|业主|住户|承租人|申请人|权利人")
_KIND = re.compile("性质|类[型别]|状态|情况")
_NO_VALUE = re.compile(r"同上|不详|未知|暂无|[\W\d_]*")
_HOUSE = re.compile(r"\d|[号栋幢座室]|单元")
_NEXT_LINE = re.compile(r"\n[ ]*(?=[^\n:：]{2,40}(?:\n|[,，。;；]|\Z))")


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
        cells = {start for start, _, _ in passage.headers}
        places = [*_in_cells(passage), *_labelled(text, self._words)]
        places += _outside(self._anchored(text, _positions(places), cells), places)
        found = _positions(places)
        places += [p for p in self._alone(text) if found.isdisjoint(range(p.start, p.end))]
        for place in sorted(places, key=lambda p: (p.start, -p.end)):
            if place.end <= covered:
                continue
            covered = place.end
            reason = f"{place.reason}，{_KEPT[place.level]}"
            yield Hit(Entity.CN_ADDRESS, place.start, place.end, place.score, reason, place.role)

    def _anchored(self, text: str, taken: set[int], cells: set[int]) -> Iterator[_Place]:
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
            level = public.level if first == start else _level(text, first, end)
            score, reason = (0.8 if sure else 0.6), "含道路、村组或楼栋门牌的地址"
            yield _Place(first, end, score, reason, role, level)

    def _alone(self, text: str) -> Iterator[_Place]:
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
            yield _Place(start, end, 0.5, "单独成行的地址", role, named[-1].level)


def _is_sure(text: str, anchor: Anchor, start: int, end: int, public: Split) -> bool:
    """Say whether more than one sign speaks for an address: a known division, two numbers."""
    if public.end > anchor.carrier:
        return details(text[anchor.carrier : end]) > 1
    if public.level:
        return True
    if anchor.weak and not _HOUSE.search(text, start, end):
        return False
    return details(text[start:end]) > (2 if is_generic(text[start : anchor.number]) else 1)


def _names_one(text: str, anchor: Anchor, start: int) -> bool:
    """Say whether a name stands before the number, not only what kind of thing is numbered."""
    return not text[anchor.start].isdigit() and not is_generic(text[start : anchor.number])


def _level(text: str, start: int, end: int) -> str:
    """Name the lowest division of an address that may run over a line end."""
    return split(text[start:end].replace("\n", "")).level


def _positions(places: Iterable[_Place]) -> set[int]:
    return {position for place in places for position in range(place.start, place.end)}


def _outside(found: Iterable[_Place], sure: Iterable[_Place]) -> list[_Place]:
    """Keep the places that surer ones do not cover, in linear time."""
    taken = _positions(sure)
    return [p for p in found if not taken.issuperset(range(p.start, p.end))]


def _labelled(text: str, words: Words) -> Iterator[_Place]:
    reached = 0
    for label in _HOME_LABEL.finditer(text):
        value = _VALUE.match(text, label.end())
        if value is None or label.start() < reached:
            continue
        colon = label.group().rstrip(" ").endswith((":", "："))
        end = _value_end(text, value.start(), value.end(), words, colon=colon)
        public = split(text, value.start())
        if public.end >= end:
            end = _on_the_next_line(text, end, words)
        deep = goes_deep(text, public, end, labelled=colon)
        if end - value.start() < 3 or not deep:
            continue
        line = text.rfind("\n", 0, label.start()) + 1
        role = role_of(text, max(line, label.start() - 12), label.end(), value.start(), end)
        reason = f"“{label.group().strip(' :：')[:6]}”之后"
        reached = end
        level = _level(text, value.start(), end) if end > value.end() else public.level
        yield _Place(value.start(), end, 0.92 if colon else 0.85, reason, role, level)


def _on_the_next_line(text: str, end: int, words: Words) -> int:
    """Go on over a line end where only the divisions stood before it."""
    line = _NEXT_LINE.match(text, end)
    if line is None:
        return end
    last = min((i for i in (text.find("\n", line.end()),) if i >= 0), default=len(text))
    if not continues(text, line.end(), last):
        return end
    return finish(text, deepest(text, line.end(), last), words)


def _value_end(text: str, start: int, end: int, words: Words, *, colon: bool) -> int:
    """Cut what a label introduces down to the address."""
    if stop := _AFTER.search(text, start + 2, end):
        end = stop.start()
    end = _bracket_end(text, start, end)
    if not colon and (stop := _OF.search(text, start, end)):
        end = stop.start()
    last = deepest(text, start, end)
    if not colon:
        return _rest_of_clause(text, min(end, finish(text, last, words)), end, words)
    if last > start and _CLAUSE.match(text, last, end):
        return last
    return start + len(text[start:end].rstrip(" "))


def _rest_of_clause(text: str, last: int, end: int, words: Words) -> int:
    """Take in the name of a hamlet at the end of the clause (五里村鸭池塘)."""
    if text[last - 1] not in "村区会" or not _HAMLET.fullmatch(text, last, end):
        return last
    return last if any(words_of_a_sentence(text, last, end, words)) else end


def _bracket_end(text: str, start: int, end: int) -> int:
    """Stop at a bracket that closes what was opened before the address: （住址：…31号）于…."""
    open_brackets = 0
    for place in range(start, end):
        open_brackets += (text[place] in "(（") - (text[place] in ")）")
        if open_brackets < 0:
            return place
    return end


def _in_cells(passage: Passage) -> Iterator[_Place]:
    people = any(_PEOPLE.search(header) for _, _, header in passage.headers)
    for start, end, header in passage.headers:
        value = passage.text[start:end]
        first = start + len(value) - len(value.lstrip())
        last = start + len(value.rstrip())
        if first < last and _is_address_cell(passage.text, first, last, header, people=people):
            role = Role.OFFICE if OFFICE_LABEL.search(header) else Role.UNKNOWN
            reason = f"表头“{header.strip()[:8]}”之下"
            yield _Place(first, last, 0.95, reason, role, _level(passage.text, first, last))


def _is_address_cell(text: str, first: int, last: int, header: str, *, people: bool) -> bool:
    """Judge a cell by its column; in a list of people a house number has one of its own."""
    value = text[first:last]
    if _HOUSE_HEADER.fullmatch(header.strip()):
        return people and is_part(value)
    if _KIND.search(header) or _NO_VALUE.fullmatch(value):
        return False
    home = _HOME_HEADER.search(header)
    if len(value) < 3 or not (home or OFFICE_LABEL.search(header)):
        return False
    public = split(text, first)
    if goes_deep(text, public, last, labelled=True):
        return True
    # What stands in a column of homes and is no division is taken for a home.
    return home is not None and not public.level and not is_generic(value)
