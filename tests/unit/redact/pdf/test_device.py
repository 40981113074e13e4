"""Glyphs stand where they are seen, whatever a font says of itself."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pdfplumber.page import Page
from reportlab.pdfgen.canvas import Canvas

from redact.page.glyphs import Painted
from redact.pdf import device
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


def test_glyphs_of_a_string_stand_where_they_would_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = make(lines("江府县民政局公示", "经审核 申请人2024", "一"))
    (together,) = [list(page.painted) for page in glyph_pages(data)]
    monkeypatch.setattr(device, "_LONG", 1_000)
    (one_by_one,) = [list(page.painted) for page in glyph_pages(data)]
    assert together == one_by_one
    assert len(together) == 20


def test_shapes_are_described_as_pdfplumber_describes_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setDash(3, 1)
        canvas.line(50, 60, 300, 60)
        canvas.setFillColorRGB(0.2, 0.4, 0.6)
        canvas.rect(40, 90, 200, 30, fill=1)
        canvas.circle(200, 300, 50)

    page = next(glyph_pages(make(draw)))
    shapes = [
        shape for shape in page.layout if type(shape).__name__ in ("LTLine", "LTRect", "LTCurve")
    ]
    assert [page.process_object(s) for s in shapes] == [
        Page.process_object(page, s) for s in shapes
    ]
    assert {page.process_object(shape)["object_type"] for shape in shapes} == {
        "line",
        "rect",
        "curve",
    }


def drawn(unit: float, box: list[float]) -> Painted:
    """Read a sign of 12 points that a font draws itself, in units of ``unit`` points."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        sign = pdf.make_stream(f"{12 / unit} 0 d0 0 0 {12 / unit} {9 / unit} re f".encode())
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontBBox=box,
            FontMatrix=[1, 0, 0, 1, 0, 0], FirstChar=65, LastChar=65, Widths=[12 / unit],
            CharProcs=pikepdf.Dictionary(A=sign), Resources=pikepdf.Dictionary(),
            Encoding=pikepdf.Dictionary(Differences=[65, pikepdf.Name.A]),
        )  # fmt: skip
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(T=pdf.make_indirect(font)))
        page.obj.Contents = pdf.make_stream(f"BT /T {unit} Tf 72 600 Td (A) Tj ET".encode())
        (glyph,) = next(glyph_pages(saved(pdf))).painted
        return glyph


@pytest.mark.parametrize("box", [[0, -11, 50, 43], [0, 0, 0, 0]])
def test_a_sign_drawn_in_large_units_is_as_tall_as_it_is_seen(box: list[float]) -> None:
    glyph = drawn(0.24, box)
    # Paper is 842 points high, the line stands at 600 and the sign reaches nine points above it.
    assert glyph.box.bottom >= 242
    assert glyph.box.top <= 233
    assert 9 <= glyph.size <= 20


def test_a_sign_drawn_in_ems_keeps_the_size_of_its_font() -> None:
    assert drawn(12, [0, -0.3, 1.4, 1]).size == pytest.approx(12)
