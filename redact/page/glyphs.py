"""Glyphs of one page, each with its place on the page and along its own line of writing."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from redact.page.radicals import without_radicals

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sides = NDArray[np.float64]

UNREADABLE = "\ufffd"
GLYPHLESS = "ReviewGlyphless"
"""Name of the font of our own text layer."""

LEVEL = 1.2
"""How much higher the box around a line may be than its signs before it holds what is beside it."""

_made = tuple.__new__

_CID = re.compile(r"\(cid:\d+\)")


class Box(NamedTuple):
    """Mark a rectangle of a page in points, origin at the upper left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    def around(self, other: Box) -> Box:
        """Give the smallest box that holds both."""
        return _around((self, other))

    def holds_centre(self, other: Box) -> bool:
        """Tell whether the other's centre lies inside."""
        x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return self.x0 <= x < self.x1 and self.top <= y < self.bottom

    def touches(self, other: Box) -> bool:
        """Tell whether the two overlap."""
        x0, top, x1, bottom = self
        left, above, right, below = other
        return x0 < right and left < x1 and top < below and above < bottom


def box_of(item: Mapping[str, Any]) -> Box:
    """Give the place of an object as pdfplumber has it."""
    return Box(item["x0"], item["top"], item["x1"], item["bottom"])


def unite(boxes: Iterable[Box]) -> Box | None:
    """Give the smallest box around all, None if there are none."""
    found = list(boxes)
    return _around(found) if found else None


def sides_of(boxes: Iterable[Box]) -> Sides:
    """Give all left, upper, right and lower sides, each as a row."""
    import numpy as np

    return np.fromiter(chain.from_iterable(boxes), np.float64).reshape(-1, 4).T


def is_level(line: Iterable[Box]) -> bool:
    """Tell whether the box around a line is hardly higher, or hardly wider, than one of its own."""
    boxes = list(line)
    x0, top, x1, bottom = _around(boxes)
    high = max(box.bottom - box.top for box in boxes)
    wide = max(box.x1 - box.x0 for box in boxes)
    return bottom - top < LEVEL * high or x1 - x0 < LEVEL * wide


def _around(boxes: Sequence[Box]) -> Box:
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom))


class Glyph(NamedTuple):
    """Hold one glyph: its text, its box on the page and its place along the writing.

    ``start``/``end`` run along the line, ``across`` is the middle of the line, downwards, both
    turned by ``angle`` degrees so that the text reads level. ``mark`` is the tag and number of
    the marked content it stands in; ``order`` is its number in the order of painting.
    """

    text: str
    box: Box
    start: float
    end: float
    across: float
    size: float
    angle: int = 0
    mark: tuple[str, int] | None = None
    order: int = -1

    @property
    def blank(self) -> bool:
        return self.text.isspace()


class Painted(NamedTuple):
    """Hold a glyph as the page paints it: what it says, its advance in text space, its place.

    ``size`` is its extent across the writing, ``mark`` the tag and number of marked content of
    our own text layer.
    """

    text: str
    advance: float
    matrix: tuple[float, float, float, float, float, float]
    box: Box
    size: float
    mark: tuple[str, int] | None = None


def glyphs_of(painted: Iterable[Painted]) -> Iterator[Glyph]:
    """Turn painted glyphs into glyphs of lines of writing, in the order they are painted."""
    for order, each in enumerate(painted):
        text, advance, matrix, box, size, mark = each
        if not text:
            continue
        a, b = matrix[0], matrix[1]
        if advance < 0:  # of a negative size or stretch: it runs the other way
            a, b = -a, -b
        if b == 0 and a > 0:
            across, size = (box[1] + box[3]) / 2, size if size > 0.1 else 0.1
            # As the class's own constructor does, which costs a call more.
            yield _made(Glyph, (text, box, box[0], box[2], across, size, 0, mark, order))
            continue
        # Pages run downwards here and upwards in pdf, hence the sign.
        angle = round(math.degrees(math.atan2(-b, a))) % 360
        start, end, across = _along(each, angle)
        size = max(each.size if angle in (0, 180) else _em(each), 0.1)
        yield Glyph(text, box, start, end, across, size, angle, mark, order)


def _along(painted: Painted, angle: int) -> tuple[float, float, float]:
    box = painted.box
    if angle == 0:
        return box.x0, box.x1, (box.top + box.bottom) / 2
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    turn = math.radians(angle)
    middle = x * math.cos(turn) + y * math.sin(turn)
    a, b, *_ = painted.matrix
    half = abs(painted.advance) * math.hypot(a, b) / 2
    return middle - half, middle + half, y * math.cos(turn) - x * math.sin(turn)


def _em(painted: Painted) -> float:
    """Give the height of a turned glyph: the side of its box that is not its advance."""
    box, (a, b, c, d, *_) = painted.box, painted.matrix
    advance = abs(painted.advance) * math.hypot(a, b)
    wide, high = box.x1 - box.x0, box.bottom - box.top
    stretch = abs(math.sin(math.atan2(b, a)))
    return float(wide if stretch > 0.9 else max(high, wide) - advance * 0.7 or math.hypot(c, d))


def readable(text: str) -> str:
    """Put one sign for every glyph whose character is not known."""
    if _CID.fullmatch(text):
        return UNREADABLE
    return "".join(map(_plain, without_radicals(text)))


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return " " if character.isspace() else UNREADABLE
    if category in ("Cn", "Cs") or (category == "Co" and not "\uf000" <= character <= "\uf0ff"):
        return UNREADABLE
    return character
