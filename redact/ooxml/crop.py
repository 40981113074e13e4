"""How much of a picture its markup shows: source rectangles, VML shares, a transparent colour."""

from __future__ import annotations

from lxml import etree

from redact.ooxml.parts import A
from redact.pictures.crop import WHOLE, Colour, Crop


def crop_of(rectangle: etree._Element | None) -> tuple[Crop, dict[str, str]]:
    """Read a source rectangle: what it cuts away, and the margins it adds, which may stay."""
    if rectangle is None:
        return WHOLE, {}
    shares = {side: _percent(rectangle.get(side[0])) for side in Crop._fields}
    crop = _within(Crop(**{side: max(share, 0.0) for side, share in shares.items()}))
    wide, high = 1 - crop.left - crop.right, 1 - crop.top - crop.bottom
    margins = {
        side[0]: str(round(share * 100_000 / (wide if side in ("left", "right") else high)))
        for side, share in shares.items()
        if share < 0
    }
    return crop, margins


def crop_of_image(image: etree._Element) -> Crop:
    """Read what a VML picture cuts away."""
    return _within(Crop(*(fraction(image.get(f"crop{side}")) for side in Crop._fields)))


def fraction(value: object) -> float:
    """Read a share of VML: a decimal number, or 65536ths behind which an f stands."""
    text = str(value or "0")
    try:
        return float(text[:-1]) / 65_536 if text.endswith("f") else float(text)
    except ValueError:
        return 0.0


def clear_colour(blip: etree._Element) -> Colour | None:
    """Read which colour the picture tools have made transparent."""
    colour = blip.find(f"{{{A}}}clrChange/{{{A}}}clrFrom/{{{A}}}srgbClr")
    opacity = blip.find(f"{{{A}}}clrChange/{{{A}}}clrTo//{{{A}}}alpha")
    value = str(colour.get("val", "")) if colour is not None else ""
    if len(value) != 6 or opacity is None or opacity.get("val") not in ("0", "0%"):
        return None
    try:
        red, green, blue = bytes.fromhex(value)
    except ValueError:
        return None
    return red, green, blue


def _within(crop: Crop) -> Crop:
    """Take a crop that leaves nothing for none; the whole picture is read and shown then."""
    left, top, right, bottom = (round(min(max(share, 0.0), 1.0), 6) for share in crop)
    return Crop(left, top, right, bottom) if left + right < 1 and top + bottom < 1 else WHOLE


def _percent(value: object) -> float:
    """Read thousandths of a percent, or a percentage, as a share."""
    text = str(value or "0")
    scale = 100.0 if text.endswith("%") else 100_000.0
    try:
        return max(min(float(text.rstrip("%")) / scale, 1.0), -10.0)
    except ValueError:
        return 0.0
