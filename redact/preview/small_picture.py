"""Small pictures of pages, as few bytes as they need."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from redact.preview.pictures import PagePicture

if TYPE_CHECKING:
    from PIL.Image import Image

TEXT_PER_BYTE = 4 / 3
"""What a byte of a picture costs in a page of text."""

_COLOURS = 64
_SHADES = [shade // 16 for shade in range(256)]
_JPEG_QUALITY = 70


WIDEST = 900
"""Pixels from which a picture is shown more coarsely; its half of the review copy is not wider."""

MOST_PIXELS = 4_000_000
"""Pixels of one shown picture, such as that of a long screenshot."""


def scaled(image: Image) -> PagePicture:
    """Compress a picture, as small as it is looked at."""
    wide, high = image.size
    scale = min(1.0, WIDEST / wide, (MOST_PIXELS / (wide * high)) ** 0.5)
    size = max(round(wide * scale), 1), max(round(high * scale), 1)
    return compressed(image.resize(size) if scale < 1.0 else image)


def compressed(image: Image) -> PagePicture:
    """Compress as text and rules want it and as photographs do, and take what is smaller."""
    from PIL.Image import Dither, Quantize

    png, jpeg = BytesIO(), BytesIO()
    if _is_grey(image):
        image.convert("L").point(_SHADES).save(png, "PNG", bits=4)
    else:
        image.quantize(_COLOURS, Quantize.FASTOCTREE, dither=Dither.NONE).save(png, "PNG")
    image.save(jpeg, "JPEG", quality=_JPEG_QUALITY)
    made = (PagePicture("png", png.getvalue()), PagePicture("jpeg", jpeg.getvalue()))
    return min(made, key=lambda picture: len(picture.data))


def _is_grey(image: Image) -> bool:
    from PIL import ImageChops

    red, green, blue = image.split()
    return not any(ImageChops.difference(red, each).getbbox() for each in (green, blue))
