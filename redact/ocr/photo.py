"""Photographs in pictures: faces and scenes, told from shadows, charts and grey paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from redact.ocr.engine import Pixels, ReadLine

    Shades = NDArray[np.float64]

_SIDE = 256
"""Longer side of the small picture that is looked at: writing and rules melt away in it."""

_OFF = 30
"""Shades by which a photograph departs from the paper around it."""

_FITS = 3
_PAPER = -10.0
_OPENED = 5
_LEAST_SHARE = 0.006
_LEAST_SIDE = 12
_UNEVEN = 12.0
"""Shades by which a photograph departs from a smooth course, as flat fills and gradients do not."""

_READ = 0.7
"""Mean confidence from which a line is writing."""

_TONES = 24
_LEAST_TONES = 7
"""Of so many steps of grey a photograph shows at least so many; charts and logos show few."""


def has_photo(pixels: Pixels, lines: Sequence[ReadLine]) -> bool:
    """Tell whether a larger part of a picture is neither paper nor flat colour nor gradient."""
    import cv2

    high, wide = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(high, wide))
    size = max(round(wide * scale), 1), max(round(high * scale), 1)
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA).astype(np.float64)
    written = np.zeros(small.shape, np.uint8)
    for line in lines:
        if _is_writing(line):
            cv2.fillConvexPoly(written, np.round(line.corners * scale).astype(np.int32), 1)
    paper = _paper(small, written == 0)
    off = ((np.abs(small - paper) > _OFF) & (written == 0)).astype(np.uint8)
    off = cv2.morphologyEx(off, cv2.MORPH_OPEN, np.ones((_OPENED, _OPENED), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(off, connectivity=8)
    return any(
        area > _LEAST_SHARE * small.size
        and min(broad, tall) >= _LEAST_SIDE
        and _is_varied(small, labels == number)
        for number, (_, _, broad, tall, area) in enumerate(stats[1:], 1)
    )


def _is_writing(line: ReadLine) -> bool:
    """Tell writing from what a recogniser makes out of a face."""
    sure = [sign.confidence for sign in line.signs]
    return bool(sure) and sum(sure) / len(sure) >= _READ


def _is_varied(small: Shades, part: NDArray[np.bool_]) -> bool:
    """Look at a part without its border, whose shades are mixed with the paper's."""
    import cv2

    part = cv2.erode(part.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    if part.sum() < _LEAST_SIDE:
        return False
    shades = small[part]
    counts, _ = np.histogram(shades, bins=_TONES, range=(0, 256))
    tones = int((counts > 0.01 * len(shades)).sum())
    rest = small - _surface(small, part)
    return tones >= _LEAST_TONES and float(rest[part].std()) > _UNEVEN


def _paper(small: Shades, free: NDArray[np.bool_]) -> Shades:
    """Reckon the shade of the paper everywhere, shadows and the fall of the light included."""
    part = free
    surface = np.full(small.shape, float(np.median(small)))
    for _ in range(_FITS):
        if part.sum() < _LEAST_SIDE:
            break
        surface = _surface(small, part)
        part = free & (small - surface > _PAPER)
    return surface


def _surface(small: Shades, part: NDArray[np.bool_]) -> Shades:
    """Fit shades that run smoothly (second order) to a part of a picture."""
    y, x = np.mgrid[-1.0 : 1.0 : small.shape[0] * 1j, -1.0 : 1.0 : small.shape[1] * 1j]
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)
    weights, *_ = np.linalg.lstsq(terms[part], small[part], rcond=None)
    return np.asarray(terms @ weights)
