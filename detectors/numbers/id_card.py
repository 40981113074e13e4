"""居民身份证号码 (GB 11643-1999), 18 and 15 digits, as typed, grouped or written in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.numbers import identity
from detectors.numbers.identity import LABEL
from detectors.numbers.interrupted import interrupted
from detectors.numbers.runs import Run, Written, runs
from detectors.tables.columns import digits_in, governed, header_at
from detectors.text.labels import any_of, labelled, near, values
from detectors.text.numerals import CHINESE_DIGITS, to_ascii
from review import checks
from review.finding import Entity

_LENGTH = 18
_NUMBER = re.compile(r"[1-9][0-9]{16}[0-9X]")
_DIGIT = f"[0-9{CHINESE_DIGITS}]"
_OLD = re.compile(rf"(?<!{_DIGIT}){_DIGIT}(?:[ \-]?{_DIGIT}){{14}}(?!{_DIGIT})")
# Until 2023: the country, the place and year it was given out, the birthday, two digits more.
_RESIDENT = re.compile(r"(?<![A-Za-z0-9])[A-Z]{3}[ ]?[0-9]{12}(?![0-9A-Za-z])")
_RESIDENCE = re.compile(any_of("永久居留 外国人居留 证件号 身份证"))
# One digit too many or too few, or cut off by the end of a column: still most of a number.
_MISCOUNTED = labelled(
    "身份证 居民身份证 身份证件 公民身份 身份号码 公民身份证",
    rf"[1-9](?:[ \-.]?{_DIGIT}){{13,19}}[Xx]?(?![0-9A-Za-z*])",
)
# The check digit can be reckoned from the other seventeen.
_CHECK_HIDDEN = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}\*(?![*0-9])")
_CODE = re.compile(
    any_of(
        "编号 单号 订单 代码 编码 信用代码 税号 流水号 序列号 案号 票号 条码 合同 批号 凭证 批次 "
        "项目 单据 快递 运单 发票 档案号 受理号 登记号 许可证 备案号 金额 文号 索引号 银行 账号 "
        "帐号 卡号 账户 帐户 行卡"
    )
)
_USUAL_GROUPS = ((18,), (6, 8, 4), (6, 4, 4, 4))
_USUAL_GAPS = frozenset({" ", "-"})
_CODED = re.compile(r"[A-Za-z][\-_]?\Z")
_DECIMAL = re.compile(r"\.[0-9]|[A-Za-z]|[ ]?[万亿]?元")
_LIVING = range(1900, 2036)
"""Years of birth that a number without label and with a wrong check digit may show."""
_MANGLED = re.compile(r"[1-9](?:\.[0-9]+)?[Ee]\+?1[4-7]")
# 身份证号后六位: the last of them may be the letter.
_LAST_SIX = re.compile(r"[0-9]{5}[Xx]")


class IdCardRecognizer:
    """Find identity numbers by check digit, or by label or header where the digit is wrong."""

    name = "id_card"
    entities = (Entity.CN_ID_CARD,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        taken = set(identity.taken(passage.text))
        yield from map(_certain, identity.sound(passage.text))
        for hit in (*_interrupted(passage.text), *_unsure(passage)):
            if taken.isdisjoint(range(hit.start, hit.end)):
                taken.update(range(hit.start, hit.end))
                yield hit
        for start, end, _ in governed(passage, Entity.CN_ID_CARD):
            if taken.isdisjoint(range(start, end)) and _could_be(passage.text[start:end]):
                yield Hit(Entity.CN_ID_CARD, start, end, 0.6, "表头为证件号码，校验位不符或不完整")


def _interrupted(text: str) -> Iterator[Hit]:
    for entity, start, end in interrupted(text):
        if entity is Entity.CN_ID_CARD:
            yield Hit(entity, start, end, 0.9, "中间夹有括号说明，校验位、地区和出生日期均相符")


def _certain(number: Written) -> Hit:
    if number.letters:
        score, reason = 0.9, "个别数字误为字母，校验位相符"
    elif number.stands_alone:
        score, reason = 1.0, "校验位、地区和出生日期均相符"
    else:
        score, reason = 0.9, "与其他数字连写，校验位、地区和出生日期均相符"
    return Hit(Entity.CN_ID_CARD, number.start, number.end, score, reason)


def _unsure(passage: Passage) -> Iterator[Hit]:
    text = passage.text
    # Without a label somewhere most of the work is spared.
    if LABEL.search(text):
        yield from _doubtful(passage, _NUMBER)
        yield from _fifteen(text)
        yield from _miscounted(text)
    else:
        yield from _doubtful(passage, identity.PLAUSIBLE)
    yield from _residents(text)
    if "*" in text:
        yield from _check_hidden(text)


def _doubtful(passage: Passage, shape: re.Pattern[str]) -> Iterator[Hit]:
    """Find numbers whose check digit is wrong: beside a label, or plausible in all else."""
    text = passage.text
    for run in runs(text):
        for number in _eighteen(run, shape):
            if near(LABEL, text, number.start, number.end, 30, 12):
                score, reason = 0.7, "旁有身份证字样，但校验位不符，可能录入有误"
            elif _mistyped(passage, number):
                score, reason = 0.5, "形似身份证号码，校验位不符，可能录入有误"
            else:
                continue
            yield Hit(Entity.CN_ID_CARD, number.start, number.end, score, reason)


def _eighteen(run: Run, shape: re.Pattern[str]) -> Iterator[Written]:
    """Give the stretches of exactly 18 digits between two gaps, within one line."""
    for first in sorted(run.borders):
        if first + _LENGTH in run.borders and shape.match(run.read, first):
            number = Written(run, first, first + _LENGTH)
            if not number.letters and not any("\n" in gap for gap in number.gaps()):
                yield number


def _mistyped(passage: Passage, number: Written) -> bool:
    """Say whether a number without label is an identity number but for its check digit."""
    digits = number.run.read[number.first : number.last]
    if not checks.id_card_plausible(digits) or int(digits[6:10]) not in _LIVING:
        return False
    if number.groups() not in _USUAL_GROUPS or not _USUAL_GAPS.issuperset(number.gaps()):
        return False
    start, end = number.start, number.end
    if checks.uscc(digits) or _CODED.search(passage.text[max(0, start - 2) : start]):
        return False
    if _DECIMAL.match(passage.text, end):
        return False
    header = header_at(passage, start)
    return not (near(_CODE, passage.text, start, end, 12, 4) or _CODE.search(header))


def _check_hidden(text: str) -> Iterator[Hit]:
    for match in _CHECK_HIDDEN.finditer(text):
        if checks.id_card_plausible(f"{match[0][:-1]}0"):
            yield Hit(Entity.CN_ID_CARD, *match.span(), 0.7, "只隐去了校验位，全号仍可推算")


def _residents(text: str) -> Iterator[Hit]:
    for match in _RESIDENT.finditer(text) if _RESIDENCE.search(text) else ():
        if near(_RESIDENCE, text, *match.span(), 30, 12):
            yield Hit(Entity.CN_ID_CARD, *match.span(), 0.8, "旁有永久居留字样，外国人旧证件号码")


def _fifteen(text: str) -> Iterator[Hit]:
    for match in _OLD.finditer(text):
        number = re.sub(r"[^0-9]", "", to_ascii(match[0]))
        start, end = match.span()
        if checks.id_card_plausible(number) and near(LABEL, text, start, end, 30, 12):
            yield Hit(Entity.CN_ID_CARD, start, end, 0.8, "旁有身份证字样，十五位旧号码")


def _miscounted(text: str) -> Iterator[Hit]:
    for start, end in values(_MISCOUNTED, text):
        yield Hit(Entity.CN_ID_CARD, start, end, 0.6, "旁有身份证字样，但位数不符，可能录入有误")


def _could_be(value: str) -> bool:
    code = value.strip().upper()
    if checks.uscc(code) and not code[:-1].isdigit():
        return False  # a firm's among those of persons
    value = to_ascii(value)
    return digits_in(value) >= 6 or any(shape.search(value) for shape in (_LAST_SIX, _MANGLED))
