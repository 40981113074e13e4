"""What is ink in a line that was read, on paper that is lit unevenly."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from redact.ocr.heights import heights_of
from redact.ocr.ink import off_paper
from tests.fakes.pictures import FONT

EM, HIGH, DOWN = 24, 40, 14
TEXT = "钱文海家住白石镇和平村6组8号，因病住院，生活困难，现申请临时救助，请予批准"


def written() -> Image.Image:
    """Write a long line near the lower border of its pixels."""
    font = ImageFont.truetype(FONT, EM)
    picture = Image.new("L", (round(font.getlength(TEXT)) + 8, HIGH), "white")
    ImageDraw.Draw(picture).text((4, DOWN), TEXT, "black", font, anchor="lt")
    return picture


def lit(picture: Image.Image, dark: float) -> np.ndarray:
    """Let the light fall off from left to right by a share."""
    pixels = np.asarray(picture, np.float64)
    shadow = np.linspace(1.0, 1.0 - dark, pixels.shape[1])
    return np.repeat((pixels * shadow).astype(np.uint8)[:, :, None], 3, axis=2)


@pytest.mark.parametrize("dark", [0.0, 0.5, 0.7])
def test_paper_in_the_shadow_is_no_ink(dark: float) -> None:
    picture = written()
    ink = off_paper(lit(picture, dark)) > 30
    assert (ink == (np.asarray(picture) < 128)).mean() > 0.95


@pytest.mark.parametrize("dark", [0.0, 0.5])
def test_signs_are_as_high_in_the_shadow_as_in_the_light(dark: float) -> None:
    picture, font = written(), ImageFont.truetype(FONT, EM)
    edges = [(4 + font.getlength(TEXT[:n])) / picture.width for n in range(len(TEXT) + 1)]
    places = heights_of(lit(picture, dark), edges, EM)
    own = np.flatnonzero((np.asarray(picture) < 128).any(axis=1))
    assert all(abs(bottom * HIGH - own[-1]) < 4 for _, bottom in places)


def test_a_piece_narrower_than_high_has_paper_too() -> None:
    level = np.full((40, 12, 3), 255, np.uint8)
    level[10:30, 4:8] = 0
    assert (off_paper(level) > 30).sum() == 20 * 4
