"""How far the looks of two files are compared, and that the rest is told."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from redact.preview import compared_parts
from redact.preview.compared_pictures import compared
from redact.verify.sight import MOST_COMPARED, Seen, Sight
from review.errors import BrokenInputError


def pages(number: int, kind: str) -> bytes:
    output = BytesIO()
    first, *others = [Image.new("L", (40, 40), "white") for _ in range(number)]
    first.save(output, kind, save_all=True, append_images=others)
    return output.getvalue()


def package(number: int) -> bytes:
    output = BytesIO()
    with ZipFile(output, "w") as parts:
        for n in range(number):
            parts.writestr(f"word/media/image{n}.png", pages(1, "PNG"))
    return output.getvalue()


def test_pages_beyond_the_last_compared_are_told() -> None:
    within, beyond = pages(MOST_COMPARED, "PDF"), pages(MOST_COMPARED + 2, "PDF")
    told = Seen(MOST_COMPARED + 1, Sight.BEYOND, 2)
    assert told in compared(beyond, beyond, "pdf", ())
    assert told in compared(within, beyond, "pdf", ())
    assert told not in compared(within, within, "pdf", ())


def test_pictures_beyond_the_last_compared_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compared_parts, "MOST_PICTURES", 2)
    told = Seen(3, Sight.BEYOND, 1)
    assert told in compared(package(4), package(4), "docx", ())
    assert told not in compared(package(2), package(2), "docx", ())


def office(**parts: bytes) -> bytes:
    output = BytesIO()
    with ZipFile(output, "w") as package:
        for name, data in parts.items():
            package.writestr(f"word/media/{name.replace('_', '.')}", data)
    return output.getvalue()


def test_a_drawing_that_was_changed_is_told_as_not_compared() -> None:
    drawing, other = b"\x01\0\0\0 one", b"\x01\0\0\0 two"
    changed = compared(office(a_emf=drawing), office(a_emf=other), "docx", ())
    assert changed == (Seen(0, Sight.UNSEEN, 1),)
    assert compared(office(a_emf=drawing), office(b_emf=drawing), "docx", ()) == ()
    assert compared(office(a_wmf=drawing), office(), "docx", ()) == (Seen(0, Sight.OTHER, 1),)


@pytest.mark.parametrize("side", [8, 40])
def test_pictures_that_are_small_or_do_not_open_do_not_drop_out(side: int) -> None:
    shades = [BytesIO() for _ in range(2)]
    for shade, file in enumerate(shades):
        Image.new("L", (300, side), 200 * shade).save(file, "PNG")
    one, other = (file.getvalue()[: None if side == 8 else -40] for file in shades)
    assert compared(office(a_png=one), office(a_png=one), "docx", ()) == ()
    assert compared(office(a_png=one), office(a_png=other), "docx", ()) == (
        Seen(0, Sight.UNSEEN, 1),
    )


def test_pictures_of_the_web_are_compared() -> None:
    white, noise = (BytesIO() for _ in range(2))
    Image.new("L", (80, 80), "white").save(white, "WEBP")
    Image.radial_gradient("L").save(noise, "WEBP")
    told = compared(office(a_webp=noise.getvalue()), office(a_webp=white.getvalue()), "docx", ())
    assert told == (Seen(1, Sight.OTHER, 1),)


def test_a_package_that_does_not_open_is_not_compared_as_one_without_pictures() -> None:
    whole = package(1)
    with pytest.raises(BrokenInputError):
        compared(whole, whole[:-30], "docx", ())


def test_sheets_that_have_no_counterpart_are_told() -> None:
    told = Seen(2, Sight.BEYOND, 1)
    assert told in compared(pages(1, "TIFF"), pages(2, "TIFF"), "image", ())
