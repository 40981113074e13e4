"""What is left to see in a picture: told by pixels alone, for any colour of bar."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from redact.verify.see_through import known, sights, sights_between
from redact.verify.shades import Area
from redact.verify.sight import Sight

WORDS = "11010519491231002X"
HIDDEN = Area(18, 48, 262, 82)


def sheet(*lines: str) -> Image.Image:
    image = Image.new("L", (640, 240), "white")
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        pen.text((20, 10 + 40 * number), line, fill="black", font_size=24)
    return image


PAGE = sheet("Relief paid in the third quarter", WORDS, "Sum 8600, paid on 8 October 2026")


def over(change: Callable[[Image.Image], Image.Image], area: Area = HIDDEN) -> Image.Image:
    image = PAGE.copy()
    image.paste(change(image.crop(area)), area)
    return image


def veil(part: Image.Image, opacity: float, shade: int = 0) -> Image.Image:
    return Image.blend(part, Image.new("L", part.size, shade), opacity)


def mosaic(part: Image.Image, step: int) -> Image.Image:
    small = part.resize((part.width // step, part.height // step), Image.Resampling.BOX)
    return small.resize(part.size, Image.Resampling.NEAREST)


def as_jpeg(image: Image.Image, quality: int = 60) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer)


def grey(image: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(image.convert("L"))


def told(after: Image.Image) -> set[Sight]:
    return set(sights(grey(PAGE), grey(after), [HIDDEN]))


@pytest.mark.parametrize("shade", [0, 128, 255])
@pytest.mark.parametrize("finish", [lambda i: i, as_jpeg, lambda i: i.resize((480, 180))])
def test_a_bar_of_one_colour_hides(
    shade: int, finish: Callable[[Image.Image], Image.Image]
) -> None:
    assert told(finish(over(lambda part: veil(part, 1.0, shade)))) == set()


@pytest.mark.parametrize("by", [-4, 4])
@pytest.mark.parametrize("shade", [0, 255])
def test_a_bar_beside_the_place_hides_what_it_covers(by: int, shade: int) -> None:
    moved = Area(HIDDEN.left, HIDDEN.top + by, HIDDEN.right, HIDDEN.bottom + by)
    assert Sight.THROUGH not in told(as_jpeg(over(lambda part: veil(part, 1.0, shade), moved)))


def test_a_mask_written_on_the_bar_is_no_leftover() -> None:
    image = over(lambda part: veil(part, 1.0, 255))
    ImageDraw.Draw(image).text((20, 50), "11*************02X", fill="black", font_size=24)
    assert told(image) == set()


@pytest.mark.parametrize(
    "change",
    [
        lambda part: veil(part, 0.9),
        lambda part: veil(part, 0.97),
        lambda part: mosaic(part, 4),
        lambda part: mosaic(part, 12),
        lambda part: part.filter(ImageFilter.GaussianBlur(3)),
        lambda part: part.filter(ImageFilter.GaussianBlur(7)),
    ],
)
def test_what_goes_with_the_writing_below_lets_it_through(
    change: Callable[[Image.Image], Image.Image],
) -> None:
    assert Sight.THROUGH in told(over(change))


def test_a_mosaic_that_goes_with_nothing_known_is_still_told_as_one() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (3, 20), np.uint8)
    assert told(
        over(lambda part: Image.fromarray(noise).resize(part.size, Image.Resampling.BICUBIC))
    ) == {Sight.VEILED}


def test_a_bar_over_the_upper_half_of_a_line_covers_half() -> None:
    upper = Area(HIDDEN.left, HIDDEN.top, HIDDEN.right, (HIDDEN.top + HIDDEN.bottom) // 2)
    assert Sight.HALF in told(over(lambda part: veil(part, 1.0), upper))


def test_a_digit_that_became_another_is_told() -> None:
    other = sheet("Relief paid in the third quarter", WORDS, "Sum 6800, paid on 8 October 2026")
    other.paste(0, HIDDEN)
    assert told(other) == {Sight.ALTERED}
    assert told(as_jpeg(other, 85)) == {Sight.ALTERED}


def test_a_bar_where_nothing_was_to_be_hidden_is_told() -> None:
    image = over(lambda part: veil(part, 1.0))
    image.paste(0, (18, 90, 200, 120))
    assert told(image) == {Sight.ALTERED}


@pytest.mark.parametrize("size", [(640, 240), (300, 600)])
def test_another_sheet_is_told_as_such(size: tuple[int, int]) -> None:
    assert told(Image.radial_gradient("L").resize(size)) == {Sight.OTHER}


def test_of_several_pictures_the_one_is_found_that_another_comes_from() -> None:
    other = Image.radial_gradient("L").resize(PAGE.size)
    originals = [known(grey(other)), known(grey(PAGE))]
    veiled = over(lambda part: part.filter(ImageFilter.GaussianBlur(3)))
    blurred = sights_between(originals, known(grey(veiled)))
    assert blurred is not None
    assert blurred.place == 1
    assert Sight.THROUGH in blurred.sights
    same = sights_between(originals, known(grey(as_jpeg(PAGE, 90))))
    assert same is not None
    assert same.sights == {}
    assert sights_between(originals[:1], known(grey(PAGE))) is None


def test_a_bar_over_what_is_known_to_be_hidden_is_no_change() -> None:
    barred = over(lambda part: veil(part, 1.0))
    hiding = [known(grey(PAGE), [HIDDEN])]
    found = sights_between(hiding, known(grey(barred)))
    assert found is not None
    assert found.sights == {}
    half = Area(18, 48, 262, 66)
    found = sights_between(hiding, known(grey(over(lambda part: veil(part, 1.0), half))))
    assert found is not None
    assert Sight.HALF in found.sights
    barred.paste(0, (18, 90, 200, 120))
    found = sights_between(hiding, known(grey(barred)))
    assert found is not None
    assert found.sights == {Sight.ALTERED: 1}


@pytest.mark.parametrize("other", ["", "Another sheet with another text"])
def test_a_sheet_of_bars_is_known_again_by_what_stands_beside_them(other: str) -> None:
    lines = ("Relief paid", WORDS, WORDS, WORDS)
    areas = [Area(18, 48 + 40 * n, 262, 82 + 40 * n) for n in range(3)]
    barred = sheet(other or lines[0])
    for area in areas:
        barred.paste(0, area)
    told = sights(grey(sheet(*lines)), grey(barred), areas)
    found = sights_between([known(grey(sheet(*lines)), areas)], known(grey(barred)))
    if other:
        assert set(told) in ({Sight.OTHER}, {Sight.ALTERED})
        assert found is None or set(found.sights) == {Sight.ALTERED}
    else:
        assert told == {}
        assert found is not None
        assert found.sights == {}


@pytest.mark.parametrize(
    "beside",
    [Area(900, 10, 950, 40), Area(-60, -60, -20, -20), Area(10, 300, 60, 340), Area(5, 5, 5, 5)],
)
def test_a_place_that_lies_beside_the_page_is_not_looked_at(beside: Area) -> None:
    after = grey(over(lambda part: veil(part, 0.6)))
    assert sights(grey(PAGE), after, [beside, HIDDEN])[Sight.THROUGH] == 1
