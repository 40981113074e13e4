"""Which shapes of an OFD page are plain lines and areas: all others may be drawn letters."""

from __future__ import annotations

import re

from lxml import etree

from redact.ofd.geometry import Matrix, Rect, matrix_of, numbers

Outline = tuple[tuple[tuple[float, float], ...], bool]

_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_MOST_CORNERS = 5
_MOST_SLANTED = 2
_MOST_OUTLINES = 5_000
_LEVEL = 0.02


def outlines_of(data: str, matrix: Matrix) -> tuple[Outline, ...] | None:
    """Read the outlines of a path (GB/T 33190, 9.1); None where they may be drawn letters.

    Plain is what consists of level and upright lines, at most five corners an outline, and hardly
    a slanted line, such as the one across the head of a table.
    """
    outlines: list[Outline] = []
    points: list[tuple[float, float]] = []
    for operator, values in ((o.upper(), numbers(v)) for o, v in _STEP.findall(data)):
        if operator in "MS" and len(values) >= 2:
            _end(outlines, points, False)
            points = [(values[0], values[1])]
        elif operator == "L" and len(values) >= 2:
            points.append((values[0], values[1]))
        elif operator == "C" and not values:
            _end(outlines, points, True)
            points = points[:1]
        else:
            return None
    _end(outlines, points, False)
    return tuple(outlines) if _is_plain(outlines, matrix) else None


def _end(outlines: list[Outline], points: list[tuple[float, float]], closed: bool) -> None:
    if len(points) > 1:
        outlines.append((tuple(points), closed))


def _is_plain(outlines: list[Outline], matrix: Matrix) -> bool:
    slanted = 0
    for points, closed in outlines:
        if len(points) > _MOST_CORNERS:
            return False
        placed = [matrix.point(*point) for point in points]
        for (x0, y0), (x1, y1) in zip(placed, placed[1:] + placed[: int(closed)], strict=False):
            slanted += abs(x1 - x0) > _LEVEL and abs(y1 - y0) > _LEVEL
    return slanted <= _MOST_SLANTED and len(outlines) <= _MOST_OUTLINES


def clipped(element: etree._Element, boundary: Rect) -> Rect:
    """Narrow an object's boundary down to what its clips leave of it."""
    left, top = boundary.x, boundary.y
    right, bottom = left + boundary.width, top + boundary.height
    for area in element.iterfind("{*}Clips/{*}Clip/{*}Area"):
        matrix = matrix_of(area.get("CTM")).moved(boundary.x, boundary.y)
        found = [
            matrix.point(x, y)
            for data in area.iterfind("{*}Path/{*}AbbreviatedData")
            for x, y in _points(str(data.text or ""))
        ]
        if found:
            xs, ys = [x for x, _ in found], [y for _, y in found]
            left, right = max(left, min(xs)), min(right, max(xs))
            top, bottom = max(top, min(ys)), min(bottom, max(ys))
    return Rect(left, top, max(right - left, 0), max(bottom - top, 0))


def _points(data: str) -> list[tuple[float, float]]:
    values = numbers(data)
    return list(zip(values[::2], values[1::2], strict=False))
