"""How far the looks of two files are compared, and that the rest is told."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from redact.preview import compared_pictures
from redact.preview.compared_pictures import compared
from redact.verify.sight import MOST_COMPARED, Seen, Sight


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
    monkeypatch.setattr(compared_pictures, "_MOST_PICTURES", 2)
    told = Seen(3, Sight.BEYOND, 1)
    assert told in compared(package(4), package(4), "docx", ())
    assert told not in compared(package(2), package(2), "docx", ())
