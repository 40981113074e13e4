"""What stands below the township: the parts after an anchor, and how far an address is public."""

from __future__ import annotations

import re
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
from detectors.text.vocabulary import Words
from review.divisions import divisions
from review.finding import Role

_MORE = re.compile(
    rf"之[{ORDINAL}\d]{{1,2}}(?![{HAN}])"
    rf"|至{NUMBERS}{UNIT}|[东西南北中]户(?![{HAN}])|(?:顶|底|首)[楼层]|[甲乙丙丁](?![方级类等])"
    rf"|[ ]?[附内]?第?{NUMBERS}[ ]?{UNIT}"
    rf"|[ ]?[-—]?\d{{1,3}}(?:-\d{{1,5}}){{1,2}}(?![\d-])"
    r"|(?<=[号栋幢座元楼层梯门苑区单厦寓园庭城馆墅府邸])"
    rf"[ ]?[-—]?[A-Za-z]?\d{{2,5}}[A-Za-z]?(?![{COUNTED}])"
    rf"|[ ]?(?P<name>(?:{NAME}|[A-Z]){{1,10}}?)"
    rf"(?:(?:地下|负)?第?{NUMBERS}[ ]?{UNIT}|\d{{1,3}}(?:-\d{{1,5}}){{1,2}}"
    rf"|\d{{3,4}}(?![{COUNTED}]))"
)
_PLACE_END = re.compile(
    rf"[ -]?(?P<name>(?:{NAME}|[A-Z]){{0,10}}?){any_of('estate')}(?:-[A-Z]座)?(?![{HAN}])"
)
_DETAIL = re.compile(
    rf"[{HAN}]{{2,12}}?{any_of('deep')}|{NUMBERS}{UNIT}|[{HAN}]{{1,4}}组"
    rf"|(?<!\d)\d{{1,3}}(?:-\d{{1,4}}){{1,2}}(?!\d)"
    rf"|[{HAN}]{{1,8}}?{any_of('beside')}(?:第?{NUMBER}[家户])?|第{NUMBER}[家户]|\d连"
)
_ROAD_NUMBER = re.compile(r"[路街巷弄道]\d{1,4}\Z")
_MATTER = re.compile(rf"{any_of('matter')}\Z|\A[{HAN}]{{1,8}}(?:村|社区|居委会)\Z")
_PART = re.compile(
    rf"第?{NUMBERS}{UNIT}|[{HAN}]{{1,8}}[组屯队社]|[A-Za-z]?\d{{1,5}}(?:-\d{{1,5}}){{0,3}}号?"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Mark an address; ``level`` is the lowest division it names, empty where there is none."""

    start: int
    end: int
    score: float
    reason: str
    role: Role
    level: str


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


def level_of(text: str, start: int, end: int) -> str:
    """Name the lowest division of an address that may run over a line end."""
    return split(text[start:end].replace("\n", "")).level
