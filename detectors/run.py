"""Run all detectors over a document: the way from text to findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detectors import roles
from detectors.allow import Allowed
from detectors.passages import passages
from detectors.registry import recognizers
from review.document import Document
from review.finding import Finding, unite
from review.policy import AllowList, Term
from review.ports import Detector

if TYPE_CHECKING:
    from detectors.engine import Engine


def build_detector(terms: Sequence[Term], allow: AllowList) -> Detector:
    """Wire the recognisers with the negative list and the allow-list of a policy."""
    return DocumentDetector(tuple(terms), allow)


@dataclass(frozen=True)
class DocumentDetector:
    """Find everything of interest in a document; Presidio is loaded at the first use."""

    terms: tuple[Term, ...]
    allow: AllowList

    @cached_property
    def _engine(self) -> Engine:
        from detectors.engine import Engine

        return Engine(recognizers(self.terms))

    @cached_property
    def _allowed(self) -> Allowed:
        return Allowed(self.allow)

    def detect(self, document: Document) -> tuple[Finding, ...]:
        """Return the united findings with their roles.

        Raises ``UnsafeOutputError`` when a recogniser fails, never returns fewer findings.
        """
        # Offsets in passages overlap at their borders: unite first, or roles would see doubles.
        found = unite(self._find(document))
        allowed = self._allowed.mark(document, found)
        return unite(roles.assign(document, allowed))

    def _find(self, document: Document) -> Iterator[Finding]:
        for placed in passages(document):
            for detected in self._engine.find(placed.passage):
                hit = detected.hit
                yield Finding(
                    hit.entity,
                    placed.span(hit.start, hit.end),
                    hit.score,
                    detected.detector,
                    hit.role,
                    hit.reason,
                )
