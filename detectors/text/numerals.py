"""Digits written in Chinese, read off one by one (一三八〇〇…)."""

from __future__ import annotations

import re

from detectors.text.normalise import fold, normalise

_SUZHOU = "〡〢〣〤〥〦〧〨〩"
"""Merchants' numerals; their zero is 〇."""

CHINESE_DIGITS = f"〇零○◯一二三四五六七八九幺壹贰叁参肆伍陆柒捌玖{_SUZHOU}"
_VALUES = "000012345678911233456789123456789"
_TO_ASCII = str.maketrans(CHINESE_DIGITS, _VALUES)


def to_ascii(text: str) -> str:
    """Turn each Chinese digit into the ASCII one; one for one, so offsets stay."""
    return text.translate(_TO_ASCII)


MISREAD = str.maketrans("OoQDlI|", "0000111")
"""What a scan reads for 0 and 1."""

LETTERS = "OoQDlIiSBZ"
LETTERS_READ = "0000111582"
"""Letters that a scan reads for digits, and those digits."""

_WITH_ZERO = "⓪①②③④⑤⑥⑦⑧⑨⓿❶❷❸❹❺❻❼❽❾⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉🄀⒈⒉⒊⒋⒌⒍⒎⒏⒐"
_FROM_ONE = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⓵⓶⓷⓸⓹⓺⓻⓼⓽➀➁➂➃➄➅➆➇➈➊➋➌➍➎➏➐➑➒㈠㈡㈢㈣㈤㈥㈦㈧㈨㊀㊁㊂㊃㊄㊅㊆㊇㊈"
CIRCLED = _WITH_ZERO + _FROM_ONE
CIRCLED_READ = "0123456789" * (len(_WITH_ZERO) // 10) + "123456789" * (len(_FROM_ONE) // 9)
"""Digits in circles or brackets, with a stop, raised and lowered, which normalising keeps: a note
mark is no digit.
"""

_DIGITS = _TO_ASCII | str.maketrans(CIRCLED, CIRCLED_READ)
# Within a number a bar is the border of a box (1|3|8|…), never a one.
_SIGNS = str.maketrans(LETTERS + CIRCLED, LETTERS_READ + CIRCLED_READ)


def read_digits(text: str) -> str:
    """Turn each digit that is meant as one, Chinese or circled, into the ASCII one."""
    return fold(text).translate(_DIGITS)


def digits_of(text: str) -> str:
    """Give the digits of a number however it is written: full-width, Chinese, circled, misread."""
    return re.sub(r"[^0-9]", "", to_ascii(normalise(text).text).translate(_SIGNS))
