"""Compare a rewritten page with its draft by sight: equal outside the gaps, empty within them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from redact.page.doubt import DoubtError
from redact.page.gap import Gap
from redact.page.glyphs import Box
from redact.page.raster import POINTS_PER_INCH, PdfRaster, pixels

if TYPE_CHECKING:
    from numpy.typing import NDArray

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

    Outside gaps and covers the finished page must look as its draft does; in a gap nothing but
    rules or a plain ground may be left before anything is put there.
    """
    if pages.draft.scale(number, _DPI) != _SCALE:
        raise DoubtError("page too large to be compared")
    covers, gaps, _ = planned
    open_ = [gap.box for gap in gaps if not any(cover.touches(gap.box) for cover in covers)]
    if not all(map(_is_empty, _parts(pages.bare, number, map(_inside, open_)))):
        raise DoubtError("ink left in a gap")
    old, new = pages.draft.shades(number, _DPI), pages.finished.shades(number, _DPI)
    if old.shape != new.shape:
        raise DoubtError("page of another size")
    around = (gap.surroundings for gap in gaps)
    for x0, top, x1, bottom in map(_pixels_around, (*covers, *around)):
        old[top:bottom, x0:x1] = new[top:bottom, x0:x1] = 0
    if not _is_within(old, new, planned.drawn):
        raise DoubtError("page that looks otherwise")


def _is_within(old: Shades, new: Shades, drawn: bool) -> bool:
    """Tell whether two pictures differ only as they do when something moves within a pixel.

    The mean of some pixels hardly changes then, and changes where a stroke is gone or new. What
    moves by a whole pixel has the same mean beside it.
    """
    import cv2

    far = _rows_apart(old, new)
    if not far.any():
        return True
    # Where no pixel differs much, no mean of some can: only rows beside such as do are averaged.
    near = _and_beside(far)
    known = _and_beside(near)
    one, other = (np.asarray(cv2.blur(each[known], _SOME), np.uint8) for each in (old, new))
    if not _rows_apart(one, other)[near[known]].any():
        return True
    return drawn and _is_about(old, new)


def _rows_apart(one: Shades, other: Shades) -> NDArray[np.bool_]:
    """Tell in which rows two pictures differ."""
    import cv2

    apart = np.asarray(cv2.absdiff(one, other), np.uint8)
    return np.asarray(apart.reshape(len(apart), -1).max(axis=1) > _OTHER_SHADE)


def _and_beside(rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Take the rows above and below to those that are marked."""
    wider = rows.copy()
    wider[1:] |= rows[:-1]
    wider[:-1] |= rows[1:]
    return wider


def _is_about(old: Shades, new: Shades) -> bool:
    """Tell whether the means of each picture are found in the other within a pixel."""
    import cv2

    one, other = (np.asarray(cv2.blur(each, _SOME), np.uint8) for each in (old, new))
    return _is_beside(one, other) and _is_beside(other, one)


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


def _inside(box: Box) -> _Place:
    """Give the pixels of a gap without its border, into which its neighbours may reach."""
    em = min(box.bottom - box.top, box.x1 - box.x0) * _OVERHANG
    inner = Box(box.x0 + em, box.top + em, box.x1 - em, box.bottom - em)
    x0, top, x1, bottom = (max(edge, 0) for edge in pixels(inner, _SCALE))
    return x0, top, x1, bottom


def _parts(raster: PdfRaster, number: int, places: Iterable[_Place]) -> Iterator[Shades]:
    """Give what a page shows at these places; those of one line are rendered in one piece."""
    ordered = deque(sorted(places, key=itemgetter(1)))
    while ordered:
        _, top, _, bottom = ordered[0]
        line = list[_Place]()
        while ordered and ordered[0][1] < bottom:
            line.append(ordered.popleft())
            bottom = max(bottom, line[-1][3])
        band = raster.band(number, _DPI, top, bottom)
        yield from (band[upper - top : lower - top, x0:x1] for x0, upper, x1, lower in line)


def _is_empty(part: Shades) -> bool:
    """Tell whether a place shows only what runs through it along or across: rules and grounds."""
    import cv2

    if min(part.shape[:2]) < _LEAST_SIDE:
        return True
    grey = cv2.cvtColor(part, cv2.COLOR_RGBA2GRAY)
    shifted = ((grey[:, :-1], grey[:, 1:]), (grey[:-1], grey[1:]))
    return any(int(cv2.absdiff(*pair).max()) <= _INK for pair in shifted)
