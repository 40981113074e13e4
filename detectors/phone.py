"""Telephone numbers: mobile, fixed line with extension, 400 and 800 services."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.columns import digits_in, governed
from detectors.labels import any_of, labelled, line_before
from detectors.numerals import CHINESE_DIGITS, to_ascii
from review.finding import Entity, Role

_GAP = r"(?:[ ]?[\-—._·/][ ]?|[ ]{0,2})"
_MOBILE = re.compile(
    r"(?:(?<![0-9])(?:\(?(?:\+|00)?86\)?|\+)[ \-]?|(?<![0-9]))"
    rf"(?P<number>1(?:{_GAP}[0-9]){{10}})(?![0-9])"
)
# From abroad or by an old exchange one dials a zero first: 013800138000.
_DIALLED = re.compile(r"(?<![0-9\-])0(?P<number>1[3-9][0-9]{9})(?![0-9])")
_BRACKETED = re.compile(
    r"(?<![0-9])\((?P<number>1[3-9][0-9])\)[ \-]?[0-9]{4}[ \-]?[0-9]{4}(?![0-9])"
)
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
        (3, 2, 2, 4),
        (3, 3, 3, 2),
        (2, 3, 3, 3),
        (2, 2, 2, 2, 3),
        (3, 2, 2, 2, 2),
        (6, 5),
        (8, 3),
        (1,) * 11,
    }
)
_MOBILE_CHINESE = re.compile(
    rf"(?<![{CHINESE_DIGITS}])[一幺壹](?:[ ]?[ \-—.·]?[ ]?[{CHINESE_DIGITS}]){{10}}"
    rf"(?![{CHINESE_DIGITS}])"
)
# Hard-wrapped text breaks numbers at the line's end; a table puts its cells on lines as well.
_WRAPPED = re.compile(
    r"(?<![0-9.,\-])1(?:[ \-]?[0-9]){0,9}[ \-]?\n[ ]?[0-9](?:[ \-]?[0-9]){0,9}(?![0-9])"
)
_WRAPPED_LINE = 16
"""Characters that a line of running text has at least before it is wrapped."""
# 138.5万元 never gets here, but 13812345678.50 and 13812345678元 would.
_AMOUNT_AFTER = re.compile(
    r"(?:\.[0-9]{1,4}(?![0-9])|,[0-9]{3}(?![0-9])"
    r"|[ ]?(?:万|亿)?(?:元|美元|吨|公斤|千瓦|平方|立方|亩|%|股))"
)
_AMOUNT_BEFORE = re.compile(r"[¥$](?:[ ]?)$|(?<![0-9])[0-9]{1,4}(?:,[0-9]{3})*[.,]$")
# Numbers of papers and of staff; an account may well be a telephone number (微信号), these not.
_OTHER_NUMBER = re.compile(
    r"(?:执法证件?|工作证件?|证件|证书|许可证|执照|资格证|上岗证|准考证|档案|合同|订单|流水|批|案|工|警|学|编)"
    r"[ ]?编?[ ]?号(?:码)?[ ]?(?:\([^()\n]{0,8}\))?[ ]?[:为是]?[ ]{0,4}\Z"
)
_LIST_NUMBER = re.compile(r"(?:^|\n)[ \t]*[0-9]{1,3}[.,]\Z")
# A scan reads 0 as O and 1 as l or I; beside a label there is no other reading.
_SCANNED = re.compile(
    labelled(
        "手机 手机号 手机号码 联系电话 电话 联系方式 移动电话",
        r"(?P<number>[1lI|][3-9](?:[ \-]?[0-9OoQDlI|]){9})(?![0-9A-Za-z])",
    ).pattern
)
_LEAST_READ = 4
_MOBILE_DIGITS = 11

_AREA = r"0(?:10|2[0-57-9]|[3-9][0-9]{2})"
_EXTENSION = r"(?:[ ]?(?:-|转|\(?分机号?:?|ext\.?)[ ]?[0-9]{1,6}(?![0-9])\)?)?"
_FIXED = re.compile(
    rf"(?<![0-9\-])(?:(?:\+|00)86[ \-]?)?(?:\({_AREA}\)[ \-]?|{_AREA}[ ]?[\-—][ ]?|{_AREA}[ ])"
    rf"[1-9][0-9]{{2,3}}[ \-]?[0-9]{{4}}(?![0-9]){_EXTENSION}",
    re.IGNORECASE,
)
_MORE_LINES = re.compile(rf"[ ]?[、,/;][ ]?(?P<number>[2-9][0-9]{{6,7}}(?![0-9]){_EXTENSION})")
_SERVICE = re.compile(r"(?<![0-9\-])[48]00(?:[ \-—]?[0-9]){7}(?![0-9])")
_LABELS = (
    "电话 手机 手机号 联系电话 联系方式 联络电话 固话 座机 传真 热线 致电 来电 拨打 咨询 短号 "
    "tel phone mobile fax"
)
_LABELLED = re.compile(
    labelled(_LABELS, r"\+?[0-9](?:[ \-—]?[0-9]){5,14}(?![0-9])").pattern + _EXTENSION,
    re.IGNORECASE,
)
_LABEL = re.compile(any_of(_LABELS), re.IGNORECASE)
_OFFICE = re.compile(
    any_of(
        "办公 政府 热线 监督 举报 投诉 咨询 值班 传真 联系单位 单位 办公室 机关 中心 受理 窗口 "
        "服务 采购人 招标人 代理机构 承办 主管 部门 局 委 厅 署 院 所 站 大队 公司"
    )
)
_PRIVATE = re.compile(any_of("家庭 家里 住宅 宅电 个人 本人 户主 申请人 当事人"))
_BRACKETS = re.compile(r"[ ]?\([^()\n]{1,10}\)")
_DATE = re.compile(r"(?:19|20)[0-9]{2}[\-—][01]?[0-9][\-—][0-3]?[0-9]")


class PhoneRecognizer:
    """Find telephone numbers and tell those of an office from a person's.

    A mobile is never an office's, whatever stands beside it: it belongs to somebody.
    """

    name = "phone"
    entities = (Entity.PHONE_NUMBER,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        taken: list[tuple[int, int]] = []
        for hit in self._shaped(passage.text):
            taken.append((hit.start, hit.end))
            yield hit
        covered = {offset for start, end in taken for offset in range(start, end)}
        for hit in self._labelled(passage.text):
            if covered.isdisjoint(range(hit.start, hit.end)):
                covered.update(range(hit.start, hit.end))
                yield hit
        for start, end, header in governed(passage, Entity.PHONE_NUMBER):
            value = to_ascii(passage.text[start:end])
            if covered.isdisjoint(range(start, end)) and digits_in(value) >= 5:
                role = _role(header) if not value.startswith("1") else Role.UNKNOWN
                yield Hit(Entity.PHONE_NUMBER, start, end, 0.6, "表头为联系电话", role)

    def _shaped(self, text: str) -> Iterator[Hit]:
        yield from self._mobile(text)
        for match in _SERVICE.finditer(text):
            yield _hit(match.span(), 0.9, "四〇〇、八〇〇服务号码", Role.OFFICE)
        for match in _FIXED.finditer(text):
            role = _role(_context(text, *match.span()))
            yield _hit(match.span(), 0.9, "带区号的固定电话", role)
            end = match.end()
            while more := _MORE_LINES.match(text, end):
                yield _hit(more.span("number"), 0.8, "与前一固定电话并列", role)
                end = more.end()

    def _mobile(self, text: str) -> Iterator[Hit]:
        position = 0
        while match := _MOBILE.search(text, position):
            if _is_mobile(text, match):
                position = match.end()
                yield _hit(match.span(), 0.95, "手机号码格式")
            else:
                position = match.start() + 1
        for match in _MOBILE_CHINESE.finditer(text):
            if re.sub(r"[^0-9]", "", to_ascii(match[0]))[1] in "3456789":
                yield _hit(match.span(), 0.85, "用汉字书写的手机号码")
        for match in (*_DIALLED.finditer(text), *_BRACKETED.finditer(text)):
            yield _hit(match.span(), 0.85, "带拨号前缀或括号的手机号码")
        for match in _WRAPPED.finditer(text):
            if _is_wrapped(text, match):
                yield _hit(match.span(), 0.75, "断在行末的手机号码")
        for match in _SCANNED.finditer(text):
            if _LEAST_READ <= digits_in(match["number"]) < _MOBILE_DIGITS:
                yield _hit(match.span("number"), 0.8, "旁有电话字样，个别数字误为字母")

    def _labelled(self, text: str) -> Iterator[Hit]:
        for match in _LABELLED.finditer(text):
            start, end = match.start("value"), match.end()
            value = text[start:end]
            digits = digits_in(text[start : match.end("value")])
            if not 7 <= digits <= 14 or _DATE.match(value):
                continue
            role = Role.UNKNOWN
            if not (digits == 11 and value.startswith("1")):
                role = _role(_context(text, start, end))
            yield _hit((start, end), 0.7, "旁有电话字样", role)


def _hit(span: tuple[int, int], score: float, reason: str, role: Role = Role.UNKNOWN) -> Hit:
    return Hit(Entity.PHONE_NUMBER, *span, score, reason, role)


def _is_mobile(text: str, match: re.Match[str]) -> bool:
    number = match["number"]
    groups = tuple(len(group) for group in re.split(r"[^0-9]+", number))
    if digits_in(number[:3]) < 2 or re.sub(r"[^0-9]", "", number)[1] not in "3456789":
        return False
    if groups not in _GROUPINGS:
        return False
    before = text[max(0, match.start() - 8) : match.start()]
    amount = _AMOUNT_AFTER.match(text, match.end()) or (
        _AMOUNT_BEFORE.search(before) and not _LIST_NUMBER.search(before)
    )
    line = line_before(text, match.start(), 16)
    if _OTHER_NUMBER.search(line):
        return False
    return not amount or bool(_LABEL.search(line[-12:]))


def _is_wrapped(text: str, match: re.Match[str]) -> bool:
    """Tell a mobile broken by the end of a line from two numbers in two cells."""
    number = re.sub(r"[^0-9]", "", match[0])
    if len(number) != _MOBILE_DIGITS or number[1] not in "3456789":
        return False
    if _AMOUNT_AFTER.match(text, match.end()):
        return False
    before = line_before(text, match.start(), 60)
    return len(before) >= _WRAPPED_LINE or bool(_LABEL.search(before[-12:]))


def _context(text: str, start: int, end: int) -> str:
    """Give the clause before a number and the brackets after it: 0750-3501234（值班）."""
    before = line_before(text, start, 60)
    after = _BRACKETS.match(text, end)
    return before[before.rfind("。") + 1 :] + (after[0] if after else "")


def _role(context: str) -> Role:
    if _PRIVATE.search(context):
        return Role.UNKNOWN
    return Role.OFFICE if _OFFICE.search(context) else Role.UNKNOWN
