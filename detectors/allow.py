"""The allow-list: what looks personal and is not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from detectors.text.normalise import normalise
from review.document import Document, Span
from review.finding import Entity, Finding, Role
from review.policy import AllowList

_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[0-9]{10}$|0)")


class Allowed:
    """Mark leaders in set phrases and the telephones of public services."""

    def __init__(self, allow: AllowList) -> None:
        self._persons = frozenset(_plain(person) for person in allow.persons)
        self._telephones = frozenset(_digits(number) for number in allow.telephones)
        phrases = sorted({p for p in allow.phrases if p}, key=lambda p: (-len(p), p))
        spaced = (r"\s{0,2}".join(map(re.escape, phrase)) for phrase in phrases)
        self._phrases = re.compile("|".join(spaced)) if phrases else None

    def mark(self, document: Document, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Give allowed findings their role; the policy keeps them by it, nothing is dropped."""
        phrases = self._set_phrases(document) if self._any_person(document, findings) else []
        return tuple(self._marked(document, finding, phrases) for finding in findings)

    def _any_person(self, document: Document, findings: Iterable[Finding]) -> bool:
        return any(self._is_listed(document, finding) for finding in findings)

    def _is_listed(self, document: Document, finding: Finding) -> bool:
        return (
            finding.entity is Entity.PERSON
            and _plain(document.value(finding.span)) in self._persons
        )

    def _set_phrases(self, document: Document) -> list[Span]:
        if self._phrases is None:
            return []
        return [Span(*match.span()) for match in self._phrases.finditer(document.text)]

    def _marked(self, document: Document, finding: Finding, phrases: list[Span]) -> Finding:
        if finding.entity is Entity.PHONE_NUMBER:
            if _digits(document.value(finding.span)) in self._telephones:
                return replace(finding, role=Role.OFFICE, reason="公共服务电话")
        elif self._is_listed(document, finding) and _within(finding.span, phrases):
            return replace(finding, role=Role.PUBLIC_FIGURE, reason="固定提法中的国家领导人姓名")
        return finding


def _within(span: Span, phrases: Sequence[Span]) -> bool:
    """Look the span up among phrases that are in order and do not overlap."""
    place = bisect_right(phrases, span.start, key=lambda phrase: phrase.start) - 1
    return place >= 0 and span.end <= phrases[place].end


def _plain(text: str) -> str:
    return "".join(normalise(text).text.split())


def _digits(text: str) -> str:
    number = re.sub(r"[^0-9+]", "", normalise(text).text)
    return _COUNTRY.sub("", number).lstrip("+")
