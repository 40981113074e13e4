"""What is shown of a picture: margins cut away from its pixels, one colour made transparent."""

from __future__ import annotations

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
