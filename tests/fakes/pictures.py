"""Pictures with writing, as scanners and cameras hand them in."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFont

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
_MARGIN = 40


def written(
    lines: Sequence[str], *, size: int = 32, width: int = 900, ink: str = "black"
) -> Image.Image:
    """Draw lines of text on white, ``size`` pixels an em."""
    picture = Image.new("RGB", (width, 2 * _MARGIN + 2 * size * len(lines)), "white")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(FONT, size)
    for number, line in enumerate(lines):
        pen.text((_MARGIN, _MARGIN + 2 * size * number), line, fill=ink, font=font)
    return picture


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """Write a picture as a file of this kind, with whatever the kind can hold."""
    output = BytesIO()
    picture.save(output, kind, **options)
    return output.getvalue()


def sealed(picture: Image.Image, centre: tuple[int, int], radius: int) -> Image.Image:
    """Stamp a ring with a star in red ink, which lets what stands under it through."""
    ink = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(ink)
    pen.circle(centre, radius, outline=(220, 60, 60), width=max(radius // 12, 4))
    pen.regular_polygon((*centre, radius // 3), 5, fill=(220, 60, 60))
    return ImageChops.multiply(picture, ink)
