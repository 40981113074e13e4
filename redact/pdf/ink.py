"""Find what a page shows beside its text and its pictures: outlines, patterns, tiny pictures.

Letters turned into shapes are text to the eye and none to a reader of the text layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from redact.page.glyphs import Box, Glyph, sides_of, unite
from redact.page.raster import INK_DPI, POINTS_PER_INCH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from redact.page.raster import Grey

    Edges = NDArray[np.uint8]
    """One where an edge is, else zero."""

_SCALE = INK_DPI / POINTS_PER_INCH
_CONTRAST = 40
_AROUND = 0.3
"""Share of its height by which ink may reach out of the box of a glyph."""

_LONGEST = 3.0
"""Width by height from which the box of a glyph could hold more than one letter."""

_PICTURE_EDGE = 2.0
_BOX_POINTS = 5
"""Points of a box that is not quite upright."""

_RIM = 0.6
"""Points by which the rim of a border is wide at most."""

_LEAST_BOX = 4.0
"""Side in points from which an upright box is a frame or a bar; letters can be made of less."""

_EDGE = 1.0
"""Points by which an outline may reach beyond half the width of its line."""

_RULE = 100
"""Pixels of a straight edge that only rules and frames have."""

_WHOLE_BYTE, _RULE_BYTES = 255, _RULE // 2 // 8 - 2

_LEAST, _MOST = 4, 100
"""Sides in pixels of a mark that may be a letter or some; less are rules and dots."""

_HIGH, _FULL = 8, 0.35
"""Height and share of ink from which a long mark is letters that touch, not a frame."""

_FEW = 3
"""Letters below which nothing is said that anyone hides."""


def may_be_letter(curve: Mapping[str, Any]) -> bool:
    """Tell a shape that is bent or has many corners from a plain box and from the rim of one."""
    bent = any(step[0] not in ("m", "l", "h") for step in curve.get("path") or ())
    return bent or (len(curve["pts"]) > _BOX_POINTS and not _is_rim(curve["pts"]))


def _is_rim(points: Sequence[tuple[float, float]]) -> bool:
    """Tell whether a shape runs along all sides of its own box and nowhere else: a border.

    Some programs fill the rim of a border instead of drawing a line. A letter has a corner within
    or leaves a side open.
    """
    box = unite(Box(x, y, x, y) for x, y in points)
    if box is None or min(box.x1 - box.x0, box.bottom - box.top) < _LEAST_BOX:
        return False
    half = (box.bottom - box.top) / 2, (box.x1 - box.x0) / 2
    covered = set[int]()
    for (x, y), (to_x, to_y) in pairwise((*points, points[0])):
        ends = ((box.x0, x, to_x), (box.x1, x, to_x), (box.top, y, to_y), (box.bottom, y, to_y))
        near = {n for n, (side, *at) in enumerate(ends) if max(abs(a - side) for a in at) <= _RIM}
        if not near:
            return False
        long = abs(to_y - y) > half[0], abs(to_x - x) > half[1]
        covered |= {n for n in near if long[n // 2]}
    return len(covered) == len(ends)


def drawn_place(
    grey: Grey,
    glyphs: Iterable[Glyph],
    pictures: Iterable[Box],
    boxes: Iterable[tuple[Box, float]],
) -> Box | None:
    """Give, in points, the place around all marks like letters that nothing known explains.

    ``grey`` is the page at ``INK_DPI``; ``boxes`` are its plain rectangles
    with the width of their lines.
    """
    import cv2

    edges = _edges(grey)
    known = _explained(edges.shape, glyphs, pictures, boxes)
    if not cv2.countNonZero(edges & known):
        return None  # rules only take away
    edges = _without_rules(edges) & known
    left, top, wide, high = cv2.boundingRect(edges)
    if not wide:
        return None
    # Numbering marks takes long even where there are none: only the part with some is looked at.
    part = edges[top : top + high, left : left + wide]
    _, _, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    marks = [
        (Box(left + x, top + y, left + x + w, top + y + h), _letters(w, h, area))
        for x, y, w, h, area in stats[1:]
    ]
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


def _edges(grey: Grey) -> Edges:
    """Mark where shades meet: writing shows on any ground."""
    import cv2

    meeting = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((2, 2), np.uint8))
    return np.asarray(cv2.threshold(meeting, _CONTRAST, 1, cv2.THRESH_BINARY)[1], np.uint8)


def _without_rules(edges: Edges) -> Edges:
    """Leave out long straight edges, those that run along and then those that run down."""
    level = _without_level_rules(edges)
    return np.ascontiguousarray(_without_level_rules(np.ascontiguousarray(level.T)).T)


def _without_level_rules(edges: Edges) -> Edges:
    import cv2

    rows = _may_hold_rule(edges)
    if not rows.any():
        return edges
    rules = np.zeros_like(edges)
    rules[rows] = cv2.morphologyEx(edges[rows], cv2.MORPH_OPEN, np.ones((1, _RULE), np.uint8))
    return np.where(cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0, np.uint8(0), edges)


def _may_hold_rule(edges: Edges) -> NDArray[np.bool_]:
    """Tell in which rows a rule may be: it fills some bytes, of eight pixels each, in succession.

    At the border of a page half of ``_RULE`` is a rule already; its first byte and its last may
    not be filled.
    """
    if edges.shape[1] < _RULE:
        return np.ones(len(edges), bool)
    whole = np.packbits(edges, axis=1) == _WHOLE_BYTE
    starts = whole.shape[1] - _RULE_BYTES + 1
    runs = [whole[:, first : first + starts] for first in range(_RULE_BYTES)]
    return np.asarray(np.logical_and.reduce(runs).any(axis=1))


def _explained(
    shape: tuple[int, ...],
    glyphs: Iterable[Glyph],
    pictures: Iterable[Box],
    boxes: Iterable[tuple[Box, float]],
) -> Edges:
    """Mark by zeros the pixels whose ink is known for something else than drawn letters."""
    known = np.ones(shape[:2], np.uint8)
    for x0, y0, x1, y1 in _written_places(glyphs):
        known[y0:y1, x0:x1] = 0
    for box in pictures:
        x0, y0, x1, y1 = _pixels(box, _PICTURE_EDGE)
        known[y0:y1, x0:x1] = 0
    for box, stroke in boxes:
        if min(box.x1 - box.x0, box.bottom - box.top) >= _LEAST_BOX:
            _explain_outline(known, box, _EDGE + stroke / 2)
    return known


def _written_places(glyphs: Iterable[Glyph]) -> list[list[int]]:
    """Give the pixels that glyphs may reach, those of a line in one piece where they touch."""
    x0, top, x1, bottom = sides_of(glyph.box for glyph in glyphs)
    high = bottom - top
    # A long advance fills a gap, as behind our masks: the letter stands at its beginning.
    x1 = np.where(x1 - x0 > _LONGEST * high, x0 + high, x1)
    margin = _AROUND * high
    lower = np.stack((x0 - margin, top - margin)) * _SCALE
    upper = np.stack((x1 + margin, bottom + margin)) * _SCALE
    (left, above), (right, below) = _whole(lower), _whole(upper) + 1
    apart = (above[1:] != above[:-1]) | (below[1:] != below[:-1])
    apart |= (left[1:] > right[:-1]) | (left[1:] < left[:-1])
    first = np.flatnonzero(np.concatenate((np.ones(min(len(left), 1), bool), apart)))
    reach = np.maximum.reduceat(right, first) if len(first) else right
    places: list[list[int]] = np.stack((left[first], above[first], reach, below[first]), 1).tolist()
    return places


def _whole(sides: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.maximum(sides.astype(np.int64), 0)


def _explain_outline(known: Edges, box: Box, reach: float) -> None:
    (x0, y0, x1, y1), (left, top, right, bottom) = _pixels(box, reach), _pixels(box, -reach)
    inside = known[top:bottom, left:right].copy()
    known[y0:y1, x0:x1] = 0
    known[top:bottom, left:right] = inside


def _pixels(box: Box, margin: float) -> tuple[int, int, int, int]:
    x0, y0 = (max(int((edge - margin) * _SCALE), 0) for edge in (box.x0, box.top))
    x1, y1 = (max(int((edge + margin) * _SCALE) + 1, 0) for edge in (box.x1, box.bottom))
    return x0, y0, x1, y1
