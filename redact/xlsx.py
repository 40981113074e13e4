"""Workbooks (xlsx): read every cell as people see it, write values only, redacted."""

from __future__ import annotations

from redact.containers import check_plan, to_document, write_edits
from redact.ooxml import assemble
from redact.ooxml_book import BookFile
from redact.package import build_package
from review.document import Document, Note
from review.plan import RedactionPlan


class XlsxFormat:
    """Read and rewrite workbooks; both sides walk the same cells."""

    name = "xlsx"
    suffixes = (".xlsx",)

    def read(self, data: bytes) -> Document:
        """Read a workbook; raises ``InputError`` where it cannot be used."""
        book = BookFile(data)
        return to_document(self.name, book.containers, book.notes)

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Rewrite a workbook by a plan made on ``read(data)``; the same input, the same bytes.

        Raises ``UnsafeOutputError`` when the text read now is not the text planned on.
        """
        book = BookFile(data)
        check_plan(book.containers, plan)
        for index, edits in plan.edits_by_block().items():
            write_edits(book.containers[index], edits)
        return build_package(assemble(book.main, book.parts())), book.notes
