"""Telephone numbers: mobile, fixed line with extension, 400 and 800 services."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.numbers import mobile
from detectors.tables.columns import digits_in, governed
from detectors.text.labels import any_of, labelled, line_before
from detectors.text.numerals import CHINESE_DIGITS, to_ascii
from detectors.text.telltales import headed
from review.finding import Entity, Role

_AREA = r"0(?:10|2[0-57-9]|[3-9][0-9]{2})"
_COUNTRY = r"(?:\+|00)86[ \-]?"
_LINK = r"[ ]?[\-—·./_]{1,2}[ ]?"
_LOCAL = r"[1-9](?:[0-9]{2,3}[ \-.·]?[0-9]{4}|[0-9]{3}[ ][0-9]{3}|[0-9](?:[ ][0-9]{2}){3})(?![0-9])"
_FIXED = headed(
    rf"(?<![0-9\-])(?:(?:{_COUNTRY})?(?:[(\[【]{_AREA}[)\]】][ \-]?|{_AREA}(?:{_LINK}|[ ]{{1,2}}))"
    rf"|{_COUNTRY}(?:(?:\(0\))?{_AREA[1:]}[ \-]|\({_AREA[1:]}\)[ \-]?))"
    rf"{_LOCAL}{mobile.EXTENSION}",
)
# Found many times faster than the whole pattern fails.
_AREA_CODE = re.compile(rf"{_AREA}[^0-9]|86")
_FIXED_CHINESE = re.compile("[〇零○◯][一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]")
_MORE_LINES = re.compile(
    rf"[ ]?[、,/;或和及][ ]?"
    rf"(?P<number>[2-9][0-9]{{2,3}}[ \-]?[0-9]{{4}}(?![0-9]){mobile.EXTENSION})"
)
# Hong Kong, Macao and Taiwan, dialled from here.
_ABROAD = re.compile(
    r"(?<![0-9])(?:(?:\+|00)(?:85[23]|886)|\((?:\+|00)(?:85[23]|886)\))"
    r"[ \-]{0,2}[2-9](?:[ \-]?[0-9]){7,9}(?![0-9])"
)
_PART = r"[ \-—.·]"
_SERVICE = re.compile(
    rf"(?<![0-9\-])[48]00(?:{_PART}?[0-9]{{3}}{_PART}?[0-9]{{4}}|{_PART}?[0-9]{{4}}{_PART}?[0-9]{{3}}"
    rf"|[0-9]{_PART}[0-9]{{3}}{_PART}?[0-9]{{3}}|{_PART}[0-9]{{2}}{_PART}[0-9]{{2}}{_PART}[0-9]{{3}}"
    rf"|(?:{_PART}[0-9]){{7}})(?![0-9]){mobile.EXTENSION}"
)
_DIGIT = f"[0-9{CHINESE_DIGITS}]"
_LABELLED = re.compile(
    labelled(
        mobile.LABELS, rf"\+?{_DIGIT}(?:[ \-—.·/]{{0,2}}{_DIGIT}){{5,14}}(?![0-9*{CHINESE_DIGITS}])"
    ).pattern
    + mobile.EXTENSION
)
# 955xx of a bank, 12345 of a government, 110: anyone may publish them.
_HOTLINE = re.compile(r"1(?:1[0-9]|2[0-9]{1,4}|00[0-9]{2,3})|9[56][0-9]{3,4}")
_OFFICE = re.compile(
    any_of(
        "办公 政府 热线 监督 公示 举报 投诉 咨询 值班 传真 联系单位 单位 办公室 机关 中心 受理 "
        "窗口 服务 采购人 招标人 代理机构 承办 主管 部门 局 委 厅 署 院 所 站 大队 公司"
    )
)
_PRIVATE = re.compile(
    any_of(
        "家庭 家里 住宅 宅电 个人 本人 户主 申请人 当事人 "
        "证件号码 证件名称 举报人 投诉人 信访人 反映人 来信人 来访人 来电人 报案人 求助人"
    )
)
_BRACKETS = re.compile(r"[ ]?\([^()\n]{1,10}\)")
_DATE = re.compile(r"(?:19|20)[0-9]{2}[\-—./][01]?[0-9][\-—./][0-3]?[0-9]")


class PhoneRecognizer:
    """Find telephone numbers and tell those of an office from a person's.

    A mobile is never an office's, whatever stands beside it: it belongs to somebody.
    """

    name = "phone"
    entities = (Entity.PHONE_NUMBER,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        covered: set[int] = set()
        text = passage.text
        for hit in (*mobile.find(text), *_services(text), *_fixed(text), *_labelled(text)):
            if covered.isdisjoint(range(hit.start, hit.end)):
                covered.update(range(hit.start, hit.end))
                yield hit
        for start, end, header in governed(passage, Entity.PHONE_NUMBER):
            value = to_ascii(text[start:end])
            if covered.isdisjoint(range(start, end)) and digits_in(value) >= 5:
                yield _hit((start, end), 0.6, "表头为联系电话", _role_in_column(header, value))


def _services(text: str) -> Iterator[Hit]:
    if "400" not in text and "800" not in text:
        return
    for match in _SERVICE.finditer(text):
        yield _hit(match.span(), 0.9, "四〇〇、八〇〇服务号码", Role.OFFICE)


def _fixed(text: str) -> Iterator[Hit]:
    if any(code in text for code in ("852", "853", "886")):
        for match in _ABROAD.finditer(text):
            yield _hit(match.span(), 0.9, "港澳台电话", _role(_context(text, *match.span())))
    readings = (text, to_ascii(text)) if _FIXED_CHINESE.search(text) else (text,)
    for reading in readings:
        if not _AREA_CODE.search(reading):
            continue
        for match in _FIXED.finditer(reading):
            role = _role(_context(text, *match.span()))
            yield _hit(match.span(), 0.9, "带区号的固定电话", role)
            yield from _more_lines(text, match.end(), role)


def _more_lines(text: str, end: int, role: Role) -> Iterator[Hit]:
    while more := _MORE_LINES.match(text, end):
        yield _hit(more.span("number"), 0.8, "与前一固定电话并列", role)
        end = more.end()


def _labelled(text: str) -> Iterator[Hit]:
    for match in _LABELLED.finditer(text):
        start, end = match.start("value"), match.end()
        value = to_ascii(match["value"])
        digits = digits_in(value)
        if not 7 <= digits <= 14 or _DATE.match(value):
            continue
        role = Role.UNKNOWN
        if not (digits == 11 and value.startswith("1")):
            role = _role(_context(text, start, end))
        yield _hit((start, end), 0.7, "旁有电话字样", role)
        yield from _more_lines(text, end, role)


def _hit(span: tuple[int, int], score: float, reason: str, role: Role = Role.UNKNOWN) -> Hit:
    return Hit(Entity.PHONE_NUMBER, *span, score, reason, role)


def _context(text: str, start: int, end: int) -> str:
    """Give the clause before a number and the brackets after it: 0750-3501234（值班）."""
    before = line_before(text, start, 60)
    after = _BRACKETS.match(text, end)
    return before[before.rfind("。") + 1 :] + (after[0] if after else "")


def _role(context: str) -> Role:
    if _PRIVATE.search(context):
        return Role.UNKNOWN
    return Role.OFFICE if _OFFICE.search(context) else Role.UNKNOWN


def _role_in_column(header: str, value: str) -> Role:
    if _HOTLINE.fullmatch(value):
        return Role.OFFICE
    return Role.UNKNOWN if value.startswith("1") else _role(header)
