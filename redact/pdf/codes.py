"""Fonts of the output: they know only what is still shown, under codes that tell no order."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from redact.page.doubt import DoubtError
from redact.pdf.fontwriter import font_descriptor, identity_font, plain_number
from redact.pdf.program import program_of
from redact.pdf.type3 import type3_metrics

if TYPE_CHECKING:
    import pikepdf

STANDARD = frozenset(
    [
        "/Helvetica",
        "/Helvetica-Bold",
        "/Helvetica-Oblique",
        "/Helvetica-BoldOblique",
        "/Times-Roman",
        "/Times-Bold",
        "/Times-Italic",
        "/Times-BoldItalic",
        "/Courier",
        "/Courier-Bold",
        "/Courier-Oblique",
        "/Courier-BoldOblique",
    ]
)
"""Standard fonts for letters (ISO 32000, 9.6.2.2), which every reader brings along."""

_ENCODINGS = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding"})
_NONSYMBOLIC = 32
_SAME_WIDTH = 0.5


class FontCodes:
    """Hold one font of the source and which of its codes the output shows.

    ``drawn`` tells that content streams of their own draw its glyphs; ``known`` are the codes
    taken note of, each with what it says and its width.
    """

    def __init__(self, font: Any, name: str) -> None:
        self.font, self.name = font, name
        self.texts: dict[int, str] = {}
        self.by_text: dict[str, int] = {}
        self.widths: dict[int, float] = {}
        self.known: set[tuple[int, str, float]] = set()
        kind = str(font.get("/Subtype"))
        self.composite = kind == "/Type0"
        self.spaces_words = not self.composite
        if self.composite and str(font.get("/Encoding")) != "/Identity-H":
            raise DoubtError("encoding that is not known")
        self.drawn = kind == "/Type3"
        if kind not in ("/Type0", "/TrueType", "/Type1", "/MMType1", "/Type3"):
            raise DoubtError("kind of font that is not known")
        self.descendant = font["/DescendantFonts"][0] if self.composite else font
        self.descriptor = self.descendant.get("/FontDescriptor")
        self.standard = not self.drawn and (
            self.descriptor is None
            or not any(key in self.descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        )
        if self.standard and (self.composite or str(font.get("/BaseFont")) not in STANDARD):
            raise DoubtError("font that is not embedded")

    def split(self, data: bytes) -> Sequence[int]:
        """Cut a shown string into codes."""
        if not self.composite:
            return list(data)
        if len(data) % 2:
            raise DoubtError("half a code")
        return struct.unpack(f">{len(data) // 2}H", data)

    def use(self, code: int, text: str, width: float) -> None:
        """Take note of a code that is shown, of what it says and of its width in thousandths."""
        if (known := self.texts.setdefault(code, text)) != text:
            raise DoubtError(f"one code with {len({known, text})} meanings")
        self.by_text.setdefault(text, code)
        if abs(self.widths.setdefault(code, width) - width) > _SAME_WIDTH:
            raise DoubtError("one code with two widths")
        self.known.add((code, text, width))

    @property
    def order(self) -> list[int]:
        """List the codes in use by what they say: the order of first use would tell the text."""
        return sorted(self.texts, key=lambda code: (self.texts[code], code))

    def renumbered(self) -> Mapping[int, bytes]:
        """Give the new code of each code in use, as hexadecimal digits."""
        if self.standard:
            return {code: b"%02X" % code for code in self.texts}
        return {code: b"%04X" % number for number, code in enumerate(self.order, 1)}


class OutputFonts:
    """Hand out the fonts and graphics states of the output, each once."""

    def __init__(self) -> None:
        self._fonts: dict[Any, FontCodes] = {}
        self._states: dict[tuple[tuple[str, str], ...], tuple[str, dict[str, Any]]] = {}

    def codes_of(self, font: Any) -> FontCodes:
        """Look up a font of the source; raises ``DoubtError`` for a kind that is not known."""
        key = font.objgen if font.is_indirect else bytes(font.unparse(resolved=True))
        if key not in self._fonts:
            self._fonts[key] = FontCodes(font, f"F{len(self._fonts) + 1}")
        return self._fonts[key]

    def state(self, values: Mapping[str, Any]) -> str:
        """Name a graphics state."""
        key = tuple(sorted((k, str(v)) for k, v in values.items()))
        return self._states.setdefault(key, (f"G{len(self._states) + 1}", dict(values)))[0]

    def renumbered(self) -> Mapping[int, Mapping[int, bytes]]:
        """Give the new codes by the identity of each font, once all pages are written."""
        return {id(font): font.renumbered() for font in self._fonts.values()}

    def resources(self, pdf: pikepdf.Pdf) -> tuple[dict[str, Any], dict[str, Any]]:
        """Build all fonts and graphics states anew, by name."""
        import pikepdf

        fonts = {f"/{f.name}": _built(pdf, f) for f in self._fonts.values() if f.texts}
        states = {
            f"/{name}": pikepdf.Dictionary({k: _plain(v) for k, v in values.items()})
            for name, values in self._states.values()
        }
        return fonts, states


def _plain(value: Any) -> Any:
    import pikepdf

    return pikepdf.Name(value) if isinstance(value, str) else value


def _built(pdf: pikepdf.Pdf, codes: FontCodes) -> Any:
    return _standard(pdf, codes) if codes.standard else _embedded(pdf, codes)


def _standard(pdf: pikepdf.Pdf, codes: FontCodes) -> Any:
    from pikepdf import Array, Dictionary, Name

    font, used = codes.font, sorted(codes.texts)
    made = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=font.BaseFont)
    encoding = font.get("/Encoding")
    if encoding is not None and str(encoding) not in _ENCODINGS:
        raise DoubtError("encoding that is not known")
    if encoding is not None:
        made.Encoding = encoding
    if "/Widths" in font:
        first, last = used[0], used[-1]
        made.FirstChar, made.LastChar = first, last
        made.Widths = Array([plain_number(codes.widths.get(c, 0)) for c in range(first, last + 1)])
        metrics = codes.descriptor if codes.descriptor is not None else {}
        descriptor = font_descriptor(font.BaseFont, metrics, _NONSYMBOLIC)
        made.FontDescriptor = pdf.make_indirect(descriptor)
    return pdf.make_indirect(made)


def _embedded(pdf: pikepdf.Pdf, codes: FontCodes) -> Any:
    order = codes.order
    program = program_of(codes.font, codes.descendant, codes.descriptor, order)
    meanings = [(codes.texts[code], codes.widths[code]) for code in order]
    metrics = type3_metrics(codes.font) if codes.drawn else codes.descriptor
    return identity_font(pdf, codes.name, program, metrics, meanings)
