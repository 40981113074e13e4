"""Official documents as docx, laid out by GB/T 9704: red head, number, title, body, signature."""

from __future__ import annotations

import io
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from samples.frozen import MOMENT, freeze
from samples.markup import Line, lines, runs

_LEFT, _CENTRE, _RIGHT = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
)
_RED = RGBColor(0xFF, 0x00, 0x00)


@dataclass(frozen=True, slots=True)
class _Look:
    """Say how one part of an official document looks; sizes in points."""

    font: str = "仿宋_GB2312"
    size: int = 16
    align: WD_ALIGN_PARAGRAPH = _LEFT
    indent: bool = False
    colour: RGBColor | None = None


_LOOKS = {
    "mark": _Look("黑体"),
    "issuer": _Look("方正小标宋简体", 36, _CENTRE, colour=_RED),
    "number": _Look(align=_CENTRE),
    "title": _Look("方正小标宋简体", 22, _CENTRE),
    "to": _Look(),
    "h1": _Look("黑体", indent=True),
    "body": _Look(indent=True),
    "row": _Look("仿宋_GB2312", 12),
    "attachment": _Look(indent=True),
    "sign": _Look(align=_RIGHT),
    "date": _Look(align=_RIGHT),
    "note": _Look(indent=True),
    "colophon": _Look(size=14),
}


def write_docx(content: str, author: str) -> bytes:
    """Write marked content as a docx; ``author`` goes where word processors leave it."""
    document = docx.Document()
    _set_page(document)
    properties = document.core_properties
    properties.author = properties.last_modified_by = author
    properties.created = properties.modified = MOMENT.replace(tzinfo=None)
    pending: list[Line] = []
    for line in (*lines(content), Line("body", "")):
        if line.style == "row":
            pending.append(line)
            continue
        if pending:
            _add_table(document, pending)
            pending = []
        if line.text:
            _fill(document.add_paragraph(), line.text, _LOOKS[line.style])
    buffer = io.BytesIO()
    document.save(buffer)
    return freeze(buffer.getvalue())


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)


def _add_table(document: Document, rows: list[Line]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0].cells), style="Table Grid")
    for row, line in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, line.cells, strict=True):
            _fill(cell.paragraphs[0], text, _LOOKS["row"])


def _fill(paragraph: Paragraph, text: str, look: _Look) -> None:
    paragraph.alignment = look.align
    paragraph.paragraph_format.line_spacing = Pt(28)
    if look.indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * look.size)
    for piece in runs(text):
        _dress(paragraph.add_run(piece), look)


def _dress(run: Run, look: _Look) -> None:
    run.font.name = look.font
    run.font.size = Pt(look.size)
    if look.colour is not None:
        run.font.color.rgb = look.colour
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), look.font)
