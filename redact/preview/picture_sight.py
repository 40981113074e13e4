"""Where the pictures of an office file lie on its rendered pages, as its twin shows them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from redact.ofd.geometry import Matrix
from redact.page.glyphs import Box
from redact.preview.picture_code import colour, read

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from redact.page.raster import PdfRaster
    from redact.preview.picture_code import Pixels

_MOST_ON_PAGE = 40
"""Pictures of a page that are looked at: a tile may stand there a thousand times."""

_DPI = 72
_NEAR = 12
"""What a pixel of the rendered twin may differ by from what it should be."""

_GRID = 16
_DOWN = Matrix(1.0, 0.0, 0.0, -1.0, 0.0, 1.0)
"""Rows count from above, a picture of a pdf stands on its lower edge."""


class Lying(NamedTuple):
    """Say where a picture lies on a page: its number in the twin, what leads from its shares to
    points of the page, and the place on the page that it may be seen in.
    """

    number: int
    matrix: Matrix
    frame: Box


class PictureSight:
    """Look for pictures on the pages of a rendered twin."""

    def __init__(self, raster: PdfRaster) -> None:
        self._raster = raster
        self._page: tuple[int, NDArray[np.uint8]] = 0, np.empty((0, 0, 3), np.uint8)

    def on(self, page: int) -> list[Lying]:
        """List the pictures of a page."""
        height = self._raster.size(page)[1]
        drawn = islice(self._raster.pictures(page), _MOST_ON_PAGE)
        return list(_lying(drawn, height))

    def seen(self, page: int, lying: Lying, shares: Box) -> float:
        """Give how much of a part of a picture is seen where it should be, 0 to 1."""
        steps = (np.arange(_GRID) + 0.5) / _GRID
        x, y = np.meshgrid(
            shares.x0 + steps * (shares.x1 - shares.x0),
            shares.top + steps * (shares.bottom - shares.top),
        )
        a, b, c, d, e, f = lying.matrix
        shown = self._colours(page, a * x + c * y + e, b * x + d * y + f)
        same = np.abs(shown - colour(lying.number, x, y)).max(axis=-1) <= _NEAR
        return float(same.mean())

    def _colours(self, page: int, x: Pixels, y: Pixels) -> Pixels:
        if self._page[0] != page:
            self._page = page, np.asarray(self._raster.sight(page, _DPI))
        pixels = self._page[1]
        high, wide, _ = pixels.shape
        width, height = self._raster.size(page)
        columns = np.floor(x * wide / width).astype(int)
        rows = np.floor(y * high / height).astype(int)
        inside = (columns >= 0) & (columns < wide) & (rows >= 0) & (rows < high)
        found = pixels[rows.clip(0, high - 1), columns.clip(0, wide - 1)].astype(np.float64)
        return np.where(inside[..., None], found, -1000.0)


def mapped(matrix: Matrix, shares: Box) -> Box:
    """Give the smallest upright box around a part of a picture on its page."""
    corners = [
        matrix.point(x, y) for x in (shares.x0, shares.x1) for y in (shares.top, shares.bottom)
    ]
    xs, ys = zip(*corners, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _lying(
    drawn: Iterator[tuple[NDArray[np.uint8], tuple[float, ...]]], height: float
) -> Iterator[Lying]:
    for pixels, matrix in drawn:
        found = read(pixels)
        if found is None:
            continue
        number, within = found
        onto = _DOWN.then(Matrix(*matrix)).then(Matrix(1.0, 0.0, 0.0, -1.0, 0.0, height))
        frame = mapped(onto, Box(0.0, 0.0, 1.0, 1.0))
        yield Lying(number, within.then(onto), frame)
