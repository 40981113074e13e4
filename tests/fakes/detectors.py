"""A detector that knows a few words by heart."""

from __future__ import annotations

import re
from collections.abc import Mapping

from review.document import Document, Span
from review.finding import Entity, Finding, Role, unite

WORDS: Mapping[str, tuple[Entity, Role]] = {
    "苗秋实": (Entity.PERSON, Role.UNKNOWN),
    "苗局长": (Entity.PERSON, Role.OFFICIAL),
    "13900000001": (Entity.PHONE_NUMBER, Role.UNKNOWN),
    "机密★10年": (Entity.SECRECY_MARK, Role.UNKNOWN),
}


class WordDetector:
    """Find the words of a table."""

    def __init__(self, words: Mapping[str, tuple[Entity, Role]] = WORDS) -> None:
        self._words = words

    def detect(self, document: Document) -> tuple[Finding, ...]:
        return unite(
            Finding(entity, Span(*found.span()), 0.9, "words", role, "词表")
            for word, (entity, role) in self._words.items()
            for found in re.finditer(re.escape(word), document.text)
        )


class FailingDetector:
    """Raise, quoting the document as a careless library would."""

    def detect(self, document: Document) -> tuple[Finding, ...]:
        raise RuntimeError(document.text)
