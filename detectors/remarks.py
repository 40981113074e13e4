"""What a reviewer is told of a document as a whole, beside the findings at their places."""

from __future__ import annotations

from detectors.aggregation import aggregation
from detectors.wording_parts import missing_parts
from review.document import Document, Note


def remarks(document: Document) -> tuple[Note, ...]:
    """Give the notes on a document; they quote nothing of it."""
    return (*aggregation(document), *missing_parts(document))
