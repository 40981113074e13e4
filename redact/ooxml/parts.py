"""The graph of an office package: namespaces, relationships, content types, the rebuilt frame."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from lxml import etree

from redact.package import STRICT, StreamedXml, open_package, parse_xml
from review.errors import BrokenInputError, UnknownFormatError

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"

RELATIONSHIPS = f"{_PACKAGE}relationships"
CONTENT_TYPES = f"{_PACKAGE}content-types"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = f"{_OFFICE}relationships"
M = f"{_OFFICE}math"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
WPG = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
WPC = "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
V = "urn:schemas-microsoft-com:vml"
O = "urn:schemas-microsoft-com:office:office"  # noqa: E741 - the prefix every document uses
W10 = "urn:schemas-microsoft-com:office:word"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XML = "http://www.w3.org/XML/1998/namespace"

_STRICT_NAME = re.compile(rb"([\"'])http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_USUAL_NAME = rb"\1http://schemas.openxmlformats.org/\2/2006/\3"
_PERCENT = re.compile(rb'="(-?\d{1,4}(?:\.\d{1,4})?)%"')
_PERCENTS = (
    (re.compile(rb"<a:[^<>]*%[^<>]*>"), 1_000),
    (re.compile(rb"<(?:c:|w:w )[^<>]*%[^<>]*>"), 1),
    (re.compile(rb'w:w="-?[\d.]{1,8}%"'), 50),
)
"""Where strict files write a percentage, and how many of the usual units it is."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """Point from one part to another; ``target`` is a part name, empty for an external one."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Part:
    """Hold one part of the output; ``relationships`` maps ids to (kind, target part name)."""

    content_type: str
    data: bytes
    relationships: Mapping[str, tuple[str, str]]


def open_office(data: bytes) -> dict[str, bytes]:
    """Open a package; one saved as "Strict" gets its usual names and is otherwise the same.

    ISO/IEC 29500-1 (strict) and 29500-4 (transitional) name the same elements by other spaces.
    Raises ``InputError`` as ``open_package``.
    """
    strict = STRICT.encode()
    return {
        name: _usual(part) if strict in part else part for name, part in open_package(data).items()
    }


def _usual(part: bytes) -> bytes:
    for tags, units in _PERCENTS:
        part = tags.sub(partial(_count_percents, units), part)
    return _STRICT_NAME.sub(_USUAL_NAME, part)


def _count_percents(units: int, tag: re.Match[bytes]) -> bytes:
    return _PERCENT.sub(lambda told: b'="%d"' % round(float(told[1]) * units), tag[0])


class Graph:
    """Walk the parts of an opened package by their relationships."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = {name.casefold(): data for name, data in parts.items()}
        if "[content_types].xml" not in self._parts:
            raise UnknownFormatError("文件内容不是 docx 或 xlsx，请另存后重新提交。")
        self._types = parse_xml(self._parts["[content_types].xml"])

    def relationships(self, part: str = "") -> tuple[Relationship, ...]:
        """List what ``part`` (the package itself when empty) points to, in file order."""
        folder, name = posixpath.split(part)
        data = self._parts.get(posixpath.join(folder, "_rels", f"{name}.rels").casefold())
        if data is None:
            return ()
        found = [self._relationship(e, folder) for e in parse_xml(data).iter(_REL)]
        if len({r.id for r in found}) < len(found):
            raise BrokenInputError("文件结构异常（关系编号重复），请重新另存后再提交。")
        return tuple(found)

    def one(self, part: str, kind: str) -> Relationship | None:
        """Find the first inner relationship of one kind whose part exists."""
        return next((r for r in self.relationships(part) if r.kind == kind and r.target), None)

    def xml(self, name: str) -> etree._Element:
        """Parse a part; raises ``BrokenInputError`` when it is missing or malformed."""
        return parse_xml(self._part(name))

    def streamed(self, name: str, within: str, tag: str) -> StreamedXml:
        """Parse a part of which one element has too many children to be held at once."""
        return StreamedXml(self._part(name), within, tag)

    def _part(self, name: str) -> bytes:
        data = self._parts.get(name.casefold())
        if data is None:
            raise BrokenInputError("文件缺少必要的部分，请用办公软件重新保存后再提交。")
        return data

    def linked(self, part: str, kind: str) -> etree._Element | None:
        """Parse the part that ``part`` points to by a relationship of one kind, if there is one."""
        relationship = self.one(part, kind)
        return self.xml(relationship.target) if relationship else None

    def data(self, name: str) -> bytes:
        """Give the bytes of a part that a relationship points to."""
        return self._parts[name.casefold()]

    def parts(self) -> Iterable[bytes]:
        """Give the bytes of all parts."""
        return self._parts.values()

    def main(self, accepted: tuple[str, ...]) -> str:
        """Name the main part; raises ``UnknownFormatError`` unless its type is an accepted one."""
        main = self.one("", "officeDocument")
        if main is None:
            raise UnknownFormatError("文件内容不是 docx 或 xlsx，请另存后重新提交。")
        declared = self.content_type(main.target)
        if not any(kind in declared for kind in accepted):
            raise UnknownFormatError("文件内容与扩展名不符，请改正扩展名或另存后重新提交。")
        return main.target

    def content_type(self, part: str) -> str:
        """Give a part's declared content type, empty when none is declared."""
        wanted = f"/{part}".casefold()
        default = ""
        for entry in self._types:
            if str(entry.get("PartName", "")).casefold() == wanted:
                return str(entry.get("ContentType", ""))
            extension = str(entry.get("Extension", "")).casefold()
            if extension and wanted.endswith(f".{extension}"):
                default = str(entry.get("ContentType", ""))
        return default

    def _relationship(self, entry: etree._Element, folder: str) -> Relationship:
        kind = str(entry.get("Type", "")).rsplit("/", 1)[-1]
        target = unquote(str(entry.get("Target", "")))
        if entry.get("TargetMode") == "External":
            return Relationship(str(entry.get("Id", "")), kind, "")
        joined = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        exists = joined.casefold() in self._parts
        return Relationship(str(entry.get("Id", "")), kind, joined if exists else "")


_REL = f"{{{RELATIONSHIPS}}}Relationship"


def assemble(main: str, parts: Mapping[str, Part]) -> dict[str, bytes]:
    """Frame the parts of the output: content types and relationship parts written anew."""
    built = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relationships([("rId1", "officeDocument", main)]),
    }
    for name, part in parts.items():
        built[name] = part.data
        if part.relationships:
            folder, base = posixpath.split(name)
            built[f"{folder}/_rels/{base}.rels"] = _relationships(
                (i, kind, f"/{target}") for i, (kind, target) in part.relationships.items()
            )
    return built


def _content_types(parts: Mapping[str, Part]) -> bytes:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType={quoteattr(parts[name].content_type)}/>'
        for name in sorted(parts)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


def _relationships(entries: Iterable[tuple[str, str, str]]) -> bytes:
    lines = "".join(
        f'<Relationship Id="{i}" Type="{R}/{kind}" Target="{target}"/>'
        for i, kind, target in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Relationships xmlns="{RELATIONSHIPS}">{lines}</Relationships>'
    ).encode()


def words(text: str) -> frozenset[str]:
    """Read a list of names separated by spaces."""
    return frozenset(text.split())
