"""Rules in a picture that bound no cell: boxes for digits, edges of seals and bands of colour."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from redact.ocr.cuts import without_cuts
from redact.ocr.recognise import read_picture
from redact.page.glyphs import Box, Glyph
from redact.pictures.text import places_in
from tests.fakes.pictures import FONT

MOBILE, IDENTITY = "13951293663", "329826195402264838"


def row(
    text: str, pitch: float = 5.5, left: float = 100.0, order: int = 0, apart: int = 1
) -> list[Glyph]:
    """Set text on a row at height 50, 10 points an em; ``apart`` numbers lines read apart."""
    return [
        Glyph(
            sign,
            Box(left + pitch * n, 45, left + pitch * (n + 1), 55),
            left + pitch * n,
            left + pitch * (n + 1),
            50.0,
            10.0,
            0,
            order=order + apart * n,
        )
        for n, sign in enumerate(text)
    ]


def rule(x: float, top: float = 0.0, bottom: float = 200.0) -> Box:
    return Box(x, top, x, bottom)


def cut(rules: Sequence[Box], glyphs: Sequence[Glyph]) -> bool:
    """Tell whether the rules still pass through the row."""
    return any(r.top < 50 < r.bottom for r in without_cuts(rules, glyphs) if r.x0 == r.x1)


def test_a_sound_number_read_in_one_go_is_not_cut() -> None:
    assert not cut([rule(122), rule(140)], row(IDENTITY))
    assert not cut([rule(122)], row(MOBILE))


def test_two_numbers_that_the_reader_ran_together_stay_cut() -> None:
    assert cut([rule(100 + 5.5 * 18)], row(IDENTITY + MOBILE))
    assert cut([rule(100 + 5.5)], row("1" + IDENTITY))


def test_numbers_that_wrap_in_two_cells_stay_cut_though_their_pieces_make_a_sound_one() -> None:
    for one, other in (("195512", "00773"), ("6228480469", "000123452")):
        for aside in (3.0, 10.0, 24.0, 170.0):
            first = row(one)
            second = row(other, left=first[-1].end + aside, order=len(one))
            assert cut([rule(first[-1].end + aside / 2)], [*first, *second]), (one, aside)
        assert not cut([rule(first[-1].end)], row(one + other))


def test_a_rule_keeps_its_place_in_the_rows_that_it_does_not_cut() -> None:
    left = without_cuts([rule(122)], row(MOBILE))
    assert [(r.top, r.bottom) for r in left] == [(0.0, 43.0), (57.0, 200.0)]
    across = Box(90, 60, 300, 60)
    assert without_cuts([across, rule(300)], row(MOBILE)) == (across, rule(300))


def test_boxes_of_a_form_with_a_digit_in_each_are_no_cells() -> None:
    boxes = [rule(100 + 15 * n, 40, 60) for n in range(12)]
    for apart in (1, 5):
        assert not cut(boxes[1:11], row(MOBILE, pitch=15.0, apart=apart))


def test_a_few_narrow_columns_of_figures_are_cells() -> None:
    columns = [rule(100 + 15 * n) for n in range(1, 4)]
    assert cut(columns, row("4235", pitch=15.0, apart=5))
    wide = [rule(100 + 50 * n) for n in range(1, 8)]
    assert cut(wide, row("42358216", pitch=50.0, apart=5))


def test_a_short_edge_between_characters_of_a_word_is_no_border_and_a_column_is() -> None:
    name = row("罗勇涛", pitch=10.0)
    assert not cut([rule(110, 40, 60)], name)
    assert cut([rule(110)], name)
    apart = row("罗勇涛", pitch=25.0)
    assert cut([rule(125, 40, 60)], apart)


def test_a_number_in_the_boxes_of_a_form_is_read_as_one() -> None:
    form = Image.new("RGB", (1_000, 260), "white")
    pen, font = ImageDraw.Draw(form), ImageFont.truetype(FONT, 30)
    pen.text((30, 100), "身份证号码：", fill="black", font=font)
    for number, sign in enumerate(IDENTITY):
        left = 220 + 34 * number
        pen.rectangle((left, 96, left + 34, 146), outline="black", width=2)
        pen.text((left + 17, 121), sign, fill="black", font=font, anchor="mm")
    texts = [place.text.replace(" ", "") for place in places_in("表", read_picture(form), form)]
    assert any(IDENTITY in text for text in texts), texts
