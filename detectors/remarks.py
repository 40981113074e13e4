"""What a reviewer is told of a document as a whole, beside the findings at their places."""

from __future__ import annotations

from collections.abc import Sequence

from detectors.aggregation import aggregation
from detectors.expressions import missing
from detectors.wording_parts import missing_parts
from review.document import Document, Note
from review.policy import Expression


def remarks(document: Document, expressions: Sequence[Expression] = ()) -> tuple[Note, ...]:
    """Give the notes on a document, beside the office's list; they quote nothing of it."""
    return (
        *aggregation(document),
        *missing_parts(document),
        *missing(document, expressions),
    )
