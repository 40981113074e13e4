"""What addresses look like below the township: anchors, their further parts, how deep they go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detectors.vocabulary import Words, place_words, segment
from review.divisions import divisions


def any_of(kind: str) -> str:
    """Write a kind of ``data/places.txt`` as one alternation, longest words first."""
    words = sorted(place_words(kind), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, words))})"


HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
_STOP_SIGNS = "的在与和于为是被将及对至迁到往由从经"
NAME = rf"(?:(?![{_STOP_SIGNS}])[{HAN}])"
_ORDINAL = "一二三四五六七八九十百"
_FIRST = rf"0-9A-Za-z{_ORDINAL}甲乙丙丁"
_NUMBER = rf"(?:[A-Za-z甲乙丙丁]{{0,2}}\d{{1,5}}[A-Za-z]?|[{_ORDINAL}]{{1,4}}|[甲乙丙丁A-Z])"
NUMBERS = rf"{_NUMBER}(?:(?:[-－—~～/_、]|之)[0-9A-Za-z{_ORDINAL}]{{1,5}}){{0,3}}"
UNIT = rf"(?:{any_of('unit')}(?!{any_of('not_unit')})|[户委](?![{HAN}])|门(?![口前外卫店诊牌禁]))"
_SIDE = "(?:[东西南北中]{1,2}(?:段|侧|区|巷|街|路|里|门|弄)?)?"
# 中心400-820-1234 and 中心020-8312-3456 ring; they do not lead to a door.
_NO_TELEPHONE = r"(?!0|[48]00-\d{3}-\d{4})"
_COUNTED = r"\d年月日时分元万亿个名人户家米亩天项款条%.:：吨台套件次余多岁页"

_CARRIERS = place_words("carrier")
_LASTS = "".join(sorted({word[-1] for word in _CARRIERS}))
# Every pattern begins with a set of characters: so the search skips quickly what has none.
_AT_CARRIER = re.compile(
    rf"[{_LASTS}](?:[(（][{HAN}A-Za-z]{{1,10}}[)）])?{_SIDE}[ ]?"
    rf"(?:(?:{_NUMBER}委)?第?{NUMBERS}[ ]?{UNIT}"
    rf"|{_NO_TELEPHONE}\d{{1,4}}(?:-\d{{1,5}}){{1,2}}(?![\d-]))"
)
_AT_GROUP = re.compile(
    rf"村(?:委会|公所)?(?:{NAME}{{1,4}}(?:(?<!民小)组(?![织成长建合员数])|屯(?![{HAN}]|垦))"
    rf"|[东西南北后前中村]{{0,2}}[头口边][ ]?第?{_NUMBER}[家户])"
)
_AT_HAMLET = re.compile(
    rf"村(?:委会)?(?P<name>{NAME}{{1,4}}(?:自然村|[村庄屯寨湾坪塘坝冲坳洼沟]))(?![{HAN}0-9])"
    rf"|自然村(?![{HAN}])"
)
_AT_NUMBER = re.compile(rf"[1-9](?<=[{HAN}].)\d{{0,3}}号[楼院]?(?!{any_of('not_unit')})")
_NUMBERED = re.compile(rf"{any_of('numbered')}\Z")
_AT_COMPANY = re.compile(rf"[团场]第?{_NUMBER}连(?:[ ]?{NUMBERS}[ ]?{UNIT})?(?![续接队])")
_AT_CROSSING = re.compile(
    rf"[路街道](?:与|和|、)[{HAN}]{{1,6}}?[路街道](?:交叉口|交汇处|路口|交界处)"
    r"(?:[东西南北]{1,2}(?:侧|面|角|\d{1,4}米)?)?"
)
_AT_HOUSE = re.compile(
    rf"[{_FIRST}](?<=[{HAN})）].)(?:(?<=[A-Za-z甲乙丙丁0-9])\d{{0,4}}[A-Za-z]?|[{_ORDINAL}]{{0,3}})"
    rf"(?:[-－—][0-9A-Za-z]{{1,4}})?(?:号楼|栋|幢|座)"
    rf"[-—]?(?:{NUMBERS}"
    rf"(?:单元|单|室|号|座|层|楼|户|门)(?!{any_of('not_unit')})|\d{{3,4}}(?![{_COUNTED}]))"
    rf"|[1-9](?<=[{HAN})）].)(?<![话线机真电打拨号].)(?![48]?00-\d{{3}}-\d{{4}})"
    r"\d{0,2}-\d{1,3}-\d{3,4}(?![\d-])"
)
_MORE = re.compile(
    rf"之[{_ORDINAL}\d]{{1,2}}(?![{HAN}])"
    rf"|至{NUMBERS}{UNIT}|[东西南北中]户(?![{HAN}])|(?:顶|底|首)[楼层]|[甲乙丙丁](?![方级类等])"
    rf"|[ ]?[附内]?第?{NUMBERS}[ ]?{UNIT}"
    rf"|[ ]?[-—]?\d{{1,3}}(?:-\d{{1,5}}){{1,2}}(?![\d-])"
    r"|(?<=[号栋幢座元楼层梯门苑区单厦寓园庭城馆墅府邸])"
    rf"[ ]?[-—]?[A-Za-z]?\d{{2,5}}[A-Za-z]?(?![{_COUNTED}])"
    rf"|[ ]?(?P<name>(?:{NAME}|[A-Z]){{1,10}}?)"
    rf"(?:(?:地下|负)?第?{NUMBERS}[ ]?{UNIT}|\d{{1,3}}(?:-\d{{1,5}}){{1,2}}"
    rf"|\d{{3,4}}(?![{_COUNTED}]))"
)
_PLACE_END = re.compile(
    rf"[ -]?(?P<name>(?:{NAME}|[A-Z]){{0,10}}?){any_of('estate')}(?:-[A-Z]座)?(?![{HAN}])"
)
_TAKES_NO_HOUSE = re.compile(
    rf"[公千万这那哪心家村镇县市区校夜城手店屋院年月]里|[长宽深\d{_ORDINAL}]条"
)
_DETAIL = re.compile(
    rf"[{HAN}]{{2,12}}?{any_of('deep')}|{NUMBERS}{UNIT}|[{HAN}]{{1,4}}组"
    rf"|(?<!\d)\d{{1,3}}(?:-\d{{1,4}}){{1,2}}(?!\d)"
    rf"|[{HAN}]{{1,8}}?{any_of('beside')}(?:第?{_NUMBER}[家户])?|第{_NUMBER}[家户]|\d连"
)
_ROAD_NUMBER = re.compile(r"[路街巷弄道]\d{1,4}\Z")
_MATTER = re.compile(rf"{any_of('matter')}\Z|\A[{HAN}]{{1,8}}(?:村|社区|居委会)\Z")
_GENERIC = re.compile(
    rf"{any_of('generic')}{{0,3}}(?![路街巷弄道]|大道|胡同|公路)(?:{any_of('deep')}|{any_of('carrier')})"
    rf"|{any_of('road_generic')}{{0,3}}(?:[路街巷弄道]|大道|胡同)"
)
_PART = re.compile(
    rf"第?{NUMBERS}{UNIT}|[{HAN}]{{1,8}}[组屯队社]|[A-Za-z]?\d{{1,5}}(?:-\d{{1,5}}){{0,3}}号?"
)
_BARE = re.compile(rf"(?:第?{NUMBERS}[ ]?{UNIT})+")


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


@cache
def breaks() -> frozenset[str]:
    """List the words of a sentence that are no part of an address, from ``data/breaks.txt``."""
    data = files("detectors").joinpath("data", "breaks.txt").read_text("utf-8")
    return frozenset(data.split()) | place_words("stop")


_NAMES_A_PLACE = re.compile(
    rf"(?:[{_ORDINAL}]{{1,2}})?(?!门|中心|楼){any_of('carrier')}"
    "|[镇乡市县]|委员会|小组|[东西南北中前后新]{1,2}(?:路|街|巷|弄|村|大道|里)"
)


def words_of_a_sentence(text: str, start: int, end: int, words: Words) -> Iterator[tuple[int, int]]:
    """Yield the words between ``start`` and ``end`` that no address goes across: (start, end).

    A verb that a road or a village bears as its name (建设路) is none.
    """
    listed = breaks()
    for first, last in segment(text[start:end], words):
        word = text[start + first : start + last]
        if word in listed and not (last - first > 1 and _NAMES_A_PLACE.match(text, start + last)):
            yield start + first, start + last


def finish(text: str, end: int, words: Words) -> int:
    """Walk right over further buildings, units, floors and rooms."""
    for _ in range(8):
        more = _MORE.match(text, end)
        if more is None or _says_more(text, more, words):
            break
        end = more.end()
    place = _PLACE_END.match(text, end)
    return place.end() if place and not _says_more(text, place, words) else end


def _says_more(text: str, match: re.Match[str], words: Words) -> bool:
    """Say whether the name in a further part holds words of the sentence instead."""
    start, end = match.span("name")
    return start < end and any(words_of_a_sentence(text, start, end, words))


def deepest(text: str, start: int, end: int) -> int:
    """Find where the last part below the township ends, ``start`` where there is none."""
    return max((detail.end() for detail in _DETAIL.finditer(text, start, end)), default=start)


def details(value: str) -> int:
    """Count the parts below the township."""
    return sum(1 for _ in _DETAIL.finditer(value))


def names_a_place(text: str, start: int, end: int, words: Words) -> bool:
    """Say whether a line goes on below its divisions with a place, not an office or a matter.

    A village alone is as public as the township.
    """
    rest = text[start:end]
    if len(rest) < 3 or _MATTER.search(rest) or is_generic(rest):
        return False
    if not (_DETAIL.search(rest) or _ROAD_NUMBER.search(rest)):
        return False
    return not any(words_of_a_sentence(text, start, end, words))


@dataclass(frozen=True, slots=True)
class Split:
    """Split a text at ``end``, where the divisions that an address begins with are over.

    ``level`` is the lowest of them, one of ``review.divisions.LEVELS``, empty where there is none.
    """

    level: str
    end: int


def split(text: str, start: int = 0) -> Split:
    """Say how far the address that begins at ``start`` may usually be published."""
    named = divisions(text, start)
    return Split(named[-1].level, named[-1].end) if named else Split("", start)


def goes_deep(text: str, public: Split, end: int, *, labelled: bool = False) -> bool:
    """Say whether an address tells more than the township; a label needs no known form."""
    rest = text[public.end : end].strip(" ,，、-")
    if labelled and public.level and len(rest) > 1:
        return True
    return _DETAIL.search(rest) is not None and not is_generic(rest)


def is_part(value: str) -> bool:
    """Say whether a value is a part of an address below the village: a group, a house, a room."""
    return _PART.fullmatch(value) is not None


def continues(text: str, start: int, end: int) -> bool:
    """Say whether the stretch begins with what stands below the township."""
    return _DETAIL.match(text, start, end) is not None


def is_generic(name: str) -> bool:
    """Say whether a name tells the kind of a place only (老旧小区, 教学楼, 1号楼2层)."""
    return (_GENERIC.fullmatch(name) or _BARE.fullmatch(name)) is not None
