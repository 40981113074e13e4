"""Picture files: opened within limits, painted over, written anew from their pixels alone."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from redact.page.glyphs import Box
from review.errors import BrokenInputError, ReviewError, TooLargeInputError

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 40_000_000
"""Pixels of one picture, about an A3 page at 400 dots an inch."""

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
JPEG_QUALITY = 90

_CM_PER_INCH = 2.54
_SCREEN_DPI = 96.0
"""What office programs take pictures for that do not tell their density."""

_FAINT = 24
"""Opacity, of 255, up to which nobody sees a pixel, whatever a program could make of it."""


def open_picture(data: bytes, page: int = 0) -> Image:
    """Give one page of a picture file (counted from 0), upright, in colour, clear parts white.

    What other programs may show otherwise (other pages, transparency, metadata, an embedded
    preview) is not in the result. Raises ``BrokenInputError`` and ``TooLargeInputError``.
    """
    return on_paper(open_pixels(data, page), "white")


def on_paper(picture: Image, paper: str) -> Image:
    """Lay a picture on a plain colour, which shows where the picture is transparent."""
    from PIL import Image

    if picture.mode == "RGB":
        return picture
    sheet = Image.new("RGB", picture.size, paper)
    sheet.paste(picture, mask=picture.getchannel("A"))
    return sheet


def open_pixels(data: bytes, page: int = 0) -> Image:
    """Give the same in colour with opacity where parts are transparent (RGBA), else RGB.

    What nobody can see for transparency has no colour left that would tell what stood there.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=_FORMATS) as opened:
                opened.seek(page)
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


def paper_size(data: bytes) -> tuple[float, float] | None:
    """Give width and height in centimetres, by 96 dots an inch where the file tells no density.

    None for what cannot be opened.
    """
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as opened:
            across, down = opened.info.get("dpi") or (0, 0)
            wide, high = opened.size
    except Exception:  # decoders raise whatever they stumble over
        return None
    return wide * _CM_PER_INCH / _dots(across), high * _CM_PER_INCH / _dots(down)


def _dots(told: float) -> float:
    return float(told) if told > 1 else _SCREEN_DPI


def is_turned(data: bytes) -> bool:
    """Tell whether a camera wrote down that the picture is to be shown turned or mirrored."""
    from PIL import Image

    with Image.open(BytesIO(data), formats=_FORMATS) as opened:
        return bool(opened.getexif().get(_ORIENTATION, 1) != 1)


def has_more_pages(data: bytes) -> bool:
    """Tell whether a picture moves or has pages behind the first, which alone is read and kept."""
    from PIL import Image

    with Image.open(BytesIO(data), formats=_FORMATS) as opened:
        # A second frame of a JPEG file is a preview or a map of depths; no program shows it.
        return opened.format != "MPO" and bool(getattr(opened, "is_animated", False))


_ORIENTATION = 0x0112


def _plain(opened: Image) -> Image:
    """Take over nothing but the pixels of a picture of any kind."""
    if opened.mode.startswith(("I", "F")):
        opened = _eight_bits(opened)
    if opened.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in opened.info:
        return without_hidden(opened.convert("RGBA"))
    return opened.convert("RGB")


def without_hidden(picture: Image) -> Image:
    """Whiten what cannot be seen for transparency; RGB comes out where nothing is transparent."""
    import numpy as np
    from PIL import Image

    pixels = np.array(picture)
    if (pixels[:, :, 3] == 255).all():
        return Image.fromarray(pixels[:, :, :3].copy())
    pixels[pixels[:, :, 3] <= _FAINT] = (255, 255, 255, 0)
    return Image.fromarray(pixels)


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
        place = (int(box.x0), int(box.top), int(box.x1) + 1, int(box.bottom) + 1)
        pen.rectangle(place, fill="black")
    return covered


def encode_picture(picture: Image, kind: str) -> bytes:
    """Write a picture as ``png`` or ``jpeg``; nothing but pixels goes into the file."""
    output = BytesIO()
    picture.info.clear()
    if kind == "jpeg":
        picture.save(output, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    else:
        picture.save(output, "PNG", optimize=False)
    return output.getvalue()
