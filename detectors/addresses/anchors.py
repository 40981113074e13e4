"""Anchors: the numbers and the marks by which an address shows in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detectors.addresses.words import (
    COUNTED,
    HAN,
    NAME,
    NUMBER,
    NUMBERS,
    ORDINAL,
    UNIT,
    any_of,
    is_generic,
    words_of_a_sentence,
)
from detectors.text.vocabulary import Words, place_words

_FIRST = rf"0-9A-Za-z{ORDINAL}甲乙丙丁"
_SIDE = "(?:[东西南北中]{1,2}(?:段|侧|区|巷|街|路|里|门|弄)?)?"
# 中心400-820-1234 and 中心020-8312-3456 ring; they do not lead to a door.
_NO_TELEPHONE = r"(?!0|[48]00-\d{3}-\d{4})"

_CARRIERS = place_words("carrier")
_LASTS = "".join(sorted({word[-1] for word in _CARRIERS}))
# Every pattern begins with a set of characters: so the search skips quickly what has none.
_AT_CARRIER = re.compile(
    rf"[{_LASTS}](?:[(（][{HAN}A-Za-z]{{1,10}}[)）])?{_SIDE}[ ]?"
    rf"(?:(?:{NUMBER}委)?第?{NUMBERS}[ ]?{UNIT}"
    rf"|{_NO_TELEPHONE}\d{{1,4}}(?:-\d{{1,5}}){{1,2}}(?![\d-]))"
)
_AT_GROUP = re.compile(
    rf"村(?:委会|公所)?(?:{NAME}{{1,4}}(?:(?<!民小)组(?![织成长建合员数])|屯(?![{HAN}]|垦))"
    rf"|[东西南北后前中村]{{0,2}}[头口边][ ]?第?{NUMBER}[家户])"
)
_AT_HAMLET = re.compile(
    rf"村(?:委会)?(?P<name>{NAME}{{1,4}}(?:自然村|[村庄屯寨湾坪塘坝冲坳洼沟]))(?![{HAN}0-9])"
    rf"|自然村(?![{HAN}])"
)
_AT_NUMBER = re.compile(
    rf"[1-9](?<=[{HAN}].)(?<![{_LASTS}].)\d{{0,3}}号[楼院]?(?!{any_of('not_unit')})"
)
_NUMBERED = re.compile(rf"{any_of('numbered')}\Z")
_AT_COMPANY = re.compile(rf"[团场]第?{NUMBER}连(?:[ ]?{NUMBERS}[ ]?{UNIT})?(?![续接队])")
_AT_CROSSING = re.compile(
    rf"[路街道](?:与|和|、)[{HAN}]{{1,6}}?[路街道](?:交叉口|交汇处|路口|交界处)"
    r"(?:[东西南北]{1,2}(?:侧|面|角|\d{1,4}米)?)?"
)
_AT_HOUSE = re.compile(
    rf"[{_FIRST}](?<=[{HAN})）].)(?:(?<=[A-Za-z甲乙丙丁0-9])\d{{0,4}}[A-Za-z]?|[{ORDINAL}]{{0,3}})"
    rf"(?:[-－—][0-9A-Za-z]{{1,4}})?(?:号楼|栋|幢|座)"
    rf"[-—]?(?:{NUMBERS}"
    rf"(?:单元|单|室|号|座|层|楼|户|门)(?!{any_of('not_unit')})|\d{{3,4}}(?![{COUNTED}]))"
    rf"|[1-9](?<=[{HAN})）].)(?<![话线机真电打拨号].)(?![48]?00-\d{{3}}-\d{{4}})"
    r"\d{0,2}-\d{1,3}-\d{3,4}(?![\d-])"
)
_TAKES_NO_HOUSE = re.compile(
    rf"[公千万这那哪心家村镇县市区校夜城手店屋院年月]里|[长宽深\d{ORDINAL}]条"
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Mark a number that a road, a village, an estate or a building bears.

    ``carrier`` is where the word begins that bears the number, ``number`` where the number does;
    ``start``..``end`` is both, of the carrier its last character only. ``weak`` says that many
    things besides houses are numbered so (大桥3号).
    """

    carrier: int
    number: int
    start: int
    end: int
    weak: bool = False


def _anchor(match: re.Match[str], *, number: int = 0, weak: bool = False) -> Anchor:
    """Make an anchor of a match whose carrier is ``number`` characters long."""
    return Anchor(match.start(), match.start() + number, match.start(), match.end(), weak)


def anchors(text: str, words: Words) -> Iterator[Anchor]:
    """Yield the anchors of a text in order of place; they may overlap."""
    found = [
        *_at_carriers(text),
        *_at_groups(text, words),
        *(_anchor(m, number=1, weak=True) for m in _AT_COMPANY.finditer(text)),
        *_at_hamlets(text),
        *_at_numbers(text),
        *(_anchor(m, number=1) for m in _AT_CROSSING.finditer(text)),
        *(_anchor(m) for m in _AT_HOUSE.finditer(text)),
    ]
    yield from sorted(found, key=lambda anchor: (anchor.start, -anchor.end))


def _at_groups(text: str, words: Words) -> Iterator[Anchor]:
    for match in _AT_GROUP.finditer(text):
        if not any(words_of_a_sentence(text, match.start() + 1, match.end() - 1, words)):
            yield _anchor(match, number=1)


def _at_hamlets(text: str) -> Iterator[Anchor]:
    for match in _AT_HAMLET.finditer(text):
        if not match["name"] or not is_generic(match["name"]):
            yield _anchor(match, number=1, weak=True)


def _at_numbers(text: str) -> Iterator[Anchor]:
    """Find numbers that no known carrier bears (老街口72号); a known division must stand before."""
    for match in _AT_NUMBER.finditer(text):
        if not _NUMBERED.search(text, max(0, match.start() - 3), match.start()):
            yield _anchor(match, weak=True)


def _at_carriers(text: str) -> Iterator[Anchor]:
    for match in _AT_CARRIER.finditer(text):
        last = match.start() + 1
        carrier = next(
            (text[last - n : last] for n in (4, 3, 2, 1) if text[last - n : last] in _CARRIERS), ""
        )
        if carrier and not _TAKES_NO_HOUSE.fullmatch(text, last - 2, last):
            weak = carrier in place_words("weak")
            yield Anchor(last - len(carrier), last, match.start(), match.end(), weak)
