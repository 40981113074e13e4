"""Passport numbers, found beside the word: their shape alone is shared by project codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.documents import certificates
from detectors.labels import any_of
from review.finding import Entity

_LABEL = re.compile(any_of("护照 passport"), re.IGNORECASE)
_SHAPE = re.compile(
    r"(?<![A-Za-z0-9])(?:[EeGgDdSsPpHhKkMm][A-Za-z]?[ ]?[0-9]{7,8}|[A-Za-z]{0,2}[0-9]{6,9})"
    r"(?![A-Za-z0-9])"
)


class PassportRecognizer:
    """Find Chinese and foreign passport numbers with 护照 in the same line or header."""

    name = "passport"
    entities = (Entity.CN_PASSPORT,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        yield from certificates(passage, Entity.CN_PASSPORT, _SHAPE, _LABEL, "护照")
