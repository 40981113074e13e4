"""OpenDocument texts (odt): normalise the package, read every text in it, write it back."""

from __future__ import annotations

from redact.containers import check_plan, to_document, write_edits
from redact.odt_file import OdtFile
from redact.package import build_package
from review.document import Document, Note
from review.plan import RedactionPlan


class OdtFormat:
    """Read and rewrite OpenDocument texts; both sides walk the same normalised trees."""

    name = "odt"
    suffixes = (".odt",)

    def read(self, data: bytes) -> Document:
        """Read a document; raises ``InputError`` where it cannot be used."""
        file = OdtFile(data)
        return to_document(self.name, file.containers, file.notes)

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Rewrite a document by a plan made on ``read(data)``; the same input gives the same bytes.

        Raises ``UnsafeOutputError`` when the text read now is not the text planned on.
        """
        file = OdtFile(data)
        check_plan(file.containers, plan)
        for index, edits in plan.edits_by_block().items():
            write_edits(file.containers[index], edits)
        return build_package(file.parts()), file.notes
