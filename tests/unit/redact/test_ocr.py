"""Text in pictures: found, placed, painted over, and doubted where a machine cannot be sure."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from redact.containers import write_edits
from redact.ocr import PictureText, read_picture
from redact.ocr_doubts import Doubt
from redact.picture_file import MAX_PIXELS, encode_picture, open_picture, paint_over
from redact.picture_text import covered_boxes, places_in
from review.document import BlockKind
from review.errors import BrokenInputError, TooLargeInputError
from review.plan import Edit
from tests.fakes.pictures import written

NUMBER = "329826195402264838"
LINES = ("补偿登记结果公告", f"户主黄树根 身份证号 {NUMBER}", "柳溪镇梨园村2组5号")


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return written(LINES)


@pytest.fixture(scope="module")
def read(page: Image.Image) -> PictureText:
    return read_picture(page)


def text_of(read: PictureText) -> str:
    return "\n".join(place.text.replace(" ", "") for place in places_in("图", read))


def test_all_lines_are_read_in_their_order(read: PictureText) -> None:
    assert "".join(text_of(read).split()) == "".join("".join(LINES).split())
    assert places_in("图", read)[0].block(3).kind is BlockKind.PICTURE


def test_every_character_has_the_place_where_its_ink_is(
    page: Image.Image, read: PictureText
) -> None:
    for glyph in read.glyphs:
        box = glyph.box
        ink = page.convert("L").crop((int(box.x0), int(box.top), int(box.x1), int(box.bottom)))
        assert ink.getextrema()[0] < 128, glyph.text


def test_what_an_edit_covers_is_read_no_more_and_all_else_still_is(
    page: Image.Image, read: PictureText
) -> None:
    places = places_in("图", read)
    row = places[1]
    start = row.text.index(NUMBER)
    write_edits(row, [Edit(1, start, start + len(NUMBER), "***", "F1")])
    again = text_of(read_picture(paint_over(page, covered_boxes(places))))
    assert not any(NUMBER[n : n + 4] in again for n in range(len(NUMBER) - 3))
    assert "户主黄树根" in again
    assert "身份证号" in again
    assert LINES[2] in again


def test_rows_of_a_list_do_not_run_their_numbers_together() -> None:
    rows = ("1 张三 450102199003078515 13812345678", "2 李四 450102199003078523 13912345679")
    texts = [place.text for place in places_in("图", read_picture(written(rows)))]
    assert [text.endswith(("13812345678", "13912345679")) for text in texts].count(True) == 2


def test_a_picture_turned_by_a_quarter_is_read_all_the_same(page: Image.Image) -> None:
    turned = places_in("图", read_picture(page.rotate(90, expand=True)))
    assert any(NUMBER in place.text.replace(" ", "") for place in turned)


def test_a_clean_page_leaves_no_doubt_but_scrawl_a_seal_and_a_photograph_do(
    page: Image.Image, read: PictureText
) -> None:
    assert not read.doubts
    stamped = page.copy()
    ImageDraw.Draw(stamped).ellipse((600, 60, 780, 240), outline=(220, 30, 30), width=8)
    assert Doubt.SEAL in read_picture(stamped).doubts
    photographed = Image.new("RGB", (page.width, page.height + 300), "white")
    photographed.paste(page)
    noise = Image.effect_mandelbrot((300, 280), (-2, -1.5, 1, 1.5), 40).convert("RGB")
    photographed.paste(noise.point(lambda shade: 60 + shade // 2), (50, page.height))
    assert Doubt.PHOTO in read_picture(photographed).doubts


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
