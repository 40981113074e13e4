"""Passport numbers, found beside the word: their shape alone is shared by project codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.numbers.documents import Certificate, certificates
from detectors.text.labels import SEPARATOR, any_of
from review.finding import Entity

_WORDS = any_of("护照 passport")
_KIND = Certificate(
    Entity.CN_PASSPORT,
    "护照",
    re.compile(_WORDS, re.IGNORECASE),
    # E, EA to EZ, G, D, S, P and their pairs, H, K, M of Hong Kong and Macao; foreign: AB123456.
    re.compile(
        r"(?<![A-Za-z0-9])(?:[EGDSPHKM][ \-]?[0-9]{4}[ ]?[0-9]{4}|[A-Z]{1,2}[ \-]?[0-9]{6,9})"
        r"(?![A-Za-z0-9])",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_WORDS}(?:[ ]?(?:No|number)\b\.?)?{SEPARATOR}"
        r"(?P<value>(?=[A-Z]{0,2}[0-9])[A-Z0-9]{7,12}(?![A-Z0-9*]))",
        re.IGNORECASE,
    ),
)


class PassportRecognizer:
    """Find Chinese and foreign passport numbers with 护照 in the same line or header."""

    name = "passport"
    entities = (Entity.CN_PASSPORT,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        yield from certificates(passage, _KIND)
