"""Office files (docx, xlsx, pptx): read every text in the package, write it back redacted."""

from __future__ import annotations

from typing import ClassVar

from redact.containers import carry_out, to_document
from redact.ooxml.embedded import Kind
from redact.ooxml.kinds import OUTERMOST
from redact.ooxml.parts import assemble
from redact.package import build_package
from review.document import Document, Note
from review.plan import RedactionPlan


class OfficeFormat:
    """Read and rewrite one kind of office file; both sides walk what ``kind`` lists."""

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    kind: ClassVar[Kind]

    def read(self, data: bytes) -> Document:
        """Read a file; raises ``InputError`` where it cannot be used."""
        file = self.kind.open(data, OUTERMOST)
        return to_document(self.name, file.containers, file.notes)

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Rewrite a file by a plan made on ``read(data)``; the same input gives the same bytes.

        Raises ``UnsafeOutputError`` when the text read now is not the text planned on.
        """
        file = self.kind.open(data, OUTERMOST)
        carry_out(file.containers, plan)
        return build_package(assemble(file.main, file.parts())), file.notes
