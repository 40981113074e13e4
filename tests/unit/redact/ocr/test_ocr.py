"""Text in pictures: found, placed, painted over, and doubted where a machine cannot be sure."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace

import numpy as np
import pytest
import segno
from PIL import Image, ImageDraw, ImageFont
from PIL.Image import Resampling
from PIL.PngImagePlugin import PngInfo

from redact.containers import write_edits
from redact.ocr import engine
from redact.ocr.codes import has_code
from redact.ocr.doubts import Doubt, Seen, doubts_of
from redact.ocr.engine import ReadLine, ReadSign
from redact.ocr.gaps import is_passed_over
from redact.ocr.glyphs import glyphs_of
from redact.ocr.photo import has_photo
from redact.ocr.places import _sections
from redact.ocr.recall import recall
from redact.ocr.recognise import PictureText, read_picture
from redact.ocr.type import in_type
from redact.page.lines import runs_of
from redact.pictures.file import MAX_PIXELS, encode_picture, open_picture, paint_over
from redact.pictures.text import PicturePlace, covered_boxes, places_in
from review.document import BlockKind
from review.errors import BrokenInputError, TooLargeInputError
from review.plan import Edit
from tests.fakes.pictures import FONT, sealed, written

NUMBER = "329826195402264838"
PIECES = (("白行", 200), ("现将符合条件的困难家庭名单公布如下，请各村核对后上报", 1100))
LINES = ("补偿登记结果公告", f"户主黄树根 身份证号 {NUMBER}", "柳溪镇梨园村2组5号")


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return written(LINES)


@pytest.fixture(scope="module")
def read(page: Image.Image) -> PictureText:
    return recall(page)


def places_of(picture: Image.Image) -> list[PicturePlace]:
    return places_in("图", recall(picture), picture)


def text_of(picture: Image.Image) -> str:
    return "\n".join(place.text.replace(" ", "") for place in places_of(picture))


def test_all_lines_are_read_in_their_order(page: Image.Image) -> None:
    assert "".join(text_of(page).split()) == "".join("".join(LINES).split())
    assert places_of(page)[0].block(3).kind is BlockKind.PICTURE


def test_every_character_has_the_place_where_its_ink_is(
    page: Image.Image, read: PictureText
) -> None:
    assert read.glyphs
    for glyph in read.glyphs:
        box = glyph.box
        ink = page.convert("L").crop((int(box.x0), int(box.top), int(box.x1), int(box.bottom)))
        assert ink.getextrema()[0] < 128, glyph.text


def test_what_an_edit_covers_is_read_no_more_and_all_else_still_is(
    page: Image.Image,
) -> None:
    places = places_of(page)
    row = places[1]
    start = row.text.index(NUMBER)
    write_edits(row, [Edit(1, start, start + len(NUMBER), "***", "F1")])
    again = text_of(paint_over(page, covered_boxes(places)))
    assert not any(NUMBER[n : n + 4] in again for n in range(len(NUMBER) - 3))
    assert "户主黄树根" in again
    assert "身份证号" in again
    assert LINES[2] in again


def test_rows_of_a_list_do_not_run_their_numbers_together() -> None:
    rows = ("1 张三 450102199003078515 13812345678", "2 李四 450102199003078523 13912345679")
    texts = [place.text for place in places_of(written(rows))]
    assert [text.endswith(("13812345678", "13912345679")) for text in texts].count(True) == 2


@pytest.mark.parametrize(
    ("gap", "spread", "apart"), [(1.4, 0, True), (0.3, 0, False), (0.3, 1, False), (2.0, 1, True)]
)
def test_names_side_by_side_are_two_words_and_a_name_that_is_spread_is_one(
    gap: float, spread: int, apart: bool
) -> None:
    em = 32
    columns = [10, 10 + em * (1 + spread), round(10 + em * (2 + spread + gap))]
    level = Image.new("RGB", (columns[-1] + em + 10, 44), "white")
    for x, sign in zip(columns, "马玉侯", strict=True):
        font = ImageFont.truetype(FONT, em)
        ImageDraw.Draw(level).text((x, 22), sign, fill="black", font=font, anchor="lm")
    # The next line reaches into the pixels of this one.
    ImageDraw.Draw(level).line((0, 42, level.width, 42), fill="black", width=3)
    middles = [(x + em / 2) / level.width for x in columns]
    signs = tuple(ReadSign(s, 0.99, m) for s, m in zip("马玉侯", middles, strict=True))
    wide, high = level.size
    corners = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    glyphs = tuple(glyphs_of([ReadLine(corners, np.asarray(level), signs)]))
    (run,) = runs_of(in_type(glyphs))
    assert run.text == ("马玉 侯" if apart else "马玉侯")


def test_a_narrow_bracket_read_behind_its_ink_is_no_part_of_the_digit_before_it() -> None:
    level = np.full((48, 140, 3), 255, np.uint8)
    for left, right in ((20, 44), (60, 84), (92, 100)):
        level[10:38, left:right] = 0
    signs = tuple(ReadSign(s, 0.99, m / 140) for s, m in (("1", 32), ("2", 72), (")", 124)))
    corners = np.array([(0, 0), (140, 0), (140, 48), (0, 48)], np.float32)
    *_, digit, bracket = glyphs_of([ReadLine(corners, level, signs)])
    assert digit.box.x1 <= 92
    assert bracket.box.x0 >= 84


def test_rules_in_a_picture_make_cells_that_its_header_governs() -> None:
    rows = (("户主姓名", "补偿金额"), ("段莲花", "161568"), ("殷树根", "181104"))
    table = Image.new("RGB", (700, 360), "white")
    pen, font = ImageDraw.Draw(table), ImageFont.truetype(FONT, 34)
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            x, y = 40 + 310 * column, 30 + 100 * row
            pen.rectangle((x, y, x + 310, y + 100), outline="black", width=3)
            pen.text((x + 30, y + 25), text, fill="black", font=font)
    blocks = [place.block(index) for index, place in enumerate(places_of(table))]
    assert {(b.cell.row, b.cell.column): b.text for b in blocks if b.cell} == {
        (row, column): text for row, cells in enumerate(rows) for column, text in enumerate(cells)
    }
    assert all(block.kind is BlockKind.PICTURE for block in blocks)


def test_a_picture_turned_by_a_quarter_is_read_all_the_same(page: Image.Image) -> None:
    turned = places_of(page.rotate(90, expand=True))
    assert any(NUMBER in place.text.replace(" ", "") for place in turned)


def test_a_clean_page_leaves_no_doubt(read: PictureText) -> None:
    assert not read.doubts


def test_a_page_on_its_head_or_tilted_is_read_row_by_row() -> None:
    rows = [f"户主{name} 身份证号 {NUMBER}" for name in ("马玉", "侯红", "罗欣")]
    page = written(rows, width=900)
    for turned in (page.rotate(180), page.rotate(2, expand=True, fillcolor="white")):
        read = text_of(turned)
        assert "".join(rows).replace(" ", "") == "".join(read.split())


def test_a_line_that_seems_to_stand_on_its_head_is_read_as_it_stands(
    page: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_turned_over", lambda pieces: [n == 1 for n in range(len(pieces))])
    glyphs = read_picture(page).glyphs
    assert "".join(g.text for g in glyphs).replace(" ", "") == "".join(LINES).replace(" ", "")


@pytest.mark.parametrize("space", [" ", "\u3000"])
def test_a_space_of_any_width_has_no_place_of_its_own(space: str) -> None:
    words = SimpleNamespace(word_cols=[[2], [8]], line_txt_len=10.0, confs=[0.9, 0.6, 0.8])
    man, han = engine._signs(f"男{space}汉", words)
    assert (man.text, man.middle, man.spaced) == ("男", 0.25, False)
    assert (han.text, han.middle, han.spaced, han.confidence) == ("汉", 0.85, True, 0.8)


def test_a_line_is_read_the_same_whatever_is_read_with_it() -> None:
    short, long = (np.asarray(written([text], width=wide)) for text, wide in PIECES)
    places = [np.array([[30, 30], [w, 30], [w, 92], [30, 92]], np.float32) for w in (130, 1070)]
    (alone,) = engine.read_lines(short, places[:1])
    both = np.concatenate((np.pad(short, ((0, 0), (0, 900), (0, 0)), mode="edge"), long))
    first, _ = engine.read_lines(both, [places[0], places[1] + np.float32([0, len(short)])])
    assert "".join(sign.text for sign in alone.signs) == PIECES[0][0]
    assert first.signs == alone.signs


@pytest.mark.parametrize(
    ("read", "over"),
    [(LINES[1], False), (LINES[1][:3], True), (LINES[1][-12:], True), ("", True)],
)
def test_writing_that_was_passed_over_in_a_line_is_a_doubt(read: str, over: bool) -> None:
    drawn = np.asarray(written(LINES[1:2], width=900))
    rows, columns = (np.flatnonzero((drawn < 128).any(axis=(axis, 2))) for axis in (1, 0))
    left, right = columns[0], columns[-1] + 1
    level = drawn[rows[0] - 4 : rows[-1] + 5, left:right]
    font, whole = ImageFont.truetype(FONT, 30), LINES[1]
    begin = whole.index(read)
    edges = [font.getlength(whole[:n]) / font.getlength(whole) for n in range(len(whole) + 1)]
    signs = tuple(
        ReadSign(sign, 0.99, (edges[n] + edges[n + 1]) / 2)
        for n, sign in enumerate(read, begin)
        if sign != " "
    )
    corners = np.array([(0, 0), (800, 0), (800, 40), (0, 40)], np.float32)
    assert is_passed_over(ReadLine(corners, level, signs)) is over


def test_a_rule_to_write_on_and_dots_to_a_page_number_are_not_passed_over() -> None:
    level = np.full((40, 600, 3), 255, np.uint8)
    level[33:36, 100:] = 0
    level[28:31, 100:500:12] = 0
    sign = ReadSign("名", 0.99, 0.05)
    corners = np.array([(0, 0), (600, 0), (600, 40), (0, 40)], np.float32)
    assert not is_passed_over(ReadLine(corners, level, (sign,)))


def test_a_number_under_a_red_seal_is_read(page: Image.Image) -> None:
    stamped = sealed(page, (600, 140), 90)
    assert NUMBER in text_of(stamped)


def test_an_office_seal_beside_the_text_is_no_doubt_and_a_personal_one_is() -> None:
    page = Image.new("RGB", (800, 420), "white")
    page.paste(written(LINES[:1], width=800))
    assert not read_picture(sealed(page, (550, 270), 120)).doubts
    pen = ImageDraw.Draw(page)
    pen.rectangle((600, 250, 700, 350), outline=(215, 30, 40), width=6)
    font = ImageFont.truetype(FONT, 40)
    pen.multiline_text((650, 300), "黄树\n根印", fill=(215, 30, 40), font=font, anchor="mm")
    assert Doubt.SEAL in read_picture(page).doubts


@pytest.mark.parametrize(
    ("number", "doubtful"),
    [
        (NUMBER, False),
        (NUMBER[:-1] + "9", True),
        (NUMBER[:-3] + NUMBER[-2:], True),
        (NUMBER[:9] + "O" + NUMBER[10:], True),
        ("6222021234567894", False),
    ],
)
def test_a_number_that_may_have_been_misread_is_a_doubt(number: str, doubtful: bool) -> None:
    signs = tuple(ReadSign(sign, 0.99, 0.5) for sign in f"号码{number}")
    corners = np.array([(0, 0), (400, 0), (400, 40), (0, 40)], np.float32)
    blank = np.full((40, 400, 3), 255, np.uint8)
    line = ReadLine(corners, blank, signs)
    assert (Doubt.FAINT in doubts_of(Seen(blank, [line], None))) is doubtful


def tilted_line(degrees: float, number: int) -> ReadLine:
    turn, high = np.radians(degrees), 30.0
    along, down = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    corner = np.array([20.0, 20.0 + 40 * number])
    corners = np.array([corner, corner + 300 * along, corner + 300 * along + high * down,
                        corner + high * down], np.float32)  # fmt: skip
    return ReadLine(corners, np.full((30, 300, 3), 255, np.uint8), (ReadSign("甲", 0.99, 0.5),))


@pytest.mark.parametrize(
    ("tilts", "crooked"),
    [
        ((0.0,) * 8, False),
        ((-4.0,) * 8, False),
        ((0.0,) * 7 + (90.0,), False),
        ((0.0,) * 7 + (8.0,), False),
        ((1.5,) * 5 + (-2.2,) * 4, True),
        ((-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0), True),
    ],
)
def test_lines_that_lie_in_several_directions_are_a_doubt(
    tilts: tuple[float, ...], crooked: bool
) -> None:
    """A photo of two pages is levelled by one tilt, and rows of the other mix."""
    lines = [tilted_line(tilt, number) for number, tilt in enumerate(tilts)]
    blank = np.full((400, 400, 3), 255, np.uint8)
    assert (Doubt.CROOKED in doubts_of(Seen(blank, lines, None))) is crooked


def test_writing_that_no_line_holds_is_a_doubt_and_pieces_of_rules_are_not() -> None:
    assert Doubt.UNREAD in doubts_of(Seen(np.asarray(written(("甲乙丙丁戊",))), (), None))
    ruled = Image.new("RGB", (500, 300), "white")
    for y in range(40, 300, 50):
        ImageDraw.Draw(ruled).line((30, y, 60, y), fill="black", width=2)
    assert Doubt.UNREAD not in doubts_of(Seen(np.asarray(ruled), (), None))


def test_a_photograph_is_told_from_shadows_charts_and_gradients() -> None:
    page = Image.new("RGB", (900, 1_200), "white")
    blobs = np.random.default_rng(1).integers(20, 210, (8, 8), np.uint8)
    photographed = page.copy()
    photographed.paste(Image.fromarray(blobs).resize((250, 300), Resampling.BICUBIC), (50, 500))
    assert has_photo(np.asarray(photographed), ())
    shadow = Image.linear_gradient("L").resize(page.size).point(lambda shade: 110 + shade // 2)
    chart = page.copy()
    for column, shade in enumerate(("steelblue", "orange", "grey")):
        corner = 100 + 200 * column, 700 - 150 * column
        ImageDraw.Draw(chart).rectangle((*corner, corner[0] + 120, 900), fill=shade)
    fading = page.copy()
    fading.paste(Image.linear_gradient("L").resize((500, 300)), (100, 100))
    for plain in (page, shadow.convert("RGB"), chart, fading):
        assert not has_photo(np.asarray(plain), ())


@pytest.mark.parametrize("turn", [0, 20])
@pytest.mark.parametrize("border", [0, 4])
def test_a_code_for_machines_is_a_doubt_however_it_stands(turn: int, border: int) -> None:
    code = BytesIO()
    segno.make(f"户主 身份证号 {NUMBER}").save(code, kind="png", scale=4, border=border)
    picture = Image.open(code).convert("RGB")
    if turn:
        picture = picture.rotate(turn, expand=True, fillcolor="white")
    page = written(LINES)
    assert not has_code(np.asarray(page))
    page.paste(picture, (page.width - picture.width, page.height - picture.height))
    assert has_code(np.asarray(picture))
    assert Doubt.CODE in doubts_of(Seen(np.asarray(page), (), None))


def test_the_bars_of_a_chart_and_the_rules_of_a_table_are_no_bar_code() -> None:
    chart = Image.new("RGB", (600, 400), "white")
    for column in range(12):
        ImageDraw.Draw(chart).rectangle(
            (20 + 45 * column, 380 - 25 * column, 45 + 45 * column, 390), fill="navy"
        )
    table = Image.new("RGB", (600, 400), "white")
    for step in range(0, 400, 40):
        ImageDraw.Draw(table).line((20, step, 580, step), fill="black", width=2)
        ImageDraw.Draw(table).line((20 + step, 0, 20 + step, 360), fill="black", width=2)
    assert not has_code(np.asarray(chart))
    assert not has_code(np.asarray(table))


@pytest.mark.parametrize("unit", [2, 3, 4, 6])
def test_bars_that_a_scanner_reads_are_a_code(unit: int) -> None:
    widths = "21232113112223121131321122132212113312112231231121"  # as in Code 128
    bars = Image.new("RGB", (unit * sum(map(int, widths)) + 200, 320), "white")
    place = 100
    for number, width in enumerate(map(int, widths)):
        if number % 2 == 0:
            corner = place + unit * width - 1, 220
            ImageDraw.Draw(bars).rectangle((place, 100, *corner), fill="black")
        place += unit * width
    assert has_code(np.asarray(bars))


def test_tiny_pictures_and_blank_ones_hold_nothing() -> None:
    for size in ((5, 300), (40, 40), (300, 200)):
        assert read_picture(Image.new("RGB", size, "white")) == PictureText(*size, (), frozenset())


def test_long_pictures_are_cut_between_lines_and_wide_ones_not_at_all() -> None:
    def pieces(height: int, width: int) -> list[tuple[int, int]]:
        cuts = list(_sections(height, width))
        assert cuts[-1][0].stop == height
        assert cuts[-1][1].stop == width
        return [(rows.stop - rows.start, columns.stop - columns.start) for rows, columns in cuts]

    assert pieces(2_339, 1_653) == [(2_339, 1_653)]
    assert pieces(200, 900) == [(200, 900)]
    long = pieces(8_000, 1_080)
    assert len(long) == 5
    assert {width for _, width in long} == {1_080}


def test_only_pixels_come_out_of_a_picture_file(page: Image.Image) -> None:
    told = PngInfo()
    told.add_text("Author", "黄树根")
    exif = Image.Exif()
    exif[0x010E] = "HUANGSHUGEN"
    png, jpeg = BytesIO(), BytesIO()
    page.save(png, "PNG", pnginfo=told, exif=exif)
    page.save(jpeg, "JPEG", exif=exif, comment=b"HUANGSHUGEN")
    for data in (png.getvalue(), jpeg.getvalue()):
        assert b"HUANGSHUGEN" in data
        opened = open_picture(data)
        for kind in ("png", "jpeg"):
            made = encode_picture(opened, kind)
            assert b"HUANGSHUGEN" not in made
            assert "黄树根".encode() not in made
            assert not Image.open(BytesIO(made)).getexif()


def test_transparent_parts_come_out_white() -> None:
    hidden = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    data = BytesIO()
    hidden.save(data, "PNG")
    assert open_picture(data.getvalue()).getextrema() == ((255, 255),) * 3


def test_what_is_no_picture_or_too_large_is_refused() -> None:
    with pytest.raises(BrokenInputError):
        open_picture(b"\x89PNG\r\n\x1a\n broken")
    data = BytesIO()
    Image.new("1", (MAX_PIXELS // 1000 + 1, 1000)).save(data, "PNG")
    with pytest.raises(TooLargeInputError):
        open_picture(data.getvalue())
