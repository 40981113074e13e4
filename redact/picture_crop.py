"""What is shown of a picture: margins cut away from its pixels, one colour made transparent."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from redact.ooxml import A

if TYPE_CHECKING:
    from PIL.Image import Image

Colour = tuple[int, int, int]


class Crop(NamedTuple):
    """Hold what is cut away at each side, as shares of the picture."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


WHOLE = Crop()


def cropped(image: Image, crop: Crop) -> Image:
    """Cut margins away; what is left holds no pixel of them."""
    if crop == WHOLE:
        return image
    width, height = image.size
    left, top = round(crop.left * width), round(crop.top * height)
    right = max(width - round(crop.right * width), left + 1)
    bottom = max(height - round(crop.bottom * height), top + 1)
    return image.crop((left, top, right, bottom))


def cleared(image: Image, colour: Colour | None) -> Image:
    """Make one colour transparent, as the picture tools of office programs do."""
    import numpy as np
    from PIL import Image as Images

    from redact.picture_file import without_hidden

    if colour is None:
        return image
    values = np.array(image.convert("RGBA"))
    values[(values[:, :, :3] == np.array(colour, np.uint8)).all(axis=2), 3] = 0
    return without_hidden(Images.fromarray(values))


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
