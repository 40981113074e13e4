"""Bank cards (ISO/IEC 7812 check digit, known issuers) and account numbers beside their label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors import checks
from detectors.base import Hit, Passage
from detectors.columns import digits_in, governed
from detectors.labels import any_of, labelled, line_before, near
from review.finding import Entity

_GAP = r"(?:[ \-]?|[ ]?\n[ ]?)"
_CANDIDATE = re.compile(rf"(?<![0-9])[2-9](?:{_GAP}[0-9]){{12,18}}(?![0-9])")
_ISSUERS = re.compile(
    r"62[0-9]{14,17}|95(?:58|59)[0-9]{12,15}|(?:60|68|69|84|88|90|94|98|99)[0-9]{14,17}"
    r"|4[0-9]{15}|5[1-5][0-9]{14}|2(?:2[2-9]|[3-6][0-9]|7[01])[0-9]{13}|35(?:2[89]|[3-8][0-9])[0-9]{12}"
    r"|6011[0-9]{12}|65[0-9]{14}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}"
)
_FOREIGN = re.compile(
    r"3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:60|68|69|84|88|90|94|98|99).*"
)
_CARD_LABEL = re.compile(
    any_of(
        "银行 卡号 账号 帐号 账户 帐户 开户 一卡通 一折通 存折 储蓄卡 信用卡 借记卡 工资卡 "
        "社保卡 行卡"
    )
)
_ACCOUNT = labelled(
    "账号 帐号 账户号 帐户号 银行账户 银行账号 开户账号 收款账号 账户 帐户 卡号 银行卡 银行卡号 "
    "存折 一卡通 一折通 对公账户 储蓄卡 账户账号",
    r"[0-9](?:[ \-]{0,2}[0-9]){11,27}(?![0-9])",
)
_ID_CARD = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")
_MANGLED = re.compile(r"[1-9](?:\.[0-9]+)?[Ee]\+?(?:1[1-9]|2[0-9])")


class BankCardRecognizer:
    """Find cards by issuer and check digit, and accounts of 12 to 28 digits by their label."""

    name = "bank_card"
    entities = (Entity.CN_BANK_CARD,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        covered: set[int] = set()
        for hit in (*self._accounts(text), *self._cards(text)):
            if covered.isdisjoint(range(hit.start, hit.end)):
                covered.update(range(hit.start, hit.end))
                yield hit
        for start, end, _ in governed(passage, Entity.CN_BANK_CARD):
            value = text[start:end]
            held = digits_in(value) >= 8 or _MANGLED.search(value)
            if held and covered.isdisjoint(range(start, end)):
                yield _hit(start, end, 0.7, "表头为银行账号")

    def _cards(self, text: str) -> Iterator[Hit]:
        position = 0
        while match := _CANDIDATE.search(text, position):
            hit = _judge(text, match)
            position = match.end() if hit else match.start() + 1
            if hit:
                yield hit

    def _accounts(self, text: str) -> Iterator[Hit]:
        for match in _ACCOUNT.finditer(text):
            start, end = match.span("value")
            if not checks.id_card(re.sub(r"[^0-9]", "", text[start:end])):
                yield _hit(start, end, 0.85, "旁有账号字样")


def _judge(text: str, match: re.Match[str]) -> Hit | None:
    number = re.sub(r"[^0-9]", "", match[0])
    broken = match[0].count("\n")
    if broken > 1 or not _ISSUERS.fullmatch(number) or checks.id_card(number):
        return None
    start, end = match.span()
    named = near(_CARD_LABEL, text, start, end, 30, 10) or _beside_id_card(text, start)
    if checks.luhn(number):
        # Rare issuers share their first digits with order and project numbers.
        if named or not _FOREIGN.fullmatch(number):
            return _hit(start, end, 0.95 if named else 0.8, "发卡行和校验位相符")
        return None
    if named and not broken:
        return _hit(start, end, 0.65, "旁有银行卡字样或身份证号码，但校验位不符")
    return None


def _beside_id_card(text: str, start: int) -> bool:
    """In a roster without labels the identity number in the same line says what the row is."""
    return any(checks.id_card(card) for card in _ID_CARD.findall(line_before(text, start, 60)))


def _hit(start: int, end: int, score: float, reason: str) -> Hit:
    return Hit(Entity.CN_BANK_CARD, start, end, score, reason)
