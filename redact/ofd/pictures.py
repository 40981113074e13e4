"""The pictures of an OFD file (GB/T 33190, 第 10 章): cut to what is seen of them, then read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from redact.containers import Container
from redact.notes import Notes
from redact.ofd.geometry import Matrix, Rect, around, matrix_of, number, rect_of, spread
from redact.ofd.items import Item, PathItem, PictureItem, frame
from redact.ofd.package import OfdPackage
from redact.ofd.shapes import clipped
from redact.pictures.crop import WHOLE, Crop
from redact.pictures.drawings import Drawings
from redact.pictures.store import Picture, PictureStore

if TYPE_CHECKING:
    from PIL.Image import Image

    from redact.pictures.text import PicturePlace

_MOST = 80
"""What reading the pictures of one file may cost: some twenty scanned pages.

Pages are all that a scanned file has, so that it may cost more than pictures beside a text.
"""

_LEAST_CUT = 0.005
"""Share of a side below which a margin is owed to rounding."""

_IDENTITY = Matrix()
_SOLID = 255
_LEVEL = 0.02
"""Millimetres by which the corners of a rectangle may be off."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hold a picture that stands on a page, as long as nobody knows what lies over it.

    ``part`` is empty where it cannot be shown; ``box`` is its place on the page.
    """

    box: Rect
    part: str = ""
    matrix: Matrix = _IDENTITY
    crop: Crop = WHOLE
    alpha: int = 255


class OfdPictures(PictureStore):
    """Collect the pictures of one file; not ``read``, they are opened and no more."""

    def __init__(self, package: OfdPackage, notes: Notes, *, read: bool = True) -> None:
        drawings = Drawings(lambda: map(package.data, package.names))
        super().__init__(package.data, "Res", notes, drawings=drawings)
        self._left = _MOST
        self._reads = read

    def settled(self, items: Sequence[Item | Wanted]) -> Iterator[Item]:
        """Yield the items of a page, frames for pictures that cannot be shown as read."""
        areas = [(n, area) for n, item in enumerate(items) for area in _areas(item)]
        for order, item in enumerate(items):
            if not isinstance(item, Wanted):
                yield item
                continue
            covered = tuple(_under((area for n, area in areas if n > order), item))
            picture = self.take(item.part, item.crop, None, covered) if item.part else None
            if picture is None:
                self._notes.add("picture_dropped")
                yield frame(item.box)
            else:
                yield PictureItem(item.matrix, item.box, picture, item.alpha)

    def on_pages(self, pages: Mapping[str, int]) -> Iterator[Container | PicturePlace]:
        """List the pictures that pages show, by id the first page of each, and their texts."""
        numbers = {self._part(p.number): pages.get(p.relation) for p in self._kept()}
        for place in self.places(pages):
            place.page = numbers[place.part]
            yield place

    def _recognised(self, image: Image, kind: str) -> Picture | None:
        if self._reads:
            return super()._recognised(image, kind)
        return Picture(len(self._seen) + 1, image, kind, [])


def wanted(element: etree._Element, part: str | None, outer: Matrix, page: Rect) -> Wanted:
    """Work out where a picture stands on a page and what of it is seen there.

    A mirrored one, one under a mask, and one that is turned and cut are not to be shown: what is
    read in them is not what people see.
    """
    boundary = rect_of(element.get("Boundary")) or Rect(0, 0, 0, 0)
    own = matrix_of(element.get("CTM")) if element.get("CTM") else None
    if own is None:
        own = Matrix(boundary.width, 0, 0, boundary.height)
    matrix = own.moved(boundary.x, boundary.y).then(outer)
    whole = spread(Rect(0, 0, 1, 1), matrix)
    # Clips count in the object's own space; within a drawing its boundary has to do.
    seen = clipped(element, boundary) if outer == _IDENTITY else spread(boundary, outer)
    box = whole.within(seen).within(page)
    nothing = matrix.flat or matrix.mirrored or not (box.width and box.height)
    if part is None or nothing or element.get("ImageMask"):
        return Wanted(seen)
    crop = _margins(whole, box)
    if crop == WHOLE:
        box = whole
    elif matrix.upright:
        matrix = Matrix(box.width, 0, 0, box.height, box.x, box.y)
    else:
        return Wanted(seen)
    alpha = min(max(round(number(element.get("Alpha"), 255)), 0), 255)
    return Wanted(box, part, matrix, crop, alpha)


def _margins(whole: Rect, part: Rect) -> Crop:
    """Tell how much of a box is cut away at each side, as shares of it."""
    shares = (
        (part.x - whole.x) / whole.width,
        (part.y - whole.y) / whole.height,
        (whole.x + whole.width - part.x - part.width) / whole.width,
        (whole.y + whole.height - part.y - part.height) / whole.height,
    )
    return Crop(*(share if share >= _LEAST_CUT else 0.0 for share in shares))


def _areas(item: Item | Wanted) -> Iterator[Rect]:
    """Yield the rectangles in which an item hides whatever was painted before it."""
    if not isinstance(item, PathItem) or item.fill is None or item.fill.alpha < _SOLID:
        return
    for outline, _ in item.outlines:
        corners = [item.matrix.point(*point) for point in outline]
        if _is_rectangle(corners):
            yield around(corners).within(item.boundary)


def _under(areas: Iterable[Rect], picture: Wanted) -> Iterator[Crop]:
    """Tell what areas hide of an upright picture: a bar that someone drew over a scan."""
    for area in areas if picture.matrix.upright else ():
        hidden = area.within(picture.box)
        if hidden.width and hidden.height:
            yield _margins(picture.box, hidden)


def _is_rectangle(corners: Sequence[tuple[float, float]]) -> bool:
    """Tell whether an area is an upright rectangle: its corners are those of the box around it."""
    box = around(corners)
    right, bottom = box.x + box.width, box.y + box.height
    sides = [(x, y) for x in (box.x, right) for y in (box.y, bottom)]
    near = [[abs(x - a) + abs(y - b) < _LEVEL for a, b in corners] for x, y in sides]
    return len(corners) in (4, 5) and all(map(any, near)) and all(map(any, zip(*near, strict=True)))
