"""Ink of a line that was read, told from the paper around it, be that lit unevenly or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from redact.ocr.engine import Pixels

_AROUND = 8
"""Length by height of a stretch of a line whose usual shade is its paper."""


def off_paper(level: Pixels) -> NDArray[Any]:
    """Give by how many shades the pixels of a line set level are off the paper around them.

    In a photo the light falls off along a line: to one shade for all of it, the paper of one end
    is as dark as the ink of the other.
    """
    grey = level.mean(axis=2)
    high, wide = grey.shape
    columns = np.median(grey, axis=0)
    middles = np.arange(high // 2, max(wide, high // 2 + 1), high)
    reach = _AROUND * high // 2
    paper = [np.median(columns[max(at - reach, 0) : at + reach]) for at in middles]
    return np.asarray(np.abs(grey - np.interp(np.arange(wide), middles, paper)))
