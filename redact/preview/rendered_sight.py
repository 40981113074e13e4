"""Compare what moved together on two rendered pages, edited lines painted over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from redact.page.glyphs import Box
from redact.page.raster import PdfRaster

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 72
"""A pixel is a point."""

_NEAR = 1.5
"""Points by which places may differ: renderers round."""

_SHADE = 64
"""What the mean of nine pixels may differ by from all means next to its place."""

_BORDER = 2

_ABOVE, _BESIDE = 0.4, 2.0
"""How far rules under and beside a changed line reach, as shares of its height."""


class Move(NamedTuple):
    """Say where something of a page stands in the output: page, points to the side and down."""

    page: int
    across: float
    down: float

    def is_like(self, other: Move) -> bool:
        """Tell whether two are the same but for rounding."""
        near = abs(self.across - other.across) < _NEAR and abs(self.down - other.down) < _NEAR
        return near and self.page == other.page

    @property
    def is_level(self) -> bool:
        """Tell whether nothing moved to the side."""
        return abs(self.across) < _NEAR


class Stretch(NamedTuple):
    """Hold a strip of a page of the draft that moved as one."""

    page: int
    move: Move
    top: float
    bottom: float

    def with_line(self, box: Box) -> Stretch:
        """Make the strip reach to a further line."""
        return self._replace(top=min(self.top, box.top), bottom=max(self.bottom, box.bottom))


class Sight:
    """Look at the pages of draft and output; ``covers`` are the changed lines of either."""

    def __init__(
        self,
        before: PdfRaster,
        after: PdfRaster,
        covers_before: Mapping[int, Sequence[Box]],
        covers_after: Mapping[int, Sequence[Box]],
    ) -> None:
        self._rasters = before, after
        self._covers = covers_before, covers_after

    def is_alike(self, stretch: Stretch) -> bool:
        """Tell whether a strip looks the same in draft and output."""
        page, move = stretch.page, stretch.move
        old = self._rasters[0].sight(page, _DPI)
        new = self._rasters[1].sight(move.page, _DPI)
        down = round(move.down)
        top = max(int(stretch.top), 0, -down)
        bottom = min(int(stretch.bottom) + 1, old.height, new.height - down)
        if old.width != new.width or top >= bottom:
            return False
        strips = [
            old.crop((0, top, old.width, bottom)),
            new.crop((0, top + down, new.width, bottom + down)),
        ]
        boxes = [_shifted(box, -top) for box in self._covers[0].get(page, ())]
        boxes += [_shifted(box, -top - down) for box in self._covers[1].get(move.page, ())]
        for strip in strips:
            _paint_over(strip, boxes)
        return _holds(*strips) and _holds(*reversed(strips))


def _holds(one: Image, other: Image) -> bool:
    """Tell whether what one picture shows stands in the other, at most a pixel beside its place.

    A renderer rounds each line to whole pixels, so that moved lines do not keep their distances.
    """
    from PIL import ImageChops, ImageFilter

    mean, others = (image.filter(ImageFilter.BoxBlur(1)) for image in (one, other))
    darker = ImageChops.subtract(others.filter(ImageFilter.MinFilter(3)), mean)
    lighter = ImageChops.subtract(mean, others.filter(ImageFilter.MaxFilter(3)))
    # What lies next to the borders of the strips has no neighbours to be compared with.
    inner = (0, _BORDER, one.width, max(one.height - _BORDER, _BORDER + 1))
    found = (*_extrema(darker.crop(inner)), *_extrema(lighter.crop(inner)))
    return max(high for _, high in found) <= _SHADE


def _extrema(image: Image) -> Iterator[tuple[float, float]]:
    """Give the lowest and highest value of each colour."""
    for colour in image.split():
        low, high = colour.getextrema()
        assert not isinstance(low, tuple)
        assert not isinstance(high, tuple)
        yield low, high


def _shifted(box: Box, down: float) -> Box:
    return Box(box.x0, box.top + down, box.x1, box.bottom + down)


def _paint_over(image: Image, boxes: Sequence[Box]) -> None:
    from PIL import ImageDraw

    pen = ImageDraw.Draw(image)
    for box in boxes:
        height = box.bottom - box.top
        x, y = _BESIDE * height, _ABOVE * height
        area = (box.x0 - x, box.top - y, box.x1 + x, box.bottom + y)
        pen.rectangle(area, fill=(0, 0, 0))
