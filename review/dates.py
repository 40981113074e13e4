"""Calendar days as official documents write them, in Arabic or in Chinese figures."""

from __future__ import annotations

import re
from datetime import date

_CN = "〇○零O一二三四五六七八九"
_TEN = "[一二三四五六七八九十]{1,3}"
DAY = (
    r"(?:(?<!\d)(?:19|20)\d{2}(?:年\d{1,2}月\d{1,2}[日号]|[-./]\d{1,2}[-./]\d{1,2}(?!\d))"
    rf"|[一二][{_CN}]{{3}}年{_TEN}月{_TEN}日)"
)
"""A full day as pattern without groups, for text whose white space is folded away."""
_FIGURES = {c: str(max(n - 3, 0)) for n, c in enumerate(_CN)}


def read_day(text: str) -> date | None:
    """Read one full day (``2026年3月1日``, ``二〇二六年三月一日``), None where there is no such."""
    parts = [part for part in re.split(r"[-./年月日号]", text) if part]
    if len(parts) != 3:
        return None
    try:
        return date(*(read_figure(part) for part in parts))
    except ValueError:
        return None


def read_figure(text: str) -> int:
    """Read ``2026``, ``二〇二六``, ``十二`` or ``三十一``; raises ``ValueError`` on others."""
    tens, sign, ones = text.partition("十")
    if not sign:
        return _plain(text)
    return (_plain(tens) if tens else 1) * 10 + (_plain(ones) if ones else 0)


def _plain(figures: str) -> int:
    return int("".join(_FIGURES.get(c, c) for c in figures))


def in_words(day: date) -> str:
    """Write a day as documents do: ``2026年3月1日``."""
    return f"{day.year}年{day.month}月{day.day}日"
