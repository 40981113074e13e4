"""What is shown of a picture: margins cut away from its pixels, one colour made transparent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

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


def emptied(image: Image, areas: Sequence[Crop]) -> Image:
    """Whiten what something else lies over, each area told by the margins around it."""
    from PIL import ImageDraw

    if not areas:
        return image
    empty = image.copy()
    pen = ImageDraw.Draw(empty)
    width, height = image.size
    for area in areas:
        left, top = math.floor(area.left * width), math.floor(area.top * height)
        right = math.ceil((1 - area.right) * width) - 1
        bottom = math.ceil((1 - area.bottom) * height) - 1
        if left <= right and top <= bottom:
            pen.rectangle((left, top, right, bottom), fill="white")
    return empty


def cleared(image: Image, colour: Colour | None) -> Image:
    """Make one colour transparent, as the picture tools of office programs do."""
    import numpy as np
    from PIL import Image as Images

    from redact.pictures.file import without_hidden

    if colour is None:
        return image
    values = np.array(image.convert("RGBA"))
    values[(values[:, :, :3] == np.array(colour, np.uint8)).all(axis=2), 3] = 0
    return without_hidden(Images.fromarray(values))
