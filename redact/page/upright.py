"""Turn what was read on a scanned page level, so that its lines and rules lie as they were set."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from redact.page.glyphs import Box, Glyph

_LEAST_SIGNS = 4
_MOST_TILT = 5.0
_LEAST_TILT = 0.05
"""Degrees below which a page lies level as far as anybody can tell."""

Matrix = tuple[tuple[float, float, float], tuple[float, float, float]]


class Upright(NamedTuple):
    """Hold how a page is turned: by quarters and a tilt, in degrees, and its size as it lies.

    Lengths are in whatever unit ``width`` and ``height`` are given in.
    """

    quarter: int
    tilt: float
    width: float
    height: float

    @property
    def size(self) -> tuple[float, float]:
        """Give width and height of the page once it is level."""
        return (self.height, self.width) if self.quarter % 180 else (self.width, self.height)

    @property
    def matrix(self) -> Matrix:
        """Give the matrix that leads from the page as it lies to the level page."""
        turn = math.radians(self.quarter + self.tilt)
        c, s = math.cos(turn), math.sin(turn)
        wide, high = self.size
        x, y = self.width / 2, self.height / 2
        return (c, s, wide / 2 - c * x - s * y), (-s, c, high / 2 + s * x - c * y)

    def scaled(self, factor: float) -> Upright:
        """Give the same turn of a page that is larger by ``factor``."""
        return Upright(self.quarter, self.tilt, self.width * factor, self.height * factor)

    def level(self, glyph: Glyph) -> Glyph:
        """Give a glyph the place that it has on the level page."""
        (a, b, e), (c, d, f) = self.matrix
        x = (glyph.box.x0 + glyph.box.x1) / 2
        y = (glyph.box.top + glyph.box.bottom) / 2
        x, y = a * x + b * y + e, c * x + d * y + f
        angle = (glyph.angle - self.quarter) % 360
        long, high = glyph.end - glyph.start, glyph.size
        wide, tall = (high, long) if angle % 180 else (long, high)
        turn = math.radians(angle)
        # The ink may stand aside from the middle of its box.
        aside = (glyph.start + glyph.end) / 2 - _along(glyph.box, glyph.angle)
        x, y = x + aside * math.cos(turn), y + aside * math.sin(turn)
        middle = x * math.cos(turn) + y * math.sin(turn)
        return glyph._replace(
            box=Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2),
            start=middle - long / 2,
            end=middle + long / 2,
            across=y * math.cos(turn) - x * math.sin(turn),
            angle=angle,
        )


def _along(box: Box, angle: int) -> float:
    turn = math.radians(angle)
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return x * math.cos(turn) + y * math.sin(turn)


def upright(glyphs: Sequence[Glyph], width: float, height: float) -> Upright:
    """Find out by its lines of writing how a page is turned."""
    votes = Counter(glyph.angle for glyph in glyphs if glyph.angle % 90 == 0)
    quarter = votes.most_common(1)[0][0] if votes else 0
    tilt = _tilt([glyph for glyph in glyphs if glyph.angle == quarter], quarter)
    return Upright(quarter, tilt, width, height)


def _tilt(glyphs: Sequence[Glyph], quarter: int) -> float:
    """Give the tilt of most of the writing; characters of one line share their height exactly."""
    found: list[tuple[float, float]] = []
    for _, group in groupby(glyphs, key=lambda glyph: (glyph.across, glyph.size)):
        line = list(group)
        if len(line) < _LEAST_SIGNS:
            continue
        x, y = _direction([glyph.box for glyph in line])
        slope = math.degrees(math.atan2(y, x)) - quarter
        slope = (slope + 180) % 360 - 180
        if abs(slope) < _MOST_TILT:
            found.append((slope, math.hypot(x, y)))
    tilt = weighed_median(found)
    return tilt if abs(tilt) >= _LEAST_TILT else 0.0


def _direction(line: Sequence[Box]) -> tuple[float, float]:
    """Give how far a line leads across and down: its signs are of many heights, all of them count.

    Each moves the middle of its half, so that both halves' middles lie half the line apart.
    """
    half = len(line) // 2
    (x0, y0), (x1, y1) = _middle(line[:half]), _middle(line[-half:])
    return 2 * (x1 - x0), 2 * (y1 - y0)


def _middle(boxes: Sequence[Box]) -> tuple[float, float]:
    across = sum(box.x0 + box.x1 for box in boxes)
    down = sum(box.top + box.bottom for box in boxes)
    return across / 2 / len(boxes), down / 2 / len(boxes)


def weighed_median(weighed: Sequence[tuple[float, float]]) -> float:
    """Give the middle value where each counts by its weight, 0 where there is none."""
    half = sum(weight for _, weight in weighed) / 2
    for value, weight in sorted(weighed):
        half -= weight
        if half <= 0:
            return value
    return 0.0
