"""Pictures of pages as they are put into a pdf."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

_BLACK_BELOW = 170
_JPEG_QUALITY = 80
_COARSE = 4
_TINGE = 48
_COLOURED = [255 if apart > _TINGE else 0 for apart in range(256)]


class Picture(NamedTuple):
    """Hold a compressed page picture: 1 bit deflated black and white, 8 bits grey or colour JPEG.

    ``samples`` counts the values of a pixel, 1 or 3.
    """

    data: bytes
    width: int
    height: int
    bits: int
    samples: int = 1


def bitonal(image: Image) -> Picture:
    """Keep of each pixel whether it is dark."""
    table = [0 if shade < _BLACK_BELOW else 255 for shade in range(256)]
    bits = image.point(table, "1").tobytes()
    return Picture(zlib.compress(bits), image.width, image.height, 1)


def compressed(image: Image) -> Picture:
    """Compress what is seen as photographs are, in colour if it shows any."""
    buffer = BytesIO()
    if image.mode == "RGB" and not _has_colour(image):
        image = image.convert("L")
    image.save(buffer, "JPEG", quality=_JPEG_QUALITY)
    return Picture(buffer.getvalue(), image.width, image.height, 8, len(image.getbands()))


def _has_colour(image: Image) -> bool:
    """Tell colour from the tinge of paper: somewhere two components are far apart."""
    from PIL import ImageChops

    red, green, blue = image.reduce(_COARSE).split()
    pairs = ((red, green), (green, blue), (red, blue))
    return any(ImageChops.difference(*pair).point(_COLOURED).getbbox() for pair in pairs)
