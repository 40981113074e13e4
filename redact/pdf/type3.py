"""Glyphs that a pdf draws by content streams of its own (Type 3), as outlines.

Browsers write fonts so whose programs they may not or cannot embed. Only glyphs that are one
filled shape are understood; they become an ordinary program, and nothing of the streams is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from redact.page.doubt import DoubtError
from redact.page.outlines import Outlines

_MOST_STEPS = 20_000
_FILLS = frozenset({"f", "F"})

_Point = tuple[float, float]


def type3_outlines(font: Any, names: Sequence[str]) -> Outlines:
    """Read the glyphs of these names, in thousandths of an em.

    Raises ``DoubtError`` for a glyph that is anything but a filled shape in the colour of the text.
    """
    matrix = [1000 * float(value) for value in font.FontMatrix]
    drawings = font.CharProcs
    found = {}
    for name in set(names):
        if f"/{name}" not in drawings:
            raise DoubtError("glyph that is not there")
        found[name] = _Shape(drawings[f"/{name}"], matrix)
    return Outlines(found, {})


def type3_metrics(font: Any) -> dict[str, Any]:
    """Tell how deep readers take the glyphs to reach: as deep as the box that the font declares."""
    described = font.get("/FontDescriptor")
    box = (font if described is None else described).get("/FontBBox", [0, 0, 0, 0])
    matrix = [float(value) for value in font.FontMatrix]
    return {"/Descent": 1000 * float(box[1]) * (matrix[1] + matrix[3]), "/Ascent": 880}


class _Shape:
    """Draw the stream of one glyph."""

    def __init__(self, stream: Any, matrix: Sequence[float]) -> None:
        self._stream, self._matrix = stream, matrix

    def draw(self, pen: Any) -> None:
        import pikepdf
        from fontTools.pens.transformPen import TransformPen

        steps = pikepdf.parse_content_stream(self._stream)
        if len(steps) > _MOST_STEPS:
            raise DoubtError("glyph of too many steps")
        if not steps or str(steps[0].operator) != "d1":
            raise DoubtError("glyph in colours of its own")
        _Drawing(TransformPen(pen, self._matrix)).follow(steps[1:])


class _Drawing:
    """Follow the operators that make up a path (ISO 32000, 8.5.2) with a pen."""

    def __init__(self, pen: Any) -> None:
        self._pen = pen
        self._open = self._filled = False
        self._start: _Point = (0.0, 0.0)
        self._here: _Point = (0.0, 0.0)
        self._known: dict[str, tuple[int, Callable[..., None]]] = {
            "m": (2, self._move), "l": (2, self._line), "c": (6, self._curve),
            "v": (4, lambda *p: self._curve(*self._here, *p)),
            "y": (4, lambda *p: self._curve(*p, *p[2:])),
            "h": (0, self._close), "re": (4, self._box),
        }  # fmt: skip

    def follow(self, steps: Sequence[Any]) -> None:
        for step in steps:
            name = str(step.operator)
            if self._filled:
                raise DoubtError("glyph of more than one shape")
            if name in _FILLS:
                self._close()
                self._filled = True
                continue
            count, draw = self._known.get(name, (-1, self._close))
            if len(step.operands) != count:
                raise DoubtError("glyph that is not only filled")
            draw(*map(float, step.operands))
        if self._open:
            raise DoubtError("glyph that is not filled")

    def _move(self, x: float, y: float) -> None:
        self._close()
        self._start = self._here = x, y

    def _begin(self) -> None:
        if not self._open:
            self._pen.moveTo(self._here)
            self._open = True

    def _line(self, x: float, y: float) -> None:
        self._begin()
        self._here = x, y
        self._pen.lineTo(self._here)

    def _curve(self, *values: float) -> None:
        self._begin()
        points = list(zip(values[::2], values[1::2], strict=True))
        self._here = points[-1]
        self._pen.curveTo(*points)

    def _close(self) -> None:
        if self._open:
            self._pen.closePath()
            self._open = False
        self._here = self._start

    def _box(self, x: float, y: float, wide: float, high: float) -> None:
        self._move(x, y)
        for corner in ((x + wide, y), (x + wide, y + high), (x, y + high)):
            self._line(*corner)
        self._close()
