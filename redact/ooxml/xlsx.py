"""Workbooks (xlsx): read every cell as people see it, write values only, redacted."""

from __future__ import annotations

from redact.containers import carry_out, to_document
from redact.ooxml.book import BookFile
from redact.ooxml.kinds import OUTERMOST
from redact.ooxml.parts import assemble
from redact.package import build_package
from review.document import Document, Note
from review.plan import RedactionPlan


class XlsxFormat:
    """Read and rewrite workbooks; both sides walk the same cells."""

    name = "xlsx"
    suffixes = (".xlsx",)

    def read(self, data: bytes) -> Document:
        """Read a workbook; raises ``InputError`` where it cannot be used."""
        book = BookFile(data, OUTERMOST)
        return to_document(self.name, book.containers, book.notes)

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Rewrite a workbook by a plan made on ``read(data)``; the same input, the same bytes.

        Raises ``UnsafeOutputError`` when the text read now is not the text planned on.
        """
        book = BookFile(data, OUTERMOST)
        carry_out(book.containers, plan)
        return build_package(assemble(book.main, book.parts())), book.notes
