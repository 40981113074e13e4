"""Which attribute values may stay: numbers and schema words pass, anything that can tell does not.

An attribute is either a known text (then it is a block and can be redacted), a name that gets
renamed, or a value of one of the shapes below. Everything else is dropped.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from redact.ooxml.parts import XML, A, M, O, V, W

# A word of the schema has few digits in a row: a longer run would be a number behind a letter.
_WORD = r"(?![A-Za-z0-9]*\d{6})[A-Za-z][A-Za-z0-9]{0,31}"
# Ten digits hold any length in EMU; eleven would already hold a telephone number.
_NUMBER = r"[-+]?(?:\d{1,10}|\d{0,9}\.\d{1,10})(?:%|[a-z]{1,2})?"
_SIMPLE = re.compile(
    rf"(?:{_WORD}|{_NUMBER}|#?[0-9A-Fa-f]{{3,8}}|[a-z]{{2,3}}(?:-[A-Za-z0-9]{{2,4}}){{1,2}}|.|)\Z",
    re.DOTALL,
)
_LONG_FRACTION = re.compile(r"[-+]?\d{1,9}(?:\.\d{11,20}|(?:\.\d{1,20})?[eE][-+]?\d{1,2})\Z")
_PLACES = 6
_FONT_LATIN = re.compile(r"[@+]?[A-Za-z][A-Za-z0-9 _\-.&()]{0,40}\Z")
_FONT_CHINESE = re.compile(
    r"@?[A-Za-z]{0,4}[仿宋黑楷体體书書隶隸幼圆圓等线線中细細新明微软軟雅正方标標小大简簡繁华華文"
    r"行草魏碑彩云琥珀粗准报報超美艺藝综综秀英汉漢仪儀思源长長城苹蘋方兰蘭亭刊博舒姚老公牍]{2,16}"
    r"[ _\-]?(?:GB2312|GBK|GB18030|GB2312-80|Light|Bold|Regular|Medium|SC|CN)?\Z"
)
_DIGIT_RUN = re.compile(r"\d{6}")
_MOST_DIGITS = 7
"""Of a font's name: 仿宋_GB2312-80 has six; a telephone number in groups has more."""

_COORDINATES = re.compile(r"[-mlxecnfqabtrwvhyipuskoz0-9@#,. +]{0,2000}\Z")
_VML_COLOUR = re.compile(r"#?[A-Za-z0-9]{1,16}(?: ?\[\d{1,5}\])?\Z")
_GUIDE = re.compile(
    r"(?:[*/+\-?:]{1,2}|[A-Za-z0-9#@]{1,12}|-?\d{1,10})"
    r"(?: (?:[A-Za-z0-9#@]{1,12}|-?\d{1,10})){0,3}\Z"
)
_SHAPE_TYPE = re.compile(r"#?_x0000_t\d{1,4}\Z")
_SMALL_NUMBER = re.compile(r"-?\d{1,10}\Z")
_LONG_RUN = re.compile(r"\d{11}")
_CSS = re.compile(r"\s*([a-z][a-z\-]{1,40})\s*:\s*([A-Za-z0-9#.\-]{1,32})\s*\Z")
_CSS_HIDING = frozenset({"visibility", "display"})

_FONT_ATTRIBUTES = frozenset(
    {f"{{{W}}}{n}" for n in ("ascii", "hAnsi", "eastAsia", "cs", "font")} | {"typeface"}
)
_COORDINATE_ATTRIBUTES = frozenset(
    {"coordsize", "coordorigin", "adj", "path", "from", "to", "points", "inset", "textboxrect",
     "limo", "control1", "control2", "arcsize", "offset", "origin"}
)  # fmt: skip
_COLOUR_ATTRIBUTES = frozenset({"fillcolor", "strokecolor", "color", "color2"})
_VML = (f"{{{V}}}", f"{{{O}}}")
_BEND = f"{{{A}}}gd"
"""A handle by which a shape is bent; formulas and programs call it by its name."""

_NAMESPACES = frozenset({None, W, M, A, O, XML})
_DROPPED = re.compile(
    r"(?:rsid\w*|name|author|initials|date|dateUtc|tooltip|docLocation|tgtFrame|history|macro|"
    r"textlink|fPublished|gfxdata|spid|href|target|uri|src|link|embed|id|divId|tmpl|nsid|"
    r"original|edGrp|ed|displacedByCustomXml|conformance|userDrawn|dirty|fldLock|bmk|matchingName|"
    r"class|althref)\Z"
)
"""Names for strings of anybody's choosing, which a single word would pass for one of the schema."""


def is_safe_font(name: str) -> bool:
    """Tell whether a font name looks like one, not like a person or a number."""
    if _DIGIT_RUN.search(name) or sum(map(str.isdigit, name)) > _MOST_DIGITS:
        return False
    return bool(_FONT_LATIN.match(name) or _FONT_CHINESE.match(name))


def rounded(value: str) -> str:
    """Round a measure that spreadsheets write to seventeen places; anything else stays."""
    if not _LONG_FRACTION.match(value):
        return value
    text = f"{float(value):.{_PLACES}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def is_simple(value: str) -> bool:
    """Tell whether a value is a number, a schema word, a colour, a language or one character."""
    return bool(_SIMPLE.match(value))


def clean_attributes(element: etree._Element, keep: frozenset[str] = frozenset()) -> None:
    """Drop every attribute that is neither in ``keep`` nor of a shape that cannot tell anything."""
    drawn = str(element.tag).startswith(_VML)
    if element.tag == _BEND:
        keep = keep | {"name"}
        if not is_simple(str(element.get("name", ""))):
            element.set("name", "gd")
    for name, value in element.items():
        if name not in keep and not _may_stay(drawn, str(name), str(value)):
            del element.attrib[name]
        elif drawn and name == "style":
            element.set("style", clean_css(str(value)))


def clean_css(style: str) -> str:
    """Keep the declarations of a VML style that are a plain word or measure; nothing is hidden."""
    kept: list[str] = []
    for declaration in style.split(";"):
        match = _CSS.match(declaration)
        if match and match[1] not in _CSS_HIDING and not _LONG_RUN.search(match[2]):
            kept.append(f"{match[1]}:{match[2]}")
    return ";".join(kept)


@lru_cache(maxsize=16_384)
def _may_stay(drawn: bool, name: str, value: str) -> bool:
    qualified = etree.QName(name)
    if qualified.namespace not in _NAMESPACES:
        return False
    if qualified.localname in ("id", "type") and _SHAPE_TYPE.match(value):
        return True
    if _DROPPED.match(qualified.localname):
        return qualified.localname == "id" and bool(_SMALL_NUMBER.match(value))
    if name in _FONT_ATTRIBUTES:
        return is_safe_font(value)
    if drawn and not _LONG_RUN.search(value):
        if name == "style":
            return True
        if name in _COORDINATE_ATTRIBUTES:
            return bool(_COORDINATES.match(value))
        if name == "eqn":
            return bool(_GUIDE.match(value))
        if name in _COLOUR_ATTRIBUTES:
            return bool(_VML_COLOUR.match(value))
    if name == "fmla":
        return bool(_GUIDE.match(value)) and not _LONG_RUN.search(value)
    return is_simple(value)
