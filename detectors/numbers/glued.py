"""Numbers run together without a mark between them: two mobiles, an identity number and a card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from review import checks
from review.finding import Entity

# Longer ones are no list of numbers, but data.
_STRETCH = re.compile(r"(?<![0-9A-Za-z.,])[0-9Xx]{22,400}+(?![0-9A-Za-z.])")
_CARD = re.compile(r"62[0-9]{14,17}")
_CARD_LENGTHS = (19, 17, 16, 18)
_IDENTITY = 18
_MOBILE = 11


@lru_cache(maxsize=1)
def parts(text: str) -> tuple[tuple[Entity, int, int], ...]:
    """Take stretches of digits apart that are nothing but mobiles, identity numbers and cards.

    Gives (entity, start, end); a stretch that leaves a remainder gives nothing.
    """
    return tuple(
        (entity, match.start() + start, match.start() + end)
        for match in _STRETCH.finditer(text)
        for entity, start, end in _apart(match[0])
    )


def _apart(digits: str) -> Iterator[tuple[Entity, int, int]]:
    """Look from the end which part may begin at each place, then walk from the beginning."""
    best: dict[int, tuple[Entity, int]] = {}
    for start in reversed(range(len(digits))):
        for entity, end in _parts_at(digits, start):
            if end == len(digits) or end in best:
                best[start] = entity, end
                break
    start = 0
    while start in best:
        entity, end = best[start]
        yield entity, start, end
        start = end


def _parts_at(digits: str, start: int) -> Iterator[tuple[Entity, int]]:
    if checks.id_card(digits[start : start + _IDENTITY]):
        yield Entity.CN_ID_CARD, start + _IDENTITY
    if checks.mobile(digits[start : start + _MOBILE]):
        yield Entity.PHONE_NUMBER, start + _MOBILE
    for length in _CARD_LENGTHS:
        card = digits[start : start + length]
        if len(card) == length and _CARD.fullmatch(card) and checks.luhn(card):
            yield Entity.CN_BANK_CARD, start + length
