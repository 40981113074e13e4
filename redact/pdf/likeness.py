"""Compare a rewritten page with its draft by sight: equal outside the gaps, empty within them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from redact.page.doubt import DoubtError
from redact.page.gap import Gap
from redact.page.glyphs import Box
from redact.page.raster import POINTS_PER_INCH, PdfRaster, pixels

if TYPE_CHECKING:
    from redact.page.raster import Shades

_Place = tuple[int, int, int, int]
"""A rectangle in pixels."""

_DPI = 96
_SCALE = _DPI / POINTS_PER_INCH
_OTHER_SHADE = 48
_INK = 48
_OVERHANG = 0.15
_SOME = (3, 3)
_LEAST_SIDE = 2


class Planned(NamedTuple):
    """Say what of a page may look otherwise; ``drawn`` tells of glyphs drawn by streams.

    Readers put those on whole pixels, and the same glyphs of a program where they belong.
    """

    covers: Sequence[Box]
    gaps: Sequence[Gap]
    drawn: bool


class Pages(NamedTuple):
    """Hold the pages of a draft, of the output before anything is put over it, and finished."""

    draft: PdfRaster
    bare: PdfRaster
    finished: PdfRaster


def check_likeness(number: int, pages: Pages, planned: Planned) -> None:
    """Raise ``DoubtError`` where a page looks otherwise than planned.

    Outside gaps and covers it must look as it did, and what is put into them may not reach out;
    before that, nothing but rules or a plain ground may be left in a gap.
    """
    covers, gaps, _ = planned
    old, new = pages.draft.shades(number, _DPI), pages.bare.shades(number, _DPI)
    bare = [gap.box for gap in gaps if not any(cover.touches(gap.box) for cover in covers)]
    if not all(_is_empty(new, box) for box in bare):
        raise DoubtError("ink left in a gap")
    _check_outside(old, new, planned)
    if gaps or covers:
        _check_outside(new, pages.finished.shades(number, _DPI), planned)


def _check_outside(old: Shades, new: Shades, planned: Planned) -> None:
    if old.shape != new.shape:
        raise DoubtError("page of another size")
    around = (gap.surroundings for gap in planned.gaps)
    for x0, top, x1, bottom in map(_pixels_around, (*planned.covers, *around)):
        old[top:bottom, x0:x1] = new[top:bottom, x0:x1] = 0
    if not _is_within(old, new, planned.drawn):
        raise DoubtError("page that looks otherwise")


def _is_within(old: Shades, new: Shades, drawn: bool) -> bool:
    """Tell whether two pictures differ only as they do when something moves within a pixel.

    The mean of some pixels hardly changes then, and changes where a stroke is gone or new. What
    moves by a whole pixel has the same mean beside it.
    """
    import cv2

    if _are_near(old, new):
        return True
    one, other = (np.asarray(cv2.blur(each, _SOME), np.uint8) for each in (old, new))
    if _are_near(one, other):
        return True
    return drawn and _is_beside(one, other) and _is_beside(other, one)


def _are_near(one: Shades, other: Shades) -> bool:
    import cv2

    return int(cv2.absdiff(one, other).max()) <= _OTHER_SHADE


def _is_beside(one: Shades, other: Shades) -> bool:
    """Tell whether every shade of a picture is found in the other within a pixel."""
    import cv2

    near = cv2.getStructuringElement(cv2.MORPH_RECT, _SOME)
    darker = cv2.subtract(cv2.erode(other, near), one)
    lighter = cv2.subtract(one, cv2.dilate(other, near))
    return max(int(darker.max()), int(lighter.max())) <= _OTHER_SHADE


def _pixels_around(box: Box) -> _Place:
    x0, top, x1, bottom = pixels(box, _SCALE)
    return max(x0 - 1, 0), max(top - 1, 0), max(x1 + 2, 0), max(bottom + 2, 0)


def _is_empty(picture: Shades, box: Box) -> bool:
    """Tell whether a place shows only what runs through it along or across: rules and grounds."""
    import cv2

    em = min(box.bottom - box.top, box.x1 - box.x0) * _OVERHANG
    inner = Box(box.x0 + em, box.top + em, box.x1 - em, box.bottom - em)
    left, upper, right, lower = (max(edge, 0) for edge in pixels(inner, _SCALE))
    part = picture[upper:lower, left:right]
    if min(part.shape[:2]) < _LEAST_SIDE:
        return True
    grey = cv2.cvtColor(part, cv2.COLOR_RGBA2GRAY)
    shifted = ((grey[:, :-1], grey[:, 1:]), (grey[:-1], grey[1:]))
    return any(int(cv2.absdiff(*pair).max()) <= _INK for pair in shifted)
