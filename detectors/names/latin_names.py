"""Names in Latin letters (Mohammed Al-Farsi), where a label or a passport says they are names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit
from detectors.names.evidence import FAIR, HAN, STRONG, label_before
from review.finding import Entity

_WORD = r"[A-Z][A-Za-z'’-]{1,20}|[A-Z]\."
_PARTICLE = "al|bin|bint|da|de|del|di|dos|el|ibn|la|le|van|von|der|ter"
_NAME = re.compile(
    rf"(?<![A-Za-z0-9@./_-])(?:{_WORD})"
    rf"(?:[ ·,](?:(?:{_PARTICLE}) )?(?:{_WORD})){{0,4}}(?![A-Za-z0-9@_/])"
)
_FIRM = (
    r"co|corp|company|ltd|limited|inc|llc|llp|plc|gmbh|pte|pty|sarl|group|holdings?|trading|bank|"
    r"university|college|institute|center|centre|international|technology|technologies|industr\w+|"
    r"system\w*|software|hotel|airlines?|school|hospital|association|foundation|enterprises?|"
    r"logistics|electronics|motors|solutions?|services?|consulting|pharma\w*|chemicals?"
)
_THING = (
    r"street|road|avenue|city|excel|word|office|windows|android|pdf|email|id|no|tel|vip|app|wifi|"
    r"http\w*"
)
_COMPANY = re.compile(rf"(?i)\b(?:{_FIRM}|{_THING})\b")
_WHOLE_FIRM = re.compile(rf"\b(?i:{_FIRM})\b|[ ](?:AG|SE|SA|NV|BV|KG|SpA)\Z")
_BEFORE = re.compile(
    r"(?:外籍(?:人员|男子|女子|教师|乘客|公民|专家)|姓名|外国人|[国裔]籍?(?:男子|女子|公民|游客|人))"
    r"[ ]{0,2}\Z"
)
_TITLE = re.compile(r"(?:教授|博士|先生|女士|老师|学者|侨胞|华侨|侨领|留学生)[ ]{0,2}\Z")
_AFTER = re.compile(r"[ ]{0,2}[(（,，、；;][ ]{0,2}(?:护照|国籍|男|女|[\u4e00-\u9fff]{1,6}国?籍)")
_IN_HAN = re.compile(rf"[{HAN}]·[{HAN}]{{1,12}}[ ]?[(（][ ]?\Z")
_CLOSING = re.compile("[ ]?[)）,，]")

_LETTER = rf"[^\W\d_{HAN}]"
# Marks above and below letters, and the point between syllables, are no letters of their own.
_SIGN = r"\u0300-\u036f\u064b-\u065f\u0f0b-\u0fbc\u102b-\u103e"
_FILLS = re.compile(
    rf"\s*({_LETTER}(?:{_LETTER}|[{_SIGN}.'’ʼ`·‧•\- ])*(?:{_LETTER}|[{_SIGN}.]))\s*"
)
_LABELLED = re.compile(
    rf"[:：][ \t]{{0,4}}({_LETTER}(?:{_LETTER}|[{_SIGN}.'’ʼ`·‧•\- ]){{0,59}}{_LETTER})"
    r"(?=[ \t]*(?:[\n,，。;；、(（)）]|\Z))"
)
_LEAD = re.compile(rf"\s*{_LETTER}(?:{_LETTER}|[{_SIGN}.'’ʼ`·‧•\- ])*(?=[{HAN}])")
_NO_NAME = re.compile(
    r"n\.?a\.?|nil|none|null|nan|unknown|anonymous|(?:sub|grand)?[ -]?total|sum|names?|full name"
    r"|test|x+|signature|same|ditto|blank|tbd|yes|false|true|others?|remarks?|male|female"
    r"|.*\.(?:cn|com|net|org)",
    re.IGNORECASE,
)
_SHORTEST_IN_CAPITALS = 5


def latin(text: str) -> Iterator[Hit]:
    """Find names in Latin letters after a person's label or beside passport, sex or nationality."""
    yield from _after_label(text)
    for match in _NAME.finditer(text):
        if _COMPANY.search(match.group()) or _WHOLE_FIRM.search(match.group()):
            continue
        if label := label_before(text, match.start()):
            yield Hit(Entity.PERSON, *match.span(), STRONG, f"“{label}”标签之后")
        elif _BEFORE.search(text[max(0, match.start() - 10) : match.start()]):
            yield Hit(Entity.PERSON, *match.span(), FAIR, "其前写明是外籍人员")
        elif _is_full(match.group()) and _TITLE.search(
            text, max(0, match.start() - 10), match.start()
        ):
            yield Hit(Entity.PERSON, *match.span(), FAIR, "职务或称谓之后的外文姓名")
        elif _written_twice(text, *match.span()):
            yield Hit(Entity.PERSON, *match.span(), FAIR, "括号内写明译名的原文")
        elif " " in match.group() and _AFTER.match(text, match.end()):
            yield Hit(Entity.PERSON, *match.span(), FAIR, "其后写明护照、国籍或性别")


def _is_full(name: str) -> bool:
    """Say whether it is written as given name and surname: 老师 PPT, 教授 MBA EMBA are none."""
    return " " in name and not name.isupper()


def _after_label(text: str) -> Iterator[Hit]:
    """Find what fills the place between a person's label and a stop, small letters too."""
    for match in _LABELLED.finditer(text):
        label = label_before(text, match.start(1))
        if label and in_cell(match[1], plain=label.endswith("姓名")):
            yield Hit(Entity.PERSON, *match.span(1), STRONG, f"“{label}”标签之后")


def in_cell(piece: str, *, plain: bool) -> tuple[int, int] | None:
    """Read what fills a cell as a name in letters other than Han: (start, end) within it.

    Under a ``plain`` header 姓名 whatever is neither filler nor firm is one; elsewhere (对象) small
    letters and abbreviations (CCTV) are none.
    """
    match = _FILLS.fullmatch(piece)
    if match is None or _WHOLE_FIRM.search(match[1]) or _NO_NAME.fullmatch(match[1]):
        return None
    capital = match[1][0].isupper() or not match[1][0].isascii()
    abbreviated = match[1].isupper() and len(match[1]) < _SHORTEST_IN_CAPITALS
    thing = abbreviated or not capital or _COMPANY.search(match[1])
    return match.span(1) if plain or not thing else None


def before_han(piece: str) -> int:
    """Give where the Han begin that a name in other letters stands before (Dilraba 迪丽热巴)."""
    lead = _LEAD.match(piece)
    return lead.end() if lead else 0


def _written_twice(text: str, start: int, end: int) -> bool:
    """Say whether the brackets around it hold a name that stands before them in Han."""
    return _CLOSING.match(text, end) is not None and (
        _IN_HAN.search(text, max(0, start - 24), start) is not None
    )
