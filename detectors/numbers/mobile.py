"""Mobile numbers in running text, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit
from detectors.numbers import glued, identity
from detectors.numbers.interrupted import interrupted
from detectors.numbers.runs import Written, runs
from detectors.text.labels import any_of, line_before, near
from review import checks
from review.finding import Entity

LABELS = (
    "电话 手机 手机号 联系电话 联系方式 联络电话 固话 座机 传真 热线 致电 来电 拨打 咨询 短号 "
    "小灵通 tel Tel TEL phone Phone PHONE mobile Mobile MOBILE fax Fax FAX"
)
"""Words that say that a telephone number follows, blank-separated."""

_INNER = r"(?:转|分机号?:?|[Ee]xt\.?|EXT\.?)"
EXTENSION = rf"(?:[ ]?(?:-|{_INNER})[ ]?[0-9]{{1,6}}(?![0-9])|[ ]?\({_INNER}[ ]?[0-9]{{1,6}}\))?"
"""What may follow a telephone number, as pattern."""

_LABEL = re.compile(any_of(LABELS))
_LENGTH = 11
_NUMBER = re.compile(r"(?=1[3-9][0-9]{9})")
_PREFIX = re.compile(
    r"(?<![0-9])(?:(?:[(\[](?:\+|0{0,2})[ ]?86[)\]]|(?:\+|0{0,2})[ ]?(?:\(86\)|86))[ \-—.·_/]{0,3}"
    r"|\+|0)\Z"
)
_LONGEST_PREFIX = 12
_AFTER = re.compile(EXTENSION)
_LINK = re.compile(r"[ \t]{0,3}(?:[\-—_.·/~|]{1,2}|[)\]】〕」][ \-]?|[(\[【〔「])?[ \t]{0,3}")
_LOOSE_LINK = re.compile(rf"{_LINK.pattern}|[ ]?(?:[,;:、+#*=]|…{{1,2}}|\.{{3,6}})[ ]?")
_BREAK = re.compile(r"[ \t\-]*\r?\n[ \t]*")
_GROUPINGS = frozenset(
    {
        (11,),
        (3, 4, 4),
        (3, 8),
        (7, 4),
        (4, 3, 4),
        (4, 4, 3),
        (5, 6),
        (3, 3, 5),
        (5, 3, 3),
        (1, 3, 3, 4),
        (3, 2, 2, 4),
        (3, 3, 3, 2),
        (2, 3, 3, 3),
        (2, 2, 2, 2, 3),
        (3, 2, 2, 2, 2),
        (6, 5),
        (8, 3),
        (1,) * _LENGTH,
    }
)
_COMMON = frozenset({(3, 4, 4)})
# 138.5万元 never gets here, but 13812345678.50 and 13812345678元 would.
_AMOUNT_AFTER = re.compile(
    r"(?:\.[0-9]{1,4}(?![0-9])"
    r"|[ ]?[=+×÷]|[ ]?(?:万|亿)?(?:元(?![旦月宵])|美元|吨|公斤|千瓦|平方|立方|亩|%(?![0-9])|股))"
)
_AMOUNT_BEFORE = re.compile(r"[¥$](?:[ ]?)$|(?<![0-9])[0-9]{1,4}(?:,[0-9]{3})*\.$")
# Of thousands only what is written in groups: 补贴1200，13812345678 is a sum and a mobile.
_GROUPS_AFTER = re.compile(r",[0-9]{3}(?![0-9])")
_GROUPS_BEFORE = re.compile(r"(?<![0-9])[0-9]{1,4}(?:,[0-9]{3})*,$")
# HB-13800-138000: five and six digits after letters and a dash are a model.
_MODEL = re.compile(r"[A-Za-z]-[0-9]{5}-[0-9]{6}")
OTHER_NUMBER = re.compile(
    r"(?:执法证件?|工作证件?|证件|证书|许可证|执照|资格证|上岗证|准考证|档案|合同|订单|流水|单|批|案|工|警|学|编)"
    r"[ ]?编?[ ]?号(?:码)?[ ]?(?:\([^()\n]{0,8}\))?[ ]?[:为是]?[ ]{0,4}\Z"
    r"|(?:执法|行政执法|工作|资格|上岗|准考|许可)证[ ]?[:为是]?[ ]{0,4}\Z"
)
"""What stands before the number of a paper, an order or of staff, at the end of a line.

An account may well be a telephone number (微信号), these not.
"""
# 执法人员：丁一凡（14070733021）: the number of a badge, where nobody can be rung under it.
_BADGE = re.compile(
    r"执法人员[:：]?[ ]?(?:[\u4e00-\u9fff·]{2,5}[(（][0-9]{8,12}[)）][、,，和及 ]{1,2})*"
    r"[\u4e00-\u9fff·]{2,5}[(（]\Z"
)
_BADGE_REACH = 80
_MACHINES = re.compile("14[0-4678]")
"""Segments that are given to machines (物联网, 数据) and not to people."""
_LIST_NUMBER = re.compile(r"(?:^|\n)[ \t]*[1-9][0-9]{0,2}[.,]\Z")
_LEAST_READ = 4
_WRAPPED_LINES = 2
_MOST_GROUPS = 4
"""Groups of a number that the end of a line breaks; more are a row of figures."""


def find(text: str) -> Iterator[Hit]:
    """Yield mobiles with their prefix and extension, none over another."""
    own = identity.taken(text)
    for run in runs(text):
        position = 0
        for match in _NUMBER.finditer(run.read):
            first = match.start()
            # Before the first digit nothing stands but a prefix that ends in 0 or 6.
            if first < position or not (run.may_begin(first) or run.read[first - 1] in "06"):
                continue
            number = Written(run, first, first + _LENGTH)
            if own.isdisjoint((number.start, number.end - 1)) and (hit := _judge(number)):
                position = number.last
                yield hit
    for entity, start, end in glued.parts(text):
        if entity is Entity.PHONE_NUMBER:
            yield _hit(start, end, 0.8, "与其他号码连写的手机号码")
    for entity, start, end in interrupted(text):
        if entity is Entity.PHONE_NUMBER:
            yield _hit(start, end, 0.8, "中间夹有括号说明的手机号码")


def _judge(number: Written) -> Hit | None:
    text = number.run.text
    start = _with_prefix(number)
    if not _is_separate(number, start):
        return None
    named = _is_named(number)
    digits = number.run.read[number.first : number.last]
    used = number.letters or checks.mobile(digits)
    nobody = not used or _MACHINES.match(digits)
    if nobody and _BADGE.search(line_before(text, start, _BADGE_REACH)):
        return None
    if not _is_grouped(number, named) or _is_other(number, start, named):
        return None
    end = _with_extension(number)
    if number.letters:
        if not named or _LENGTH - number.letters < _LEAST_READ:
            return None
        return _hit(start, end, 0.8, "旁有电话字样，个别数字误为字母")
    if not used:
        return _hit(start, end, 0.6, "形似手机号码，但号段尚未启用")
    if number.lines:
        return _hit(start, end, 0.75, "断在行末或分格填写的手机号码")
    if not number.typed:
        return _hit(start, end, 0.85, "用汉字或圈码书写的手机号码")
    return _hit(start, end, 0.95, "手机号码格式")


def _with_prefix(number: Written) -> int:
    """Say where a number begins with the code of the country or the zero dialled before it."""
    before = number.run.text[max(0, number.start - _LONGEST_PREFIX) : number.start]
    prefix = _PREFIX.search(before)
    return number.start - len(prefix[0]) if prefix else number.start


def _with_extension(number: Written) -> int:
    after = _AFTER.match(number.run.text, number.end)
    return after.end() if after else number.end


def _is_separate(number: Written, start: int) -> bool:
    """Say whether no digit belongs to a number but those of its prefix."""
    if number.stands_alone:
        return True
    return number.typed and start < number.start and number.last in number.run.borders


def _is_grouped(number: Written, named: bool) -> bool:
    gaps, lines = number.gaps(), number.lines
    link = _LOOSE_LINK if named else _LINK
    if not all((_BREAK if "\n" in gap else link).fullmatch(gap) for gap in gaps):
        return False
    if _GROUPINGS.isdisjoint((number.groups(), number.joined())) and not number.chinese:
        return named and _fills_run(number)
    if len(lines) == _WRAPPED_LINES and not number.boxed:
        return named or (number.in_wrapped_text and len(number.groups()) <= _MOST_GROUPS)
    if named or not gaps:
        return True
    if lines or any("\t" in gap or "|" in gap for gap in gaps):
        return False
    if number.boxed:
        return not number.goes_on
    return number.groups() in _COMMON or not number.among_figures


def _fills_run(number: Written) -> bool:
    """Say whether nothing else is in its run, and it stands in one line and cell."""
    whole = number.last - number.first == len(number.run.signs)
    return whole and not any(set("\t\n|") & set(gap) for gap in number.gaps())


def _is_named(number: Written) -> bool:
    return near(_LABEL, number.run.text, number.start, number.start, 16, 0)


def _is_other(number: Written, start: int, named: bool) -> bool:
    """Tell an amount, or the number of a paper, from a telephone."""
    text, end = number.run.text, number.end
    before = text[max(0, start - 8) : start]
    line = line_before(text, start, 16)
    if OTHER_NUMBER.search(line) or (start > 1 and _MODEL.match(text, start - 2, end)):
        return True
    if named:
        return False
    if _AMOUNT_AFTER.match(text, end) or (number.gaps() and _GROUPS_AFTER.match(text, end)):
        return True
    sum_before = _AMOUNT_BEFORE.search(before) or (number.gaps() and _GROUPS_BEFORE.search(before))
    return bool(sum_before) and not _LIST_NUMBER.search(before)


def _hit(start: int, end: int, score: float, reason: str) -> Hit:
    return Hit(Entity.PHONE_NUMBER, start, end, score, reason)
