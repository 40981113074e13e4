"""Find what a page shows beside its text and its pictures: outlines, patterns, tiny pictures.

Letters turned into shapes are text to the eye and none to a reader of the text layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from redact.page.glyphs import Box, Glyph, unite
from redact.page.raster import INK_DPI, POINTS_PER_INCH

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

    Edges = NDArray[np.uint8]

_SCALE = INK_DPI / POINTS_PER_INCH
_CONTRAST = 40
_AROUND = 0.3
"""Share of its height by which ink may reach out of the box of a glyph."""

_LONGEST = 3.0
"""Width by height from which the box of a glyph could hold more than one letter."""

_PICTURE_EDGE = 2.0
_BOX_POINTS = 5
"""Points of a box that is not quite upright."""

_LEAST_BOX = 4.0
"""Side in points from which an upright box is a frame or a bar; letters can be made of less."""

_EDGE = 1.0
"""Points by which an outline may reach beyond half the width of its line."""

_RULE = 100
"""Pixels of a straight edge that only rules and frames have."""

_LEAST, _MOST = 4, 100
"""Sides in pixels of a mark that may be a letter or some; less are rules and dots."""

_HIGH, _FULL = 8, 0.35
"""Height and share of ink from which a long mark is letters that touch, not a frame."""

_FEW = 3
"""Letters below which nothing is said that anyone hides."""


def may_be_letter(curve: Mapping[str, Any]) -> bool:
    """Tell a shape that is bent or has many corners from a plain box."""
    bent = any(step[0] not in ("m", "l", "h") for step in curve.get("path") or ())
    return bent or len(curve["pts"]) > _BOX_POINTS


def drawn_place(
    picture: Image,
    glyphs: Iterable[Glyph],
    pictures: Iterable[Box],
    boxes: Iterable[tuple[Box, float]],
) -> Box | None:
    """Give, in points, the place around all marks like letters that nothing known explains.

    ``picture`` is the page at ``INK_DPI``; ``boxes`` are its plain rectangles
    with the width of their lines.
    """
    import cv2

    edges = _edges(np.asarray(picture.convert("L")))
    for glyph in glyphs:
        box, high = glyph.box, glyph.box.bottom - glyph.box.top
        if box.x1 - box.x0 > _LONGEST * high:
            # A long advance fills a gap, as behind our masks: the letter stands at its beginning.
            box = box._replace(x1=box.x0 + high)
        _explain(edges, box, _AROUND * high)
    for box in pictures:
        _explain(edges, box, _PICTURE_EDGE)
    for box, stroke in boxes:
        if min(box.x1 - box.x0, box.bottom - box.top) >= _LEAST_BOX:
            _explain_outline(edges, box, _EDGE + stroke / 2)
    _, _, stats, _ = cv2.connectedComponentsWithStats(edges, connectivity=8)
    marks = [(Box(x, y, x + w, y + h), _letters(w, h, area)) for x, y, w, h, area in stats[1:]]
    if sum(letters for _, letters in marks) < _FEW:
        return None
    place = unite(box for box, letters in marks if letters)
    return place and Box(*(float(side) / _SCALE for side in place))


def _letters(wide: int, high: int, area: int) -> int:
    """Reckon how many letters a mark may be."""
    short, long = min(wide, high), max(wide, high)
    if short < _LEAST:
        return 0
    if long <= _HIGH * 2:
        return 1
    if short < _HIGH or area < _FULL * wide * high:
        return int(long <= _MOST and short >= _HIGH)
    return max(round(long / short), 1)


def _edges(grey: Edges) -> Edges:
    """Mark where shades meet, long rules left out: writing shows on any ground."""
    import cv2

    kernel = np.ones((2, 2), np.uint8)
    edges = (cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, kernel) > _CONTRAST).astype(np.uint8)
    for shape in ((1, _RULE), (_RULE, 1)):
        rules = cv2.morphologyEx(edges, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        edges[cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0] = 0
    return edges


def _explain(edges: Edges, box: Box, margin: float) -> None:
    x0, y0, x1, y1 = _pixels(box, margin)
    edges[y0:y1, x0:x1] = 0


def _explain_outline(edges: Edges, box: Box, reach: float) -> None:
    (x0, y0, x1, y1), (left, top, right, bottom) = _pixels(box, reach), _pixels(box, -reach)
    inside = edges[top:bottom, left:right].copy()
    edges[y0:y1, x0:x1] = 0
    edges[top:bottom, left:right] = inside


def _pixels(box: Box, margin: float) -> tuple[int, int, int, int]:
    x0, y0 = (max(int((edge - margin) * _SCALE), 0) for edge in (box.x0, box.top))
    x1, y1 = (max(int((edge + margin) * _SCALE) + 1, 0) for edge in (box.x1, box.bottom))
    return x0, y0, x1, y1
