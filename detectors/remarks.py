"""What a reviewer is told of a document as a whole, beside the findings at their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detectors.aggregation import aggregation
from detectors.secrecy.head import way_out
from detectors.terms.expressions import missing
from detectors.wording.parts import missing_parts
from review.document import Document, Note
from review.finding import Finding
from review.policy import Expression


def remarks(
    document: Document, findings: Iterable[Finding], expressions: Sequence[Expression] = ()
) -> tuple[Note, ...]:
    """Give the notes on a document with its findings and those of its name; they quote no value."""
    return (
        *way_out(findings),
        *aggregation(document),
        *missing_parts(document),
        *missing(document, expressions),
    )
