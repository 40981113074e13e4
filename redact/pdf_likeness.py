"""Compare a rewritten page with its draft by sight: equal outside the gaps, empty within them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from redact.pdf_doubt import DoubtError
from redact.pdf_gap import Gap
from redact.pdf_glyphs import Box
from redact.pdf_raster import PdfRaster, pixels

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 96
_SCALE = _DPI / 72
_OTHER_SHADE = 48
_INK = 60
_OVERHANG = 0.15


def check_likeness(
    number: int, before: PdfRaster, after: PdfRaster, covers: Sequence[Box], gaps: Sequence[Gap]
) -> None:
    """Raise ``DoubtError`` where a page looks otherwise than planned.

    ``after`` is the page before anything is put over it. Outside gaps and covers it must look as
    it did; in a gap nothing but rules or a plain ground may be left.
    """
    from PIL import ImageChops

    old, new = before.sight(number, _DPI), after.sight(number, _DPI)
    if old.size != new.size:
        raise DoubtError("page of another size")
    for gap in gaps:
        if not any(cover.touches(gap.box) for cover in covers) and not _is_empty(new, gap.box):
            raise DoubtError("ink left in a gap")
    for image in (old, new):
        _paint_over(image, [*covers, *(gap.surroundings for gap in gaps)])
    difference = ImageChops.difference(old, new).point(lambda shade: 255 * (shade > _OTHER_SHADE))
    if (found := difference.getbbox()) and not _is_within(old, new, found):
        raise DoubtError("page that looks otherwise")


def _is_within(old: Image, new: Image, place: tuple[int, int, int, int]) -> bool:
    """Tell whether two pictures differ only as they do when something moves within a pixel.

    The mean of some pixels hardly changes then, and changes where a stroke is gone or new.
    """
    from PIL import ImageChops, ImageFilter

    x0, y0, x1, y1 = place
    around = (x0 - 4, y0 - 4, x1 + 4, y1 + 4)
    means = [image.crop(around).filter(ImageFilter.BoxBlur(1)) for image in (old, new)]
    return _most(ImageChops.difference(*means)) <= _OTHER_SHADE


def _paint_over(image: Image, boxes: Iterable[Box]) -> None:
    from PIL import ImageDraw

    pen = ImageDraw.Draw(image)
    for box in boxes:
        x0, top, x1, bottom = pixels(box, _SCALE)
        pen.rectangle((x0 - 1, top - 1, x1 + 1, bottom + 1), fill=(0, 0, 0))


def _is_empty(image: Image, box: Box) -> bool:
    """Tell whether a place shows only what runs through it along or across: rules and grounds."""
    em = min(box.bottom - box.top, box.x1 - box.x0) * _OVERHANG
    inner = Box(box.x0 + em, box.top + em, box.x1 - em, box.bottom - em)
    part = image.crop(pixels(inner, _SCALE)).convert("L")
    rows = [part.crop((0, y, part.width, y + 1)) for y in range(part.height)]
    columns = [part.crop((x, 0, x + 1, part.height)) for x in range(part.width)]
    return _is_even(rows) or _is_even(columns)


def _is_even(stripes: Iterable[Image]) -> bool:
    return all(_spread(stripe) <= _INK for stripe in stripes)


def _spread(grey: Image) -> int:
    shades = [shade for shade, count in enumerate(grey.histogram()) if count]
    return shades[-1] - shades[0] if shades else 0


def _most(colours: Image) -> int:
    """Give the highest value in any of three colours."""
    histogram = colours.histogram()
    return max(position % 256 for position, count in enumerate(histogram) if count)
