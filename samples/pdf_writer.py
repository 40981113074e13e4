"""Reports as pdf with a text layer; a CJK and a Latin font, both embedded as subsets."""

from __future__ import annotations

import io
import re
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from samples.markup import Line, lines, plain

FONT_FILE = Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf")
"""Debian's fonts-droid-fallback (Apache-2.0); only building needs it, the built file embeds it."""

_FONT = "DroidSansFallback"
_LATIN = "Vera"
_LATIN_TEXT = re.compile(r"[\x21-\u2e7f]+")
_PADDING = 4
_SIZES = {"title": 18, "row": 8}
_ALIGNED = {
    "title": TA_CENTER, "number": TA_CENTER, "sign": TA_RIGHT, "date": TA_RIGHT,
}  # fmt: skip
_INDENTED = frozenset({"body", "h1", "note", "attachment"})
_GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
    ]
)


def write_pdf(content: str, title: str) -> bytes:
    """Write marked content as an A4 pdf whose bytes depend on nothing but content and font."""
    pdfmetrics.registerFont(TTFont(_FONT, FONT_FILE))
    pdfmetrics.registerFont(TTFont(_LATIN, "Vera.ttf"))
    story: list[Flowable] = []
    for is_row, group in groupby(lines(content), key=lambda line: line.style == "row"):
        block = list(group)
        story += [_table(block)] if is_row else map(_paragraph, block)
    buffer = io.BytesIO()
    template = SimpleDocTemplate(
        buffer, pagesize=A4, title=title, invariant=1,
        leftMargin=1.7 * cm, rightMargin=1.7 * cm, topMargin=3.5 * cm, bottomMargin=3.2 * cm,
    )  # fmt: skip
    template.build(story)
    return buffer.getvalue()


def _paragraph(line: Line) -> Paragraph:
    size = _SIZES.get(line.style, 12)
    style = ParagraphStyle(
        line.style,
        fontName=_FONT,
        fontSize=size,
        leading=size * 1.7,
        alignment=_ALIGNED.get(line.style, TA_LEFT),
        firstLineIndent=2 * size if line.style in _INDENTED else 0,
        wordWrap="CJK",
    )
    return Paragraph(_mixed(plain(line.text)), style)


def _mixed(text: str) -> str:
    """Set figures and Latin in the Latin font: the CJK one has no such glyphs."""
    return _LATIN_TEXT.sub(lambda match: f'<font name="{_LATIN}">{match[0]}</font>', escape(text))


def _table(rows: list[Line]) -> Table:
    cells = [[_paragraph(Line("row", cell)) for cell in row.cells] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*(row.cells for row in rows), strict=True)]
    return Table(cells, widths, repeatRows=1, style=_GRID, spaceBefore=6, spaceAfter=6)


def _width(cell: str) -> float:
    """Measure a cell in points so that nothing breaks: CJK is one em, a figure under 0.65."""
    ems = sum(1 if ord(char) >= 0x2E80 else 0.65 for char in plain(cell))
    return _SIZES["row"] * ems + 2 * _PADDING + 1
