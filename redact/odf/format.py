"""OpenDocument (odt, ods): normalise the package, read every text in it, write it back."""

from __future__ import annotations

from redact.cells import cell_of_sheets
from redact.containers import carry_out, to_document
from redact.odf.file import Kind, OdfFile
from redact.odf.ods_sheets import name_sheets, prepare_sheets
from redact.odf.odt import TEXTS
from redact.package import build_package
from review.document import Document, Note
from review.plan import RedactionPlan


class OdfFormat:
    """Read and rewrite one kind of OpenDocument file; both sides walk the same normalised trees."""

    def __init__(self, name: str, kind: Kind) -> None:
        self.name = name
        self.suffixes = (f".{name}",)
        self._kind = kind

    def read(self, data: bytes) -> Document:
        """Read a file; raises ``InputError`` where it cannot be used."""
        file = self.open(data)
        return to_document(self.name, file.containers, file.notes)

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Rewrite a file by a plan made on ``read(data)``; the same input gives the same bytes.

        Raises ``UnsafeOutputError`` when the text read now is not the text planned on.
        """
        file = self.open(data)
        carry_out(file.containers, plan)
        return build_package(file.parts()), file.notes

    def open(self, data: bytes) -> OdfFile:
        """Take a file apart; raises ``InputError`` where it cannot be used."""
        return OdfFile(data, self._kind)


ODT = OdfFormat("odt", TEXTS)
ODS = OdfFormat("ods", Kind("spreadsheet", prepare_sheets, name_sheets, cell_of_sheets))
