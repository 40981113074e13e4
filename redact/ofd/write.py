"""An OFD package built from nothing: entry, document, fonts and pages (GB/T 33190)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from lxml import etree

from redact.ofd.fonts import Fonts, OutputFont, uses_of
from redact.ofd.geometry import Matrix, written
from redact.ofd.items import (
    FontKey,
    Item,
    OfdPage,
    PathItem,
    PictureItem,
    Style,
    TextItem,
)
from redact.ofd.markup import add, add_colour, add_glyphs, path_data, root_of, set_if, set_steps
from redact.package import build_package, write_xml
from redact.pictures.store import Picture

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
        root = root_of("Document")
        common = add(root, "CommonData")
        largest = add(common, "MaxUnitID")
        first = self._pages[0] if self._pages else OfdPage(1, 210, 297, ())
        add(add(common, "PageArea"), "PhysicalBox", written(first.box))
        add(common, "PublicRes", "PublicRes.xml")
        pages = add(root, "Pages")
        for number in range(len(self._pages)):
            add(pages, "Page", ID=self._id(), BaseLoc=_page_part(number))
        largest.text = str(self._last)
        return root

    def _resources(self) -> etree._Element:
        root = root_of("Res")
        root.set("BaseLoc", "Res")
        fonts = add(root, "Fonts")
        for key, font in self._fonts.items():
            element = add(fonts, "Font", ID=self._ids[key], **_font_attributes(font))
            if font.program is not None:
                add(element, "FontFile", self._font_file(key))
        if self._pictures:
            media = add(root, "MultiMedias")
            for number, picture in self._pictures.items():
                kind = {"Type": "Image", "Format": picture.kind.upper()}
                element = add(media, "MultiMedia", ID=self._picture_ids[number], **kind)
                add(element, "MediaFile", _picture_file(picture))
        return root

    def _page(self, page: OfdPage) -> etree._Element:
        root = root_of("Page")
        add(add(root, "Area"), "PhysicalBox", written(page.box))
        layer = add(add(root, "Content"), "Layer", ID=self._id(), Type="Body")
        for item in page.items:
            if isinstance(item, TextItem):
                self._text(layer, item)
            elif isinstance(item, PictureItem):
                element = self._object(layer, "ImageObject", item)
                element.set("ResourceID", self._picture_ids[item.picture.number])
                set_if(element, "Alpha", str(item.alpha), item.alpha < 255)
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
                add_glyphs(element, chars, self._fonts[item.style.font].numbers)
            text = add(element, "TextCode", "".join(char.text for char in chars))
            text.set("X", written([chars[0].x]))
            text.set("Y", written([chars[0].y]))
            if code not in item.natural:
                set_steps(text, "DeltaX", [char.x for char in chars])
                set_steps(text, "DeltaY", [char.y for char in chars])

    def _style(self, element: etree._Element, style: Style) -> None:
        element.set("Font", self._ids[style.font])
        element.set("Size", written([style.size]))
        set_if(element, "HScale", written([style.stretch]), style.stretch != 1)
        set_if(element, "Weight", str(style.weight), style.weight != 400)
        set_if(element, "Italic", "true", style.italic)
        set_if(element, "ReadDirection", "90", style.upright)
        set_if(element, "CharDirection", str(style.turn), bool(style.turn))
        set_if(element, "Stroke", "true", style.stroke is not None)
        set_if(element, "Fill", "false", style.fill is None)
        set_if(element, "LineWidth", written([style.line]), style.stroke is not None)
        add_colour(element, "FillColor", style.fill)
        add_colour(element, "StrokeColor", style.stroke)

    def _path(self, layer: etree._Element, item: PathItem) -> None:
        element = self._object(layer, "PathObject", item)
        set_if(element, "DashPattern", written(item.dash), bool(item.dash))
        set_if(element, "Stroke", "false", item.stroke is None)
        set_if(element, "Fill", "true", item.fill is not None)
        set_if(element, "LineWidth", written([item.line]), item.stroke is not None)
        add_colour(element, "StrokeColor", item.stroke)
        add_colour(element, "FillColor", item.fill)
        add(element, "AbbreviatedData", " ".join(path_data(item)))

    def _object(self, layer: etree._Element, name: str, item: Item) -> etree._Element:
        box = item.boundary
        matrix = item.matrix.moved(-box.x, -box.y)
        element = add(layer, name, ID=self._id(), Boundary=written(box))
        set_if(element, "CTM", written(matrix), matrix != _IDENTITY)
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


def _entry() -> etree._Element:
    root = root_of("OFD")
    root.set("Version", "1.0")
    root.set("DocType", "OFD")
    body = add(root, "DocBody")
    add(add(body, "DocInfo"), "DocID", _DOCUMENT_ID)
    add(body, "DocRoot", "Doc_0/Document.xml")
    return root


def _font_attributes(font: OutputFont) -> dict[str, str]:
    found = {"FontName": font.name, "FamilyName": font.name}
    return (
        found
        | ({"Bold": "true"} if font.bold else {})
        | ({"Italic": "true"} if font.italic else {})
    )
