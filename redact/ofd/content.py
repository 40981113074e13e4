"""The content of OFD pages brought to what may be published: read texts, plain lines and areas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from redact.notes import Notes
from redact.ofd.geometry import Matrix, Rect, matrix_of, rect_of, spread
from redact.ofd.items import FontKey, Item, PathItem
from redact.ofd.package import child, local
from redact.ofd.paint import is_hidden
from redact.ofd.pictures import Wanted, wanted
from redact.ofd.resources import Resources
from redact.ofd.shapes import clipped, outlines_of
from redact.ofd.text import text_item
from review.errors import BrokenInputError, TooLargeInputError

MAX_ITEMS = 200_000
_DEEPEST = 40
_BLOCKS = ("Layer", "PageBlock")
_SILENT = frozenset({"Actions", "Clips", "Content"})


@dataclass(slots=True)
class Taken:
    """Hold what was taken from a page: items, text that nobody sees, whether drawings went."""

    items: list[Item | Wanted] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    drawings: bool = False

    @property
    def unread(self) -> bool:
        """Tell whether the page shows anything that is no text."""
        return self.drawings or any(isinstance(item, Wanted) for item in self.items)


@dataclass(frozen=True, slots=True)
class _Place:
    """Hold where an object stands: the way to the page, the layer, how deep it is nested."""

    outer: Matrix
    layer: etree._Element | None
    depth: int


class ContentReader:
    """Walk the content of the pages of one document."""

    def __init__(self, resources: Resources, document: int, notes: Notes) -> None:
        self._resources = resources
        self._document = document
        self._notes = notes
        self._taken = Taken()
        self._page = Rect(0, 0, 0, 0)
        self._count = 0

    def read(self, layers: list[etree._Element], page: Rect) -> Taken:
        """Read the layers of a page in the order of painting; raises ``InputError``."""
        self._taken = Taken()
        self._page = page
        for layer in layers:
            self._visit(layer, _Place(Matrix(), layer, 0))
        return self._taken

    def _visit(self, element: etree._Element, place: _Place) -> None:
        self._count += 1
        if self._count > MAX_ITEMS:
            raise TooLargeInputError("OFD 页面内容过多，请拆分成几个文件后再提交。")
        if place.depth > _DEEPEST:
            raise BrokenInputError("OFD 页面结构嵌套过深，请用原软件重新导出后再提交。")
        name = local(element)
        if is_hidden(element):
            self._hide(element)
        elif name in _BLOCKS:
            for inner in element:
                self._visit(inner, _Place(place.outer, place.layer, place.depth + 1))
        elif name == "TextObject":
            self._text(element, place)
        elif name == "PathObject":
            self._path(element, place)
        elif name == "ImageObject":
            self._picture(element, place)
        elif name == "CompositeObject":
            self._composite(element, place)
        elif name and name not in _SILENT:
            self._unknown(element)

    def _hide(self, element: etree._Element) -> None:
        drawn = [element]
        if (drawing := self._drawing(element)) is not None:
            drawn.append(drawing)
        texts = ["".join(texts_in(each)) for each in drawn]
        if any(texts):
            self._notes.add("hidden_dropped")
            self._taken.hidden += filter(None, texts)

    def _unknown(self, element: etree._Element) -> None:
        self._notes.add("content_dropped")
        self._taken.hidden += filter(None, ["".join(texts_in(element))])

    def _frame(self, element: etree._Element, place: _Place) -> tuple[Matrix, Rect]:
        """Give the way from an object's own space to the page, and its boundary there."""
        boundary = rect_of(element.get("Boundary")) or Rect(0, 0, 0, 0)
        own = matrix_of(element.get("CTM")).moved(boundary.x, boundary.y)
        return own.then(place.outer), spread(boundary, place.outer)

    def _text(self, element: etree._Element, place: _Place) -> None:
        paint = self._resources.paints.of(element, place.layer)
        matrix, boundary = self._frame(element, place)
        name = element.get("Font")
        font: FontKey | None = None if name is None else (self._document, str(name))
        self._patterns(element)
        item = text_item(element, paint, matrix, boundary, font)
        if item is None:
            self._hide(element)
        elif item.chars:
            self._taken.items.append(item)

    def _patterns(self, element: etree._Element) -> None:
        """Report what fills something with a pattern of drawings of its own."""
        for pattern in element.iter("{*}Pattern"):
            self._unknown(pattern)

    def _path(self, element: etree._Element, place: _Place) -> None:
        paint = self._resources.paints.of(element, place.layer)
        matrix, boundary = self._frame(element, place)
        self._patterns(element)
        fill, stroke = paint.fill(False), paint.stroke(True)
        if fill is None and stroke is None:
            return
        data = " ".join(str(d.text or "") for d in element.iterchildren("{*}AbbreviatedData"))
        outlines = outlines_of(data, matrix)
        if outlines is None:
            self._notes.add("drawing_dropped")
            self._taken.drawings = True
        elif outlines:
            # Clips count in the object's own space; within a drawing its boundary has to do.
            shown = clipped(element, boundary) if place.outer == Matrix() else boundary
            item = PathItem(matrix, shown, outlines, fill, stroke, paint.line(), paint.dash())
            self._taken.items.append(item)

    def _picture(self, element: etree._Element, place: _Place) -> None:
        part = self._resources.pictures.get(str(element.get("ResourceID", "")))
        self._taken.items.append(wanted(element, part, place.outer, self._page))

    def _composite(self, element: etree._Element, place: _Place) -> None:
        drawing = self._drawing(element)
        if drawing is None:
            self._notes.add("content_dropped")
            return
        matrix, _ = self._frame(element, place)
        for inner in drawing:
            self._visit(inner, _Place(matrix, place.layer, place.depth + 1))

    def _drawing(self, element: etree._Element) -> etree._Element | None:
        unit = self._resources.drawings.get(str(element.get("ResourceID", "")))
        return child(unit, "Content") if unit is not None else None


def texts_in(element: etree._Element) -> Iterator[str]:
    """Yield the codes of all texts under an element."""
    for code in element.iter("{*}TextCode"):
        yield "".join(str(text) for text in code.itertext()).strip()
