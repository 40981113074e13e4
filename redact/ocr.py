"""Text in pictures: every character with its place, and what a machine must not vouch for.

Lines are looked for on the whole picture and on three overlapping strips, because on dense pages
the recogniser loses some without a word. What it may still have missed is a doubt, and a doubt is
for a person.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from redact.ocr_doubts import Doubt, doubts_of
from redact.ocr_engine import ReadLine, find_lines, read_lines
from redact.pdf_glyphs import Box, Glyph

if TYPE_CHECKING:
    from PIL.Image import Image

    from redact.ocr_engine import Corners, Pixels

_WHOLE = 1_400
"""Longer side, in pixels, of a picture in which lines are looked for as a whole."""

_STRIP = 1_400
_STRIPS = 3
_OVERLAP = 0.12
"""Share of the picture's height by which a strip reaches into its neighbours."""

LEAST_STRIPPED = 900
"""Height from which a picture may hold so many lines that strips are worth their time."""

_CUT = 4.0
_COVERED = 0.7

_INK = 48
_HALF_SPACE = 0.25
_SNAP = 0.35


@dataclass(frozen=True, slots=True)
class PictureText:
    """Hold the characters of a picture, boxes in pixels, and why a person must look at it."""

    width: int
    height: int
    glyphs: tuple[Glyph, ...]
    doubts: frozenset[Doubt]


def read_picture(picture: Image) -> PictureText:
    """Read all text of a picture that stands upright.

    Deterministic on one machine. Raises whatever the recogniser raises when it is not installed
    or has no memory left; callers take that for a picture nobody has read.
    """
    pixels = np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
    lines = read_lines(pixels, _places(pixels))
    glyphs = [glyph for line in lines for glyph in _glyphs(line)]
    doubts = frozenset(doubts_of(pixels, lines))
    return PictureText(picture.width, picture.height, tuple(glyphs), doubts)


def _places(pixels: Pixels) -> list[Corners]:
    """Find lines on the whole picture, and those that only a strip of it shows."""
    places = find_lines(pixels, _WHOLE)
    height = pixels.shape[0]
    if height < LEAST_STRIPPED:
        return places
    for number in range(_STRIPS):
        top = max(round(height * (number / _STRIPS - _OVERLAP)), 0)
        bottom = min(round(height * ((number + 1) / _STRIPS + _OVERLAP)), height)
        for place in find_lines(np.ascontiguousarray(pixels[top:bottom]), _STRIP):
            cut = (top > 0 and place[:, 1].min() < _CUT) or (
                bottom < height and place[:, 1].max() > bottom - top - _CUT
            )
            if not cut:
                _unite(places, place + np.array([0, top], np.float32))
    return places


def _unite(places: list[Corners], more: Corners) -> None:
    """Add a place unless most of it is known; what lies within the new one gives way to it."""
    box = _bounds(more)
    known = [_bounds(place) for place in places]
    if sum(_shared(box, each) for each in known) >= _COVERED * _area(box):
        return
    places[:] = [
        place
        for place, each in zip(places, known, strict=True)
        if _shared(box, each) < _COVERED * _area(each)
    ]
    places.append(more)


def _bounds(corners: Corners) -> Box:
    (x0, top), (x1, bottom) = corners.min(axis=0), corners.max(axis=0)
    return Box(float(x0), float(top), float(x1), float(bottom))


def _area(box: Box) -> float:
    return max(box.x1 - box.x0, 0.0) * max(box.bottom - box.top, 0.0)


def _shared(one: Box, other: Box) -> float:
    x0, x1 = max(one.x0, other.x0), min(one.x1, other.x1)
    top, bottom = max(one.top, other.top), min(one.bottom, other.bottom)
    return max(x1 - x0, 0.0) * max(bottom - top, 0.0)


def _glyphs(line: ReadLine) -> Iterator[Glyph]:
    """Give each character the box between its borders; all of a line stand at one height."""
    if not line.signs:
        return
    origin, along, down = line.corners[0], *_axes(line.corners)
    angle = round(math.degrees(math.atan2(along[1], along[0])) / 90) * 90 % 360
    middle = origin + along / 2 + down / 2
    turn = math.radians(angle)
    across = float(middle[1] * math.cos(turn) - middle[0] * math.sin(turn))
    size = max(float(np.hypot(*down)), 1.0)
    edges = _borders(line)
    behind = (*(sign.spaced for sign in line.signs[1:]), False)
    for sign, left, right, space in zip(line.signs, edges, edges[1:], behind, strict=False):
        box = _bounds(
            np.array([origin + along * x + down * y for x in (left, right) for y in (0.0, 1.0)])
        )
        near, far = sorted(
            float(point[0] * math.cos(turn) + point[1] * math.sin(turn))
            for point in (origin + along * left, origin + along * right)
        )
        # Boxes touch, so that black leaves no slit; where the reader saw a space, writing is apart.
        centre, gap = (near + far) / 2, _HALF_SPACE * size
        near = min(near + gap, centre) if sign.spaced else near
        far = max(far - gap, centre) if space else far
        yield Glyph(sign.text, box, near, far, across, size, angle)


def _axes(corners: Corners) -> tuple[Corners, Corners]:
    return corners[1] - corners[0], corners[3] - corners[0]


def _borders(line: ReadLine) -> list[float]:
    """Cut a line between its characters where the least ink is, as shares of its length.

    The recogniser knows a character only within some pixels; the paper knows better.
    """
    width = line.level.shape[1]
    grey = line.level.mean(axis=2)
    ink = (np.abs(grey - np.median(grey)) > _INK).sum(axis=0)
    middles = [sign.middle * width for sign in line.signs]
    edges = [0.0]
    for left, right in pairwise(middles):
        reach = (right - left) * _SNAP
        centre = (left + right) / 2
        low, high = max(int(centre - reach), 0), min(int(centre + reach) + 1, width)
        edges.append(_least(ink[low:high], centre - low) + low if high > low else centre)
    return [edge / width for edge in (*edges, float(width))]


def _least(ink: Sequence[int] | np.ndarray, centre: float) -> float:
    """Give the column of least ink, of several the one nearest to ``centre``."""
    ink = np.asarray(ink)
    (columns,) = np.nonzero(ink == ink.min())
    return float(columns[np.argmin(np.abs(columns - centre))]) + 0.5
