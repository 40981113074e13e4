"""Pictures that tell where they lie: each pixel says which picture it is of and where it stands.

A renderer that crops, turns, mirrors or scales such a picture does it to what the pixels say, so
that its page tells exactly which part of which picture is shown where, whatever the markup.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from redact.ofd.geometry import Matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.float64]

MOST = 48
"""Pictures of one file that can be told apart."""

_SIDE = 128
_FIRST, _STEP = 8, 5
_BLACK, _WHITE = 4, 250
_NEAR = 2.4
"""How far a level may be off: renderers compress what they write."""

_STRAY = 4.0
_LEAST = 60
"""Pixels that must speak of the same picture."""

_CM_PER_INCH = 2.54
_DENSEST = 1e8
"""Dots an inch, about the most that a PNG can tell: a draft may say that it has more."""


def written(number: int, size: tuple[float, float] | None) -> bytes:
    """Write the picture of a number (from 0 to below ``MOST``), ``size`` centimetres large."""
    from PIL import Image

    shares = np.rint((np.arange(_SIDE) + 0.5) / _SIDE * 255)
    pixels = np.empty((_SIDE, _SIDE, 3), np.uint8)
    pixels[:, :, 0], pixels[:, :, 1] = shares[None, :], shares[:, None]
    pixels[:, :, 2] = _FIRST + _STEP * number
    output = BytesIO()
    dots = [min(_SIDE * _CM_PER_INCH / side, _DENSEST) for side in size or ()]
    Image.fromarray(pixels).save(output, "PNG", **({"dpi": tuple(dots)} if dots else {}))
    return output.getvalue()


def colour(number: int, x: Pixels, y: Pixels) -> Pixels:
    """Give the colours that points of a picture have, red, green and blue along the last axis."""
    return np.stack([x * 255, y * 255, np.full(x.shape, _FIRST + _STEP * number)], axis=-1)


def read(pixels: NDArray[np.uint8]) -> tuple[int, Matrix] | None:
    """Read what a picture on a page shows: the number, and where in ``pixels`` its points lie.

    Both sides of ``pixels`` (rows, columns, colours) count from 0 to 1, rows downwards. None for
    what is no picture of ours.
    """
    high, wide, _ = pixels.shape
    blue = pixels[:, :, 2].astype(np.int64)
    # Corners of turned pictures are filled with black or white.
    peak = _BLACK + int(np.bincount(blue.ravel(), minlength=256)[_BLACK:_WHITE].argmax())
    mine = np.abs(blue - peak) <= _STRAY
    if mine.sum() < _LEAST:
        return None
    number, off = divmod(float(blue[mine].mean()) - _FIRST + _NEAR, _STEP)
    if off > 2 * _NEAR or not 0 <= number < MOST:
        return None
    rows, columns = np.nonzero(mine)
    across, down = (columns + 0.5) / wide, (rows + 0.5) / high
    known = np.stack([across, down, np.ones(len(rows))], axis=1)
    shown = pixels[mine][:, :2] / 255
    fitted, *_ = np.linalg.lstsq(known, shown, rcond=None)
    stray = np.abs(known @ fitted - shown).mean(axis=0) * 255
    if (stray > _STRAY).any():
        return None
    (a, b), (c, d), (e, f) = fitted.tolist()
    shows = Matrix(a, b, c, d, e, f)
    return None if shows.flat else (int(number), shows.inverse)
