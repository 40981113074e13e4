"""Digits written in Chinese, read off one by one (一三八〇〇…)."""

from __future__ import annotations

CHINESE_DIGITS = "〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_VALUES = "0001234567891123456789"
_TO_ASCII = str.maketrans(CHINESE_DIGITS, _VALUES)


def to_ascii(text: str) -> str:
    """Turn each Chinese digit into the ASCII one; one for one, so offsets stay."""
    return text.translate(_TO_ASCII)
