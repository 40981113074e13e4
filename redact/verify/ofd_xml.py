"""Read one XML part of an OFD output with expat: texts with their places, and all that is else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from redact.verify.xml import DoctypeError

_NAMESPACE = "http://www.ofdspec.org/2016"
_ALLOWED_ELEMENTS = (
    "OFD DocBody DocInfo DocID DocRoot Document CommonData MaxUnitID PageArea PhysicalBox "
    "PublicRes Pages Page Res Fonts Font FontFile Area Content Layer TextObject TextCode "
    "CGTransform Glyphs PathObject AbbreviatedData FillColor StrokeColor "
    "ImageObject MultiMedias MultiMedia MediaFile"
)
_ALLOWED_ATTRIBUTES = (
    "Version DocType ID BaseLoc FontName FamilyName Bold Italic Type Boundary CTM Font Size "
    "HScale Weight ReadDirection CharDirection Fill Stroke LineWidth DashPattern Value Alpha "
    "X Y DeltaX DeltaY CodePosition CodeCount GlyphCount ResourceID Format"
)
_ELEMENTS = frozenset(_ALLOWED_ELEMENTS.split())
_ATTRIBUTES = frozenset(_ALLOWED_ATTRIBUTES.split())
_WORDS = frozenset({"true", "false", "Body", "OFD", "Image", "PNG", "JPEG"})
_LETTERS = frozenset("MLCg")
_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{1,4})?")
_NOUGHTS = re.compile(r"0{32}")


@dataclass(frozen=True, slots=True)
class Code:
    """Hold a ``TextCode`` with the attributes of it and of its text object, and its glyphs."""

    text: str
    own: Mapping[str, str]
    around: Mapping[str, str]
    glyphs: tuple[int, ...]


@dataclass(slots=True)
class OfdXml:
    """Collect the codes of a part, texts that are none, and the fonts it declares by ID.

    ``foreign`` tells that something stands there which no output of ours has.
    """

    codes: list[Code] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    fonts: dict[str, str] = field(default_factory=dict)
    foreign: bool = False
    _open: list[tuple[str, dict[str, str], list[str]]] = field(default_factory=list)
    _glyphs: list[int] = field(default_factory=list)

    def read(self, data: bytes) -> None:
        """Read a part; raises ``DoctypeError`` or ``expat.ExpatError``."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = lambda text: self._open[-1][2].append(text)
        parser.CommentHandler = self._loose
        parser.ProcessingInstructionHandler = lambda *words: self._loose(" ".join(words))
        parser.StartNamespaceDeclHandler = self._declared
        parser.Parse(data, True)

    def _doctype(self, *_: object) -> None:
        raise DoctypeError

    def _declared(self, prefix: str | None, address: str) -> None:
        if (prefix, address) != ("ofd", _NAMESPACE):
            self._loose(f"{prefix or ''} {address}")

    def _loose(self, text: str) -> None:
        self.foreign = True
        self.aside.append(text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if namespace != _NAMESPACE or local not in _ELEMENTS:
            self._loose(name)
        for key, value in attributes.items():
            if key not in _ATTRIBUTES:
                self._loose(key)
            if value not in _WORDS and not _is_numbers(value):
                self.aside.append(value)
        self._open.append((local, attributes, []))

    def _end(self, _: str) -> None:
        name, attributes, pieces = self._open.pop()
        text = "".join(pieces)
        around = self._open[-1][1] if self._open else {}
        if name == "TextCode":
            self.codes.append(Code(text, attributes, around, tuple(self._glyphs)))
            self._glyphs = []
        elif name == "Glyphs" and _is_numbers(text):
            self._glyphs += [int(float(word)) for word in text.split()]
        elif name == "FontFile":
            self.fonts[around.get("ID", "")] = text.strip()
            self.aside.append(text)
        elif text.strip() and not _is_numbers(text):
            self.aside.append(text)


def _is_numbers(text: str) -> bool:
    """Tell short numbers and the letters between them, in which no other number can stand."""
    words = text.split()
    return all(w in _LETTERS or _NUMBER.fullmatch(w) or _NOUGHTS.fullmatch(w) for w in words)
