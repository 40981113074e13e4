"""What OpenDocument styles cut away from a picture, as shares of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from redact.odf.package import FO, OFFICE, STYLE
from redact.pictures.crop import WHOLE, Crop

CLIP = f"{{{FO}}}clip"
_STYLE, _NAME = f"{{{STYLE}}}style", f"{{{STYLE}}}name"
_FAMILY, _PARENT = f"{{{STYLE}}}family", f"{{{STYLE}}}parent-style-name"
_PROPERTIES = f"{{{STYLE}}}graphic-properties"
_COMMON = f"{{{OFFICE}}}styles"
_RECTANGLE = re.compile(r"\s*rect\(([^()]*)\)\s*\Z")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(mm|cm|in|pt|pc|px)?\Z")
_CM = {"mm": 0.1, "cm": 1.0, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6, "px": 2.54 / 96}
_MOST_PARENTS = 50


class Clips:
    """Know what the graphic styles of a file cut away, inherited cuts included."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._common = {
            str(style.get(_NAME, "")): style
            for root in roots
            for holder in root.iterchildren(_COMMON)
            for style in holder.iter(_STYLE)
            if style.get(_FAMILY) == "graphic"
        }

    def of(self, name: str, own: etree._Element | None) -> str:
        """Give the cut of a frame by the name of its style, or by its style if of its own part."""
        style = self._common.get(name) if own is None else own
        for _ in range(_MOST_PARENTS):
            if style is None:
                return ""
            properties = style.find(_PROPERTIES)
            if properties is not None and properties.get(CLIP) is not None:
                return str(properties.get(CLIP))
            style = self._common.get(str(style.get(_PARENT, "")))
        return ""


def crop_of(clip: str, size: tuple[float, float]) -> Crop | None:
    """Read a cut of a picture ``size`` centimetres large; None for what is not understood.

    Margins that are added instead (negative lengths) are not.
    """
    if clip in ("", "auto"):
        return WHOLE
    match = _RECTANGLE.match(clip)
    lengths = re.split(r"[\s,]+", match[1].strip()) if match else []
    cut = [_centimetres(length) for length in lengths]
    if len(cut) != len(Crop._fields) or any(length is None for length in cut):
        return None
    top, right, bottom, left = (length or 0.0 for length in cut)
    wide, high = size
    shares = Crop(
        *(round(each, 6) for each in (left / wide, top / high, right / wide, bottom / high))
    )
    fits = shares.left + shares.right < 1 and shares.top + shares.bottom < 1
    return shares if fits else None


def _centimetres(length: str) -> float | None:
    if length == "auto":
        return 0.0
    match = _LENGTH.match(length)
    if match is None:
        return None
    number = float(match[1])
    return number * _CM[match[2]] if match[2] else (None if number else 0.0)
