"""居民身份证号码 (GB 11643-1999), 18 and 15 digits, as typed, grouped or written in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors import checks
from detectors.base import Hit, Passage
from detectors.columns import digits_in, governed
from detectors.labels import any_of, near
from detectors.numerals import CHINESE_DIGITS, MISREAD, to_ascii
from review.finding import Entity

_GAP = r"(?:[ .\-·]{0,2}|[ ]?\n[ ]?)"
_CANDIDATE = re.compile(rf"(?<![0-9])[1-9](?:{_GAP}[0-9]){{16}}{_GAP}[0-9Xx](?![0-9])")
_CHINESE = re.compile(
    rf"(?<![{CHINESE_DIGITS}])[{CHINESE_DIGITS}](?:[ ]?[{CHINESE_DIGITS}]){{16}}"
    rf"[ ]?[{CHINESE_DIGITS}0-9Xx](?![{CHINESE_DIGITS}])"
)
_OLD = re.compile(r"(?<![0-9])[1-9](?:[ \-]?[0-9]){14}(?![0-9])")
_LABEL = re.compile(any_of("身份证 公民身份 身份号码 证件号 证号 身份证件 居民身份"))
# A scan reads 0 as O and 1 as l or I; × and the Cyrillic Х stand for X. The check digit decides.
_SCANNED = re.compile(
    rf"(?<![0-9A-Za-z])[1-9lI|](?:{_GAP}[0-9OoQDlI|]){{16}}{_GAP}[0-9XxOoQDlI|×ХхΧχ](?![0-9A-Za-z])"
)
_READ = MISREAD | str.maketrans("×ХхΧχ", "XXXXX")
_MOST_MISREAD = 6
_CODE = re.compile(
    any_of(
        "编号 单号 订单 代码 编码 信用代码 税号 流水号 序列号 案号 票号 条码 合同 批号 凭证 批次 "
        "项目 单据 快递 运单 发票 档案号 受理号 登记号 许可证 备案号 金额 文号 索引号 银行 账号 "
        "帐号 卡号 账户 帐户 行卡"
    )
)
_GROUPED = re.compile(
    r"[0-9]{6}[ \-][0-9]{8}[ \-][0-9]{3}[0-9Xx]|[0-9]{6}[ \-][0-9]{4}[ \-][0-9]{4}[ \-][0-9Xx]{4}"
)
_CODED = re.compile(r"[A-Za-z][\-_]?\Z")
_DECIMAL = re.compile(r"\.[0-9]|[A-Za-z]|[ ]?[万亿]?元")
_LIVING = range(1900, 2036)
"""Years of birth that a number without label and with a wrong check digit may show."""
_MANGLED = re.compile(r"[1-9](?:\.[0-9]+)?[Ee]\+?1[4-7]")


class IdCardRecognizer:
    """Find identity numbers by check digit, or by label or header where the digit is wrong."""

    name = "id_card"
    entities = (Entity.CN_ID_CARD,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        found = [*self._eighteen(passage), *self._chinese(passage)]
        found += self._fifteen(passage.text)
        yield from found
        taken = {offset for hit in found for offset in range(hit.start, hit.end)}
        yield from self._scanned(passage.text, taken)
        starts = {hit.start for hit in found}
        for start, end, _ in governed(passage, Entity.CN_ID_CARD):
            value = passage.text[start:end]
            if starts.isdisjoint(range(start, end)) and _could_be(value):
                yield Hit(Entity.CN_ID_CARD, start, end, 0.6, "表头为证件号码，校验位不符或不完整")

    def _eighteen(self, passage: Passage) -> Iterator[Hit]:
        text, position = passage.text, 0
        while match := _CANDIDATE.search(text, position):
            hit = self._judge(passage, match.start(), match.end(), match[0])
            # A failed window may hide a true number that begins inside it.
            position = match.end() if hit else match.start() + 1
            if hit:
                yield hit

    def _chinese(self, passage: Passage) -> Iterator[Hit]:
        for match in _CHINESE.finditer(passage.text):
            if hit := self._judge(passage, match.start(), match.end(), to_ascii(match[0])):
                yield hit

    def _scanned(self, text: str, taken: set[int]) -> Iterator[Hit]:
        """Find numbers with letters in place of digits, where the check digit confirms them."""
        for match in _SCANNED.finditer(text):
            read = re.sub(r"[^0-9A-Za-z]", "", match[0].translate(_READ))
            letters = sum(char in "OoQDlI|" for char in match[0])
            if letters <= _MOST_MISREAD and checks.id_card(read) and match.start() not in taken:
                yield Hit(Entity.CN_ID_CARD, *match.span(), 0.9, "个别数字误为字母，校验位相符")

    def _judge(self, passage: Passage, start: int, end: int, raw: str) -> Hit | None:
        text = passage.text
        number = re.sub(r"[^0-9Xx]", "", raw)
        if checks.id_card(number):
            if raw.count("\n") <= 1:
                return Hit(Entity.CN_ID_CARD, start, end, 1.0, "校验位、地区和出生日期均相符")
            return None
        if "\n" in raw:
            return None
        if near(_LABEL, text, start, end, 30, 12):
            return Hit(
                Entity.CN_ID_CARD, start, end, 0.7, "旁有身份证字样，但校验位不符，可能录入有误"
            )
        if self._mistyped(passage, start, end, number, raw):
            return Hit(
                Entity.CN_ID_CARD, start, end, 0.5, "形似身份证号码，校验位不符，可能录入有误"
            )
        return None

    def _mistyped(self, passage: Passage, start: int, end: int, number: str, raw: str) -> bool:
        """Say whether a number without label is an identity number but for its check digit."""
        if not checks.id_card_plausible(number) or int(number[6:10]) not in _LIVING:
            return False
        if raw != number and not _GROUPED.fullmatch(raw):
            return False
        if checks.uscc(number) or _CODED.search(passage.text[max(0, start - 2) : start]):
            return False
        if _DECIMAL.match(passage.text, end):
            return False
        header = _header_at(passage, start)
        return not (near(_CODE, passage.text, start, end, 12, 4) or _CODE.search(header))

    def _fifteen(self, text: str) -> Iterator[Hit]:
        for match in _OLD.finditer(text):
            number = re.sub(r"[^0-9]", "", match[0])
            start, end = match.span()
            if checks.id_card_plausible(number) and near(_LABEL, text, start, end, 30, 12):
                yield Hit(Entity.CN_ID_CARD, start, end, 0.8, "旁有身份证字样，十五位旧号码")


def _header_at(passage: Passage, start: int) -> str:
    return next((header for first, last, header in passage.headers if first <= start < last), "")


def _could_be(value: str) -> bool:
    return digits_in(to_ascii(value)) >= 6 or _MANGLED.search(value) is not None
