"""Picture files page by page: opened within limits, written anew in the kind they came in."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

from redact.pictures.file import JPEG_QUALITY, MAX_PIXELS, open_picture
from review.errors import BrokenInputError, ReviewError, TooLargeInputError, UnknownFormatError

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PAGES = 20
"""Pages of one file; reading one takes some seconds, and a call has a few minutes."""

MAX_ALL_PIXELS = 2 * MAX_PIXELS
"""Pixels of all pages together, about twenty A4 pages at 200 dots an inch."""

_KINDS = {"PNG": "png", "JPEG": "jpeg", "MPO": "jpeg", "BMP": "bmp", "TIFF": "tiff"}
_WRITTEN_AS_PNG = frozenset({"GIF", "WEBP"})
_MODES = {"1": "1", "L": "L", "LA": "L"}
_DENSITIES = range(50, 1_201)
"""Dots an inch that scanners and cameras mean; other figures say nothing about the paper."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold one page: its pixels in colour, whether it came in black and white (``1``), grey
    (``L``) or colour (``RGB``), and its dots an inch where the file says them.
    """

    image: Image
    mode: str = "RGB"
    density: int | None = None

    def painted(self, image: Image) -> Sheet:
        """Give the same page with other pixels."""
        return replace(self, image=image)


def open_sheets(data: bytes) -> Iterator[Sheet]:
    """Open the pages of a picture file one after another, those of a TIFF file above all.

    Raises ``UnknownFormatError`` for what moves, ``BrokenInputError`` and ``TooLargeInputError``.
    """
    heads = _heads(data)
    for number, (mode, density) in enumerate(heads):
        yield Sheet(open_picture(data, number), mode, density)


def _heads(data: bytes) -> list[tuple[str, int | None]]:
    """Look at all pages before the work on the first begins."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as opened:
                if opened.format != "TIFF":
                    _check_still(opened)
                    return [_head(opened)]
                return list(_tiff_heads(opened))
    except ReviewError:
        raise
    except Image.DecompressionBombError as error:
        raise TooLargeInputError("图片过大，请降低分辨率后再提交。") from error
    except Exception as error:  # decoders raise whatever they stumble over
        raise BrokenInputError("图片已损坏，请用原软件重新另存为 PNG 或 JPEG 后再提交。") from error


def _check_still(opened: Image) -> None:
    # A second frame of a JPEG file is a preview or a map of depths; only the first is shown.
    if opened.format not in ("JPEG", "MPO") and getattr(opened, "is_animated", False):
        raise UnknownFormatError("动画图片暂不支持，请把需要公开的画面另存为 PNG 后再提交。")


def _tiff_heads(opened: Image) -> Iterator[tuple[str, int | None]]:
    pages = getattr(opened, "n_frames", 1)
    if pages > MAX_PAGES:
        raise TooLargeInputError(f"图片文件超过 {MAX_PAGES} 页，请拆成几个文件后分别提交。")
    pixels = 0
    for number in range(pages):
        opened.seek(number)
        pixels += opened.width * opened.height
        yield _head(opened)
    if pixels > MAX_ALL_PIXELS:
        raise TooLargeInputError("图片文件各页合计过大，请降低分辨率或拆成几个文件后再提交。")


def _head(opened: Image) -> tuple[str, int | None]:
    across, down = opened.info.get("dpi") or (0, 0)
    dots = round(float(across))
    plain = dots == round(float(down)) and dots in _DENSITIES
    return _MODES.get(opened.mode, "RGB"), dots if plain else None


def written_kind(data: bytes) -> str:
    """Tell in which kind a picture file is written: its own, ``png`` for those of the web."""
    from PIL import Image

    with Image.open(BytesIO(data)) as opened:
        return "png" if opened.format in _WRITTEN_AS_PNG else _KINDS[opened.format or ""]


def write_sheets(sheets: Sequence[Sheet], kind: str) -> bytes:
    """Write pages as one file of this kind; nothing but pixels and their density goes into it."""
    from PIL.Image import Dither

    first, *rest = [sheet.image.convert(sheet.mode, dither=Dither.NONE) for sheet in sheets]
    density = sheets[0].density
    options = {} if density is None else {"dpi": (density, density)}
    output = BytesIO()
    if kind == "jpeg":
        first = first.convert("L") if first.mode == "1" else first
        first.save(output, "JPEG", quality=JPEG_QUALITY, subsampling=0, **options)
    elif kind == "tiff":
        black = all(sheet.mode == "1" for sheet in sheets)
        packing = "group4" if black else "tiff_adobe_deflate"
        first.save(
            output, "TIFF", save_all=True, append_images=rest, compression=packing, **options
        )
    else:
        first.save(output, kind.upper(), **options)
    return output.getvalue()
