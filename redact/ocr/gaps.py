"""Writing in a line from which no character was read: the recogniser may pass over most of one."""

from __future__ import annotations

import numpy as np

from redact.ocr.engine import ReadLine
from redact.ocr.ink import off_paper

_INK = 48
_AIR = 0.15
"""Share of a line's height above and below that may hold what belongs to its neighbours."""

_REACH = 1.3
"""Height of a line by which a character, or the place where it was seen, is off its middle."""

_LETTER = 0.3
"""Height, by that of the line, from which ink is writing, not a rule or dots to be filled in."""

_LEAST = 0.5
"""Ink without a character, by the height of the line, from which something was passed over."""


def is_passed_over(line: ReadLine) -> bool:
    """Tell whether there is writing in a line further from all its characters than they reach."""
    height, width = line.level.shape[:2]
    inked = np.flatnonzero(_written(line))
    if not len(inked):
        return False
    middles = np.array([-np.inf, *(sign.middle * width for sign in line.signs), np.inf])
    behind = np.searchsorted(middles, inked)
    off = np.minimum(middles[behind] - inked, inked - middles[behind - 1])
    return bool((off > _REACH * height).sum() > _LEAST * height)


def _written(line: ReadLine) -> np.ndarray:
    """Mark the columns of a line in and beside which ink is as high as writing."""
    ink = off_paper(line.level) > _INK
    height = len(ink)
    ink = ink[round(_AIR * height) : round((1 - _AIR) * height)]
    near = np.ones(max(height // 2, 1), int)
    rows = np.array([np.convolve(row, near, "same") > 0 for row in ink])
    return np.asarray(ink.any(axis=0) & (rows.sum(axis=0) >= _LETTER * height))
