"""Picture files: opened within limits, painted over, written anew from their pixels alone."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from redact.pdf_glyphs import Box
from review.errors import BrokenInputError, ReviewError, TooLargeInputError

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 40_000_000
"""Pixels of one picture, about an A3 page at 400 dots an inch."""

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_QUALITY = 90


def open_picture(data: bytes) -> Image:
    """Give the first frame of a picture file, upright, in colour, transparent parts white.

    What other programs may show otherwise (further frames, transparency, metadata, an embedded
    preview) is not in the result. Raises ``BrokenInputError`` and ``TooLargeInputError``.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=_FORMATS) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise TooLargeInputError("图片过大，请降低分辨率后再提交。")
                return _plain(ImageOps.exif_transpose(opened))
    except ReviewError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooLargeInputError("图片过大，请降低分辨率后再提交。") from error
    except Exception as error:
        # Decoders raise whatever they stumble over; a picture that cannot be decoded is broken.
        raise BrokenInputError(
            "图片已损坏或格式不受支持，请另存为 PNG 或 JPEG 后再提交。"
        ) from error


def _plain(opened: Image) -> Image:
    """Lay a picture of any kind on white and take over nothing but its pixels."""
    from PIL import Image

    if opened.mode.startswith(("I", "F")):
        opened = _eight_bits(opened)
    seen = opened.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _eight_bits(opened: Image) -> Image:
    """Spread the shades that a picture of 16 or 32 bits uses over the 256 that people see."""
    import numpy as np
    from PIL import Image

    shades = np.asarray(opened, dtype=np.float64)
    low, high = float(shades.min()), float(shades.max())
    spread = (shades - low) * (255 / (high - low)) if high > low else np.full(shades.shape, 255.0)
    return Image.fromarray(spread.astype(np.uint8))


def paint_over(picture: Image, boxes: Iterable[Box]) -> Image:
    """Give a copy with these boxes black."""
    from PIL import ImageDraw

    covered = picture.copy()
    pen = ImageDraw.Draw(covered)
    for box in boxes:
        pen.rectangle((int(box.x0), int(box.top), int(box.x1) + 1, int(box.bottom) + 1), fill=0)
    return covered


def encode_picture(picture: Image, kind: str) -> bytes:
    """Write a picture as ``png`` or ``jpeg``; nothing but pixels goes into the file."""
    output = BytesIO()
    picture.info.clear()
    if kind == "jpeg":
        picture.save(output, "JPEG", quality=_QUALITY, subsampling=0)
    else:
        picture.save(output, "PNG", optimize=False)
    return output.getvalue()
