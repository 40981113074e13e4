"""The characters of a line that was read, each with the box that its ink fills."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from redact.ocr.engine import ReadLine
from redact.ocr.heights import heights_of
from redact.ocr.ink import off_paper
from redact.ocr.places import bounds
from redact.ocr.type import size_of
from redact.page.glyphs import Glyph
from redact.page.upright import weighed_median

if TYPE_CHECKING:
    from redact.ocr.engine import Corners

_INK = 48
_HALF_SPACE = 0.25
_SNAP = 0.35

_EM = 0.75
"""Usual size of type by height of its line, which holds air, too."""

_AIR = 0.15
"""Share of a line's height above and below that holds no more than the ends of strokes."""

_APART = 1.4
"""Gap by height of the writing that parts two words; names of two characters are spread by one."""

_MARGIN = 0.08
"""Share of a line's height that its boxes reach over its ink."""

_LONG = 4.0
"""Length by height from which a line shows how much its page is tilted."""

_MOST_TILTED = 20.0

_SURELY_LONG = 6.0
"""The same for one line by itself."""

_AWRY, _AWRY_SHARE = 1.0, 0.25
"""Degrees by which a line may lie otherwise than its page, and share of those that may be more.

Of 36 scanned pages none had more than 14 % of such lines, bent and doubled pages 28 % at least.
"""


def glyphs_of(lines: Sequence[ReadLine]) -> Iterator[Glyph]:
    """Give each character the box between its borders; all of a line stand at one height.

    Heights and lengths are measured along the lines of the page: on a tilted one the cells of a
    row would else stand at different heights, and those of different rows at the same.
    """
    tilt = tilt_of(lines)
    for line in lines:
        yield from _glyphs(line, tilt)


def tilt_of(lines: Sequence[ReadLine]) -> float:
    """Reckon by how many degrees the lines of a page are off the quarter turns, clockwise."""
    found = _tilts(lines, _LONG)
    return weighed_median([(off, length) for off, length in found if abs(off) < _MOST_TILTED])


def is_crooked(lines: Sequence[ReadLine]) -> bool:
    """Tell whether the lines of a page lie in several directions, as on a bent or a doubled one.

    The page is levelled by one tilt: rows of a table that lie otherwise mix with those beside.
    """
    tilt, found = tilt_of(lines), _tilts(lines, _SURELY_LONG)
    awry = sum(length for off, length in found if abs(off - tilt) > _AWRY)
    return awry > _AWRY_SHARE * sum(length for _, length in found)


def _tilts(lines: Sequence[ReadLine], least: float) -> list[tuple[float, float]]:
    """Give the tilt and the length of lines so much longer than high at least."""
    found: list[tuple[float, float]] = []
    for line in lines:
        along, down = _axes(line.corners)
        length = float(np.hypot(*along))
        if line.signs and length >= least * float(np.hypot(*down)):
            found.append(((_degrees(along) + 45) % 90 - 45, length))
    return found


def _degrees(along: Corners) -> float:
    return math.degrees(math.atan2(along[1], along[0]))


def _axes(corners: Corners) -> tuple[Corners, Corners]:
    return corners[1] - corners[0], corners[3] - corners[0]


def _glyphs(line: ReadLine, tilt: float) -> Iterator[Glyph]:
    if not line.signs:
        return
    origin, along, down = line.corners[0], *_axes(line.corners)
    angle = round((_degrees(along) - tilt) / 90) * 90 % 360
    turn = math.radians(angle + tilt)
    middle = origin + along / 2 + down / 2
    across = float(middle[1] * math.cos(turn) - middle[0] * math.sin(turn))
    size = max(float(np.hypot(*down)), 1.0)
    ink = _ink(line)
    edges = _borders(line, ink.sum(axis=0))
    em = size_of([s.text for s in line.signs], np.diff(edges) * ink.shape[1], len(ink))
    heights = heights_of(line.level, edges, em)
    spaced = _spaced(line, ink)
    sides = zip(line.signs, edges, edges[1:], heights, spaced, (*spaced[1:], False), strict=False)
    for sign, left, right, (top, bottom), before, behind in sides:
        box = bounds(
            np.array([origin + along * x + down * y for x in (left, right) for y in (top, bottom)])
        )
        near, far = sorted(
            float(point[0] * math.cos(turn) + point[1] * math.sin(turn))
            for point in (origin + along * left, origin + along * right)
        )
        # Boxes touch, so that black leaves no slit; where there is a space, writing is apart.
        centre, gap = (near + far) / 2, _HALF_SPACE * size
        near = min(near + gap, centre) if before else near
        far = max(far - gap, centre) if behind else far
        yield Glyph(sign.text, box, near, far, across, size, angle)


def _spaced(line: ReadLine, ink: np.ndarray) -> list[bool]:
    """Tell of each character whether a space stands before it, seen by the reader or on the paper.

    The reader passes over the gap between two columns; two names side by side would be one word.
    """
    # Lines that stand close reach into each other's pixels, above and below.
    height = len(ink)
    (rows,) = np.nonzero(ink.any(axis=1))
    (inked,) = np.nonzero(ink[round(_AIR * height) : round((1 - _AIR) * height)].any(axis=0))
    if not len(inked):
        return [sign.spaced for sign in line.signs]
    wide = np.diff(inked) > _APART * min(rows[-1] - rows[0] + 1, _EM * height)
    gaps = (inked[:-1][wide] + inked[1:][wide]) / 2 / line.level.shape[1]
    before = (0.0, *(sign.middle for sign in line.signs))
    return [
        sign.spaced or bool(((last < gaps) & (gaps < sign.middle)).any())
        for last, sign in zip(before, line.signs, strict=False)
    ]


def _ink(line: ReadLine) -> np.ndarray:
    return np.asarray(off_paper(line.level) > _INK)


def _extent(ink: np.ndarray, margin: float) -> tuple[float, float]:
    """Give the stretch, as shares of the whole, in which there is ink."""
    (found,) = np.nonzero(ink)
    if not len(found):
        return 0.0, 1.0
    length = len(ink)
    return max(found[0] / length - margin, 0.0), min((found[-1] + 1) / length + margin, 1.0)


def _borders(line: ReadLine, ink: np.ndarray) -> list[float]:
    """Cut a line between its characters where the least ink is, as shares of its length.

    The recogniser knows a character only within some pixels; the paper knows better.
    """
    width = line.level.shape[1]
    middles = [sign.middle * width for sign in line.signs]
    margin = _MARGIN * line.level.shape[0] / width
    first, last = _extent(ink, margin)
    edges = [min(first, middles[0] / width) * width]
    ink = ink + _is_beyond(ink)
    for left, right in pairwise(middles):
        reach = (right - left) * _SNAP
        centre = (left + right) / 2
        low, high = max(int(centre - reach), 0), min(int(centre + reach) + 1, width)
        edges.append(_least(ink[low:high], centre - low) + low if high > low else centre)
    edges.append(max(last, middles[-1] / width) * width)
    return [edge / width for edge in edges]


def _is_beyond(ink: np.ndarray) -> np.ndarray:
    """Tell of each column whether it lies before all ink or behind it, where nothing is parted.

    The white behind a narrow bracket is no border: the bracket would go to the sign before it.
    """
    return np.asarray((np.cumsum(ink) == 0) | (np.cumsum(ink[::-1])[::-1] == 0))


def _least(ink: np.ndarray, centre: float) -> float:
    """Give the middle of the columns of least ink, of those nearest to ``centre`` if they part."""
    (columns,) = np.nonzero(ink == ink.min())
    stretches = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    near = min(stretches, key=lambda each: np.abs(each - centre).min())
    return float(near[0] + near[-1]) / 2 + 0.5
