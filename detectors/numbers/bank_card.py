"""Bank cards (ISO/IEC 7812 check digit, known issuers) and account numbers beside their label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detectors.base import Hit, Passage
from detectors.numbers import glued, identity
from detectors.numbers.mobile import OTHER_NUMBER
from detectors.numbers.runs import Written, runs
from detectors.tables.columns import digits_in, governed, header_at, of_papers
from detectors.text.labels import any_of, labelled, line_before, near
from detectors.text.numerals import CHINESE_DIGITS, to_ascii
from review import checks
from review.finding import Entity

_ISSUERS = re.compile(
    r"62[0-9]{14,17}|95(?:58|59)[0-9]{12,15}|(?:60|68|69|84|88|90|94|98|99)[0-9]{14,17}"
    r"|4[0-9]{15}|5[1-5][0-9]{14}|2(?:2[2-9]|[3-6][0-9]|7[01])[0-9]{13}|35(?:2[89]|[3-8][0-9])[0-9]{12}"
    r"|6011[0-9]{12}|65[0-9]{14}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}"
)
_FOREIGN = re.compile(
    r"3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:60(?!11)|68|69|84|88|90|94|98|99).*"
)
_BEGINNING = re.compile(r"[45689](?=[0-9]{13})|2[2-7](?=[0-9]{14})|3[04-8](?=[0-9]{12})")
_LENGTHS = range(19, 13, -1)
_MOST_MISREAD = 6
_WRAPPED_LINES = 2
_FEW_GAPS = (1, 2)
# The groups of digits on a card, or what people make of them; others are several numbers.
_USUAL = re.compile(r"|[0-9]+(?:,[0-9]+){0,2}|(?:4,){3,}[1-4]|6,(?:4,){2}[1-5]|1(?:,1)+")
_BORDER = re.compile(r"[|\t]")
_DOUBTFUL = 0.65
_LEAST_NUMBER = 7
"""Digits after a card that are a number of their own, not its end."""
_CARD_LABEL = re.compile(
    any_of(
        "银行 卡号 账号 帐号 账户 帐户 开户 一卡通 一折通 存折 储蓄卡 信用卡 借记卡 工资卡 "
        "社保卡 行卡"
    )
)
_DIGIT = f"[0-9{CHINESE_DIGITS}]"
_ACCOUNT = labelled(
    "账号 帐号 账户号 帐户号 银行账户 银行账号 开户账号 收款账号 账户 帐户 卡号 银行卡 银行卡号 "
    "存折 一卡通 一折通 对公账户 储蓄卡 账户账号",
    rf"{_DIGIT}(?:[ \-—.·/_]{{0,3}}{_DIGIT}){{11,27}}(?!{_DIGIT})",
)
# Where fines and fees are paid in is told to everybody.
_TREASURY = re.compile(
    any_of("国库 金库 财政局 财政厅 财政专户 财政所 非税 罚没 汇缴 公共资源交易")
)
_PUBLIC_ACCOUNT = re.compile("国库|金库|财政专户|非税|罚没|汇缴")
"""What the header of an account begins with that is told to everybody."""
_MANGLED = re.compile(r"[1-9](?:\.[0-9]+)?[Ee]\+?(?:1[1-9]|2[0-9])")


class BankCardRecognizer:
    """Find cards by issuer and check digit, and accounts of 12 to 28 digits by their label."""

    name = "bank_card"
    entities = (Entity.CN_BANK_CARD,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        covered = set(identity.taken(text))
        cards = [hit for hit in _cards(text) if not of_papers(header_at(passage, hit.start))]
        for hit in (*_accounts(text, cards), *cards, *_glued(text)):
            if covered.isdisjoint(range(hit.start, hit.end)):
                covered.update(range(hit.start, hit.end))
                yield hit
        for start, end, header in governed(passage, Entity.CN_BANK_CARD):
            if _PUBLIC_ACCOUNT.match(header):
                continue
            value = text[start:end]
            held = digits_in(to_ascii(value)) >= 8 or _MANGLED.search(value)
            if held and covered.isdisjoint(range(start, end)):
                yield _hit(start, end, 0.7, "表头为银行账号")


def _cards(text: str) -> Iterator[Hit]:
    for run in runs(text):
        position = 0
        for first in run.beginnings():
            if first >= position and _BEGINNING.match(run.read, first):
                ends = (first + length for length in _LENGTHS if first + length in run.borders)
                cards = (_judge(Written(run, first, end)) for end in ends)
                if hit := next(filter(None, cards), None):
                    position = run.places.index(hit.end - 1, first) + 1
                    yield hit


def _judge(card: Written) -> Hit | None:
    number = card.run.read[card.first : card.last]
    if not _ISSUERS.fullmatch(number) or not card.stands_alone or card.letters > _MOST_MISREAD:
        return None
    text, start, end = card.run.text, card.start, card.end
    named = near(_CARD_LABEL, text, start, end, 30, 10) or _beside_id_card(text, start)
    if not _is_one(card, named) or OTHER_NUMBER.search(line_before(text, start, 16)):
        return None
    if checks.luhn(number):
        # Rare issuers share their first digits with order and project numbers.
        if named or not _FOREIGN.fullmatch(number):
            return _hit(start, end, 0.95 if named else 0.8, "发卡行和校验位相符")
        return None
    if named and not card.letters and "\n" not in text[start:end]:
        return _hit(start, end, _DOUBTFUL, "旁有银行卡字样或身份证号码，但校验位不符")
    return None


def _is_one(card: Written, named: bool) -> bool:
    """Say whether what stands in and around the digits lets them be one number."""
    if card.listed:
        return False
    if _holds_others(card):
        return False
    if card.letters:
        return named
    if not named and not _is_usual(card):
        return False
    if card.boxed:
        return named or not card.lines
    # A number that is whole before the end of the line does not go on in the next.
    if any(signs >= _LENGTHS[-1] for signs in card.lines):
        return False
    if len(card.lines) == _WRAPPED_LINES:
        return named or card.in_wrapped_text
    return named or not card.lines


def _holds_others(card: Written) -> bool:
    """Say whether a mobile or figures with a decimal point are among what stands in it."""
    gaps = card.gaps()
    if card.holds_mobile and not card.lines:
        return True
    # A speck of a scan looks like one decimal point within a card, hardly like one in a cell.
    sound = checks.luhn(card.run.read[card.first : card.last])
    several = not sound or any(_BORDER.search(gap) for gap in gaps)
    return card.decimals > (0 if several else 1)


def _is_usual(card: Written) -> bool:
    sizes = _sizes(card)
    if card.goes_on or not _USUAL.fullmatch(sizes):
        return False
    # A whole card, or four groups by one mark and more by another: two numbers.
    gaps = card.gaps()
    if gaps and (card.groups()[0] >= _LENGTHS[-1] or (len(gaps) > 2 and len(set(gaps)) > 1)):
        return False
    return sizes.count(",") not in _FEW_GAPS or not card.among_figures


def _sizes(card: Written) -> str:
    if card.chinese or card.lines:
        return ""
    return ",".join(map(str, card.groups()))


def _glued(text: str) -> Iterator[Hit]:
    for entity, start, end in glued.parts(text):
        if entity is Entity.CN_BANK_CARD:
            yield _hit(start, end, 0.8, "与其他号码连写的银行卡号")


def _accounts(text: str, cards: Iterable[Hit]) -> Iterator[Hit]:
    """Find what stands after 账号, unless it is a card, or a card and another number."""
    certain = {
        place: card
        for card in cards
        if card.score > _DOUBTFUL
        for place in range(card.start, card.end)
    }
    for match in _ACCOUNT.finditer(text):
        start, end = match.span("value")
        card = certain.get(start)
        if card and (card.start < start or not 0 < digits_in(text[card.end : end]) < _LEAST_NUMBER):
            continue
        if not _TREASURY.search(line_before(text, match.start(), 60)):
            yield _hit(start, end, 0.85, "旁有账号字样")


def _beside_id_card(text: str, start: int) -> bool:
    """In a roster without labels the identity number in the same line says what the row is."""
    line = range(start - len(line_before(text, start, 60)), start)
    return not identity.taken(text).isdisjoint(line)


def _hit(start: int, end: int, score: float, reason: str) -> Hit:
    return Hit(Entity.CN_BANK_CARD, start, end, score, reason)
