"""An OFD package built from nothing: entry, document, fonts and pages (GB/T 33190)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from lxml import etree

from redact.ofd.fonts import Fonts, OutputFont, uses_of
from redact.ofd.geometry import Matrix, written
from redact.ofd.items import (
    BLACK,
    Char,
    Colour,
    FontKey,
    Item,
    OfdPage,
    PathItem,
    PictureItem,
    Style,
    TextItem,
)
from redact.package import build_package, write_xml
from redact.pictures.store import Picture

OFD = "http://www.ofdspec.org/2016"
_IDENTITY = Matrix()
_DOCUMENT_ID = "0" * 32


class PackageWriter:
    """Write pages into one document; the same pages give the same bytes."""

    def __init__(self, pages: Sequence[OfdPage], fonts: Fonts) -> None:
        self._pages = pages
        self._last = 0
        used = uses_of(pages)
        usual = [None] if _needs_usual_font(pages) else []
        keys: list[FontKey | None] = [*sorted(used), *usual]
        self._fonts = {key: fonts.output(key, used.get(key, ()) if key else ()) for key in keys}
        self._ids = {key: self._id() for key in keys}
        self._pictures = {p.number: p for p in _pictures_of(pages)}
        self._picture_ids = {number: self._id() for number in self._pictures}

    def package(self) -> bytes:
        """Give the package."""
        parts = {"OFD.xml": write_xml(_entry())}
        for number, page in enumerate(self._pages):
            parts[f"Doc_0/{_page_part(number)}"] = write_xml(self._page(page))
        for key, font in self._fonts.items():
            if font.program is not None:
                parts[f"Doc_0/Res/{self._font_file(key)}"] = font.program
        for picture in self._pictures.values():
            if picture.data is not None:
                parts[f"Doc_0/Res/{_picture_file(picture)}"] = picture.data
        parts["Doc_0/PublicRes.xml"] = write_xml(self._resources())
        parts["Doc_0/Document.xml"] = write_xml(self._document())
        return build_package(parts)

    def _id(self) -> str:
        self._last += 1
        return str(self._last)

    def _font_file(self, key: FontKey | None) -> str:
        return f"font_{self._ids[key]}.ttf"

    def _document(self) -> etree._Element:
        root = _root("Document")
        common = _add(root, "CommonData")
        largest = _add(common, "MaxUnitID")
        first = self._pages[0] if self._pages else OfdPage(1, 210, 297, ())
        _add(_add(common, "PageArea"), "PhysicalBox", written(first.box))
        _add(common, "PublicRes", "PublicRes.xml")
        pages = _add(root, "Pages")
        for number in range(len(self._pages)):
            _add(pages, "Page", ID=self._id(), BaseLoc=_page_part(number))
        largest.text = str(self._last)
        return root

    def _resources(self) -> etree._Element:
        root = _root("Res")
        root.set("BaseLoc", "Res")
        fonts = _add(root, "Fonts")
        for key, font in self._fonts.items():
            element = _add(fonts, "Font", ID=self._ids[key], **_font_attributes(font))
            if font.program is not None:
                _add(element, "FontFile", self._font_file(key))
        if self._pictures:
            media = _add(root, "MultiMedias")
            for number, picture in self._pictures.items():
                kind = {"Type": "Image", "Format": picture.kind.upper()}
                element = _add(media, "MultiMedia", ID=self._picture_ids[number], **kind)
                _add(element, "MediaFile", _picture_file(picture))
        return root

    def _page(self, page: OfdPage) -> etree._Element:
        root = _root("Page")
        _add(_add(root, "Area"), "PhysicalBox", written(page.box))
        layer = _add(_add(root, "Content"), "Layer", ID=self._id(), Type="Body")
        for item in page.items:
            if isinstance(item, TextItem):
                self._text(layer, item)
            elif isinstance(item, PictureItem):
                element = self._object(layer, "ImageObject", item)
                element.set("ResourceID", self._picture_ids[item.picture.number])
                _set(element, "Alpha", str(item.alpha), item.alpha < 255)
            else:
                self._path(layer, item)
        return root

    def _text(self, layer: etree._Element, item: TextItem) -> None:
        """Write a text object for each code: programs disagree how several codes are counted."""
        for (code, coded), group in groupby(
            item.chars, key=lambda c: (c.code, c.glyph is not None)
        ):
            chars = list(group)
            element = self._object(layer, "TextObject", item)
            self._style(element, item.style)
            if coded:
                _add_glyphs(element, chars, self._fonts[item.style.font].numbers)
            text = _add(element, "TextCode", "".join(char.text for char in chars))
            text.set("X", written([chars[0].x]))
            text.set("Y", written([chars[0].y]))
            if code not in item.natural:
                _steps(text, "DeltaX", [char.x for char in chars])
                _steps(text, "DeltaY", [char.y for char in chars])

    def _style(self, element: etree._Element, style: Style) -> None:
        element.set("Font", self._ids[style.font])
        element.set("Size", written([style.size]))
        _set(element, "HScale", written([style.stretch]), style.stretch != 1)
        _set(element, "Weight", str(style.weight), style.weight != 400)
        _set(element, "Italic", "true", style.italic)
        _set(element, "ReadDirection", "90", style.upright)
        _set(element, "CharDirection", str(style.turn), bool(style.turn))
        _set(element, "Stroke", "true", style.stroke is not None)
        _set(element, "Fill", "false", style.fill is None)
        _set(element, "LineWidth", written([style.line]), style.stroke is not None)
        _colour(element, "FillColor", style.fill)
        _colour(element, "StrokeColor", style.stroke)

    def _path(self, layer: etree._Element, item: PathItem) -> None:
        element = self._object(layer, "PathObject", item)
        _set(element, "DashPattern", written(item.dash), bool(item.dash))
        _set(element, "Stroke", "false", item.stroke is None)
        _set(element, "Fill", "true", item.fill is not None)
        _set(element, "LineWidth", written([item.line]), item.stroke is not None)
        _colour(element, "StrokeColor", item.stroke)
        _colour(element, "FillColor", item.fill)
        _add(element, "AbbreviatedData", " ".join(_steps_of(item)))

    def _object(self, layer: etree._Element, name: str, item: Item) -> etree._Element:
        box = item.boundary
        matrix = item.matrix.moved(-box.x, -box.y)
        element = _add(layer, name, ID=self._id(), Boundary=written(box))
        _set(element, "CTM", written(matrix), matrix != _IDENTITY)
        return element


def _needs_usual_font(pages: Iterable[OfdPage]) -> bool:
    return any(
        isinstance(item, TextItem) and item.style.font is None
        for page in pages
        for item in page.items
    )


def _pictures_of(pages: Iterable[OfdPage]) -> Iterator[Picture]:
    for page in pages:
        yield from (item.picture for item in page.items if isinstance(item, PictureItem))


def _picture_file(picture: Picture) -> str:
    return f"image_{picture.number}.{picture.kind}"


def _page_part(number: int) -> str:
    return f"Pages/Page_{number}/Content.xml"


def _root(name: str) -> etree._Element:
    return etree.Element(f"{{{OFD}}}{name}", nsmap={"ofd": OFD})


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{OFD}}}{name}", attributes)
    element.text = text or None
    return element


def _set(element: etree._Element, name: str, value: str, needed: bool) -> None:
    if needed:
        element.set(name, value)


def _entry() -> etree._Element:
    root = _root("OFD")
    root.set("Version", "1.0")
    root.set("DocType", "OFD")
    body = _add(root, "DocBody")
    _add(_add(body, "DocInfo"), "DocID", _DOCUMENT_ID)
    _add(body, "DocRoot", "Doc_0/Document.xml")
    return root


def _font_attributes(font: OutputFont) -> dict[str, str]:
    found = {"FontName": font.name, "FamilyName": font.name}
    return (
        found
        | ({"Bold": "true"} if font.bold else {})
        | ({"Italic": "true"} if font.italic else {})
    )


def _colour(element: etree._Element, name: str, colour: Colour | None) -> None:
    if colour is not None and colour != BLACK:
        made = _add(element, name, Value=written(colour[:3]))
        _set(made, "Alpha", str(colour.alpha), colour.alpha < 255)


def _add_glyphs(element: etree._Element, chars: Sequence[Char], numbers: Mapping[int, int]) -> None:
    count = str(len(chars))
    made = _add(element, "CGTransform", CodePosition="0", CodeCount=count, GlyphCount=count)
    _add(made, "Glyphs", " ".join(str(numbers.get(char.glyph or 0, 0)) for char in chars))


def _steps(element: etree._Element, name: str, places: Sequence[float]) -> None:
    """Write distances so that they add up without error, equal ones in short."""
    rounded = [round(place, 4) for place in places]
    steps = [written([after - before]) for before, after in pairwise(rounded)]
    if any(step != "0" for step in steps):
        words: list[str] = []
        for step, group in groupby(steps):
            count = len(list(group))
            words += ["g", str(count), step] if count > 2 else [step] * count
        element.set(name, " ".join(words))


def _steps_of(item: PathItem) -> Iterable[str]:
    for points, closed in item.outlines:
        yield f"M {written(points[0])}"
        yield from (f"L {written(point)}" for point in points[1:])
        if closed:
            yield "C"
