"""Write a review record as a Word document: the same form as the PDF, for filing by hand."""

from __future__ import annotations

import zipfile
from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING, Any

from flows.record.form import Cell, RecordForm, Section
from redact.package import build_package

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

_TITLE_FONT, _FONT = "宋体", "仿宋"
_WIDTHS = (31, 52, 31, 52)
"""Millimetres; with both margins they make the width of A4."""
_TITLE_SIZE, _SIZE, _SMALL = 20, 10.5, 8
_LEFT, _CENTRE, _RIGHT = 0, 1, 2
_HEIGHT, _PADDING = 8, 1
"""Millimetres: the least height of a row, and what stays free above and below its text."""


def write_docx(form: RecordForm) -> bytes:
    """Lay a form out as a Word document; the same form gives the same bytes."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    _page(document, form)
    title = document.add_paragraph()
    _write(title, form.title, _TITLE_SIZE, _CENTRE, font=_TITLE_FONT, bold=True)
    title.paragraph_format.space_after = Pt(_SIZE)
    _table(document, form.sections)
    _end(document)
    written = BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as package:
        return build_package({name: package.read(name) for name in package.namelist()})


def _page(document: Document, form: RecordForm) -> None:
    from docx.shared import Mm

    (section,) = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    section.footer_distance = Mm(10)
    foot = section.footer.paragraphs[0]
    _write(foot, f"案件 {form.case}　第 ", _SMALL, _RIGHT)
    _field(foot, "PAGE")
    _run(foot, " 页　共 ", _SMALL)
    _field(foot, "NUMPAGES")
    _run(foot, " 页", _SMALL)
    properties = document.core_properties
    properties.title, properties.subject = form.title, form.case
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = form.at.astimezone(UTC).replace(tzinfo=None)


def _table(document: Document, sections: tuple[Section, ...]) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    table = document.add_table(rows=0, cols=len(_WIDTHS), style="Table Grid")
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _pad(table)
    for section in sections:
        band = _merged(table, 0)
        _shade(band)
        _write(band.paragraphs[0], section.heading, _SIZE, _CENTRE, bold=True)
        band.paragraphs[0].paragraph_format.keep_with_next = True
        for cells in section.rows:
            _row(table, cells, _SMALL if section.small else _SIZE)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)


def _merged(table: Table, first: int) -> _Cell:
    """Add a row whose cells from ``first`` on are one."""
    cells = _add_row(table)
    return cells[first].merge(cells[-1]) if first < len(cells) - 1 else cells[first]


def _add_row(table: Table) -> list[_Cell]:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    row.height, row.height_rule = Mm(_HEIGHT), WD_ROW_HEIGHT_RULE.AT_LEAST
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    cells = list(row.cells)
    for cell, width in zip(cells, _WIDTHS, strict=True):
        cell.width = Mm(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return cells


def _row(table: Table, cells: tuple[Cell, ...], size: float) -> None:
    held = _add_row(table)
    if len(cells) == 1:
        held[1] = held[1].merge(held[-1])
    for cell, label, value in zip(cells, held[0::2], held[1::2], strict=False):
        _lines(label, cell.label, size, _CENTRE)
        _lines(value, cell.text, size, _LEFT)
        if cell.signed:
            _write(value.add_paragraph(), cell.signed, size, _RIGHT, before=size)


def _lines(cell: _Cell, text: str, size: float, align: int) -> None:
    paragraph = cell.paragraphs[0]
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.add_paragraph() if number else paragraph
        _write(paragraph, line, size, align)


def _write(
    paragraph: Paragraph,
    text: str,
    size: float,
    align: int,
    *,
    font: str = _FONT,
    bold: bool = False,
    before: float = 0,
) -> None:
    from docx.shared import Pt

    paragraph.alignment = align  # type: ignore[assignment]
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(0)
    shape.line_spacing = 1.25
    _run(paragraph, text, size, font=font, bold=bold)


def _run(
    paragraph: Paragraph, text: str, size: float, *, font: str = _FONT, bold: bool = False
) -> Any:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.bold = Pt(size), font, bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _field(paragraph: Paragraph, instruction: str) -> None:
    """Insert a field that the reader of the file fills in, such as the page number."""
    for element in (
        _element("w:fldChar", fldCharType="begin"),
        _element("w:instrText", text=instruction),
        _element("w:fldChar", fldCharType="end"),
    ):
        _run(paragraph, "", _SMALL)._element.append(element)


def _shade(cell: _Cell) -> None:
    shading = _element("w:shd", val="clear", color="auto", fill="EEEEEE")
    _before(cell._tc.get_or_add_tcPr(), "w:vAlign", shading)


def _pad(table: Table) -> None:
    """Keep text off the lines above and below it."""
    margins = _element("w:tblCellMar")
    for side in ("top", "bottom"):
        margins.append(_element(f"w:{side}", w=str(_PADDING * 57), type="dxa"))
    _before(table._tbl.tblPr, "w:tblLook", margins)


def _before(parent: Any, tag: str, element: Any) -> None:
    """Put an element where the schema wants it: Word refuses a file with another order."""
    from docx.oxml.ns import qn

    parent.find(qn(tag)).addprevious(element)


def _element(tag: str, *, text: str = "", **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    element.text = text or None
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _end(document: Document) -> None:
    """Keep the paragraph that must follow a table from taking a page of its own."""
    _write(document.add_paragraph(), "", 1, _LEFT)
