"""Numbers with right check digits that belong to nobody.

Region 329826 was never assigned, bank prefix 629999 was never issued, and the exchange 0000 is
what Chinese forms print as a filler, so that no number here is a person's own.
"""

from __future__ import annotations

from datetime import date

REGION = "329826"
BANK_PREFIX = "629999"

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def identity_number(born: date, serial: int) -> str:
    """Write an 18-digit identity number (GB 11643); an odd serial is a man's."""
    body = f"{REGION}{born:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True))
    return body + _ID_CHECKS[total % 11]


def bank_card(serial: int) -> str:
    """Write a 19-digit card number whose last digit satisfies Luhn (ISO/IEC 7812-1)."""
    body = f"{BANK_PREFIX}{serial:012d}"
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{body}{-total % 10}"


def mobile(serial: int) -> str:
    """Write an 11-digit mobile number; ``serial`` below 10,000 is told apart by the last four."""
    prefix = ("139", "138", "152", "187", "177", "189")[serial % 6]
    return f"{prefix}0000{serial:04d}"


def credit_code(serial: int) -> str:
    """Write a company's 统一社会信用代码 (GB 32100), its organisation part valid by GB 11714."""
    organisation = f"MA{serial:06d}"
    total = sum(
        int(char, 36) * weight
        for char, weight in zip(organisation, _ORGANISATION_WEIGHTS, strict=True)
    )
    body = f"91{REGION}{organisation}{'0123456789X0'[-total % 11]}"
    weighted = sum(
        _CREDIT_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body)
    )
    return body + _CREDIT_ALPHABET[-weighted % 31]
