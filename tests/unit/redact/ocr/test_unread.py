"""Writing that the recogniser lost without a word, and what only looks like writing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from redact.ocr.doubts import Doubt, Seen, doubts_of
from redact.ocr.engine import ReadLine, ReadSign
from redact.ocr.unread import unread_places
from tests.fakes.pictures import FONT, sealed

TEXT = "联系电话：13951293663"
HIGH = 38.0
Colour = str | tuple[int, int, int]


def page(paper: Colour = "white") -> Image.Image:
    return Image.new("RGB", (900, 300), paper)


def write(
    picture: Image.Image, text: str = TEXT, size: int = 29, ink: Colour = "black", top: int = 120
) -> tuple[int, int, int, int]:
    font, pen = ImageFont.truetype(FONT, size), ImageDraw.Draw(picture)
    pen.text((60, top), text, fill=ink, font=font)
    left, above, right, below = pen.textbbox((60, top), text, font=font)
    return int(left), int(above), int(right), int(below)


def plain() -> Image.Image:
    picture = page()
    write(picture)
    return picture


def small() -> Image.Image:
    picture = page()
    write(picture, size=12)
    return picture


def large() -> Image.Image:
    picture = page()
    write(picture, size=100, top=80)
    return picture


def faint() -> Image.Image:
    picture = page()
    write(picture, ink=(200, 200, 200))
    return picture


def struck() -> Image.Image:
    picture = page()
    left, top, right, bottom = write(picture)
    middle = (top + bottom) // 2
    ImageDraw.Draw(picture).line((left, middle, right, middle), fill="black", width=3)
    return picture


def framed() -> Image.Image:
    picture = page()
    left, top, right, bottom = write(picture)
    ImageDraw.Draw(picture).rectangle((left, top + 3, right, bottom - 3), outline="black", width=3)
    return picture


def yellow() -> Image.Image:
    picture = page()
    write(picture, ink=(235, 205, 0))
    return picture


def black_on_green() -> Image.Image:
    picture = page()
    ImageDraw.Draw(picture).rectangle((40, 112, 860, 172), fill=(60, 160, 90))
    write(picture)
    return picture


def white_on_red() -> Image.Image:
    picture = page()
    ImageDraw.Draw(picture).rectangle((0, 112, 900, 172), fill=(200, 20, 20))
    write(picture, ink="white")
    return picture


def touching() -> Image.Image:
    """Draw digits that run into each other."""
    picture = page()
    font, pen = ImageFont.truetype(FONT, 29), ImageDraw.Draw(picture)
    for number, sign in enumerate("13951293663"):
        pen.text((60 + 13 * number, 120), sign, fill="black", font=font, stroke_width=1)
    return picture


def upright() -> Image.Image:
    picture = page()
    font, pen = ImageFont.truetype(FONT, 24), ImageDraw.Draw(picture)
    for number, sign in enumerate("13951293663"):
        pen.text((60, 5 + 26 * number), sign, fill="black", font=font)
    return picture


LOST = (
    plain, small, large, faint, struck, framed, yellow, black_on_green, white_on_red, touching,
    upright,
)  # fmt: skip


@pytest.mark.parametrize("drawn", LOST, ids=lambda drawn: drawn.__name__)
def test_writing_that_no_line_holds_is_noticed_however_it_looks(
    drawn: Callable[[], Image.Image],
) -> None:
    assert unread_places(pixels_of(drawn()), (), HIGH)


def test_writing_is_noticed_where_it_stands() -> None:
    places = unread_places(pixels_of(small()), (), HIGH)
    assert places
    assert all(box.x0 > 50 and box.x1 < 300 and 110 < box.top < 150 for box in places)


def pixels_of(picture: Image.Image) -> np.ndarray:
    return np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])


def form() -> Image.Image:
    """Draw a frame with empty boxes for digits, a line to write on and dots to a page number."""
    picture = page()
    pen = ImageDraw.Draw(picture)
    for number in range(18):
        pen.rectangle((60 + 34 * number, 40, 94 + 34 * number, 84), outline="black", width=2)
    pen.line((60, 150, 700, 150), fill="black", width=2)
    for number in range(40):
        pen.rectangle((60 + 14 * number, 200, 62 + 14 * number, 202), fill="black")
        pen.line((60 + 20 * number, 250, 70 + 20 * number, 250), fill="black", width=2)
    return picture


def tilted() -> Image.Image:
    return form().rotate(3, fillcolor="white", resample=Image.Resampling.BICUBIC)


def specks() -> Image.Image:
    picture = page()
    pen, places = ImageDraw.Draw(picture), np.random.default_rng(3).integers(0, 290, (60, 2))
    for x, y in places.tolist():
        pen.ellipse((3 * x, y, 3 * x + 4, y + 4), fill="black")
    return picture


def shadowed() -> Image.Image:
    return Image.linear_gradient("L").resize((900, 300)).convert("RGB")


def grained() -> Image.Image:
    grain = np.random.default_rng(3).normal(200, 25, (300, 900, 1)).clip(0, 255)
    return Image.fromarray(np.repeat(grain, 3, axis=2).astype(np.uint8))


def banded() -> Image.Image:
    picture = page()
    ImageDraw.Draw(picture).rectangle((0, 60, 900, 100), fill="navy")
    ImageDraw.Draw(picture).ellipse((300, 140, 420, 260), fill="orange")
    return picture


def charted() -> Image.Image:
    picture = page()
    pen = ImageDraw.Draw(picture)
    pen.line((40, 270, 860, 270), fill="black", width=2)
    for number, high in enumerate((90, 50, 180, 120, 70)):
        pen.rectangle((60 + 150 * number, 270 - high, 140 + 150 * number, 270), fill="steelblue")
    return picture


@pytest.mark.parametrize(
    ("drawn", "tilt"),
    [(form, 0), (tilted, -3), (specks, 0), (shadowed, 0), (grained, 0), (banded, 0), (charted, 0)],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_rules_dots_dirt_shadows_bands_and_charts_are_no_writing(
    drawn: Callable[[], Image.Image], tilt: float
) -> None:
    assert not unread_places(pixels_of(drawn()), (), HIGH, tilt=tilt)


def read(box: tuple[int, int, int, int], text: str = TEXT) -> ReadLine:
    left, top, right, bottom = box
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    signs = tuple(ReadSign(s, 0.99, (n + 0.5) / len(text)) for n, s in enumerate(text))
    return ReadLine(corners, np.full((bottom - top, right - left, 3), 255, np.uint8), signs)


def test_what_a_line_holds_is_read_and_a_character_that_it_lost_at_its_end_is_not() -> None:
    picture = page()
    left, top, right, bottom = write(picture, "户主黄树根")
    assert not unread_places(pixels_of(picture), [read((left, top, right, bottom))], HIGH)
    short = read((left, top - 3, right - 32, bottom + 3))
    assert unread_places(pixels_of(picture), [short], HIGH)


def test_the_letters_of_a_seal_are_its_own_and_writing_under_it_is_not() -> None:
    stamped = sealed(page(), (450, 150), 130)
    font, pen = ImageFont.truetype(FONT, 30), ImageDraw.Draw(stamped)
    pen.text((390, 70), "人民政府", fill=(220, 60, 60), font=font)
    red = np.asarray(np.asarray(stamped)[:, :, 1] < 200, np.uint8)
    assert Doubt.UNREAD not in set(doubts_of(Seen(pixels_of(stamped), (), red)))
    pen.text((390, 150), "13951293663", fill="black", font=font)
    assert Doubt.UNREAD in set(doubts_of(Seen(pixels_of(stamped), (), red)))


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("联系电话：1395129366", True),
        ("3951293663", True),
        ("联系电话：13951293663", False),
        ("合计3951293663元", False),
        ("2018070012", False),
        ("统一社会信用代码124501220090071284", False),
    ],
)
def test_a_number_that_lost_a_digit_is_a_doubt(text: str, doubtful: bool) -> None:
    blank = np.full((60, 600, 3), 255, np.uint8)
    line = read((10, 10, 500, 50), text)
    assert (Doubt.FAINT in set(doubts_of(Seen(blank, [line], None)))) is doubtful
