"""E-mail addresses; found from the @ outwards, without any list from the network."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.tables.columns import governed
from review.finding import Entity, Role

_AT = re.compile(r"@|[ ]?[(\[{][ ]?(?:at|@|艾特)[ ]?[)\]}][ ]?|[ ]at[ ]", re.IGNORECASE)
_LOCAL = re.compile(r"(?<![A-Za-z0-9.*])[A-Za-z0-9](?:[A-Za-z0-9._%+\-]{0,63})[ ]?\Z")
_WORDS = re.compile(r"[A-Za-z0-9._%+\-\u4e00-\u9fff]{1,20}\Z")
_DOT = r"[ ]?(?:\.|。(?=[A-Za-z])|[(\[{][ ]?dot[ ]?[)\]}])[ ]?"
_DOMAIN = re.compile(
    rf"[ ]?(?:[A-Za-z0-9\-]{{1,63}}{_DOT}){{1,6}}[A-Za-z]{{2,24}}(?![A-Za-z0-9])", re.IGNORECASE
)
# A bare “ at ” is an English word unless a domain follows that is one without doubt.
_SPELT = re.compile(r"[A-Za-z0-9\-]{1,63}(?:[ ]dot[ ]|\.)(?:com|cn|net|org)\b", re.IGNORECASE)
_INTERNATIONAL = re.compile(r"(?:[\w\-]{1,20}\.){1,3}(?:中国|公司|网络|[A-Za-z]{2,10})")
# 1.zhangsan@…: a number at the beginning of a line that an address with a letter follows.
_LIST_NUMBER = re.compile(r"(?:(?<=\n)|(?<![^\n]))[0-9]{1,2}\.(?=[A-Za-z0-9])")
_LONGEST_LOCAL = 65


class EmailRecognizer:
    """Find mail addresses; one under gov.cn is an office's."""

    name = "email"
    entities = (Entity.EMAIL_ADDRESS,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        for match in _AT.finditer(text) if "@" in text or "at" in text.lower() else ():
            if span := _around(text, match):
                domain = re.sub(r"[^a-z.]", "", text[match.end() : span[1]].lower())
                role = Role.OFFICE if domain.endswith("gov.cn") else Role.UNKNOWN
                yield Hit(Entity.EMAIL_ADDRESS, *span, 0.95, "电子邮箱格式", role)
        for start, end, _ in governed(passage, Entity.EMAIL_ADDRESS):
            if "@" not in text[start:end]:
                yield Hit(Entity.EMAIL_ADDRESS, start, end, 0.5, "表头为电子邮箱")


def _around(text: str, at: re.Match[str]) -> tuple[int, int] | None:
    """Give the offsets of the address around a sign of @, None where there is none."""
    before = text[max(0, at.start() - _LONGEST_LOCAL) : at.start()]
    offset = at.start() - len(before)
    domain = (_SPELT if at[0].isalpha() else _DOMAIN).match(text, at.end())
    if domain and (local := _LOCAL.search(before)):
        listed = _LIST_NUMBER.match(before, local.start())
        return offset + (listed.end() if listed else local.start()), domain.end()
    domain = _INTERNATIONAL.match(text, at.end()) if at[0] == "@" else None
    if domain and (local := _WORDS.search(before)) and not domain[0].isascii():
        return offset + local.start(), domain.end()
    return None
