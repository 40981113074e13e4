"""What a file does not show of a picture is not in its pixels either."""

from __future__ import annotations

from PIL import Image

from redact.pictures.crop import WHOLE, Crop, cleared, cropped, emptied

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def halves() -> Image.Image:
    """Give a picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", (20, 10), RED)
    picture.paste(BLUE, (10, 0, 20, 10))
    return picture


def colours(picture: Image.Image) -> set[tuple[int, ...]]:
    return {colour for _, colour in picture.getcolors() or ()}  # type: ignore[misc]


def test_what_is_cut_away_leaves_no_pixel() -> None:
    left = cropped(halves(), Crop(right=0.5))
    assert (left.size, colours(left)) == ((10, 10), {RED})
    assert cropped(halves(), WHOLE).size == (20, 10)


def test_a_cut_that_leaves_nothing_leaves_one_pixel() -> None:
    assert cropped(halves(), Crop(left=0.5, right=0.5, top=0.99)).size == (1, 1)


def test_what_something_else_lies_over_is_white() -> None:
    assert colours(emptied(halves(), [Crop(left=0.5)])) == {RED, WHITE}
    assert colours(emptied(halves(), [Crop(left=0.5), Crop(right=0.5)])) == {WHITE}
    assert colours(emptied(halves(), [])) == {RED, BLUE}


def test_a_covered_area_is_never_smaller_than_what_covers_it() -> None:
    assert BLUE not in colours(emptied(halves(), [Crop(left=0.46)]))


def test_a_colour_made_transparent_is_gone_from_the_pixels() -> None:
    assert colours(cleared(halves(), BLUE)) == {(*RED, 255), (*WHITE, 0)}
    assert colours(cleared(halves(), (1, 2, 3))) == {RED, BLUE}
    assert colours(cleared(halves(), None)) == {RED, BLUE}
