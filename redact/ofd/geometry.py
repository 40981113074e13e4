"""Numbers, boxes and matrices of an OFD file (GB/T 33190): millimetres, downwards from the top."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from redact.counts import whole_number
from review.errors import TooLargeInputError

POINTS = 72 / 25.4
"""Points in a millimetre."""

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
_FARTHEST = 9_999.0
_DIGITS = 4
_MOST_STEPS = 100_000
"""Distances of one text object; a written count of them must not fill the memory."""
_SLANT = 1e-3
"""Slope that nobody sees and no reader of text minds."""


class Matrix(NamedTuple):
    """Map (x, y) to (a·x + c·y + e, b·x + d·y + f)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, outer: Matrix) -> Matrix:
        """Give the matrix that applies this one first and ``outer`` after it."""
        return Matrix(
            outer.a * self.a + outer.c * self.b,
            outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d,
            outer.b * self.c + outer.d * self.d,
            *outer.point(self.e, self.f),
        )

    def moved(self, x: float, y: float) -> Matrix:
        """Give the matrix that moves by (x, y) after all else."""
        return self._replace(e=self.e + x, f=self.f + y)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Map a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def back(self, x: float, y: float) -> tuple[float, float]:
        """Map a direction on the page back to the object's own space."""
        scale = self.a * self.d - self.b * self.c
        return (self.d * x - self.c * y) / scale, (self.a * y - self.b * x) / scale

    @property
    def inverse(self) -> Matrix:
        """Give what leads from the page back; none is ``flat`` that has one."""
        (a, b), (c, d) = self.back(1, 0), self.back(0, 1)
        return Matrix(a, b, c, d, -a * self.e - c * self.f, -b * self.e - d * self.f)

    @property
    def upright(self) -> bool:
        """Tell whether nothing is turned, slanted or mirrored."""
        level = max(abs(self.b), abs(self.c)) <= _SLANT * min(abs(self.a), abs(self.d))
        return level and self.a > 0 and self.d > 0

    @property
    def mirrored(self) -> bool:
        """Tell whether what is shown is the image in a mirror."""
        return self.a * self.d - self.b * self.c < 0

    @property
    def flat(self) -> bool:
        """Tell whether everything falls into a line or a point, so that nothing is seen."""
        return abs(self.a * self.d - self.b * self.c) < 1e-6


class Rect(NamedTuple):
    """Mark a rectangle as OFD writes it: upper left corner, width, height."""

    x: float
    y: float
    width: float
    height: float

    def within(self, other: Rect) -> Rect:
        """Give what the two have in common, without width or height where that is nothing."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right = min(self.x + self.width, other.x + other.width)
        bottom = min(self.y + self.height, other.y + other.height)
        return Rect(x, y, max(right - x, 0), max(bottom - y, 0))


def around(points: Iterable[tuple[float, float]]) -> Rect:
    """Give the smallest upright box that holds all points."""
    xs, ys = zip(*points, strict=True)
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def spread(box: Rect, matrix: Matrix) -> Rect:
    """Give the smallest upright box around a box that is moved and turned."""
    if matrix == Matrix():
        return box
    right, bottom = box.x + box.width, box.y + box.height
    return around(matrix.point(x, y) for x in (box.x, right) for y in (box.y, bottom))


def numbers(text: str | None) -> list[float]:
    """Read all numbers of an attribute; what lies far beyond any page is brought to its border."""
    found = (float(n) for n in _NUMBER.findall(text or ""))
    return [min(max(n, -_FARTHEST), _FARTHEST) for n in found]


def number(text: str | None, default: float) -> float:
    """Read one number."""
    return next(iter(numbers(text)), default)


def matrix_of(text: str | None) -> Matrix:
    """Read a CTM; one that is not six numbers is none."""
    values = numbers(text)
    return Matrix(*values) if len(values) == 6 else Matrix()


def rect_of(text: str | None) -> Rect | None:
    """Read a box."""
    values = numbers(text)
    return Rect(*values[:4]) if len(values) >= 4 else None


def deltas_of(text: str | None) -> list[float]:
    """Read a list of distances, in which ``g 3 4.5`` stands for 4.5 three times.

    Raises ``TooLargeInputError`` where that makes more than any text has signs.
    """
    values: list[float] = []
    words = iter((text or "").split())
    for word in words:
        if word != "g":
            values += numbers(word)
            continue
        count, value = whole_number(next(words, "")) or 0, numbers(next(words, ""))
        values += value[:1] * min(count, _MOST_STEPS)
        if len(values) > _MOST_STEPS:
            raise TooLargeInputError("OFD 页面内容过多，请拆分成几个文件后再提交。")
    return values


def written(values: Iterable[float]) -> str:
    """Write numbers as OFD does, to a ten-thousandth of a millimetre."""
    return " ".join(_short(value) for value in values)


def _short(value: float) -> str:
    text = f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
