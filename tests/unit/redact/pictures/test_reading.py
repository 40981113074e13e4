"""Reading one picture: nothing small, double or long is passed over without a word."""

from __future__ import annotations

import pytest
from PIL import Image

from redact.pictures.file import encode_picture, paint_over, without_hidden
from redact.pictures.reading import cost_of, read_places, still_shows
from redact.pictures.text import covered_boxes
from tests.fakes.pictures import written

NUMBER = "13876502341"


def test_a_value_that_stands_twice_is_painted_over_twice() -> None:
    picture = written([NUMBER, "Notice", NUMBER], width=400)
    read = read_places("p", picture)
    assert read is not None
    numbers = [place for place in read.places if place.text == NUMBER]
    assert len(numbers) == 2
    for place in numbers:
        for sign in place.segments:
            sign.put("")
    painted = encode_picture(paint_over(picture, covered_boxes(read.places)), "png")
    assert not still_shows(painted, read.places)


@pytest.mark.parametrize(
    ("size", "doubtful"), [((120, 7), True), ((120, 5), True), ((120, 4), False), ((12, 7), False)]
)
def test_a_picture_too_low_for_a_machine_but_not_for_people_asks_a_person(
    size: tuple[int, int], doubtful: bool
) -> None:
    picture = Image.new("RGB", size, "white")
    picture.paste("black", (1, 1, 3, 3))
    read = read_places("p", picture)
    assert read is not None
    assert read.doubtful is doubtful


def test_a_long_thin_picture_costs_what_its_margins_cost() -> None:
    picture = Image.new("RGB", (7_000, 60), "white")
    picture.paste("black", (10, 10, 20, 20))
    assert cost_of(picture) >= 10 * cost_of(picture.crop((0, 0, 400, 60)))


def test_what_is_too_faint_to_be_seen_keeps_no_colour_and_the_rest_does() -> None:
    picture = Image.new("RGBA", (4, 1))
    for x, opacity in enumerate((0, 10, 24, 25)):
        picture.putpixel((x, 0), (9, 8, 7, opacity))
    kept = without_hidden(picture)
    assert [kept.getpixel((x, 0)) for x in range(4)] == [*[(255, 255, 255, 0)] * 3, (9, 8, 7, 25)]
