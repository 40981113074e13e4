"""Where bars lie over what is hidden in a picture."""

from __future__ import annotations

import math

import pytest

from redact.page.glyphs import Box, Glyph
from redact.pictures.text import PicturePlace, PictureSign, covered_boxes


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
