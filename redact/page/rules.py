"""Ruled lines of a scanned page, found in its pixels, and the tables that they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from redact.page.glyphs import Box, Glyph
from redact.page.upright import Upright

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

    Mask = NDArray[np.uint8]

_INK = 40
_PAPER = 8
"""Share of the picture's size at which its paper is looked at."""

_DARK, _AROUND = 90, 31
"""Shade below which ground is dark, and pixels of the small picture around one that are its ground:
an inch and more, so that a dark head of a table is none."""

_LEAST_WIDE = 22.0
_LEAST_HIGH = 13.0
"""Length in points from which something straight is a rule and not a stroke of a character."""

_THICK = 5.0
_NEAR = 4.0
_STROKE = 1.6
_AIR, _ASIDE = 0.12, 0.05
"""Share of a character's height, above and below, in which a border may lie beside a tight line,
and of its width, left and right, in which it may beside a tight cell."""

_WRITTEN, _WRITTEN_DOWN = 0.6, 0.5
"""Share of a level and of an upright line from which characters that it runs through make it out of
strokes: those of a row touch each other, those of rows have space between them."""

_MOST_EDGES = 1_500


def ruled_lines(picture: Image, upright: Upright, glyphs: Sequence[Glyph]) -> tuple[Box, ...]:
    """Find the rules of a page as boxes in points on the level page.

    ``glyphs`` are those of the level page: what lies within a character is a stroke of it.
    """
    scale = picture.width / upright.width
    ink = _ink(picture, upright.scaled(scale))
    found = [box for wide in (True, False) for box in _straight(ink, wide, scale)]
    signs = np.array([glyph.box for glyph in glyphs], np.float64).reshape(-1, 4)
    lines = tuple(box for box in found if not _is_stroke(box, signs))
    return lines if len(lines) <= _MOST_EDGES else ()


def _ink(picture: Image, upright: Upright) -> Mask:
    """Tell ink from paper of any shade, on the level page."""
    import cv2

    grey = np.asarray(picture.convert("L"))
    small = cv2.resize(grey, None, fx=1 / _PAPER, fy=1 / _PAPER, interpolation=cv2.INTER_AREA)
    dark = cv2.medianBlur(small, _AROUND) < _DARK
    if dark.any():
        # A screen may be dark with light writing on it: there paper is what is darkest.
        turned = cv2.resize(dark.astype(np.uint8), grey.shape[::-1]) > 0
        grey = np.where(turned, 255 - grey, grey)
        small = np.where(dark, 255 - small, small)
    paper = cv2.resize(cv2.dilate(small, np.ones((5, 5), np.uint8)), grey.shape[::-1])
    ink = (cv2.subtract(paper, grey) > _INK).astype(np.uint8)
    if not upright.quarter and not upright.tilt:
        return ink
    wide, high = upright.size
    matrix = np.array(upright.matrix, np.float64)
    return np.asarray(
        cv2.warpAffine(ink * 255, matrix, (round(wide), round(high)), flags=cv2.INTER_LINEAR) > 100,
        np.uint8,
    )


def _straight(ink: Mask, wide: bool, scale: float) -> Iterator[Box]:
    """Yield what is long in one direction; something thick counts by its two sides."""
    import cv2

    length = max(round((_LEAST_WIDE if wide else _LEAST_HIGH) * scale), 8)
    # Beside it a rule is thickened, because one that is not quite level is broken into steps.
    steps = ((cv2.MORPH_DILATE, 3, 1), (cv2.MORPH_CLOSE, 1, 5), (cv2.MORPH_OPEN, 1, length))
    opened = ink
    for step, beside, along in steps:
        shape = (beside, along) if wide else (along, beside)
        opened = np.asarray(cv2.morphologyEx(opened, step, np.ones(shape, np.uint8)), np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    for x, y, w, h, _ in stats[1:].tolist():
        box = Box(x / scale, y / scale, (x + w) / scale, (y + h) / scale)
        thick = (box.bottom - box.top) if wide else (box.x1 - box.x0)
        yield from [_middle(box, wide)] if thick <= _THICK else _sides(box, wide)


def _middle(box: Box, wide: bool) -> Box:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return Box(box.x0, y, box.x1, y) if wide else Box(x, box.top, x, box.bottom)


def _sides(box: Box, wide: bool) -> list[Box]:
    if wide:
        return [Box(box.x0, y, box.x1, y) for y in (box.top, box.bottom)]
    return [Box(x, box.top, x, box.bottom) for x in (box.x0, box.x1)]


def _is_stroke(line: Box, signs: NDArray[np.float64]) -> bool:
    """Tell whether a line hardly reaches over characters that it runs through.

    Digits that fill a narrow cell line up their strokes from border to border, and so do those of
    names that stand in rows close below each other: taken for a rule, they cut what they write.
    """
    long = max(line.x1 - line.x0, line.bottom - line.top)
    level = line.top == line.bottom
    if _written(line, signs) > (_WRITTEN if level else _WRITTEN_DOWN) * long:
        return True
    x, y = (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2
    x0, top, x1, bottom = signs.T
    around = (x0 <= x) & (x <= x1) & (top <= y) & (y <= bottom)
    return bool((around & (long <= _STROKE * np.maximum(x1 - x0, bottom - top))).any())


def _written(line: Box, signs: NDArray[np.float64]) -> float:
    """Reckon how much of a line runs through characters, in points."""
    x0, top, x1, bottom = signs.T
    if line.top == line.bottom:
        air = _AIR * (bottom - top)
        through = (top + air < line.top) & (line.top < bottom - air)
        shared = np.minimum(x1, line.x1) - np.maximum(x0, line.x0)
    else:
        air = _ASIDE * (x1 - x0)
        through = (x0 + air < line.x0) & (line.x0 < x1 - air)
        shared = np.minimum(bottom, line.bottom) - np.maximum(top, line.top)
    return float(np.clip(shared[through], 0, None).sum())


class RuledPage:
    """Stand in for pdfplumber's page: its rules are those found in a picture."""

    def __init__(self, size: tuple[float, float], lines: Sequence[Box]) -> None:
        self.width, self.height = size
        self.rects: tuple[()] = ()
        self.curves: tuple[()] = ()
        self.strings: tuple[()] = ()
        self.lines = lines

    def find_tables(self) -> list[Any]:
        """Put cells together from rules that meet, or nearly so."""
        from pdfplumber.table import (
            Table,
            cells_to_tables,
            edges_to_intersections,
            intersections_to_cells,
            merge_edges,
        )

        edges = merge_edges([_edge(line) for line in self.lines], _NEAR, _NEAR, _NEAR, _NEAR)
        crossings = edges_to_intersections(edges, _NEAR, _NEAR)
        page: Any = self
        return [Table(page, cells) for cells in cells_to_tables(intersections_to_cells(crossings))]


def _edge(line: Box) -> dict[str, Any]:
    wide = line.bottom == line.top
    return {
        "x0": line.x0,
        "x1": line.x1,
        "top": line.top,
        "bottom": line.bottom,
        "width": line.x1 - line.x0,
        "height": line.bottom - line.top,
        "orientation": "h" if wide else "v",
    }
