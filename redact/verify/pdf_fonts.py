"""Decode glyph codes by the fonts' own maps, wherever in a pdf they are written."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from itertools import repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_TRIPLE = re.compile(
    rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.DOTALL
)
_STRING = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_MAX_RANGE = 65_536
_MOVES = frozenset({"Td", "TD", "Tm", "T*", "ET", "'", '"'})
_TAGS = frozenset({"BDC", "DP"})
_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_LOOKED_AT = " ".join(("Tf", *_TAGS, *_MOVES, *_SHOWS))


@dataclass(frozen=True, slots=True)
class CodeMap:
    """Hold one ToUnicode map: codes of each width in bytes, in the order of the file.

    ``numbered`` are those of two bytes by their numbers.
    """

    characters: Mapping[bytes, str]
    widths: tuple[int, ...]
    numbered: Mapping[int, str]

    def decode(self, data: bytes) -> str:
        """Decode a shown string; a code that the map does not know is left out."""
        if self.widths == (2,):
            return "".join(map(self.numbered.get, _pairs(data), repeat("")))
        if len(self.widths) == 1:
            (step,) = self.widths
            known = self.characters.get
            return "".join([known(data[at : at + step], "") for at in range(0, len(data), step)])
        pieces: list[str] = []
        position = 0
        while position < len(data):
            for width in self.widths:
                if (code := data[position : position + width]) in self.characters:
                    pieces.append(self.characters[code])
                    break
            else:
                width = self.widths[0] if self.widths else 1
            position += width
        return "".join(pieces)


def parse_code_map(data: bytes) -> CodeMap:
    """Read the bfchar and bfrange sections of a ToUnicode map (ISO 32000, 9.10.3)."""
    characters: dict[bytes, str] = {}
    for section in _CHARS.findall(data):
        for code, target in _PAIR.findall(section):
            characters[_bytes(code)] = _utf16(target)
    for section in _RANGES.findall(data):
        for first, last, target, listed in _TRIPLE.findall(section):
            characters.update(_range(_bytes(first), _bytes(last), target, listed))
    widths = {len(code) for code in characters}
    numbered = {int.from_bytes(code): text for code, text in characters.items() if len(code) == 2}
    return CodeMap(characters, tuple(sorted(widths, reverse=True)), numbered)


def _pairs(data: bytes) -> tuple[int, ...]:
    """Cut a string into numbers of two bytes; half a one is left out."""
    return struct.unpack_from(f">{len(data) // 2}H", data)


def _range(first: bytes, last: bytes, target: bytes, listed: bytes) -> Iterator[tuple[bytes, str]]:
    start, stop = (
        int.from_bytes(first),
        min(int.from_bytes(last), int.from_bytes(first) + _MAX_RANGE),
    )
    codes = (code.to_bytes(len(first)) for code in range(start, stop + 1))
    if listed:
        yield from zip(codes, map(_utf16, _STRING.findall(listed)), strict=False)
        return
    text = _utf16(target)
    for offset, code in enumerate(codes):
        if text and ord(text[-1]) + offset < 0x110000:
            yield code, text[:-1] + chr(ord(text[-1]) + offset)


def _bytes(digits: bytes) -> bytes:
    text = b"".join(digits.split()).decode("ascii")
    return bytes.fromhex(text + "0" * (len(text) % 2))


def _utf16(digits: bytes) -> str:
    return _bytes(digits).decode("utf-16-be", "ignore")


@dataclass(frozen=True, slots=True)
class _ShownFont:
    """Hold of a font how many bytes its codes take, those shown, and what they mean.

    ``width`` is zero where codes are not gathered; ``unmapped`` tells that nothing explains them.
    """

    width: int
    codes: set[int]
    map: CodeMap | None
    unmapped: bool = False


class ContentDecoder:
    """Decode the strings that content streams show.

    ``codes`` are the codes shown in each composite or drawn font, by its object number;
    ``tagged`` gathers the texts of marked content (ActualText, Alt); ``unmapped`` turns true at a
    font whose codes nothing explains.
    """

    def __init__(self) -> None:
        self._maps: dict[tuple[int, int], CodeMap] = {}
        self.codes: dict[tuple[int, int], set[int]] = {}
        self.tagged: list[str] = []
        self.unmapped = False

    def texts(self, content: Any, resources: Any) -> str:
        """Give the text of a content stream; every move to a new place starts a line."""
        import pikepdf

        fonts = resources.get("/Font", {}) if resources is not None else {}
        known: dict[str, _ShownFont] = {}
        shown = self._shown(None)
        pieces: list[str] = []
        for instruction in pikepdf.parse_content_stream(content, _LOOKED_AT):
            operator = str(instruction.operator)
            if operator in _MOVES:
                pieces.append("\n")
            if operator in _SHOWS:
                pieces += [self._decode(shown, s) for s in _strings(instruction.operands)]
            elif operator == "Tf":
                name = str(instruction.operands[0])
                if name not in known:
                    known[name] = self._shown(fonts.get(name))
                shown = known[name]
            elif operator in _TAGS:
                self.tagged.extend(_tagged(instruction.operands))
        return "".join(pieces)

    def _shown(self, font: Any) -> _ShownFont:
        kind = None if font is None else str(font.get("/Subtype"))
        width = {"/Type0": 2, "/Type3": 1}.get(kind or "", 0)
        codes = self.codes.setdefault(font.objgen, set()) if width else set[int]()
        if font is not None and "/ToUnicode" in font:
            return _ShownFont(width, codes, self._map(font.ToUnicode))
        return _ShownFont(width, codes, None, unmapped=font is None or kind == "/Type0")

    def _decode(self, font: _ShownFont, data: bytes) -> str:
        if font.width == 2:
            font.codes.update(_pairs(data), data[len(data) & ~1 :])
        elif font.width:
            font.codes.update(data)
        if font.map is not None:
            return font.map.decode(data)
        if font.unmapped:
            self.unmapped = self.unmapped or bool(data)
        return data.decode("latin-1")

    def _map(self, stream: pikepdf.Object) -> CodeMap:
        if stream.objgen not in self._maps:
            self._maps[stream.objgen] = parse_code_map(stream.read_bytes())
        return self._maps[stream.objgen]


def _tagged(operands: Iterable[Any]) -> Iterator[str]:
    import pikepdf

    for operand in operands:
        if isinstance(operand, pikepdf.Dictionary):
            texts = (value for _, value in operand.items())
            yield from (str(text) for text in texts if isinstance(text, pikepdf.String))


def _strings(operands: Iterable[Any]) -> Iterator[bytes]:
    import pikepdf

    for operand in operands:
        if isinstance(operand, int | Decimal):
            continue  # most of what stands between strings
        if isinstance(operand, pikepdf.String):
            yield bytes(operand)
        elif isinstance(operand, pikepdf.Array):
            yield from _strings(operand)


def characters_of_program(program: bytes) -> str:
    """List the characters of a TrueType or OpenType font program in the order of its glyphs.

    Empty for a bare CFF or Type 1 program, which knows no characters.
    """
    if program[:4] not in (b"\0\1\0\0", b"true", b"OTTO", b"ttcf"):
        return ""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(program), lazy=True, fontNumber=0)
    if "cmap" not in font:
        return ""
    known = font.getBestCmap() or {}
    order = {name: number for number, name in enumerate(font.getGlyphOrder())}
    return "".join(map(chr, sorted(known, key=lambda code: order.get(known[code], 0))))
