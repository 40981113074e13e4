"""居民身份证号码 (GB 11643-1999), 18 and 15 digits, as typed, grouped or written in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors import checks
from detectors.base import Hit, Passage
from detectors.columns import digits_in, governed
from detectors.labels import any_of, near
from detectors.numerals import CHINESE_DIGITS, to_ascii
from review.finding import Entity

_GAP = r"(?:[ .\-·]{0,2}|[ ]?\n[ ]?)"
_CANDIDATE = re.compile(rf"(?<![0-9])[1-9](?:{_GAP}[0-9]){{16}}{_GAP}[0-9Xx](?![0-9])")
_CHINESE = re.compile(
    rf"(?<![{CHINESE_DIGITS}])[{CHINESE_DIGITS}](?:[ ]?[{CHINESE_DIGITS}]){{16}}"
    rf"[ ]?[{CHINESE_DIGITS}0-9Xx](?![{CHINESE_DIGITS}])"
)
_OLD = re.compile(r"(?<![0-9])[1-9](?:[ \-]?[0-9]){14}(?![0-9])")
_LABEL = re.compile(any_of("身份证 公民身份 身份号码 证件号 证号 身份证件 居民身份"))
_MANGLED = re.compile(r"[1-9](?:\.[0-9]+)?[Ee]\+?1[4-7]")


class IdCardRecognizer:
    """Find identity numbers by check digit, or by label or header where the digit is wrong."""

    name = "id_card"
    entities = (Entity.CN_ID_CARD,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        found = [*self._eighteen(passage.text), *self._chinese(passage.text)]
        found += self._fifteen(passage.text)
        yield from found
        starts = {hit.start for hit in found}
        for start, end, _ in governed(passage, Entity.CN_ID_CARD):
            value = passage.text[start:end]
            if starts.isdisjoint(range(start, end)) and _could_be(value):
                yield Hit(Entity.CN_ID_CARD, start, end, 0.6, "表头为证件号码，校验位不符或不完整")

    def _eighteen(self, text: str) -> Iterator[Hit]:
        position = 0
        while match := _CANDIDATE.search(text, position):
            hit = self._judge(text, match.start(), match.end(), match[0])
            # A failed window may hide a true number that begins inside it.
            position = match.end() if hit else match.start() + 1
            if hit:
                yield hit

    def _chinese(self, text: str) -> Iterator[Hit]:
        for match in _CHINESE.finditer(text):
            if hit := self._judge(text, match.start(), match.end(), to_ascii(match[0])):
                yield hit

    def _judge(self, text: str, start: int, end: int, raw: str) -> Hit | None:
        number = re.sub(r"[^0-9Xx]", "", raw)
        if checks.id_card(number):
            if raw.count("\n") <= 1:
                return Hit(Entity.CN_ID_CARD, start, end, 1.0, "校验位、地区和出生日期均相符")
            return None
        if "\n" in raw or not near(_LABEL, text, start, end, 30, 12):
            return None
        return Hit(Entity.CN_ID_CARD, start, end, 0.7, "旁有身份证字样，但校验位不符，可能录入有误")

    def _fifteen(self, text: str) -> Iterator[Hit]:
        for match in _OLD.finditer(text):
            number = re.sub(r"[^0-9]", "", match[0])
            start, end = match.span()
            if checks.id_card_plausible(number) and near(_LABEL, text, start, end, 30, 12):
                yield Hit(Entity.CN_ID_CARD, start, end, 0.8, "旁有身份证字样，十五位旧号码")


def _could_be(value: str) -> bool:
    return digits_in(to_ascii(value)) >= 6 or _MANGLED.search(value) is not None
