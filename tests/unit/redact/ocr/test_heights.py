"""How high the writing of a line reaches, told from the lines above and below."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from redact.ocr.heights import heights_of
from tests.fakes.pictures import FONT

EM, MIDDLE = 24, 36
TEXT = "钱文海住6组8号"
Mask = NDArray[np.bool_]


def width(text: str) -> float:
    return ImageFont.truetype(FONT, EM).getlength(text)


def line(text: str, down: float, ink: str = "black") -> Image.Image:
    """Write a line so far below the middle of the picture."""
    picture = Image.new("L", (round(width(TEXT)) + 8, 2 * MIDDLE), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(FONT, EM)
    _, top, _, bottom = font.getbbox("国")
    pen.text((4, MIDDLE + down - (top + bottom) / 2), text, ink, font)
    return picture


def mask(picture: Image.Image, below: int = 128) -> Mask:
    return np.asarray(picture) < below


def heights(*pictures: Image.Image, text: str = TEXT) -> list[tuple[float, float]]:
    """Reckon the heights of ``text``, in pixels, where all these pictures lie on each other."""
    pixels = np.minimum.reduce([np.asarray(picture) for picture in pictures])
    edges = [(4 + width(text[:n])) / pixels.shape[1] for n in range(len(text) + 1)]
    found = heights_of(np.repeat(pixels[:, :, None], 3, axis=2), edges, EM)
    return [(top * 2 * MIDDLE, bottom * 2 * MIDDLE) for top, bottom in found]


def inside(places: list[tuple[float, float]], ink: Mask, text: str = TEXT) -> Mask:
    """Mark the ink between the heights of each sign."""
    held = np.zeros_like(ink)
    for n, (top, bottom) in enumerate(places):
        left, right = (round(4 + width(text[: n + m])) for m in (0, 1))
        held[int(top) : int(bottom) + 1, left:right] = True
    return held & ink


@pytest.mark.parametrize("lead", [1.15, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("aside", [-2, 0, 3])
def test_signs_hold_their_own_ink_and_none_of_the_lines_beside_them(
    lead: float, aside: int
) -> None:
    own = line(TEXT, aside)
    above, below = (line("园国圈" * 5, aside + way * lead * EM) for way in (-1, 1))
    places = heights(own, above, below)
    assert (inside(places, mask(own)) == mask(own)).all()
    assert inside(places, mask(above)).sum() + inside(places, mask(below)).sum() == 0


def test_faint_writing_is_held_whole() -> None:
    own = line(TEXT, 0, "#c8c8c8")
    places = heights(own)
    assert (inside(places, mask(own, 230)) == mask(own, 230)).all()


def test_a_rule_below_a_line_is_left_out_and_one_that_crosses_it_is_no_border() -> None:
    own, ruled = line(TEXT, 0), line("", 0)
    pen = ImageDraw.Draw(ruled)
    pen.line((0, MIDDLE + 16, ruled.width, MIDDLE + 16), "black", 2)
    pen.line((60, 0, 60, ruled.height), "black", 2)
    places = heights(own, ruled)
    assert (inside(places, mask(own)) == mask(own)).all()
    assert max(bottom for _, bottom in places) < MIDDLE + 16


def test_a_flat_sign_alone_is_as_high_as_others_nearly() -> None:
    ((top, bottom),) = heights(line("一", 0), text="一")
    assert bottom - top > 0.7 * EM
