"""Dates as they are written in Chinese documents, as patterns and as calendar days."""

from __future__ import annotations

import re

from detectors.text.numerals import CHINESE_DIGITS, to_ascii

_CN = CHINESE_DIGITS
_YEAR = rf"(?:(?:19|20)[0-9]{{2}}|(?<![0-9])[0-9]{{2}}|[12一二壹贰][0-9{_CN}]{{3}})"
# Of the moon's calendar too: 正月初二, 腊月廿三.
_MONTH = rf"(?:[01]?[0-9]|[{_CN}十拾]{{1,3}}|[正冬腊])"
_DAY = rf"(?:[0-3]?[0-9]|初?[{_CN}十拾廿卅]{{1,3}})"
_WORDED = rf"{_YEAR}[ ]?年(?!代)[ ]?(?:闰?{_MONTH}[ ]?月(?:[ ]?{_DAY}[ ]?[日号]?)?)?"
_NUMERIC = (
    r"(?:19|20)[0-9]{2}[ ]?[./\-][ ]?[01]?[0-9](?:[ ]?[./\-][ ]?[0-3]?[0-9])?"
    r"|(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]"
)
DATE = rf"(?>(?:农历|公历|阴历|阳历)?(?:{_WORDED}|{_NUMERIC}))(?![0-9])"
"""A year, a month of a year, or a day, as pattern without groups."""

_PARTS = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})[^0-9]{0,3}(?P<month>[0-9]{1,2})[^0-9]{1,3}(?P<day>[0-9]{1,2})"
)
_TENS = re.compile(rf"([{CHINESE_DIGITS}])?[十拾]([{CHINESE_DIGITS}])?")


def compact(text: str) -> str | None:
    """Read a full date as eight digits (``19900307``), None where it is not one."""
    plain = "".join(text.split())
    if re.fullmatch(r"[0-9]{8}", plain):
        return plain
    match = _PARTS.search(to_ascii(_TENS.sub(_tens, plain)))
    if match is None:
        return None
    return f"{match['year']}{int(match['month']):02}{int(match['day']):02}"


def _tens(match: re.Match[str]) -> str:
    return f"{match[1] or '一'}{match[2] or '〇'}"
