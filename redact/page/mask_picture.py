"""Paint masks on pictures of pages: in a frame where the mask is readable, else a black bar."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from redact.page import mask_type

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont


Outline = tuple[tuple[int, int], ...]
"""The corners of a shape without dents."""


class Sign(NamedTuple):
    """Hold a mask for a picture, all in pixels: what is painted over, where its text stands.

    ``text`` is set into ``place`` (left, top, right, bottom), whose height is an em; ``points``
    is the size of the type on the page.
    """

    cover: Outline
    place: tuple[float, float, float, float]
    text: str
    points: float


def paint(image: Image, sign: Sign) -> None:
    """Paint over a place whatever stands there, and the mask on it."""
    from PIL import ImageDraw

    written = _written(sign)
    pen = ImageDraw.Draw(image)
    if written is None:
        pen.polygon(sign.cover, fill="black", outline="black")
        return
    pen.polygon(sign.cover, fill="white", outline="black")
    left, top, _, bottom = sign.place
    height = (top + bottom - written.height) / 2
    image.paste("black", (round(left), round(height)), written)


def _written(sign: Sign) -> Image | None:
    """Write a mask as the opacity of its pixels; None where it would not be readable."""
    from PIL import Image

    left, top, right, bottom = sign.place
    em, natural = bottom - top, mask_type.natural_width(sign.text)
    if natural is None or em < 1:
        return None
    fitted = mask_type.fit(natural, (right - left) / em, sign.points)
    if fitted is None:
        return None
    font = _font(max(round(em * fitted.scale), 1))
    ink = font.getmask(sign.text, "L", anchor="ls")
    x0, y0, _, _ = font.getbbox(sign.text, anchor="ls")
    if not ink.size[0]:
        return None
    line = Image.new("L", (round(natural * em * fitted.scale) + 1, int(font.size)))
    glyphs = Image.frombytes("L", ink.size, bytes(ink))
    line.paste(glyphs, (int(x0), round(font.size * (1 + mask_type.DESCENT)) + int(y0)))
    return line.resize(
        (max(round(line.width * fitted.stretch), 1), line.height), Image.Resampling.LANCZOS
    )


@cache
def _font(pixels: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(
        BytesIO(mask_type.program()), pixels, layout_engine=ImageFont.Layout.BASIC
    )
