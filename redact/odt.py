"""OpenDocument texts (odt): normalise the package, read every text in it, write it back."""

from __future__ import annotations

from lxml import etree

from redact.containers import check_plan, to_document, write_edits
from redact.notes import Notes
from redact.ods_values import forget_values
from redact.odt_file import Kind, OdfFile
from redact.odt_package import NUMBER, STYLE, TABLE
from redact.odt_tree import drop
from redact.package import build_package
from review.document import Cell, Document, Note
from review.plan import RedactionPlan


def _prepare(root: etree._Element, _: Notes) -> None:
    """Take away what only sheets have: names and values of tables, formats and conditions."""
    forget_values(root)
    for table in root.iter(f"{{{TABLE}}}table"):
        table.attrib.pop(f"{{{TABLE}}}name", "")
    for element in list(root.iter(f"{{{NUMBER}}}*", f"{{{STYLE}}}map")):
        drop(element)


def _finish(_: etree._Element) -> None:
    """Leave the tables unnamed; whoever opens the file names them anew."""


def _label(cell: Cell) -> str:
    return f"表{cell.table + 1} 第{cell.row + 1}行第{cell.column + 1}列"


KIND = Kind("text", _prepare, _finish, _label)


class OdtFormat:
    """Read and rewrite OpenDocument texts; both sides walk the same normalised trees."""

    name = "odt"
    suffixes = (".odt",)

    def read(self, data: bytes) -> Document:
        """Read a document; raises ``InputError`` where it cannot be used."""
        file = OdfFile(data, KIND)
        return to_document(self.name, file.containers, file.notes)

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Rewrite a document by a plan made on ``read(data)``; the same input gives the same bytes.

        Raises ``UnsafeOutputError`` when the text read now is not the text planned on.
        """
        file = OdfFile(data, KIND)
        check_plan(file.containers, plan)
        for index, edits in plan.edits_by_block().items():
            write_edits(file.containers[index], edits)
        return build_package(file.parts()), file.notes
