"""Names in Latin letters (Mohammed Al-Farsi), where a label or a passport says they are names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit
from detectors.name_evidence import FAIR, HAN, STRONG, label_before
from review.finding import Entity

_WORD = r"[A-Z][A-Za-z'’-]{1,20}|[A-Z]\."
_PARTICLE = "al|bin|bint|da|de|del|di|dos|el|ibn|la|le|van|von|der|ter"
_NAME = re.compile(
    rf"(?<![A-Za-z0-9@./_-])(?:{_WORD})"
    rf"(?:[ ·,](?:(?:{_PARTICLE}) )?(?:{_WORD})){{0,4}}(?![A-Za-z0-9@_/])"
)
_COMPANY = re.compile(
    r"(?i)\b(?:co|corp|company|ltd|limited|inc|llc|plc|gmbh|group|holdings?|trading|bank|university|"
    r"college|institute|center|centre|international|technology|technologies|industr\w+|system\w*|"
    r"software|hotel|airlines?|school|hospital|association|foundation|street|road|avenue|city|"
    r"excel|word|office|windows|android|pdf|email|id|no|tel|vip|app|wifi|http\w*)\b"
)
_BEFORE = re.compile(
    r"(?:外籍(?:人员|男子|女子|教师|乘客|公民)|姓名|外国人|[国裔]籍?(?:男子|女子|公民|游客|人))"
    r"[ ]{0,2}\Z"
)
_AFTER = re.compile(r"[ ]{0,2}[(（,，、；;][ ]{0,2}(?:护照|国籍|男|女|[\u4e00-\u9fff]{1,6}国?籍)")
_IN_HAN = re.compile(rf"[{HAN}]·[{HAN}]{{1,12}}[ ]?[(（][ ]?\Z")
_CLOSING = re.compile("[ ]?[)）,，]")


def latin(text: str) -> Iterator[Hit]:
    """Find names in Latin letters after a person's label or beside passport, sex or nationality."""
    for match in _NAME.finditer(text):
        if _COMPANY.search(match.group()):
            continue
        if label := label_before(text, match.start()):
            yield Hit(Entity.PERSON, *match.span(), STRONG, f"“{label}”标签之后")
        elif _BEFORE.search(text[max(0, match.start() - 10) : match.start()]):
            yield Hit(Entity.PERSON, *match.span(), FAIR, "其前写明是外籍人员")
        elif _written_twice(text, *match.span()):
            yield Hit(Entity.PERSON, *match.span(), FAIR, "括号内写明译名的原文")
        elif " " in match.group() and _AFTER.match(text, match.end()):
            yield Hit(Entity.PERSON, *match.span(), FAIR, "其后写明护照、国籍或性别")


def _written_twice(text: str, start: int, end: int) -> bool:
    """Say whether the brackets around it hold a name that stands before them in Han."""
    return _CLOSING.match(text, end) is not None and (
        _IN_HAN.search(text, max(0, start - 24), start) is not None
    )
