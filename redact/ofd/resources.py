"""The resources of one document of an OFD file: fonts, drawing parameters, drawings, pictures."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from redact.ofd.package import OfdPackage, child, children, local, text_of
from redact.ofd.paint import Paints

_KINDS = ("{*}Font", "{*}DrawParam", "{*}CompositeGraphicUnit", "{*}MultiMedia")
_FILES = ("PublicRes", "DocumentRes", "PageRes")


@dataclass(frozen=True, slots=True)
class FontSource:
    """Hold what a file says of a font: its names, and the part of its program if embedded."""

    names: tuple[str, ...]
    part: str | None
    embedded: bool
    bold: bool
    italic: bool


class Resources:
    """Look up the resources of a document by ID."""

    def __init__(self, package: OfdPackage) -> None:
        self._package = package
        self.fonts: dict[str, FontSource] = {}
        self.drawings: dict[str, etree._Element] = {}
        self.pictures: dict[str, str] = {}
        self._parameters: dict[str, etree._Element] = {}
        self.paints = Paints(self._parameters)
        self._read: set[str] = set()

    def add(self, parent: etree._Element | None, base: str) -> None:
        """Read the resource files that a document or page points to."""
        if parent is None:
            return
        for name in _FILES:
            for part in self._package.linked(parent, name, base):
                if part not in self._read:
                    self._read.add(part)
                    self._take(self._package.xml(part), part)

    def _take(self, root: etree._Element, part: str) -> None:
        folder = str(root.get("BaseLoc", ""))
        for element in root.iter(*_KINDS):
            key = str(element.get("ID", ""))
            if local(element) == "Font":
                self.fonts[key] = self._font(element, part, folder)
            elif local(element) == "MultiMedia":
                file = text_of(child(element, "MediaFile"))
                if found := self._package.find(file, part, folder):
                    self.pictures[key] = found
            elif local(element) == "DrawParam":
                self._parameters[key] = element
            else:
                self.drawings[key] = element

    def _font(self, element: etree._Element, part: str, folder: str) -> FontSource:
        names = tuple(str(element.get(n, "")) for n in ("FontName", "FamilyName"))
        file = text_of(child(element, "FontFile"))
        return FontSource(
            names,
            self._package.find(file, part, folder) if file else None,
            bool(file),
            _is_true(element.get("Bold")),
            _is_true(element.get("Italic")),
        )


def templates_of(package: OfdPackage, document: int) -> dict[str, str]:
    """Map the IDs of a document's template pages to their parts."""
    base, root = package.documents[document]
    common = child(root, "CommonData")
    found: dict[str, str] = {}
    for template in children(common, "TemplatePage") if common is not None else ():
        part = package.find(str(template.get("BaseLoc", "")), base)
        if part is not None:
            found[str(template.get("ID", ""))] = part
    return found


def _is_true(value: str | None) -> bool:
    return str(value).strip().lower() in ("true", "1")
