"""Text documents (docx): normalise the package, read every text in it, write it back redacted."""

from __future__ import annotations

from redact.containers import carry_out, to_document
from redact.ooxml.kinds import OUTERMOST
from redact.ooxml.parts import assemble
from redact.ooxml.wordfile import WordFile
from redact.package import build_package
from review.document import Document, Note
from review.plan import RedactionPlan


class DocxFormat:
    """Read and rewrite Word documents; both sides walk the same normalised trees."""

    name = "docx"
    suffixes = (".docx",)

    def read(self, data: bytes) -> Document:
        """Read a document; raises ``InputError`` where it cannot be used."""
        file = WordFile(data, OUTERMOST)
        return to_document(self.name, file.containers, file.notes)

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Rewrite a document by a plan made on ``read(data)``; the same input gives the same bytes.

        Raises ``UnsafeOutputError`` when the text read now is not the text planned on.
        """
        file = WordFile(data, OUTERMOST)
        carry_out(file.containers, plan)
        return build_package(assemble(file.main, file.parts())), file.notes
