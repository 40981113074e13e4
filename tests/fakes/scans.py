"""Pdf files as scanners make them: pictures of pages, with or without text laid under them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.fakes.pictures import FONT

POINTS = 72 / 200
"""Points of a pixel: scans here have 200 dots an inch."""

_INVISIBLE = 3


def scanned(*pictures: Image.Image, layer: Sequence[str] = ()) -> bytes:
    """Make a page of each picture; ``layer`` is text laid invisibly over it."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for picture in pictures:
        width, height = (side * POINTS for side in picture.size)
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(picture), 0, 0, width, height)
        if layer:
            text = canvas.beginText(40 * POINTS, height - 72 * POINTS)
            text.setFont("STSong-Light", 32 * POINTS, 64 * POINTS)
            text.setTextRenderMode(_INVISIBLE)
            text.textLines(list(layer))
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def table(
    rows: Sequence[Sequence[str]], widths: Sequence[int], *, high: int = 64, size: int = 30
) -> Image.Image:
    """Draw a ruled table, lengths in pixels."""
    left, top = 40, 40
    picture = Image.new("RGB", (sum(widths) + 2 * left, len(rows) * high + 2 * top), "white")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(FONT, size)
    edges = [left + sum(widths[:n]) for n in range(len(widths) + 1)]
    for r in range(len(rows) + 1):
        pen.line((left, top + r * high, edges[-1], top + r * high), fill="black", width=3)
    for edge in edges:
        pen.line((edge, top, edge, top + len(rows) * high), fill="black", width=3)
    for r, row in enumerate(rows):
        for edge, text in zip(edges, row, strict=False):
            pen.text((edge + 14, top + r * high + 10), text, fill="black", font=font)
    return picture
