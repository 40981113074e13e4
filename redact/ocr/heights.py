"""How high the writing of a line reaches at each of its signs, apart from the lines beside it.

Lines that stand close reach into each other's pixels: a bar over one would cut the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from redact.ocr.ink import off_paper

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from redact.ocr.engine import Pixels

    Mask = NDArray[np.bool_]
    Rows = NDArray[np.intp]

_FAINT, _LEAST, _MOST = 0.3, 20.0, 48.0
"""Share of the strongest ink, and shades, from which a pixel is ink."""

_STRONG = 98
"""Percentage of the pixels of a line that are no stronger than its ink."""

_RULE = 0.85
"""Share of a line's length or height from which straight ink is a rule."""

_BESIDE, _AROUND = 1.5, 4.0
"""Ems on either side of a sign whose ink tells how high it reaches, and where its middle is."""

_ASIDE = 0.25
"""Ems by which a line may stand off the middle of its pixels."""

_LEVEL = 0.985
"""Share of the most ink that the middle of a line holds, if it is not sure which row that is."""

_QUIET = 0.03
"""Share of the columns beside a sign that are inked by nothing but specks."""

_SIGN, _BORDER, _NEIGHBOUR = 0.46, 0.62, 0.8
"""Ems from its middle that a sign reaches, that the next line begins behind, and where at last."""

_FLAT, _MARGIN = 0.4, 0.1
"""Ems that even a flat sign is given, and that ink fades out in."""


def heights_of(level: Pixels, edges: Sequence[float], em: float) -> list[tuple[float, float]]:
    """Give the upper and lower end of the signs between ``edges``, all as shares of the sides.

    ``level`` are the pixels of the line set level, ``em`` the size of its type in them.
    """
    ink = _ink(level)
    high, wide = ink.shape
    before = np.pad(np.cumsum(ink, axis=1), ((0, 0), (1, 0)))
    places = np.asarray(edges) * wide
    middles = _middles(_beside(before, places, _AROUND * em), em)
    counts = _beside(before, places, _BESIDE * em)
    least = _QUIET * min(2 * _BESIDE * em + 1, wide)
    ruled = ink.mean(axis=1) > _RULE
    inked = (counts > least) | (_beside(before, places, 0) > 0)
    found = []
    for n, at in enumerate(middles):
        up, down = slice(at - 1, None, -1) if at else slice(0), slice(at, None)
        above, below = (
            _reach(counts[side, n], inked[side, n], ruled[side], em, least) for side in (up, down)
        )
        found.append(((at - above) / high, (at + below) / high))
    return found


def _ink(level: Pixels) -> Mask:
    """Mark ink, faint one too where all is faint, but no upright rules."""
    off = off_paper(level)
    ink = off > np.clip(_FAINT * np.percentile(off, _STRONG), _LEAST, _MOST)
    ink[:, ink.mean(axis=0) > _RULE] = False
    return np.asarray(ink)


def _beside(before: NDArray[Any], places: NDArray[np.float64], reach: float) -> NDArray[Any]:
    """Count the ink of each row within reach of each sign."""
    wide = before.shape[1] - 1
    left = np.clip(places[:-1] - reach, 0, wide).astype(int)
    right = np.clip(places[1:] + reach, 0, wide).astype(int)
    return np.asarray(before[:, right] - before[:, left])


def _middles(counts: NDArray[Any], em: float) -> Rows:
    """Give the row near the centre about which an em of rows holds the most ink."""
    high = len(counts)
    band = min(max(round(em), 1), high)
    sums = np.pad(np.cumsum(counts, axis=0), ((1, 0), (0, 0)))
    centre, aside = (high - band) / 2, _ASIDE * em
    first = max(round(centre - aside), 0)
    last = min(round(centre + aside), high - band)
    held = sums[first + band : last + band + 1] - sums[first : last + 1]
    most = held >= _LEVEL * held.max(axis=0)
    rows = np.arange(first, last + 1)[:, None]
    begin = (rows * most).sum(axis=0) / most.sum(axis=0)
    return np.asarray(np.rint(begin + band / 2), np.intp)


def _reach(counts: NDArray[Any], inked: Mask, ruled: Mask, em: float, least: float) -> float:
    """Reckon how far a sign reaches along rows that lead away from its middle.

    ``counts`` is the ink beside it, ``inked`` tells where ink may be its own.
    """
    near, far = round(_SIGN * em), round(_NEIGHBOUR * em) + 1
    (rules,) = np.nonzero(ruled[near:far])
    ends = counts[near : near + rules[0] if len(rules) else far]
    if not len(ends):
        return float(min(near, len(counts)))
    quiet = ends <= least
    away = np.abs(np.arange(near, near + len(ends)) - _BORDER * em)
    border = near + int(np.argmin(np.where(quiet, 0, ends) * len(counts) + away))
    (own,) = np.nonzero(inked[:border])
    last = max(own[-1] + 1 if len(own) else 0, _FLAT * em)
    return float(min(last + _MARGIN * em, border))
