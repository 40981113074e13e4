"""Write a review record as PDF: A4 portrait, the table form that offices print and file.

The font is one that every PDF reader brings for Chinese; none is embedded and none is needed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from flows.record.chinese_lines import break_lines
from flows.record.form import Cell, RecordForm, Section

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
_MM = 72 / 25.4
_MARGIN, _FOOT = 22 * _MM, 20 * _MM
_WIDTHS = [30 * _MM, 53 * _MM, 30 * _MM, 53 * _MM]
_LINE, _PADDING = 0.6, 4
_TITLE_SIZE, _SIZE, _SMALL = 20, 10.5, 8
_LEADING = 1.5
_UNKNOWN = "〓"
"""What printers set where they lack a character; the font's encoding ends at U+FFFF."""
_DOTS = re.compile("[·•‧∙]")


def write_pdf(form: RecordForm) -> bytes:
    """Lay a form out as PDF; the same form gives the same bytes."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import SimpleDocTemplate, Spacer

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = BytesIO()
    template = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_FOOT,
        bottomMargin=_FOOT,
        title=form.title,
        subject=form.case,
        author="",
        invariant=1,
    )
    heading = _paragraph(form.title, _style(_TITLE_SIZE, align=1), sum(_WIDTHS))
    story = [heading, Spacer(0, 4 * _MM), _table(form.sections)]
    template.build(story, canvasmaker=_numbering(form.case))
    return out.getvalue()


def _table(sections: tuple[Section, ...]) -> Any:
    from reportlab.platypus import LongTable

    rows: list[list[Any]] = []
    spans: list[tuple[Any, ...]] = []
    for section in sections:
        spans += [
            ("SPAN", (0, len(rows)), (-1, len(rows))),
            ("BACKGROUND", (0, len(rows)), (-1, len(rows)), "#eeeeee"),
            ("NOSPLIT", (0, len(rows)), (-1, len(rows) + 1)),
        ]
        band = _paragraph(section.heading, _style(_SIZE, align=1), sum(_WIDTHS))
        rows.append([band, "", "", ""])
        for cells in section.rows:
            if len(cells) == 1:
                spans.append(("SPAN", (1, len(rows)), (-1, len(rows))))
            rows.append(_row(cells, small=section.small))
    border = ("GRID", (0, 0), (-1, -1), _LINE, "black")
    middle = ("VALIGN", (0, 0), (-1, -1), "MIDDLE")
    sides = ("TOP", "BOTTOM", "LEFT", "RIGHT")
    padding = [(f"{side}PADDING", (0, 0), (-1, -1), _PADDING) for side in sides]
    style = [border, middle, *padding, *spans]
    return LongTable(rows, colWidths=_WIDTHS, style=style)


def _row(cells: tuple[Cell, ...], *, small: bool) -> list[Any]:
    row: list[Any] = []
    size = _SMALL if small else _SIZE
    for number, cell in enumerate(cells):
        width = _WIDTHS[2 * number + 1] if len(cells) > 1 else sum(_WIDTHS[1:])
        label = _paragraph(cell.label, _style(size, align=1), _WIDTHS[0])
        row += [label, list(_content(cell, size, width))]
    return row + [""] * (len(_WIDTHS) - len(row))


def _content(cell: Cell, size: float, width: float) -> Iterator[Any]:
    yield _paragraph(cell.text, _style(size), width)
    if cell.signed:
        yield _paragraph(cell.signed, _style(size, align=2, before=size), width)


def _paragraph(text: str, style: Any, width: float) -> Any:
    """Set text in lines of our own: the library leaves opening marks at the end of a line."""
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.platypus import Paragraph

    def measure(piece: str) -> float:
        return float(stringWidth(piece, FONT, style.fontSize))

    inner = width - 2 * _PADDING
    lines = (
        line for each in _known(text).split("\n") for line in break_lines(each, inner, measure)
    )
    return Paragraph("<br/>".join(map(escape, lines)), style)


def _style(size: float, *, align: int = 0, before: float = 0) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(
        "cell",
        fontName=FONT,
        fontSize=size,
        leading=size * _LEADING,
        alignment=align,
        spaceBefore=before,
    )


def _known(text: str) -> str:
    """Give text in characters that the font's encoding has."""
    return _DOTS.sub("・", "".join(c if ord(c) < 0x10000 else _UNKNOWN for c in text))


def _numbering(case: str) -> type[Canvas]:
    """Make a canvas that writes "第 n 页 共 m 页" below each page once it knows m."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    class Numbering(Canvas):  # type: ignore[misc]
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                self.setFont(FONT, _SMALL)
                foot = _FOOT / 2
                self.drawString(_MARGIN, foot, f"案件 {case}")
                told = f"第 {number} 页  共 {len(self._pages)} 页"
                self.drawRightString(A4[0] - _MARGIN, foot, told)
                super().showPage()
            super().save()

    return Numbering
