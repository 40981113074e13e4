"""Glyphs stand where they are seen, whatever a font says of itself."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from redact.page.glyphs import Painted
from redact.pdf.device import glyph_pages
from tests.fakes.exact import make, saved
from tests.fakes.pdf import lines


def painted(descent: float) -> list[Painted]:
    """Read a line in a font that says how far its signs reach below it, in thousandths of an em."""
    with pikepdf.open(BytesIO(make(lines("江府县民政局公示")))) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                item.Descent = descent
        return list(next(glyph_pages(saved(pdf))).painted)


@pytest.mark.parametrize("descent", [-1049, -600])
def test_signs_stay_on_their_line_where_a_font_gives_the_depth_of_its_deepest(descent: int) -> None:
    for glyph, usual in zip(painted(descent), painted(-200), strict=True):
        assert glyph.box.bottom == pytest.approx(usual.box.bottom, abs=0.1 * usual.size)


@pytest.mark.parametrize("descent", [0, -120, -400])
def test_a_depth_that_letters_have_is_believed(descent: int) -> None:
    bottoms = {round(glyph.box.bottom - usual.box.bottom, 3)
               for glyph, usual in zip(painted(descent), painted(0), strict=True)}  # fmt: skip
    assert bottoms == {round(-descent / 1000 * painted(0)[0].size, 3)}
