"""Where lines of text stand in a picture: sought on the whole of it and, larger, on its parts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from redact.ocr.engine import find_lines
from redact.page.glyphs import Box

if TYPE_CHECKING:
    from redact.ocr.engine import Corners, Pixels

_LONGEST = 1_280
"""Longer side, in pixels, of what is searched at once."""

_PARTS = 2
LEAST_PARTED = 900
"""Longer side from which a picture may hold so many lines that its parts are worth their time."""

_SECTION = 2.0
"""Height by width from which a picture, such as a long screenshot, is searched piece by piece."""

_SHAPE = 1.4
"""Height by width of such a piece."""

_WIDEST = 4
"""How many times wider than what is searched at once a picture may be before it is cut."""

_OVERLAP = 0.12
"""Share of a piece by which it reaches into its neighbours."""

_CUT = 4.0
_COVERED = 0.7

_Piece = tuple[slice, slice]


def places_of(pixels: Pixels, clear: Pixels | None = None) -> list[Corners]:
    """Find lines; of two that are the same one, that of the larger search is kept.

    ``clear`` is the same picture without its red ink, in which the smaller searches are done.
    """
    places: list[Corners] = []
    for section in _sections(pixels.shape[0], pixels.shape[1]):
        parts = list(_parts(section)) or [section] * (clear is not None)
        looked_at = pixels if clear is None else clear
        for shown, piece in ((pixels, section), *((looked_at, part) for part in parts)):
            for place in _in_piece(shown, piece):
                _unite(places, place)
    return places


def _sections(height: int, width: int) -> Iterator[_Piece]:
    """Cut what would be brought down too far to be read: long pictures, and enormously wide ones.

    A cut between columns goes through lines; so it is the last resort.
    """
    whole = slice(0, height), slice(0, width)
    if width > _WIDEST * _LONGEST and width > height:
        yield from _cuts(whole, math.ceil(width / (_WIDEST * _LONGEST)), upright=False)
    elif height > _LONGEST and height > _SECTION * width:
        yield from _cuts(whole, max(round(height / width / _SHAPE), 1), upright=True)
    else:
        yield whole


def _parts(section: _Piece) -> Iterator[_Piece]:
    """Cut a section across its lines, which run from left to right."""
    if max(each.stop - each.start for each in section) >= LEAST_PARTED:
        yield from _cuts(section, _PARTS, upright=True)


def _cuts(piece: _Piece, number: int, *, upright: bool) -> Iterator[_Piece]:
    """Cut a piece into overlapping ones, one below (``upright``) or beside the other."""
    rows, columns = piece
    along = rows if upright else columns
    step = (along.stop - along.start) / number
    for count in range(number):
        start = max(round(along.start + step * (count - _OVERLAP)), along.start)
        stop = min(round(along.start + step * (count + 1 + _OVERLAP)), along.stop)
        cut = slice(start, stop)
        yield (cut, columns) if upright else (rows, cut)


def _in_piece(pixels: Pixels, piece: _Piece) -> Iterator[Corners]:
    """Find lines in a piece; what its border cuts is left to its neighbour."""
    rows, columns = piece
    origin = np.array([columns.start, rows.start], np.float32)
    for place in find_lines(np.ascontiguousarray(pixels[piece]), _LONGEST):
        box = bounds(place)
        cut = (
            (rows.start > 0 and box.top < _CUT)
            or (columns.start > 0 and box.x0 < _CUT)
            or (rows.stop < pixels.shape[0] and box.bottom > rows.stop - rows.start - _CUT)
            or (columns.stop < pixels.shape[1] and box.x1 > columns.stop - columns.start - _CUT)
        )
        if not cut:
            yield place + origin


def _unite(places: list[Corners], more: Corners) -> None:
    """Add a place unless it is known; what lies within the new one gives way to it.

    On a tilted page the upright box of a long line holds its neighbours, too: lines are compared as
    they lie. A line that reaches on where the known one ends is not known.
    """
    box = bounds(more)
    near = [(place, _common(place, more)) for place in places if bounds(place).touches(box)]
    common = [part for _, part in near if part is not None]
    if sum(map(_area, common)) >= _COVERED * _area(more) and not _reaches_on(more, common):
        return
    within = [
        id(place)
        for place, part in near
        if part is not None and _area(part) >= _COVERED * _area(place)
    ]
    places[:] = [place for place in places if id(place) not in within]
    places.append(more)


def _common(one: Corners, other: Corners) -> Corners | None:
    """Give the outline of what two lines share, None where that is nothing."""
    import cv2

    size, outline = cv2.intersectConvexConvex(one, other)
    return np.asarray(outline, np.float32).reshape(-1, 2) if size > 0 else None


def _area(outline: Corners) -> float:
    import cv2

    return float(cv2.contourArea(outline))


def _reaches_on(line: Corners, known: Sequence[Corners]) -> bool:
    """Tell whether a line goes on by a character or more where all that is known of it ends."""
    along, down = line[1] - line[0], line[3] - line[0]
    long, high = sorted((float(np.hypot(*along)), float(np.hypot(*down))), reverse=True)
    axis = (along if np.hypot(*along) >= np.hypot(*down) else down) / max(long, 1.0)
    reach = np.concatenate([(outline - line[0]) @ axis for outline in known])
    return bool(reach.min() > high or long - reach.max() > high)


def bounds(corners: Corners) -> Box:
    """Give the upright box around a line."""
    (x0, top), (x1, bottom) = corners.min(axis=0), corners.max(axis=0)
    return Box(float(x0), float(top), float(x1), float(bottom))


def area(box: Box) -> float:
    """Give the area of a box."""
    return max(box.x1 - box.x0, 0.0) * max(box.bottom - box.top, 0.0)


def shared(one: Box, other: Box) -> float:
    """Give the area that two boxes share."""
    x0, x1 = max(one.x0, other.x0), min(one.x1, other.x1)
    top, bottom = max(one.top, other.top), min(one.bottom, other.bottom)
    return max(x1 - x0, 0.0) * max(bottom - top, 0.0)
