"""Whole numbers as drafts write them: short and in ASCII digits, or none at all."""

from __future__ import annotations

USUAL_DIGITS = 9
"""Enough for any length in EMU; of thousands of digits ``int`` would raise ``ValueError``."""


def whole_number(value: object, digits: int = USUAL_DIGITS) -> int | None:
    """Read a whole number of at most ``digits`` digits; None for whatever else stands there."""
    text = str(value)
    fits = text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if fits else None
