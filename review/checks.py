"""Check digits and built-in dates of Chinese numbers; pure arithmetic, exact to the standards."""

from __future__ import annotations

import re
from calendar import monthrange

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
_PROVINCES = frozenset(
    str(code)
    for codes in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71, 81, 82, 83),
    )
    for code in codes
)
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_VALUES = {sign: value for value, sign in enumerate(_USCC_SIGNS)}
_USCC_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_AUTHORITIES = frozenset("123456789ANY")
_NATIONAL = "10"
# Given out by the ministry so far: no 154, 160, 161, 163, 168, 169, 179 (a dialling prefix), 194.
_MOBILE = re.compile(
    r"1(?:3[0-9]|4[014-9]|5[0-35-9]|6[24-7]|7[0-8]|8[0-9]|9[0-35-9])[0-9]{8}", re.ASCII
)
_CARD = re.compile(r"62[0-9]{14,17}|95(?:58|59)[0-9]{12,15}|4[0-9]{15}|5[1-5][0-9]{14}", re.ASCII)
"""Numbers of the usual issuers (ISO/IEC 7812): 银联, 工行 and 农行 of old, Visa, Mastercard."""
_FOREIGNER = "9"


def luhn(digits: str) -> bool:
    """Check a card number by ISO/IEC 7812-1, annex B; ``digits`` are ASCII digits only."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def bank_card(digits: str) -> bool:
    """Check a bank card by its length, a usual issuer and the check digit (ISO/IEC 7812)."""
    return _CARD.fullmatch(digits) is not None and luhn(digits)


def mobile(digits: str) -> bool:
    """Say whether eleven ASCII digits are a mobile number of a segment in use."""
    return _MOBILE.fullmatch(digits) is not None


def real_date(year: int, month: int, day: int) -> bool:
    """Say whether a day stands in the calendar."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def id_card_plausible(number: str) -> bool:
    """Check region and birthday of an 18- or 15-digit identity number, not its check digit."""
    birthday = number[6:14] if len(number) == 18 else "19" + number[6:12]
    year = int(birthday[:4])
    # A foreigner's permanent residence number of 2023 begins with 9, then the province.
    region = number[1:3] if number[0] == _FOREIGNER and len(number) == 18 else number[:2]
    return (
        region in _PROVINCES
        and 1900 <= year <= 2099
        and real_date(year, int(birthday[4:6]), int(birthday[6:8]))
    )


def id_card(number: str) -> bool:
    """Check an 18-character identity number by GB 11643-1999 (MOD 11-2, region, birthday)."""
    body, check = number[:17], number[17:].upper()
    if len(number) != 18 or not (body.isascii() and body.isdigit()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True))
    return check == _ID_CHECK[total % 11] and id_card_plausible(number)


def uscc_plausible(code: str) -> bool:
    """Check the registering authority and the province of a code (GB 32100-2015, 4.1 to 4.3)."""
    return code[0].upper() in _AUTHORITIES and (code[2:4] in _PROVINCES or code[2:4] == _NATIONAL)


def uscc(code: str) -> bool:
    """Check a unified social credit code by GB 32100-2015 (MOD 31 over 17 signs)."""
    code = code.upper()
    if len(code) != 18 or not code[2:8].isdigit() or not set(code) <= _USCC_VALUES.keys():
        return False
    total = sum(
        _USCC_VALUES[sign] * weight for sign, weight in zip(code[:17], _USCC_WEIGHTS, strict=True)
    )
    return _USCC_VALUES[code[17]] == (31 - total % 31) % 31
