"""Pdf files in a font of black squares: what is read of them, and what their pictures show."""

from __future__ import annotations

import functools

from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.pdfgen.canvas import Canvas

from redact.pdf.format import PdfFormat
from redact.pdf.scan import MachineReader
from redact.pdf.source import open_source
from review.document import BlockKind, Document, Severity
from tests.fakes.pdf import A4, Draw, drawn, plan_to_hide, registered

ID = "110101199003070716"
LONG = "经审核申请人赵小满符合条件现将有关情况公示如下身份"

SAMPLE = (
    "江府县民政局关于临时救助的公示经审核申请人赵小满身份证号码联系电话姓名住址序号符合条件，。、：（）"
    "一二三四五六七八九十第页年月日某钱多孙如下现将有关情况期为个工作请各乡镇部门认真贯彻执行内部编"
)


@functools.cache
def font() -> str:
    """Register a font in which every character is a black square."""

    def square(code: int) -> object:
        pen = TTGlyphPen(None)
        pen.moveTo((100, 0))
        pen.lineTo((100, 800))
        pen.lineTo((900, 800))
        pen.lineTo((900, 0))
        pen.closePath()
        return pen.glyph()

    return registered("Squares", SAMPLE, square)


def make(*pages: Draw, size: tuple[float, float] = A4) -> bytes:
    return drawn(font(), *pages, size=size)


def grid(rows: list[list[str]], x: float, top: float, widths: list[float], high: float) -> Draw:
    """Draw a ruled table; a cell's text may have several lines."""

    def draw(canvas: Canvas) -> None:
        edges = [x + sum(widths[:n]) for n in range(len(widths) + 1)]
        for n in range(len(rows) + 1):
            canvas.line(edges[0], top - n * high, edges[-1], top - n * high)
        for edge in edges:
            canvas.line(edge, top, edge, top - len(rows) * high)
        canvas.setFont(font(), 10)
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                for k, line in enumerate(text.split("\n")):
                    canvas.drawString(edges[c] + 4, top - r * high - 13 - 12 * k, line)

    return draw


def read(data: bytes) -> Document:
    return PdfFormat().read(data)


def texts(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.kind is not BlockKind.DROPPED]


def hide(data: bytes, pattern: str, replacement: str = "") -> bytes:
    return PdfFormat().write(data, plan_to_hide(read(data), pattern, replacement))[0]


def paint_out(data: bytes, pattern: str, replacement: str = "") -> bytes:
    """Redact on pictures of the pages, as is done where rewriting is in doubt."""
    plan = plan_to_hide(read(data), pattern, replacement)
    return PdfFormat().write_pictures(open_source(data), plan, MachineReader())[0]


def note_codes(document: Document) -> set[str]:
    return {n.code for n in document.notes if n.severity is Severity.PERSON}
