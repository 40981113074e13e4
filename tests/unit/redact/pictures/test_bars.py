"""Where bars lie over what is hidden in a picture."""

from __future__ import annotations

import math

import pytest
from PIL import Image

from redact.page.glyphs import Box, Glyph
from redact.pictures import format as image
from redact.pictures.pages import Sheet
from redact.pictures.text import PicturePlace, PictureSign, covered_boxes
from review.errors import UnsafeOutputError


@pytest.mark.parametrize("tilt", [0.0, 12.0])
def test_bars_cover_every_sign_and_leave_the_lines_beside_a_tilted_one(tilt: float) -> None:
    rise = math.tan(math.radians(tilt))
    boxes = [Box(20 * n, 20 * n * rise, 20 * n + 20, 20 * n * rise + 30) for n in range(18)]
    signs = [
        PictureSign("3", Glyph("3", box, box.x0, box.x1, 15, 30), 0, covered=True) for box in boxes
    ]
    bars = covered_boxes([PicturePlace("image", signs)])
    assert all(any(bar.around(box) == bar for bar in bars) for box in boxes)
    assert max(bar.bottom - bar.top for bar in bars) < 45
    assert (len(bars) == 1) is (tilt == 0)


@pytest.mark.parametrize(("sign", "is_refused"), [("）", False), ("，", False), ("6", True)])
def test_a_bar_may_take_along_a_mark_but_nothing_that_says_something(
    sign: str, is_refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last, between = Box(20, 140, 60, 200), Box(80, 140, 120, 200), Box(64, 140, 74, 200)
    signs = [
        PictureSign(text, Glyph(text, box, box.x0, box.x1, 170, 60), 0, covered=covered)
        for text, box, covered in (("1", first, True), ("1", last, True), (sign, between, False))
    ]
    page = image.ReadPage(
        Sheet(Image.new("RGB", (400, 400), "white")), [PicturePlace("image", signs)], frozenset()
    )
    monkeypatch.setattr(image, "read_pages", lambda sheets: [page])
    monkeypatch.setattr(image, "shows_covered", lambda again, places: False)
    if is_refused:
        with pytest.raises(UnsafeOutputError, match="第 3 页从上往下约 35%、从左往右约 16% 处"):
            image._painted(page, "第 3 页")
    else:
        assert image._painted(page, "第 3 页").image.getpixel((60, 170)) == (0, 0, 0)
