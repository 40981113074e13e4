"""A new pdf of page pictures with an invisible, searchable layer of the redacted text."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from redact.pdf_edit import Piece
from redact.pdf_glyphs import GLYPHLESS
from redact.pdf_raster import Picture

if TYPE_CHECKING:
    import pikepdf

_MAX_CODES = 65_535
_EM = 1000


class OutputPdf:
    """Build the output from nothing, so that it holds only what is put in.

    No document information, no metadata, no identifier: the same input gives the same bytes.
    """

    def __init__(self) -> None:
        import pikepdf

        self._pdf = pikepdf.new()
        self._font = self._pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font))
        self._codes: dict[str, int] = {}

    def add_page(
        self,
        size: tuple[float, float],
        picture: Picture,
        blocks: Sequence[tuple[str, Sequence[Piece]]],
    ) -> None:
        """Append a page: its picture and, for each block, its tag and pieces of text."""
        import pikepdf

        width, height = size
        content = [f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Im Do Q"]
        for number, (tag, pieces) in enumerate(blocks):
            content.append(f"/{tag} <</MCID {number}>> BDC BT 3 Tr")
            content += (self._show(piece, size) for piece in pieces)
            content.append("ET EMC")
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, width, height],
            Contents=self._pdf.make_stream("\n".join(content).encode("ascii")),
            Resources=pikepdf.Dictionary(
                XObject=pikepdf.Dictionary(Im=self._image(picture)),
                Font=pikepdf.Dictionary(F=self._font),
            ),
        )
        self._pdf.pages.append(pikepdf.Page(self._pdf.make_indirect(page)))

    def save(self) -> bytes:
        """Finish the font, which knows only characters that are shown, and write the file."""
        import pikepdf

        self._fill_font()
        output = BytesIO()
        self._pdf.save(output, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        self._pdf.close()
        return output.getvalue()

    def _show(self, piece: Piece, size: tuple[float, float]) -> str:
        """Write one piece so that its glyphs, each an em wide, fill its box."""
        x0, x1 = max(piece.box.x0, 0.0), min(piece.box.x1, size[0])
        top, bottom = max(piece.box.top, 0.0), min(piece.box.bottom, size[1])
        em, wide = max(bottom - top, 1.0), max(x1 - x0, 1.0)
        text = "".join(" " if character.isspace() else character for character in piece.text)
        codes = "".join(f"{self._code(character):04X}" for character in text)
        stretch = 100 * wide / (em * len(text))
        return (
            f"/F {em:.3f} Tf {stretch:.4f} Tz "
            f"1 0 0 1 {x0:.3f} {size[1] - bottom:.3f} Tm <{codes}> Tj"
        )

    def _code(self, character: str) -> int:
        code = self._codes.setdefault(character, len(self._codes) + 1)
        assert code <= _MAX_CODES
        return code

    def _image(self, picture: Picture) -> pikepdf.Object:
        import pikepdf

        image = self._pdf.make_stream(picture.data)
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height = picture.width, picture.height
        image.BitsPerComponent, image.ColorSpace = picture.bits, pikepdf.Name.DeviceGray
        lossless = picture.bits == 1
        image.Filter = pikepdf.Name.FlateDecode if lossless else pikepdf.Name.DCTDecode
        return image

    def _fill_font(self) -> None:
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
        self._font.Subtype = Name.Type0
        self._font.BaseFont = name
        self._font.Encoding = Name("/Identity-H")
        self._font.DescendantFonts = [self._pdf.make_indirect(descendant)]
        self._font.ToUnicode = self._pdf.make_stream(_to_unicode(self._codes))


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


def _to_unicode(codes: dict[str, int]) -> bytes:
    """Write the map from codes to characters, at most 100 a section (ISO 32000, 9.10.3).

    Sorted by character, so that the map does not repeat the wording of the pages.
    """
    rows = [
        f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>"
        for character, code in sorted(codes.items())
    ]
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
