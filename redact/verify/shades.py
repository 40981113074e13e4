"""Measures of pictures that are rows of grey: places, softening, borders of strokes, likeness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[np.float32]

_STROKE = 120.0
"""Steepness of shades that only the border of a stroke has."""


class Area(NamedTuple):
    """Bound a place in pixels, ends exclusive."""

    left: int
    top: int
    right: int
    bottom: int


def cut(picture: Grey, area: Area) -> Grey:
    """Give what of a place lies in the picture."""
    rows = slice(max(area.top, 0), max(area.bottom, 0))
    return picture[rows, max(area.left, 0) : max(area.right, 0)]


def soft(picture: Grey, sigma: float) -> Grey:
    """Blur a picture by so many pixels."""
    import cv2

    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma)) if sigma else picture


def levelled(picture: Grey) -> Grey:
    """Take away what whole rows and columns share: the border of a bar lies along them."""
    rows, columns = picture.mean(axis=1, keepdims=True), picture.mean(axis=0, keepdims=True)
    return np.asarray(picture - rows - columns + picture.mean())


def strokes(picture: Grey) -> NDArray[np.bool_]:
    """Find the upright borders of strokes: the long borders of a bar lie level."""
    import cv2

    return np.asarray(np.abs(cv2.Sobel(picture, cv2.CV_32F, 1, 0)) > _STROKE)


def resized(picture: NDArray[np.uint8], wide: int, high: int) -> NDArray[np.uint8]:
    """Bring a picture to another size."""
    import cv2

    return np.asarray(cv2.resize(picture, (wide, high), interpolation=cv2.INTER_AREA), np.uint8)


def correlation(pairs: Sequence[tuple[Grey, Grey]]) -> float:
    """Correlate pairs of pictures together, each around its own mean and scaled by its shades."""
    total = shared = 0.0
    for one, other in pairs:
        spread = float(one.std() * other.std())
        if spread:
            shared += float(((one - one.mean()) * (other - other.mean())).sum()) / spread
            total += one.size
    return shared / total if total else 0.0
