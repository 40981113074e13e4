"""The styles of a workbook: written anew, fonts and number formats kept when harmless."""

from __future__ import annotations

from lxml import etree

from redact.counts import whole_number
from redact.ooxml.numbers import builtin_format, safe_format
from redact.ooxml.parts import S, words
from redact.ooxml.sheet import Styles
from redact.ooxml.sheetlayout import simple_markup
from redact.ooxml.values import is_safe_font

_SECTIONS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles")
_ALLOWED = words(
    "numFmts numFmt fonts font b i strike u sz color name family charset scheme vertAlign outline "
    "shadow condense extend fills fill patternFill fgColor bgColor gradientFill stop borders "
    "border left right top bottom diagonal start end vertical horizontal cellStyleXfs cellXfs xf "
    "alignment cellStyles cellStyle colors indexedColors rgbColor"
)
_EMPTY = (
    '<fonts count="1"><font><sz val="11"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf xfId="0"/></cellXfs>'
)


def read_formats(styles: etree._Element | None, epoch_1904: bool) -> Styles:
    """Read the number format of every cell style, as it will be published."""
    if styles is None:
        return Styles(epoch_1904=epoch_1904)
    own = {
        str(f.get("numFmtId")): str(f.get("formatCode", ""))
        for f in styles.iterfind(f"{{{S}}}numFmts/{{{S}}}numFmt")
    }
    safe = {number: safe_format(code) for number, code in own.items()}
    used = [str(xf.get("numFmtId", "0")) for xf in styles.iterfind(f"{{{S}}}cellXfs/{{{S}}}xf")]
    formats = [safe.get(n) or builtin_format(whole_number(n) or 0) for n in used]
    changed = (i for i, n in enumerate(used) if n in own and own[n] != safe[n])
    return Styles(formats, frozenset(changed), epoch_1904)


def write_styles(styles: etree._Element | None) -> str:
    """Write the styles part."""
    inner = _EMPTY
    if styles is not None:
        inner = ""
        for name in _SECTIONS:
            section = styles.find(f"{{{S}}}{name}")
            if section is not None:
                inner += simple_markup(section, _ALLOWED, rewrite=_Rewriter())
        inner += '<dxfs count="0"/>'
        colours = styles.find(f"{{{S}}}colors")
        inner += simple_markup(colours, _ALLOWED) if colours is not None else ""
    return f'<styleSheet xmlns="{S}">{inner}</styleSheet>'


class _Rewriter:
    """Decide on the attributes of styles that hold names of the author's choosing."""

    def __init__(self) -> None:
        self._styles = 0

    def __call__(self, element: str, attribute: str, value: str) -> str | None:
        if element == "numFmt" and attribute == "formatCode":
            return safe_format(value)
        if element == "name" and attribute == "val":
            return value if is_safe_font(value) else "宋体"
        if element == "cellStyle" and attribute == "name":
            self._styles += 1
            return "Normal" if value in ("Normal", "常规") else f"样式 {self._styles}"
        return None
