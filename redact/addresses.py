"""Addresses as they are published: down to 乡镇 or 街道, nothing below."""

from __future__ import annotations

import unicodedata

from review.divisions import LEVELS, divisions

__all__ = ["LEVELS", "administrative_part"]


def administrative_part(address: str, level: str) -> str:
    """Give the beginning of an address down to ``level``, or to the lowest level above it.

    ``level`` is one of ``LEVELS``. Empty where no level is recognised: what is not understood
    is not published.
    """
    text = "".join(unicodedata.normalize("NFKC", address).split())
    end = 0
    for division in divisions(text):
        if LEVELS.index(division.level) > LEVELS.index(level):
            break
        end = division.end
    return text[:end]
