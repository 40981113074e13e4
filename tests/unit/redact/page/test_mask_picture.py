"""Masks on pictures: whatever stood there is painted over, the mask is written in its place."""

from __future__ import annotations

from PIL import Image, ImageChops

from redact.page.mask_picture import Sign, paint

COVER = ((20, 10), (130, 10), (130, 50), (20, 50))
PLACE = (25.0, 15.0, 125.0, 45.0)


def painted(text: str, ground: str = "L") -> Image.Image:
    image = Image.new(ground, (160, 60), "grey")
    paint(image, Sign(COVER, PLACE, text, 10.8))
    return image


def test_nothing_of_what_stood_there_is_left() -> None:
    blank, other = (Image.new("L", (160, 60), shade) for shade in ("white", "black"))
    for image in (blank, other):
        paint(image, Sign(COVER, PLACE, "张某某", 10.8))
    inside = (20, 10, 131, 51)
    assert ImageChops.difference(blank.crop(inside), other.crop(inside)).getbbox() is None


def test_a_mask_is_written_black_on_white_in_a_frame() -> None:
    image = painted("张某某")
    inside = image.crop((22, 12, 129, 49)).histogram()
    assert inside[255] > 0.5 * sum(inside)
    assert sum(inside[:100]) > 0.05 * sum(inside)
    assert image.getpixel((20, 10)) == image.getpixel((130, 50)) == 0


def test_other_masks_look_otherwise() -> None:
    assert ImageChops.difference(painted("张某某"), painted("张某甲")).getbbox() is not None


def test_colour_pictures_get_the_same_mask() -> None:
    assert painted("张某某", "RGB").convert("L").tobytes() == painted("张某某").tobytes()


def test_what_does_not_fit_or_has_no_letters_is_a_black_bar() -> None:
    for text in ("", "龘", "〔统一社会信用代码已隐去〕"):
        assert painted(text).crop((20, 10, 131, 51)).getextrema() == (0, 0)


def test_everything_outside_the_cover_stays() -> None:
    image = painted("138****1234")
    grey = Image.new("L", (160, 60), "grey")
    image.paste("grey", (20, 10, 131, 51))
    assert ImageChops.difference(image, grey).getbbox() is None


def test_a_cover_may_lie_tilted_and_leaves_what_stands_beside_it() -> None:
    image = Image.new("L", (160, 60), "grey")
    paint(image, Sign(((20, 10), (130, 20), (130, 50), (20, 40)), PLACE, "", 10.8))
    assert [image.getpixel(place) for place in ((20, 10), (75, 30), (130, 50))] == [0, 0, 0]
    assert [image.getpixel(place) for place in ((125, 12), (25, 48))] == [128, 128]
