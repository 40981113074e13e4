"""The invisible font of our text layers: each character an em wide, painting nothing."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from redact.page.edit import Piece
from redact.page.glyphs import GLYPHLESS

if TYPE_CHECKING:
    import pikepdf

_MAX_CODES = 65_535
_EM = 1000


class GlyphlessFont:
    """Give a code to every character that is laid down, and finish the font with just these."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        import pikepdf

        self._pdf = pdf
        self.font = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font))
        self._codes: dict[str, int] = {}

    def show(self, name: str, piece: Piece, size: tuple[float, float]) -> str:
        """Write one piece so that its glyphs, each an em wide, fill its box.

        ``name`` is the font's on the page, ``size`` the page's in points.
        """
        x0, x1 = max(piece.box.x0, 0.0), min(piece.box.x1, size[0])
        top, bottom = max(piece.box.top, 0.0), min(piece.box.bottom, size[1])
        em, wide = max(bottom - top, 1.0), max(x1 - x0, 1.0)
        text = "".join(" " if character.isspace() else character for character in piece.text)
        stretch = 100 * wide / (em * len(text))
        return (
            f"/{name} {em:.6f} Tf {stretch:.6f} Tz "
            f"1 0 0 1 {x0:.6f} {size[1] - bottom:.6f} Tm <{self.codes(text)}> Tj"
        )

    def codes(self, text: str) -> str:
        """Give the codes of a text as hexadecimal digits, each code two bytes."""
        return "".join(f"{self._code(character):04X}" for character in text)

    def _code(self, character: str) -> int:
        code = self._codes.setdefault(character, len(self._codes) + 1)
        assert code <= _MAX_CODES
        return code

    def finish(self) -> None:
        """Fill in the font once everything is laid down."""
        from pikepdf import Dictionary, Name, String

        program = _glyphless_program()
        file = self._pdf.make_stream(program)
        file.Length1 = len(program)
        name = Name("/" + GLYPHLESS)
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=name, Flags=5, FontBBox=[0, 0, _EM, _EM],
            ItalicAngle=0, Ascent=_EM, Descent=0, CapHeight=_EM, StemV=80, FontFile2=file,
        )  # fmt: skip
        system = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
        descendant = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, CIDSystemInfo=system,
            FontDescriptor=self._pdf.make_indirect(descriptor), DW=_EM,
            CIDToGIDMap=self._pdf.make_stream(b"\0\1" * (len(self._codes) + 1)),
        )  # fmt: skip
        self.font.Subtype = Name.Type0
        self.font.BaseFont = name
        self.font.Encoding = Name("/Identity-H")
        self.font.DescendantFonts = [self._pdf.make_indirect(descendant)]
        rows = ((code, character) for character, code in sorted(self._codes.items()))
        self.font.ToUnicode = self._pdf.make_stream(to_unicode(rows))


_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
_PER_SECTION = 100


def to_unicode(meanings: Iterable[tuple[int, str]]) -> bytes:
    """Write the map from two-byte codes to texts, at most 100 a section (ISO 32000, 9.10.3).

    To be given sorted by text, so that the map does not repeat the wording of the pages.
    """
    rows = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in meanings]
    sections = []
    for start in range(0, len(rows), _PER_SECTION):
        part = rows[start : start + _PER_SECTION]
        sections.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n")
    return (_CMAP_HEAD + "".join(sections) + _CMAP_TAIL).encode("ascii")


def _glyphless_program() -> bytes:
    """Make a TrueType font of one glyph that has an extent and no area.

    A glyph without extent would do for painting nothing, but pdfium then drops every text of a
    single character from what it reads.
    """
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((_EM, _EM))
    pen.closePath()
    diagonal = pen.glyph()

    builder = FontBuilder(_EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", "blank"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": diagonal, "blank": diagonal})
    builder.setupHorizontalMetrics({".notdef": (_EM, 0), "blank": (_EM, 0)})
    builder.setupHorizontalHeader(ascent=_EM, descent=0)
    builder.setupNameTable({"familyName": GLYPHLESS, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    # A fixed date: the same input must give the same bytes.
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    buffer = BytesIO()
    builder.save(buffer)
    return buffer.getvalue()
