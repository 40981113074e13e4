"""Where lines of text stand in a picture: sought on the whole of it and, larger, on its parts."""

from __future__ import annotations

import math
from collections.abc import Iterator
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
    """Add a place unless most of it is known; what lies within the new one gives way to it."""
    box = bounds(more)
    known = [bounds(place) for place in places]
    if sum(shared(box, each) for each in known) >= _COVERED * area(box):
        return
    places[:] = [
        place
        for place, each in zip(places, known, strict=True)
        if shared(box, each) < _COVERED * area(each)
    ]
    places.append(more)


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
