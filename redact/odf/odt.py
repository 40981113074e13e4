"""What OpenDocument texts (odt) have of their own: tables without names and values."""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from redact.cells import cell_of_texts
from redact.notes import Notes
from redact.odf.file import Kind
from redact.odf.ods_values import forget_values
from redact.odf.package import NUMBER, STYLE, TABLE
from redact.odf.tree import drop


def _prepare(root: etree._Element, _: Collection[etree._Element], __: Notes) -> None:
    """Take away what only sheets have: names and values of tables, formats and conditions."""
    forget_values(root)
    for table in root.iter(f"{{{TABLE}}}table"):
        table.attrib.pop(f"{{{TABLE}}}name", "")
    for element in list(root.iter(f"{{{NUMBER}}}*", f"{{{STYLE}}}map")):
        drop(element)


def _finish(_: etree._Element) -> None:
    """Leave the tables unnamed; whoever opens the file names them anew."""


TEXTS = Kind("text", _prepare, _finish, cell_of_texts)
