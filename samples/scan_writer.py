"""A page as a scanner hands it in: a picture of a signed and sealed sheet."""

from __future__ import annotations

import io
from math import cos, radians, sin
from pathlib import Path

import reportlab
from PIL import Image, ImageChops, ImageDraw, ImageFont

from samples.layout import HIGH, WIDE, Page, Piece, laid_out
from samples.pdf_writer import FONT_FILE

_DPI = 150
DOT = _DPI / 25.4
"""Pixels of a millimetre."""
_PAPER, _INK, _RED = (250, 249, 246), (34, 34, 38), (206, 46, 46)
_LATIN_FILE = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
_LATIN_SHARE = 0.85
"""Size of figures beside Chinese signs of size 1."""
_SEAL = 21.0
"""Millimetres from the middle of an office's seal to its border."""

Place = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels, ends exclusive."""


def write_scan(content: str) -> bytes:
    """Draw marked content of one page as a picture, sealed by who signs it."""
    (page,) = laid_out(content)
    image = Image.new("RGB", (round(WIDE * DOT), round(HIGH * DOT)), _PAPER)
    pen = ImageDraw.Draw(image)
    for rule in page.rules:
        pen.line([round(DOT * part) for part in rule], fill=_INK, width=1)
    for piece in page.pieces:
        _draw(pen, piece)
    buffer = io.BytesIO()
    _sealed(image, page).save(buffer, "PNG", dpi=(_DPI, _DPI), optimize=True)
    return buffer.getvalue()


def places_of(content: str, value: str) -> list[Place]:
    """Tell where a value stands in the picture, from its first to its last sign."""
    (page,) = laid_out(content)
    found: list[Place] = []
    for piece in page.pieces:
        start = piece.text.find(value)
        while start >= 0:
            x = [piece.x + sum(piece.steps[:end]) for end in (start, start + len(value))]
            sides = (x[0], piece.y, x[1], piece.y + piece.size)
            left, top, right, bottom = (round(DOT * side) for side in sides)
            found.append((left, top, right, bottom))
            start = piece.text.find(value, start + 1)
    return found


def _draw(pen: ImageDraw.ImageDraw, piece: Piece) -> None:
    size = piece.size * DOT
    chinese = ImageFont.truetype(FONT_FILE, size)
    latin = ImageFont.truetype(_LATIN_FILE, _LATIN_SHARE * size)
    x, base = piece.x * DOT, (piece.y + 0.86 * piece.size) * DOT
    colour = _RED if piece.style == "issuer" else _INK
    for sign, step in zip(piece.text, piece.steps, strict=True):
        font = latin if ord(sign) < 0x2E80 else chinese
        pen.text((x + step * DOT / 2, base), sign, fill=colour, font=font, anchor="ms")
        x += step * DOT


def _sealed(image: Image.Image, page: Page) -> Image.Image:
    """Press a round seal over name and date: its ink lets what stands under it through."""
    signed = next(piece for piece in page.pieces if piece.style == "sign")
    centre = (
        (signed.x + sum(signed.steps) / 2) * DOT,
        (signed.y + 1.4 * signed.size) * DOT,
    )
    ink = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(ink)
    radius = _SEAL * DOT
    pen.circle(centre, radius, outline=_RED, width=6)
    star = [_around(centre, radius * (0.15, 0.36)[n % 2 == 0], 36 * n) for n in range(10)]
    pen.polygon(star, fill=_RED)
    for place, sign in enumerate(signed.text):
        turn = 210 * (place / (len(signed.text) - 1) - 0.5)
        mask = _turned(sign, radius / 4, -turn)
        x, y = _around(centre, 0.78 * radius, turn)
        ink.paste(_RED, (round(x - mask.width / 2), round(y - mask.height / 2)), mask)
    return ImageChops.multiply(image, ink)


def _around(centre: tuple[float, float], far: float, degrees: float) -> tuple[float, float]:
    """Go so far from a point, clockwise from upright."""
    turn = radians(degrees)
    return centre[0] + far * sin(turn), centre[1] - far * cos(turn)


def _turned(sign: str, size: float, degrees: float) -> Image.Image:
    side = 2 * round(size)
    mask = Image.new("L", (side, side))
    font = ImageFont.truetype(FONT_FILE, size)
    ImageDraw.Draw(mask).text((side / 2, side / 2), sign, fill=255, font=font, anchor="mm")
    return mask.rotate(degrees, Image.Resampling.BICUBIC)
