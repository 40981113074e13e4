"""Drawings become pictures of what they show; what else they hold is not in them."""

from __future__ import annotations

import gzip
import struct

import pytest

from redact.libreoffice import program
from redact.pictures import drawings
from redact.pictures.drawing_size import MOST_UNPACKED, Size, size_of, unpacked
from redact.pictures.drawings import Drawings, is_drawing
from redact.pictures.file import on_paper
from tests.fakes.drawings import emf, svg, wmf
from tests.fakes.planted_pictures import png

needs_libreoffice = pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")

STARVIEW = (
    b"VCLMTF" + struct.pack("<HII", 1, 49, 0) + struct.pack("<HIH", 1, 27, 0) + bytes(25)
) + struct.pack("<2i", 15_000, 7_500)

SIZES = {
    "an enhanced metafile": (emf("公开"), Size(8.0, 2.0)),
    "a placeable metafile": (wmf(), Size(8.0, 2.0)),
    "a bare metafile, of which the proportions are known": (wmf(placeable=False), Size(12.0, 3.0)),
    "a vector graphic": (svg("公开"), Size(8.0, 2.0)),
    "a preview of LibreOffice": (STARVIEW, Size(15.0, 7.5)),
    "a compressed one": (gzip.compress(emf("公开")), Size(8.0, 2.0)),
    "a vector graphic with a view box alone": (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 48"/>',
        Size(2.54, 1.27),
    ),
}
REFUSED = {
    "a picture of pixels": png("值"),
    "nothing": b"",
    "the beginning of a metafile": emf("公开")[:30],
    "a metafile of no height": emf("公开")[:24] + struct.pack("<4i", 0, 0, 99, 0) + emf("公")[40:],
    "a vector graphic with a document type": b"<!DOCTYPE svg>" + svg("公开"),
    "one that is cut off": svg("公开")[:-9],
    "one that shows a file of the machine": svg(
        "公开", extra='<image xlink:href="file:///etc/hostname" width="9" height="9"/>'
    ),
    "one with another drawing in it": svg(
        "公开", extra='<image xlink:href="data:image/svg+xml;base64,PHN2Zy8+" width="9"/>'
    ),
    "one that fetches": svg("公开", extra='<rect style="fill:url(http://192.0.2.1/x)"/>'),
    "one whose style sheet fetches": svg("公开", extra="<style>@import 'x.css';</style>"),
    "one that unpacks to more than a drawing needs": gzip.compress(bytes(MOST_UNPACKED + 1)),
    "a compressed one that is broken": b"\x1f\x8b\x08 broken",
    "markup that only names the format": b'<x xmlns:svg="http://www.w3.org/2000/svg"/>',
}


@pytest.mark.parametrize("case", SIZES)
def test_a_drawing_tells_its_size(case: str) -> None:
    data, size = SIZES[case]
    assert size_of(unpacked(data)) == size
    assert is_drawing(data)


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_drawing_or_reaches_outside_is_not_drawn(case: str) -> None:
    assert not is_drawing(REFUSED[case])
    assert Drawings(lambda: [REFUSED[case]]).picture(REFUSED[case]) is None


@needs_libreoffice
def test_drawings_of_all_kinds_are_drawn_in_one_go_each_in_its_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    starts: list[int] = []
    convert_all = drawings.convert_all

    def counted(*arguments: object) -> list[bytes]:
        starts.append(1)
        return convert_all(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(drawings, "convert_all", counted)
    broken = emf("公开")[:100]
    files = [emf("公开", "旁边"), broken, wmf(), svg("公开"), gzip.compress(wmf())]
    drawn = Drawings(lambda: [*files, png("值")])
    pictures = [drawn.picture(data) for data in files]
    assert pictures[1] is None  # it shows nothing: as a white picture it would vanish unsaid
    sizes = [picture.size for picture in pictures if picture is not None]
    assert sizes == [(945, 236)] * 4 or all(abs(w - 945) < 3 and abs(h - 236) < 3 for w, h in sizes)
    assert len(sizes) == 4
    assert len(starts) == 1


@needs_libreoffice
def test_what_is_covered_in_a_drawing_is_not_in_its_picture() -> None:
    plain, covered = emf("公开文字"), emf("公开文字", under="13812345678")
    drawn = Drawings(lambda: [plain, covered])
    one, other = drawn.picture(plain), drawn.picture(covered)
    assert one is not None
    assert other is not None
    assert on_paper(one, "white").tobytes() == on_paper(other, "white").tobytes()


@needs_libreoffice
def test_a_drawing_is_clear_where_it_draws_nothing() -> None:
    drawn = Drawings(lambda: [wmf()]).picture(wmf())
    assert drawn is not None
    assert drawn.getpixel((0, 0)) == (255, 255, 255, 0)
    assert drawn.getpixel((drawn.width // 2, drawn.height * 9 // 20)) == (0, 0, 0, 255)


def test_without_libreoffice_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert Drawings(lambda: [emf("公开")]).picture(emf("公开")) is None


def test_no_more_are_drawn_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def noted(pages: list[object]) -> bytes:
        asked.append(len(pages))
        return b""

    monkeypatch.setattr(drawings, "_document", noted)
    monkeypatch.setattr(drawings, "program", lambda: "soffice")
    monkeypatch.setattr(drawings, "convert_all", lambda *_: [b""])
    monkeypatch.setattr(drawings, "MOST", 2)
    files = [svg(str(number)) for number in range(5)]
    assert Drawings(lambda: files).picture(files[0]) is None
    monkeypatch.setattr(drawings, "MOST_BYTES", len(files[0]) + 1)
    assert Drawings(lambda: files).picture(files[0]) is None
    assert asked == [2, 1]
