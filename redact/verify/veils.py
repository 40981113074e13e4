"""What of a hidden place shows through or beside what covers it, told by its pixels alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from redact.verify.shades import correlation, levelled, soft, strokes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from redact.verify.shades import Grey

_LEAST_SHADES = 0.8
"""Standard deviation of shades up to which a place is of one colour."""
_LEAST_STROKES = 40
"""Pixels of borders of strokes below which a place shows nothing."""
_SAME_SHADE = 40.0
_UNTOUCHED = 8.0
_GENUINE = 0.6
"""Share of the strokes in a place that must be the old ones, or it is other writing."""
_GOES_WITH, _GOES_WITH_ALL = 0.5, 0.35
"""Correlation from which one place, and all of a page together, show what stood there.

Bars, labels and masks on them stay below 0.3 and 0.15; a mosaic as coarse as the letters has 0.45.
"""
_SOFTENINGS = (0.0, 1.5, 3.0, 5.0, 8.0)
_KEPT, _GONE = 0.85, 0.15
"""Share of a column's strokes from which it is as it was, and up to which it is gone."""
_BETWEEN, _MOSTLY_BETWEEN = 0.15, 0.5
"""Part of the range of shades that is neither ink nor paper, and the share of it in a mosaic."""
_LEAST_RANGE = 24.0
_HALF_COVERED = 0.3
"""Share of columns that may be half covered, as beside a mask that leaves some digits."""


def seen_through(pairs: Sequence[tuple[Grey, Grey]]) -> int:
    """Count the places whose look goes with what stood there, blurred or not."""
    softened = [[(levelled(soft(a, s)), levelled(b)) for a, b in pairs] for s in _SOFTENINGS]
    if max(map(correlation, softened)) >= _GOES_WITH_ALL:
        return len(pairs)
    best = (
        max(correlation([each]) for each in of_place) for of_place in zip(*softened, strict=True)
    )
    return sum(each >= _GOES_WITH for each in best)


def is_veil(new: Grey) -> bool:
    """Say whether a place is mostly of shades between two: a coarse mosaic, a blur, no writing."""
    low, high = (float(shade) for shade in np.percentile(new, (5, 95)))
    edge = _BETWEEN * (high - low)
    between = (new > low + edge) & (new < high - edge)
    return high - low > _LEAST_RANGE and float(between.mean()) > _MOSTLY_BETWEEN


def painted(old: Grey, new: Grey) -> tuple[Grey, Grey] | None:
    """Give the part of a place that was painted over, unless it is of one colour now.

    Columns left as they were are what a mask keeps: a reader of text judges those. What is as
    sharp as before is other writing, not a veil over the old.
    """
    untouched = np.abs(old - new).max(axis=0) < _UNTOUCHED
    columns = (_kept(old, new) < _KEPT) & ~untouched
    if columns.sum() < old.shape[0] / 2:
        return None
    old, new = old[:, columns], new[:, columns]
    if levelled(new).std() < _LEAST_SHADES or old.std() < _LEAST_SHADES:
        return None
    return old, new


def is_half_covered(old: Grey, new: Grey) -> bool:
    """Say whether strokes of many characters stand out above, below or between what covers them."""
    written, left = strokes(old), _left(old, new)
    if written.sum() < _LEAST_STROKES or left.sum() < _GENUINE * strokes(new).sum():
        return False
    shares = _kept(old, new)[written.any(axis=0)]
    return bool(np.mean((shares > _GONE) & (shares < _KEPT)) > _HALF_COVERED)


def _kept(old: Grey, new: Grey) -> NDArray[np.float32]:
    """Give for each column the share of its strokes that stand as they stood; 0 where none did."""
    total = strokes(old).sum(axis=0).astype(np.float32)
    left = _left(old, new).sum(axis=0).astype(np.float32)
    return np.asarray(np.divide(left, total, out=np.zeros_like(total), where=total > 0))


def _left(old: Grey, new: Grey) -> NDArray[np.bool_]:
    """Find the strokes that are as they were; by chance other writing has a few in one place."""
    alike = np.abs(old - new) < _SAME_SHADE
    return np.asarray(strokes(old) & strokes(new) & alike)
