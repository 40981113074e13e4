"""How large a drawing is by its own account: EMF, WMF, SVG and StarView metafiles."""

from __future__ import annotations

import re
import struct
import zlib
from typing import NamedTuple

from lxml import etree

from redact.package import parse_xml
from review.errors import InputError

MOST_UNPACKED = 20_000_000
_LARGEST, _SMALLEST, _USUAL = 30.0, 0.1, 12.0
"""Centimetres: larger drawings are drawn smaller, and those without a size as a figure is."""

_STEEPEST = 60
"""Length by width beyond which nothing is a drawing that people read."""

_CM_PER_INCH = 2.54
_TWIPS_PER_INCH = 1_440
_GZIP = b"\x1f\x8b"
_EMF_MARK = slice(40, 44)
_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_STANDARD = (b"\x01\x00\x09\x00", b"\x02\x00\x09\x00")
_WINDOW_EXTENT = 0x020C
_STARVIEW = b"VCLMTF"
_UNITS = {0: 1_000, 1: 100, 2: 10, 3: 1}
"""The metric units of StarView: how many of them make a centimetre."""

_HEAD = 4_096
_SVG_START = re.compile(rb"<(?:\w+:)?svg[\s>]")
_SVG = "{http://www.w3.org/2000/svg}svg"
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(px|pt|pc|mm|cm|in)?\s*\Z")
_PER_INCH = {"px": 96, "pt": 72, "pc": 6, "mm": 25.4, "cm": _CM_PER_INCH, "in": 1}
_INSIDE = ("#", "data:image/png;", "data:image/jpeg;")
"""References that stay within a drawing; another drawing in it could reach outside in turn."""

_OUTSIDE = re.compile(r"url\(\s*[\"']?(?!#)|@import", re.IGNORECASE)


class Size(NamedTuple):
    """Hold width and height in centimetres."""

    wide: float
    high: float


def unpacked(data: bytes) -> bytes:
    """Inflate what is stored compressed (emz, wmz, svgz); empty where it is too large or broken."""
    if not data.startswith(_GZIP):
        return data
    inflater = zlib.decompressobj(31)
    try:
        plain = inflater.decompress(data, MOST_UNPACKED)
    except zlib.error:
        return b""
    return plain if inflater.eof else b""


def size_of(data: bytes) -> Size | None:
    """Read the size of a drawing; None for what is none or not understood."""
    try:
        if data[_EMF_MARK] == b" EMF" and data.startswith(b"\x01\0\0\0"):
            return _emf(data)
        if data.startswith(_PLACEABLE):
            return _placeable(data)
        if data.startswith(_STANDARD):
            return _standard(data)
        if data.startswith(_STARVIEW):
            return _starview(data)
    except struct.error:
        return None
    return _svg(data) if _SVG_START.search(data[:_HEAD]) else None


def _fitting(wide: float, high: float) -> Size | None:
    """Bring a size into what can be drawn, its proportions kept."""
    short, long = sorted((abs(wide), abs(high)))
    if not 0 < long <= _STEEPEST * short:
        return None
    factor = min(_LARGEST / long, 1.0) if long >= _SMALLEST else _USUAL / long
    return Size(round(abs(wide) * factor, 3), round(abs(high) * factor, 3))


def _emf(data: bytes) -> Size | None:
    left, top, right, bottom = struct.unpack_from("<4i", data, 24)
    return _fitting((right - left) / 1_000, (bottom - top) / 1_000)


def _placeable(data: bytes) -> Size | None:
    left, top, right, bottom, inch = struct.unpack_from("<4hH", data, 6)
    per_cm = (inch or _TWIPS_PER_INCH) / _CM_PER_INCH
    return _fitting((right - left) / per_cm, (bottom - top) / per_cm)


def _standard(data: bytes) -> Size | None:
    """Look for the extent of the window, which alone tells the proportions."""
    position = 18
    while position + 6 <= len(data):
        words, function = struct.unpack_from("<IH", data, position)
        if function == _WINDOW_EXTENT:
            high, wide = struct.unpack_from("<2h", data, position + 6)
            per_cm = max(abs(wide), abs(high)) / _USUAL
            return _fitting(wide / per_cm, high / per_cm) if per_cm else None
        if words < 3:
            return None
        position += 2 * words
    return None


def _starview(data: bytes) -> Size | None:
    (unit,) = struct.unpack_from("<H", data, 22)
    wide, high = struct.unpack_from("<2i", data, 49)
    per_cm = _UNITS.get(unit, 0)
    if per_cm:
        return _fitting(wide / per_cm, high / per_cm)
    longest = max(abs(wide), abs(high))
    return _fitting(wide * _USUAL / longest, high * _USUAL / longest) if longest else None


def _svg(data: bytes) -> Size | None:
    """Read the size of a drawing that refers to nothing outside itself."""
    try:
        root = parse_xml(data)
    except InputError:
        return None
    if root.tag != _SVG or any(_refers_outside(element) for element in root.iter()):
        return None
    wide, high = _length(root.get("width")), _length(root.get("height"))
    if wide is None or high is None:
        box = re.split(r"[\s,]+", str(root.get("viewBox", "")).strip())
        wide, high = (_length(box[2]), _length(box[3])) if len(box) == 4 else (None, None)
    return None if wide is None or high is None else _fitting(wide, high)


def _refers_outside(element: etree._Element) -> bool:
    for name, value in element.items():
        reference = str(value).strip()
        if str(name).rpartition("}")[2] in ("href", "src"):
            if not reference.startswith(_INSIDE):
                return True
        elif _OUTSIDE.search(reference):
            return True
    return bool(_OUTSIDE.search(element.text or ""))


def _length(value: object) -> float | None:
    match = _LENGTH.match(str(value or ""))
    return float(match[1]) * _CM_PER_INCH / _PER_INCH[match[2] or "px"] if match else None
