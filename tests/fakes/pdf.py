"""Pdf pages drawn for tests in fonts made here, so that no font of the system matters."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pypdfium2
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from review.document import Document
from review.plan import Edit, RedactionPlan

A4 = (595.0, 842.0)
Draw = Callable[[Canvas], None]

_BLANK = {32: "space", 0x3000: "wide"}


def registered(family: str, text: str, glyph: Callable[[int], Any]) -> str:
    """Register a font of the characters of a text and of ASCII; ``glyph`` draws a code point.

    ASCII is half an em wide, all else a whole one.
    """
    codes = sorted({ord(c) for c in text} | set(range(33, 127)))
    names = {code: f"g{code:x}" for code in codes}
    order = [".notdef", *_BLANK.values(), *names.values()]
    wide = {"wide", *(name for code, name in names.items() if code > 127)}
    empty = TTGlyphPen(None).glyph()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(_BLANK | names)
    builder.setupGlyf(
        dict.fromkeys(order, empty) | {name: glyph(code) for code, name in names.items()}
    )
    builder.setupHorizontalMetrics({n: (1000 if n in wide else 500, 0) for n in order})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family})
    builder.setupOS2()
    builder.setupPost()
    buffer = BytesIO()
    builder.save(buffer)
    buffer.seek(0)
    pdfmetrics.registerFont(TTFont(family, buffer))
    return family


def drawn(font: str, *pages: Draw, size: tuple[float, float] = A4) -> bytes:
    """Draw pages, each of which begins in a font of 16 points."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    for draw in pages:
        canvas.setFont(font, 16)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(*texts: str, x: float = 80, y: float = 700, pitch: float = 28) -> Draw:
    """Write lines below each other."""

    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts):
            canvas.drawString(x, y - number * pitch, text)

    return draw


def plan_to_hide(document: Document, pattern: str, replacement: str = "") -> RedactionPlan:
    """Plan to replace whatever matches, which must occur."""
    edits = tuple(
        Edit(index, match.start(), match.end(), replacement, "f")
        for index, block in enumerate(document.blocks)
        for match in re.finditer(pattern, block.text)
    )
    assert edits
    return RedactionPlan(document.digest, "policy", "general", (), edits)


def render(data: bytes, page: int = 0, scale: float = 1) -> Image.Image:
    """Paint a page in grey, ``scale`` pixels a point."""
    return pypdfium2.PdfDocument(data)[page].render(scale=scale).to_pil().convert("L")
