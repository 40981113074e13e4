"""Spreadsheets of OpenDocument (ods): read every text in them, write them back as values only."""

from __future__ import annotations

from redact.containers import check_plan, to_document, write_edits
from redact.ods_sheets import cell_label, name_sheets, prepare_sheets
from redact.odt_file import Kind, OdfFile
from redact.package import build_package
from review.document import Document, Note
from review.plan import RedactionPlan

_KIND = Kind("spreadsheet", prepare_sheets, name_sheets, cell_label)


class OdsFormat:
    """Read and rewrite OpenDocument spreadsheets; both sides walk the same normalised trees."""

    name = "ods"
    suffixes = (".ods",)

    def read(self, data: bytes) -> Document:
        """Read a spreadsheet; raises ``InputError`` where it cannot be used."""
        file = OdfFile(data, _KIND)
        return to_document(self.name, file.containers, file.notes)

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Rewrite a sheet by a plan made on ``read(data)``; the same input gives the same bytes.

        Raises ``UnsafeOutputError`` when the text read now is not the text planned on.
        """
        file = OdfFile(data, _KIND)
        check_plan(file.containers, plan)
        for index, edits in plan.edits_by_block().items():
            write_edits(file.containers[index], edits)
        return build_package(file.parts()), file.notes
