"""Pages as pixels: a band is the same as it is in the whole, brightness the same as in colour."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO

import cv2
import numpy as np
import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from redact.page.gap import Gap
from redact.page.glyphs import Box, Glyph, unite
from redact.page.raster import DPI, PdfRaster


@pytest.fixture(scope="module")
def raster() -> Iterator[PdfRaster]:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(301.3, 199.7), invariant=1)
    for line in range(12):
        canvas.setFillColorRGB(line / 12, 0.2, 1 - line / 12)
        canvas.drawString(3 + line, 7 + 16 * line, "Redaction that leaks nothing, 0123456789" * 2)
    canvas.save()
    with PdfRaster(buffer.getvalue()) as opened:
        yield opened


@pytest.mark.parametrize(("top", "bottom"), [(0, 267), (17, 31), (200, 300), (266, 267)])
def test_a_band_of_a_page_looks_as_it_does_in_the_whole(
    raster: PdfRaster, top: int, bottom: int
) -> None:
    whole = raster.shades(1, 96).copy()
    assert np.array_equal(raster.band(1, 96, top, bottom), whole[top:bottom])


def test_a_band_below_the_page_is_empty(raster: PdfRaster) -> None:
    assert raster.band(1, 96, 267, 300).size == 0


def test_a_picture_that_cannot_be_decoded_costs_no_other() -> None:
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(200, 100))
    kind = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image}
    size = {"Width": 2, "Height": 2, "BitsPerComponent": 8, "ColorSpace": pikepdf.Name.DeviceGray}
    broken = file.make_stream(b"no picture", **kind, **size, Filter=pikepdf.Name.DCTDecode)
    whole = file.make_stream(b"\0\x40\x80\xc0", **kind, **size)
    for name, picture in {"A": broken, "B": whole}.items():
        page.add_resource(picture, pikepdf.Name.XObject, pikepdf.Name(f"/{name}"))
    page.Contents = file.make_stream(b"q 50 0 0 50 9 9 cm /A Do Q q 50 0 0 50 99 9 cm /B Do Q")
    buffer = BytesIO()
    file.save(buffer)
    with PdfRaster(buffer.getvalue()) as shown:
        ((pixels, matrix),) = shown.pictures(1)
    assert pixels[0, 1, 0] == 0x40
    assert matrix[4:] == (99, 9)


@pytest.mark.parametrize("rise", [0.0, 0.05])
def test_a_bar_over_what_a_machine_read_covers_its_boxes_and_no_line_beside_it(rise: float) -> None:
    boxes = [Box(20 + 8 * n, 80 + 8 * n * rise, 28 + 8 * n, 90 + 8 * n * rise) for n in range(20)]
    glyphs = tuple(Glyph("3", b, b.x0, b.x1, 85.0, 10.0) for b in boxes)
    whole = unite(boxes)
    assert whole is not None
    file = pikepdf.new()
    file.add_blank_page(page_size=(300, 200))
    buffer = BytesIO()
    file.save(buffer)
    with PdfRaster(buffer.getvalue()) as shown:
        picture = shown.picture(1, [], [Gap(glyphs, whole, "", inked=True)], True)
    scale = DPI / 72
    bits = Image.frombytes("1", (picture.width, picture.height), zlib.decompress(picture.data))
    seen = np.asarray(bits.convert("L"))
    for box in boxes:
        column = seen[:, round((box.x0 + box.x1) / 2 * scale)]
        assert not column[round(box.top * scale) : round(box.bottom * scale)].any()
        assert column[[round((box.top - 2) * scale), round((box.bottom + 2) * scale)]].all()


def test_brightness_is_that_of_the_colours() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(200, 100), invariant=1)
    for number in range(10):
        canvas.setFillColorRGB(number / 9, 0.2, 1 - number / 9)
        canvas.rect(20.3 * number, 5.5 * number, 14.2, 31.7, stroke=0, fill=1)
    canvas.save()
    with PdfRaster(buffer.getvalue()) as shapes:
        seen = cv2.cvtColor(shapes.shades(1, 100), cv2.COLOR_RGBA2GRAY).astype(int)
        assert np.abs(shapes.grey(1, 100).astype(int) - seen).max() <= 2
        assert seen.min() < 100
