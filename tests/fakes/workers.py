"""A worker on plain text, in this process, whose writer and verifier can be made to fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from review.document import Document, Note, plain_document
from review.plan import RedactionPlan, redacted_document


@dataclass
class TextWorker:
    """Read and write UTF-8 lines."""

    notes: tuple[Note, ...] = ()
    written: tuple[Note, ...] = ()
    complaints: tuple[str, ...] = ()
    spoil: bytes = b""
    seen: list[str] = field(default_factory=list)

    def read(self, name: str, data: bytes) -> Document:
        self.seen.append(f"read {name}")
        plain = plain_document(data.decode().split("\n"))
        return Document("txt", plain.blocks, self.notes)

    def write(
        self, format: str, data: bytes, plan: RedactionPlan
    ) -> tuple[bytes, tuple[Note, ...]]:
        text = redacted_document(self.read("", data), plan).text
        return text.encode() + self.spoil, self.written

    def verify(
        self, format: str, output: bytes, allowed: Mapping[str, int], kept: Sequence[str] = ()
    ) -> tuple[str, ...]:
        return self.complaints
