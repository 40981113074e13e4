"""OFD files written for tests: a package of parts, pages of objects, a subset font of its own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 4.0
FONTS = '<ofd:Font ID="1" FontName="宋体" FamilyName="宋体"/>'


def code(text: str, x: float = 0, y: float = SIZE, attributes: str = "") -> str:
    """Write a ``TextCode`` whose signs stand one em (letters half an em) apart.

    One that is to be filled in later leaves the distances to the reader.
    """
    steps = (
        "" if "{" in text else " ".join(str(SIZE / 2 if c.isascii() else SIZE) for c in text[:-1])
    )
    delta = f'DeltaX="{steps}"' if steps and "Delta" not in attributes else ""
    return f'<ofd:TextCode X="{x}" Y="{y}" {delta} {attributes}>{text}</ofd:TextCode>'


def text(
    words: str, y: float = 20, x: float = 20, attributes: str = "", font: str = "1", inner: str = ""
) -> str:
    """Write a text object of one line; ``inner`` comes before its code."""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y} 170 6" Font="{font}" Size="{SIZE}" {attributes}>'
        f"{inner}{code(words)}</ofd:TextObject>"
    )


def path(data: str, attributes: str = "") -> str:
    """Write a path object over the whole page."""
    return (
        f'<ofd:PathObject ID="8" Boundary="0 0 210 297" LineWidth="0.3" {attributes}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def page(*objects: str, head: str = "", tail: str = "", layer: str = "") -> str:
    """Write a page of one layer."""
    return (
        f'<ofd:Page {NS}>{head}<ofd:Content><ofd:Layer ID="7" {layer}>{"".join(objects)}'
        f"</ofd:Layer></ofd:Content>{tail}</ofd:Page>"
    )


def document(pages: int, common: str = "", rest: str = "") -> str:
    """Write ``Document.xml``."""
    listed = "".join(
        f'<ofd:Page ID="{100 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(pages)
    )
    return (
        f"<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{rest}</ofd:Document>"
    )


def resources(inner: str = "", fonts: str = FONTS) -> str:
    """Write a resource file."""
    return f'<ofd:Res {NS} BaseLoc="Res"><ofd:Fonts>{fonts}</ofd:Fonts>{inner}</ofd:Res>'


def entry(info: str = "", rest: str = "", more: str = "") -> str:
    """Write ``OFD.xml``."""
    return (
        f'<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>0</ofd:DocID>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml"
        f"</ofd:DocRoot>{rest}</ofd:DocBody>{more}</ofd:OFD>"
    )


def package(
    pages: Sequence[str], parts: Mapping[str, str | bytes] | None = None, comment: bytes = b""
) -> bytes:
    """Zip pages and the parts around them; ``parts`` add to the usual ones or replace them."""
    every: dict[str, str | bytes] = {
        "OFD.xml": entry(),
        "Doc_0/Document.xml": document(len(pages)),
        "Doc_0/PublicRes.xml": resources(),
    }
    every |= {f"Doc_0/Pages/Page_{n}/Content.xml": p for n, p in enumerate(pages)}
    every |= parts or {}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, data in every.items():
            # A font of equal boxes would pass for a bomb.
            packed = zipfile.ZIP_STORED if name.endswith(".ttf") else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, packed)
    return buffer.getvalue()


@cache
def font(characters: str, cmap: str | None = None, unused: int = 0) -> bytes:
    """Build a TrueType program: glyph n paints the n-th character; ``cmap`` may lie about it.

    ``unused`` glyphs under no character come first and shift the numbers.
    """
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    names = [".notdef", *(f"u{n}" for n in range(unused))]
    names += (f"g{n}" for n in range(1, len(characters) + 1))
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(
        {ord(c): f"g{n}" for n, c in enumerate(cmap if cmap is not None else characters, 1)}
    )
    builder.setupGlyf({name: _box_glyph(TTGlyphPen(None), n) for n, name in enumerate(names)})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=850, descent=-150)
    builder.setupNameTable({"familyName": "Test", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    output = io.BytesIO()
    builder.font.save(output)
    return output.getvalue()


def _box_glyph(pen: Any, number: int) -> Any:
    """Draw a box whose height tells the glyphs apart."""
    pen.moveTo((0, 0))
    pen.lineTo((0, 100 + number))
    pen.lineTo((900, 100 + number))
    pen.lineTo((900, 0))
    pen.closePath()
    return pen.glyph()


def glyphs(*numbers: int, position: int = 0) -> str:
    """Write a ``CGTransform`` of one glyph a sign."""
    return (
        f'<ofd:CGTransform CodePosition="{position}" CodeCount="{len(numbers)}" '
        f'GlyphCount="{len(numbers)}"><ofd:Glyphs>{" ".join(map(str, numbers))}</ofd:Glyphs>'
        "</ofd:CGTransform>"
    )
