"""The verifier's own look into pictures: what can be read there, and what rides along."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from redact.verify.pictures import holds_only_pixels, lines_in_picture
from redact.verify.verifier import IndependentVerifier
from tests.fakes.pictures import written

NUMBER = "329826195402264838"


def saved(picture: Image.Image, kind: str, **more: object) -> bytes:
    data = BytesIO()
    picture.save(data, kind, **more)
    return data.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_what_is_written_in_a_picture_is_read(kind: str) -> None:
    (line,) = lines_in_picture(saved(written([f"身份证号{NUMBER}"]), kind))
    assert NUMBER in line.text.replace(" ", "")


def test_what_cannot_be_decoded_is_an_error_and_never_silence() -> None:
    with pytest.raises(ValueError, match="not a picture"):
        lines_in_picture(b"\x89PNG\r\n\x1a\nbroken")


def test_pixels_alone_are_told_from_what_rides_along() -> None:
    page = written(["公告"], width=200)
    told = PngInfo()
    told.add_text("Author", "HUANG")
    exif = Image.Exif()
    exif[0x010E] = "HUANG"
    png, jpeg = saved(page, "PNG"), saved(page, "JPEG")
    assert holds_only_pixels(png)
    assert holds_only_pixels(jpeg)
    assert holds_only_pixels(saved(page, "JPEG", progressive=True))
    riding = [
        saved(page, "PNG", pnginfo=told),
        saved(page, "PNG", exif=exif),
        saved(page, "JPEG", exif=exif),
        saved(page, "JPEG", comment=b"HUANG"),
        saved(page, "JPEG", icc_profile=b"HUANG"),
        png + b"HUANG",
        jpeg + b"HUANG",
        png[:-1],
        jpeg[:-2],
        saved(page, "GIF"),
        b"",
    ]
    assert not any(holds_only_pixels(data) for data in riding)


def test_a_value_that_rides_along_is_told_as_readable() -> None:
    told = PngInfo()
    told.add_itxt("Comment", f"申请人黄秀珍 {NUMBER}")
    data = saved(written(["公告"], width=200), "PNG", pnginfo=told)
    complaints = IndependentVerifier().verify("image", data, {"黄秀珍": 0, NUMBER: 0})
    assert any(sentence.startswith("图片附带的数据") for sentence in complaints)
