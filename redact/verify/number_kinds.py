"""What digits that stand together may be of a person: by check digit, date, region and issuer."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from redact.verify.pieces import Piece
from review import checks

ID_LENGTH = 18
MOBILE_LENGTH = 11
CARD_LENGTHS = range(16, 20)
_LATEST_BIRTH = 2035

Run = tuple[Piece, ...]
"""Pieces in the order in which eyes would read them as one number."""


class Number(Enum):
    """Name what pieces are together, in Chinese."""

    IDENTITY = "身份证号码"
    CARD = "银行卡号"
    MOBILE = "手机号码"


class Found(NamedTuple):
    """Hold a number and whether it stands on one line in one piece."""

    kind: Number
    digits: str
    whole: bool


def digits_of(run: Run) -> str:
    """Join the digits of a run."""
    return "".join(piece.digits for piece in run)


def kind_of(digits: str) -> Number | None:
    """Say what number of a person digits are, if any."""
    if is_identity(digits):
        return Number.IDENTITY
    if checks.mobile(digits):
        return Number.MOBILE
    return Number.CARD if checks.bank_card(digits) else None


def is_identity(number: str) -> bool:
    """Check an identity number (GB 11643-1999) of somebody who may live."""
    return checks.id_card(number) and int(number[6:10]) <= _LATEST_BIRTH
