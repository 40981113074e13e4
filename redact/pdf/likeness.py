"""Compare a rewritten page with its draft by sight: equal outside the gaps, empty within them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from redact.page.doubt import DoubtError
from redact.page.gap import Gap
from redact.page.glyphs import Box
from redact.page.raster import POINTS_PER_INCH, PdfRaster, pixels

if TYPE_CHECKING:
    from PIL.Image import Image

_Place = tuple[int, int, int, int]
"""A rectangle in pixels."""

_DPI = 96
_SCALE = _DPI / POINTS_PER_INCH
_OTHER_SHADE = 48
_INK = 48
_OVERHANG = 0.15


class Planned(NamedTuple):
    """Say what of a page may look otherwise; ``drawn`` tells of glyphs drawn by streams.

    Readers put those on whole pixels, and the same glyphs of a program where they belong.
    """

    covers: Sequence[Box]
    gaps: Sequence[Gap]
    drawn: bool


def check_likeness(number: int, before: PdfRaster, after: PdfRaster, planned: Planned) -> None:
    """Raise ``DoubtError`` where a page looks otherwise than planned.

    ``after`` is the page before anything is put over it. Outside gaps and covers it must look as
    it did; in a gap nothing but rules or a plain ground may be left.
    """
    from PIL import ImageChops

    covers, gaps, drawn = planned
    old, new = before.shades(number, _DPI), after.shades(number, _DPI)
    if old.size != new.size:
        raise DoubtError("page of another size")
    for gap in gaps:
        if not any(cover.touches(gap.box) for cover in covers) and not _is_empty(new, gap.box):
            raise DoubtError("ink left in a gap")
    free = [_pixels_around(box) for box in (*covers, *(gap.surroundings for gap in gaps))]
    difference = ImageChops.difference(old, new)
    _paint_over(difference, free, (0, 0))
    found = difference.getbbox()
    if found and not _is_within(old, new, found, free, drawn):
        raise DoubtError("page that looks otherwise")


def _is_within(old: Image, new: Image, place: _Place, free: Sequence[_Place], drawn: bool) -> bool:
    """Tell whether two pictures differ only as they do when something moves within a pixel.

    The mean of some pixels hardly changes then, and changes where a stroke is gone or new. What
    moves by a whole pixel has the same mean beside it.
    """
    from PIL import ImageChops, ImageFilter

    x0, y0, x1, y1 = place
    parts = [image.crop((x0 - 4, y0 - 4, x1 + 4, y1 + 4)) for image in (old, new)]
    for part in parts:
        _paint_over(part, free, (x0 - 4, y0 - 4))
    if _most(ImageChops.difference(*parts)) <= _OTHER_SHADE:
        return True
    one, other = (part.filter(ImageFilter.BoxBlur(1)) for part in parts)
    if _most(ImageChops.difference(one, other)) <= _OTHER_SHADE:
        return True
    return drawn and _is_beside(one, other) and _is_beside(other, one)


def _is_beside(one: Image, other: Image) -> bool:
    """Tell whether every shade of a picture is found in the other within a pixel."""
    from PIL import ImageChops

    darkest = lightest = other
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        darkest = ImageChops.darker(darkest, ImageChops.offset(darkest, x, y))
        lightest = ImageChops.lighter(lightest, ImageChops.offset(lightest, x, y))
    darker, lighter = ImageChops.subtract(darkest, one), ImageChops.subtract(one, lightest)
    return max(_most(darker), _most(lighter)) <= _OTHER_SHADE


def _pixels_around(box: Box) -> _Place:
    x0, top, x1, bottom = pixels(box, _SCALE)
    return x0 - 1, top - 1, x1 + 1, bottom + 1


def _paint_over(image: Image, places: Iterable[_Place], corner: tuple[int, int]) -> None:
    from PIL import ImageDraw

    (left, upper), pen = corner, ImageDraw.Draw(image)
    for x0, top, x1, bottom in places:
        pen.rectangle((x0 - left, top - upper, x1 - left, bottom - upper), fill=0)


def _is_empty(image: Image, box: Box) -> bool:
    """Tell whether a place shows only what runs through it along or across: rules and grounds."""
    from PIL import ImageChops

    em = min(box.bottom - box.top, box.x1 - box.x0) * _OVERHANG
    inner = Box(box.x0 + em, box.top + em, box.x1 - em, box.bottom - em)
    part = image.crop(pixels(inner, _SCALE)).convert("L")
    wide, high = part.size
    along = (part.crop((0, 0, wide - 1, high)), part.crop((1, 0, wide, high)))
    across = (part.crop((0, 0, wide, high - 1)), part.crop((0, 1, wide, high)))
    return any(_most(ImageChops.difference(*shifted)) <= _INK for shifted in (along, across))


def _most(picture: Image) -> int:
    """Give the highest value in any of the colours of a picture."""
    histogram = picture.histogram()
    return max((position % 256 for position, count in enumerate(histogram) if count), default=0)
