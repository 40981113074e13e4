"""Pages that lie on their side or head: found by their long lines, set upright, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from redact.ocr.engine import find_lines, upside_down

if TYPE_CHECKING:
    from redact.ocr.engine import Corners, Pixels

_COARSE = 960
_LONG = 5.0
"""Length by height of a line that shows surely how its page lies."""

_ASKED = 12
_MOST = 0.6


def quarter_turns(pixels: Pixels) -> int:
    """Count the quarter turns, against the clock, that set a page upright.

    Short lines say nothing for sure, so the longest are asked and most of them must agree.
    """
    places = sorted(find_lines(pixels, _COARSE), key=_length, reverse=True)
    asked = [place for place in places if _length(place) >= _LONG * _height(place)][:_ASKED]
    if not asked:
        return 0
    lying = sum(_is_lying(place) for place in asked) > _MOST * len(asked)
    same = [place for place in asked if _is_lying(place) == lying]
    over = sum(upside_down(pixels, same)) > _MOST * len(same)
    return int(lying) + 2 * int(over)


def _is_lying(place: Corners) -> bool:
    return bool(np.hypot(*(place[3] - place[0])) > np.hypot(*(place[1] - place[0])))


def _length(place: Corners) -> float:
    return float(max(np.hypot(*(place[1] - place[0])), np.hypot(*(place[3] - place[0]))))


def _height(place: Corners) -> float:
    return float(min(np.hypot(*(place[1] - place[0])), np.hypot(*(place[3] - place[0]))))


def turned_back(corners: Corners, turns: int, size: Sequence[int]) -> Corners:
    """Give the place, in a picture of ``size`` (width, height), of one in the upright picture."""
    width, height = size
    x, y = corners[:, 0], corners[:, 1]
    back = {
        0: (x, y),
        1: (width - y, x),
        2: (width - x, height - y),
        3: (y, height - x),
    }[turns]
    return np.stack(back, axis=1).astype(np.float32)
