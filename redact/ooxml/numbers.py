"""Numbers of a workbook: shown with all that the stored value holds, formats kept when harmless.

A format may show less than the cell stores (a birthday without its year, ``;;;``). What is reviewed
must be what is published, so the text of a number always tells the whole stored value.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?\Z")
_INTEGER = re.compile(r"-?\d+\Z")
_PRECISE = 15
_LITERAL = re.compile(r'"[^"]*"|[\\!].|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.')
_LONGEST = 40
_LAST_DAY = 2_958_466
_BUILTIN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 49: "@",
    **dict.fromkeys((27, 28, 29, 31, 36, *range(50, 59)), 'yyyy"年"m"月"d"日"'),
    **dict.fromkeys((30,), "m/d/yy"),
    **dict.fromkeys((32, 33, 34, 35), 'h"时"mm"分"ss"秒"'),
}  # fmt: skip
_SAFE_FORMAT = re.compile(
    r"(?:General|AM/PM|A/P|上午/下午|\[(?:DBNum[1-4]|(?i:Red|Black|Blue|Green|White)|h+|m+|s+"
    r"|[<>=]{1,2}\d{1,6}|\$[¥￥$€£]?(?:-(?:[0-9A-Fa-f]{1,6}|[a-z]{2}-[A-Z]{2}|x-sys(?:date|time)))?)\]"
    r"|E[+-]|0{1,20}+"
    r"|a{3,4}+|[#?.,%yYmMdDhHsSeb:/;@ \-+()¥￥$年月日时時分秒元万亿人户个]"
    r'|"(?:[年月日时時分秒元万亿人户个第号期次份件项页整% ¥￥$'
    r'名季度亩吨岁天周届批斤克米台套辆倍层栋间条级]{1,3}|公里|公斤|公顷|千克|平方米|立方米|平方公里)"|"-"'
    r"|[\\!][ \-.,/:()年月日]|_[ )(\-¥￥]|\*[ \-])*\Z"
)
_DAY = re.compile("[yYmMdDhHsS]|a{3}")
_NOUGHT, _CONDITION = '"-"', re.compile(r"\[[<>=]")
"""The dash of the accounting formats, which stands for nought in the third section alone."""


def builtin_format(number: int) -> str:
    """Give the code of a built-in number format, ``General`` where it has none of interest."""
    return _BUILTIN.get(number, "General")


def safe_format(code: str) -> str:
    """Keep a format code made of known tokens; any other becomes ``General``."""
    shows = any(c in code for c in "0#?@") or "General" in code or _DAY.search(code)
    sections = code.split(";")
    if len(sections) > 2 and not sections[2] and not _CONDITION.search(code):
        del sections[2]  # nought alone is not shown, which keeps nothing from anybody
    hides = not all(sections) or not shows
    if _NOUGHT in code:
        hides = hides or _NOUGHT in "".join(sections[:2]) or bool(_CONDITION.search(code))
    return code if len(code) <= 200 and not hides and _SAFE_FORMAT.match(code) else "General"


def is_number(raw: str) -> bool:
    """Tell whether a cell's stored text is a number."""
    return bool(_NUMBER.match(raw))


def plain_number(raw: str) -> str:
    """Write a stored number without exponent, to the 15 digits that spreadsheets keep.

    An integer keeps every digit the file has, even those that a spreadsheet would lose.
    """
    if _INTEGER.match(raw):
        sign = "-" if raw.startswith("-") else ""
        return sign + (raw.lstrip("-").lstrip("0") or "0")
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return raw
    if abs(value.adjusted()) > _LONGEST:
        return repr(float(value))
    value = Decimal(f"{value:.{_PRECISE - 1}e}")
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day_number(written: str, epoch_1904: bool) -> str | None:
    """Give the number that stands for a day written out (``2026-03-01T09:30:00``), else None.

    Days before 1 March 1900, when spreadsheets count differently, are left as they are written.
    """
    try:
        moment = datetime.fromisoformat(written.removesuffix("Z")).replace(tzinfo=None)
    except ValueError:
        return None
    passed = moment - (datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30))
    if passed.days < (0 if epoch_1904 else 61):
        return None
    return plain_number(repr(passed / timedelta(days=1)))


def has_lost_digits(plain: str) -> bool:
    """Tell whether a number has more digits than a spreadsheet can hold exactly."""
    return len(plain.lstrip("-").split(".")[0]) > _PRECISE


def show_number(plain: str, code: str, epoch_1904: bool) -> str:
    """Show a number under its format: dates and percentages as people see them, zeros padded."""
    bare = _LITERAL.sub("", code.split(";")[0])
    if code == "General" or bare in ("General", "@"):
        return plain
    if _DAY.search(bare):
        return _date(plain, "年" in code or "月" in code, epoch_1904) or plain
    if bare.endswith("%"):
        return plain_number(str(Decimal(plain) * 100)) + "%"
    return _pad(plain, bare)


def _pad(plain: str, bare: str) -> str:
    whole, _, fraction = plain.partition(".")
    places = re.search(r"\.(0+)", bare)
    zeros = re.match(r"0+", bare)
    if places:
        fraction = fraction.ljust(len(places[1]), "0")
    if zeros and not whole.startswith("-"):
        whole = whole.zfill(len(zeros[0]))
    return f"{whole}.{fraction}" if fraction else whole


def _date(plain: str, chinese: bool, epoch_1904: bool) -> str | None:
    days = float(plain)
    if not 0 <= days < _LAST_DAY:
        return None
    seconds = round((days - int(days)) * 86_400)
    # Spreadsheets count a 29 February 1900 that never was; before it the origin is a day later.
    origin = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30 if days >= 60 else 31)
    try:
        moment = origin + timedelta(days=int(days), seconds=seconds)
    except OverflowError:
        return None
    time = f"{moment:%H:%M:%S}" if seconds else ""
    if days < 1:
        return time or "00:00:00"
    date = (
        f"{moment.year}年{moment.month}月{moment.day}日"
        if chinese
        else f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
    )
    return f"{date} {time}".rstrip()
