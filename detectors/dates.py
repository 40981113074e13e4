"""Dates as they are written in Chinese documents, as patterns and as calendar days."""

from __future__ import annotations

import re

from detectors.numerals import to_ascii

_CN = "〇零○一二三四五六七八九"
_NUMERIC = (
    r"(?:(?:19|20)[0-9]{2}|(?<![0-9])[0-9]{2})[ ]?年[ ]?"
    r"(?:[01]?[0-9][ ]?月(?:[ ]?[0-3]?[0-9][ ]?日?)?)?"
    r"|(?:19|20)[0-9]{2}[ ]?[./\-][ ]?[01]?[0-9](?:[ ]?[./\-][ ]?[0-3]?[0-9])?"
    r"|(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]"
)
_CHINESE = rf"[一二][{_CN}]{{3}}年(?:[{_CN}十]{{1,3}}月(?:[{_CN}十]{{1,3}}日?)?)?"
DATE = rf"(?>(?:农历|公历)?(?:{_NUMERIC}|{_CHINESE}))(?![0-9])"
"""A year, a month of a year, or a day, as pattern without groups."""

_PARTS = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})[^0-9]{0,3}(?P<month>[0-9]{1,2})[^0-9]{1,3}(?P<day>[0-9]{1,2})"
)
_TENS = re.compile(r"([一二三四五六七八九])?十([一二三四五六七八九])?")


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
