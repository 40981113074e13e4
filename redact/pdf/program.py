"""The glyph program of a font, cut down to the glyphs that an output shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from redact.page.doubt import DoubtError
from redact.page.outlines import Outlines, cff_outlines, type1_outlines
from redact.pdf.truetype import TrueType
from redact.pdf.type3 import type3_outlines

_SYMBOLIC = 4
_PRIVATE = 0xF000
_TABLES = ("head", "hhea", "hmtx", "maxp", "loca", "glyf", "cvt ", "fpgm", "prep")


class Program(NamedTuple):
    """Hold a font program whose glyphs 1, 2, 3 … are those asked for."""

    data: bytes
    truetype: bool


def program_of(font: Any, descendant: Any, descriptor: Any, codes: Sequence[int]) -> Program:
    """Cut a font's program down to the glyphs of these codes, in this order.

    Raises ``DoubtError`` for a program that cannot be read or drawn.
    """
    try:
        return _program(font, descendant, descriptor, codes)
    except DoubtError:
        raise
    except Exception as error:
        # Font programs are read by other people's parsers; no surprise of theirs may pass.
        raise DoubtError("font program that cannot be read") from error


def _program(font: Any, descendant: Any, descriptor: Any, codes: Sequence[int]) -> Program:
    composite = font is not descendant and str(font.get("/Subtype")) == "/Type0"
    if str(font.get("/Subtype")) == "/Type3":
        return _drawn(font, codes)
    if "/FontFile2" in descriptor:
        return _truetype(descriptor.FontFile2.read_bytes(), font, descendant, composite, codes)
    if "/FontFile" in descriptor:
        file = descriptor.FontFile
        outlines = type1_outlines(file.read_bytes(), int(file.Length1))
        return _by_name(outlines, font, codes)
    data = descriptor.FontFile3.read_bytes()
    if data[:4] in (b"OTTO", b"\0\1\0\0", b"true"):
        tables = _tables(data)
        if "glyf" in tables:
            return _truetype(data, font, descendant, composite, codes)
        data = tables["CFF "]
    outlines = cff_outlines(data)
    if not composite:
        return _by_name(outlines, font, codes)
    _check_identity(descendant)
    if outlines.cids:
        names = [f"cid{code:05d}" if code else ".notdef" for code in codes]
    else:
        names = [outlines.order[c] if c < len(outlines.order) else ".notdef" for c in codes]
    return Program(outlines.with_glyphs(names), truetype=False)


def _drawn(font: Any, codes: Sequence[int]) -> Program:
    names = _names(font.Encoding)
    chosen = [names.get(code, "") for code in codes]
    return Program(type3_outlines(font, chosen).with_glyphs(chosen), truetype=False)


def _by_name(outlines: Outlines, font: Any, codes: Sequence[int]) -> Program:
    names = dict(outlines.encoding) | _names(font.get("/Encoding"))
    chosen = [names.get(code, ".notdef") for code in codes]
    return Program(outlines.with_glyphs(chosen), truetype=False)


def _truetype(
    data: bytes, font: Any, descendant: Any, composite: bool, codes: Sequence[int]
) -> Program:
    program = TrueType(_tables(data))
    glyphs = _cid_glyphs(descendant, codes) if composite else _simple_glyphs(data, font, codes)
    return Program(program.with_glyphs(glyphs), truetype=True)


def _tables(data: bytes) -> Mapping[str, bytes]:
    from fontTools.ttLib.sfnt import SFNTReader

    reader = SFNTReader(BytesIO(data), checkChecksums=0)
    return {tag: reader[tag] for tag in (*_TABLES, "CFF ") if tag in reader}


def _check_identity(descendant: Any) -> None:
    if "/CIDToGIDMap" in descendant and str(descendant.CIDToGIDMap) != "/Identity":
        raise DoubtError("glyph map that is not known")


def _cid_glyphs(descendant: Any, codes: Sequence[int]) -> list[int]:
    import pikepdf

    given = descendant.get("/CIDToGIDMap")
    if not isinstance(given, pikepdf.Stream):
        _check_identity(descendant)
        return list(codes)
    table = given.read_bytes()
    return [int.from_bytes(table[2 * code : 2 * code + 2]) for code in codes]


def _simple_glyphs(data: bytes, font: Any, codes: Sequence[int]) -> list[int]:
    """Find the glyphs of one-byte codes (ISO 32000, 9.6.5.4)."""
    from fontTools.agl import toUnicode
    from fontTools.ttLib import TTFont

    program = TTFont(BytesIO(data), lazy=True)
    maps = {
        (table.platformID, table.platEncID): table.cmap
        for table in (program["cmap"].tables if "cmap" in program else ())
    }
    number = program.getReverseGlyphMap() if maps else {}
    names = _names(font.get("/Encoding"))
    symbolic = bool(int(font.FontDescriptor.get("/Flags", 0)) & _SYMBOLIC)
    found = []
    for code in codes:
        glyph = None
        if names and not (symbolic and (3, 0) in maps):
            text = toUnicode(names.get(code, ""))
            glyph = maps.get((3, 1), {}).get(ord(text)) if len(text) == 1 else None
        for key, value in (((3, 0), code), ((3, 0), _PRIVATE + code), ((1, 0), code)):
            glyph = glyph or maps.get(key, {}).get(value)
        found.append(number[glyph] if glyph else _unmapped(maps, code))
    return found


def _unmapped(maps: Mapping[Any, Any], code: int) -> int:
    """Without any map the codes are the glyphs; else an unknown code shows glyph 0."""
    return 0 if maps else code


def _names(encoding: Any) -> dict[int, str]:
    """List the glyph names of an encoding of one-byte codes (ISO 32000, annex D)."""
    import pikepdf
    from pdfminer.encodingdb import EncodingDB

    if encoding is None:
        return {}
    base = encoding.get("/BaseEncoding") if isinstance(encoding, pikepdf.Dictionary) else encoding
    names: dict[int, str] = {}
    if base is not None:
        names = _base_names(str(base)[1:], EncodingDB)
    code = 0
    for item in encoding.get("/Differences", []) if base is not encoding else []:
        if isinstance(item, pikepdf.Name):
            names[code] = str(item)[1:]
            code += 1
        else:
            code = int(item)
    return names


def _base_names(name: str, database: Any) -> dict[int, str]:
    from fontTools.agl import UV2AGL

    listed = database.encodings.get(name)
    if listed is None:
        raise DoubtError("encoding that is not known")
    return {code: UV2AGL.get(ord(text), "") for code, text in listed.items() if len(text) == 1}
