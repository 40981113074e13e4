"""What the pure rules need from outside, as protocols; adapters bear the same names elsewhere."""

from __future__ import annotations

from typing import Protocol

from review.document import Document, Note
from review.finding import Finding
from review.plan import RedactionPlan


class Detector(Protocol):
    """Find everything of interest in a document."""

    def detect(self, document: Document) -> tuple[Finding, ...]:
        """Return the united findings; raises whatever went wrong, never fewer findings."""
        ...


class Format(Protocol):
    """Read and rewrite one file format; both sides walk the file the same way."""

    @property
    def name(self) -> str:
        """Give the format's name, the key of the registry."""
        ...

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Give the file name endings of the format, lower case with the dot."""
        ...

    def read(self, data: bytes) -> Document:
        """Read a file; raises ``InputError`` or ``UnsafeOutputError`` where it cannot be used."""
        ...

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Rewrite a file by a plan made on ``read(data)``.

        Returns the new bytes and notes on what was dropped. Raises ``UnsafeOutputError`` when the
        text read now is not the text planned on.
        """
        ...
