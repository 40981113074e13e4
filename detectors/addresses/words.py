"""The words of addresses: names, numbers and units, and what no address goes across."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from detectors.text.vocabulary import Words, place_words, segment


def any_of(kind: str) -> str:
    """Write a kind of ``data/places.txt`` as one alternation, longest words first."""
    words = sorted(place_words(kind), key=lambda word: (-len(word), word))
    single = "".join(word for word in words if len(word) == 1)
    longer = [re.escape(word) for word in words if len(word) > 1]
    return f"(?:{'|'.join([*longer, f'[{single}]'] if single else longer)})"


HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
_STOP_SIGNS = "的在与和于为是被将及对至迁到往由从经"
NAME = rf"(?:(?![{_STOP_SIGNS}])[{HAN}])"
ORDINAL = "一二三四五六七八九十百"
NUMBER = rf"(?:[A-Za-z甲乙丙丁]{{0,2}}\d{{1,5}}[A-Za-z]?|[{ORDINAL}]{{1,4}}|[甲乙丙丁A-Z])"
NUMBERS = rf"{NUMBER}(?:(?:[-－—~～/_、]|之)[0-9A-Za-z{ORDINAL}]{{1,5}}){{0,3}}"
_DETECTOR = r"(?:[（(]?(?:CT|ＣＴ|ct)|螺旋|双源|探测器|及以上|以上|多层|[高超]端)"
UNIT = (
    # 64排CT, 128排螺旋: the rows of a detector.
    rf"(?:号?房(?![屋产间])|(?!排[ ]?{_DETECTOR}){any_of('unit')}(?!{any_of('not_unit')})"
    r"(?:(?<![组队元层])|(?![合成织建设数伍教员长级]))"
    rf"|委(?![{HAN}])|社(?!区)|门(?![口前外卫店诊牌禁]))"
)
COUNTED = r"\d年月日时分元万亿个名人户家米亩天项款条%.:：吨台套件次余多岁页"

_NAMES_A_PLACE = re.compile(
    rf"(?:[{ORDINAL}]{{1,2}})?(?!门|中心|楼){any_of('carrier')}"
    "|[镇乡市县]|委员会|小组|[东西南北中前后新]{1,2}(?:路|街|巷|弄|村|大道|里)"
)
_GENERIC = re.compile(
    rf"{any_of('generic')}{{0,3}}(?![路街巷弄道]|大道|胡同|公路)(?:{any_of('deep')}|{any_of('carrier')})"
    rf"|{any_of('road_generic')}{{0,3}}(?:[路街巷弄道]|大道|胡同)"
)
_BARE = re.compile(rf"(?:第?{NUMBERS}[ ]?{UNIT})+")


@cache
def breaks() -> frozenset[str]:
    """List the words of a sentence that are no part of an address, from ``data/breaks.txt``."""
    data = files("detectors").joinpath("data", "breaks.txt").read_text("utf-8")
    return frozenset(data.split()) | place_words("stop")


def words_of_a_sentence(text: str, start: int, end: int, words: Words) -> Iterator[tuple[int, int]]:
    """Yield the words between ``start`` and ``end`` that no address goes across: (start, end).

    A verb that a road or a village bears as its name (建设路) is none.
    """
    listed = breaks()
    for first, last in segment(text[start:end], words):
        word = text[start + first : start + last]
        if word in listed and not (last - first > 1 and _NAMES_A_PLACE.match(text, start + last)):
            yield start + first, start + last


def is_generic(name: str) -> bool:
    """Say whether a name tells the kind of a place only (老旧小区, 教学楼, 1号楼2层)."""
    return (_GENERIC.fullmatch(name) or _BARE.fullmatch(name)) is not None
