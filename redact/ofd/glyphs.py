"""The signs and rules of an OFD page in points, as the layout of pdf pages takes them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from redact.ofd.geometry import POINTS, Matrix
from redact.ofd.items import Char, OfdPage, PathItem, Style, TextItem
from redact.page.glyphs import Box, Glyph, readable

ABOVE, BELOW = 0.85, 0.15
"""How far signs reach above and below their base line, in ems."""

_NARROW, _WIDE = 0.2, 0.95
_SLANT = 0.5
_THIN = 0.01


class Placed(NamedTuple):
    """Hold a sign with its item and its place on the page."""

    item: int
    char: Char
    glyph: Glyph


def placed_chars(page: OfdPage) -> list[Placed]:
    """List the signs of a page in the order of painting; each glyph bears its number there."""
    found: list[Placed] = []
    for number, item in enumerate(page.items):
        if not isinstance(item, TextItem):
            continue
        turn = _turn(item)
        for place, char in enumerate(item.chars):
            follower = item.chars[place + 1] if place + 1 < len(item.chars) else None
            glyph = _glyph(item, turn, char, follower, len(found))
            found.append(Placed(number, char, glyph))
    return found


@dataclass(frozen=True, slots=True)
class _Turn:
    """Hold how the signs of an item lie on the page: their direction, and the scale along it."""

    angle: int
    cosine: float
    sine: float
    scale: float
    size: float


def _turn(item: TextItem) -> _Turn:
    angle = _angle(item.matrix, item.style.upright)
    turn = math.radians(angle)
    size = max(_length(item.matrix, not item.style.upright) * item.style.size, 0.1)
    scale = _length(item.matrix, item.style.upright)
    return _Turn(angle, math.cos(turn), math.sin(turn), scale, size)


def _glyph(item: TextItem, turn: _Turn, char: Char, follower: Char | None, order: int) -> Glyph:
    wide = _width(item.style, char, follower)
    box = _box(item.style, item.matrix, char, wide)
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    middle = x * turn.cosine + y * turn.sine
    half = turn.scale * wide / 2
    across = y * turn.cosine - x * turn.sine
    start, end = middle - half, middle + half
    return Glyph(readable(char.text), box, start, end, across, turn.size, turn.angle, None, order)


def _width(style: Style, char: Char, follower: Char | None) -> float:
    """Give how far a sign reaches: to the next where that is near, else by its kind."""
    natural = style.advance(char.text)
    if follower is None or follower.code != char.code:
        return natural
    step = follower.y - char.y if style.upright else follower.x - char.x
    if style.upright or char.text >= "\u0250":
        return min(natural, step) if step > _NARROW * natural else natural
    em = style.size * style.stretch
    return min(max(step, _NARROW * em), _WIDE * em) if step > 0 else natural


def _box(style: Style, matrix: Matrix, char: Char, wide: float) -> Box:
    across = style.size * style.stretch if style.upright else wide
    x0, x1 = char.x, char.x + across
    y0, y1 = char.y - ABOVE * style.size, char.y + BELOW * style.size
    a, b, c, d, e, f = matrix
    # Each side of an upright box is reached at one end of each edge, whatever the turn.
    xs = (min(a * x0, a * x1) + min(c * y0, c * y1), max(a * x0, a * x1) + max(c * y0, c * y1))
    ys = (min(b * x0, b * x1) + min(d * y0, d * y1), max(b * x0, b * x1) + max(d * y0, d * y1))
    return Box(
        (xs[0] + e) * POINTS, (ys[0] + f) * POINTS, (xs[1] + e) * POINTS, (ys[1] + f) * POINTS
    )


def _angle(matrix: Matrix, upright: bool) -> int:
    """Give the direction of reading in degrees; right to left counts as left to right."""
    turn = round(math.degrees(math.atan2(matrix.b, matrix.a)))
    return (turn + (90 if upright else 0)) % 360


def _length(matrix: Matrix, down: bool) -> float:
    """Give how many points long one millimetre across or down is on the page."""
    x, y = (matrix.c, matrix.d) if down else (matrix.a, matrix.b)
    return math.hypot(x, y) * POINTS


@dataclass(frozen=True)
class RuledPage:
    """Stand for a page of pdfplumber as far as tables and page heights are asked for."""

    page: OfdPage

    rects: Sequence[Any] = ()
    curves: Sequence[Any] = ()
    strings: Sequence[int] = ()

    @property
    def height(self) -> float:
        return self.page.height * POINTS

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        return 0, 0, self.page.width * POINTS, self.height

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        """Give the level and upright edges of all outlines, as pdfplumber's tables want them."""
        return list(_edges(self.page))

    @property
    def edges(self) -> list[dict[str, Any]]:
        return self.lines

    def find_tables(self) -> list[Any]:
        """Find the ruled tables."""
        from pdfplumber.table import TableFinder

        return TableFinder(self).tables  # type: ignore[arg-type]


def _edges(page: OfdPage) -> Iterator[dict[str, Any]]:
    for item in page.items:
        if not isinstance(item, PathItem):
            continue
        for points, closed in item.outlines:
            placed = [item.matrix.point(*point) for point in points]
            ends = placed[1:] + placed[: int(closed)]
            for (x0, y0), (x1, y1) in zip(placed, ends, strict=False):
                edge = _edge(x0 * POINTS, y0 * POINTS, x1 * POINTS, y1 * POINTS)
                if edge is not None:
                    yield edge


def _edge(x0: float, y0: float, x1: float, y1: float) -> dict[str, Any] | None:
    wide, high = abs(x1 - x0), abs(y1 - y0)
    if max(wide, high) < _THIN or min(wide, high) > _SLANT:
        return None
    level = wide >= high
    return {
        "x0": min(x0, x1), "x1": max(x0, x1) if level else min(x0, x1),
        "top": min(y0, y1), "bottom": min(y0, y1) if level else max(y0, y1),
        "width": wide if level else 0, "height": 0 if level else high,
        "orientation": "h" if level else "v", "object_type": "line",
    }  # fmt: skip
