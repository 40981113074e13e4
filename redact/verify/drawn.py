"""Signs as they stand on a page or in a picture, for the verifier's own joining of numbers."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from statistics import median
from typing import NamedTuple

_QUARTER = math.pi / 2
_LONG = 6.0
"""Length of a line, in its heights, from which it shows how far a page is tilted."""


class Sign(NamedTuple):
    """Hold one character and its centre; ``y`` grows downwards."""

    text: str
    x: float
    y: float


class Line(NamedTuple):
    """Hold signs in reading order, as a recogniser or extractor gave them, and their height.

    ``text`` has the blanks, too, for which there is no sign.
    """

    signs: tuple[Sign, ...]
    size: float
    text: str


Drawn = Sequence[Line]
"""All lines of one page or picture."""


def text_of(lines: Drawn) -> str:
    """Give the text of a page or picture, a line of it a line."""
    return "\n".join(line.text for line in lines)


def moved(lines: Drawn, right: float, down: float, factor: float = 1.0) -> list[Line]:
    """Give lines in units of which ``factor`` make one of theirs, and farther right and down."""
    return [
        Line(
            tuple(Sign(t, x * factor + right, y * factor + down) for t, x, y in line.signs),
            line.size * factor,
            line.text,
        )
        for line in lines
    ]


def levelled(lines: Drawn) -> Iterator[list[Line]]:
    """Turn the lines of each direction of reading so that they run level from left to right.

    A line of one sign goes with the direction of most others.
    """
    by_quarter: dict[int | None, list[Line]] = defaultdict(list)
    for line in filter(attrgetter("signs"), lines):
        by_quarter[_quarter(line)].append(line)
    single = by_quarter.pop(None, [])
    most = max(by_quarter, key=lambda quarter: len(by_quarter[quarter]), default=0)
    by_quarter[most] += single
    for quarter, group in by_quarter.items():
        straight = _turned(group, -(quarter or 0) * _QUARTER)
        yield _turned(straight, -_tilt(straight))


def _quarter(line: Line) -> int | None:
    return round(_angle(line) / _QUARTER) % 4 if len(line.signs) > 1 else None


def _angle(line: Line) -> float:
    first, last = line.signs[0], line.signs[-1]
    return math.atan2(last.y - first.y, last.x - first.x)


def _tilt(lines: Iterable[Line]) -> float:
    long = (n for n in lines if n.signs[-1].x - n.signs[0].x > _LONG * n.size)
    return median([_angle(line) for line in long] or [0.0])


def _turned(lines: Sequence[Line], angle: float) -> list[Line]:
    if not angle:
        return list(lines)
    cos, sin = math.cos(angle), math.sin(angle)
    return [
        line._replace(
            signs=tuple(Sign(t, x * cos - y * sin, x * sin + y * cos) for t, x, y in line.signs)
        )
        for line in lines
    ]
