"""Find what subset fonts of a pdf still hold of characters that nothing in the file shows."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Set
from io import BytesIO
from typing import Any

LEFTOVERS = "输出的字体中留有页面上没有的字形，可能还原已隐去的文字，请转人工处理。"
_SUBSET = re.compile(rb"/[A-Z]{6}\+")
_PLACEHOLDERS = ("/.notdef", "/g0")
"""Names under which fonts hold what stands for a missing glyph, and nothing else."""

_IDENTITY = ("/Identity-H", "/Identity-V")


def has_leftovers(font: Any, shown: Set[int]) -> bool:
    """Tell whether a font has widths or outlines for codes that are not shown.

    Looked at are composite subsets and fonts whose glyphs are streams of the file: whoever makes
    them puts in what is shown. Any other font holds what its maker put in, whatever the pages say.
    """
    if font.get("/Subtype") == "/Type3":
        return _spare_drawings(font, shown)
    if font.get("/Subtype") != "/Type0" or str(font.get("/Encoding")) not in _IDENTITY:
        return False
    if not _SUBSET.match(font.get("/BaseFont").unparse()):
        return False
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    descendant = font["/DescendantFonts"][0]
    if any(code not in shown for code in _widths(descendant.get("/W", []))):
        return True
    descriptor = descendant.get("/FontDescriptor", {})
    if "/FontFile2" in descriptor:
        glyphs = _glyphs(descendant.get("/CIDToGIDMap"), shown)
        return _spare_truetype(descriptor.FontFile2.read_bytes(), glyphs)
    if "/FontFile3" in descriptor and descriptor.FontFile3.get("/Subtype") == "/CIDFontType0C":
        return _spare_cff(descriptor.FontFile3.read_bytes(), shown)
    return False


def _spare_drawings(font: Any, shown: Set[int]) -> bool:
    """Look for streams of glyphs that no shown code leads to (ISO 32000, 9.6.5)."""
    used, code = set(_PLACEHOLDERS), 0
    for item in font.get("/Encoding", {}).get("/Differences", []):
        if isinstance(item, int):
            code = item
            continue
        if code in shown:
            used.add(str(item))
        code += 1
    return any(name not in used for name in font.get("/CharProcs", {}))


def _widths(listed: Any) -> Iterator[int]:
    """Yield the codes whose widths are listed one by one (ISO 32000, 9.7.4.3)."""
    import pikepdf

    first = 0
    for item in listed:
        if isinstance(item, pikepdf.Array):
            yield from range(first, first + len(item))
        else:
            first = int(item)


def _glyphs(given: Any, shown: Set[int]) -> set[int]:
    import pikepdf

    if not isinstance(given, pikepdf.Stream):
        return set(shown)
    table = given.read_bytes()
    return {int.from_bytes(table[2 * code : 2 * code + 2]) for code in shown}


def _spare_truetype(program: bytes, used: set[int]) -> bool:
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(program), lazy=True)
    places, outlines = font["loca"], font["glyf"]
    waiting = [number for number in used if number + 1 < len(places)]
    known = {0, *waiting}
    while waiting:
        glyph = outlines[font.getGlyphName(waiting.pop())]
        parts = {font.getGlyphID(name) for name in glyph.getComponentNames(outlines)}
        waiting += parts - known
        known |= parts
    filled = (n for n in range(len(places) - 1) if places[n + 1] > places[n])
    return any(number not in known for number in filled)


def _spare_cff(program: bytes, used: Set[int]) -> bool:
    from fontTools.cffLib import CFFFontSet
    from fontTools.pens.boundsPen import ControlBoundsPen

    fonts = CFFFontSet()
    fonts.decompile(BytesIO(program), None)
    top = fonts[0]
    by_name = hasattr(top, "ROS")
    for number, name in enumerate(top.charset):
        code = int(name[3:]) if by_name and name.startswith("cid") else number
        if not number or code in used:
            continue
        pen = ControlBoundsPen(None)
        top.CharStrings[name].draw(pen)
        if pen.bounds is not None:
            return True
    return False
