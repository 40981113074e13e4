"""What was read in a picture once is recalled exactly, and nothing is recalled where all counts."""

from __future__ import annotations

import json

import pytest
from PIL import Image

from redact.ocr import recognise
from redact.ocr.doubts import Doubt
from redact.ocr.recall import afresh, recall, recalling
from redact.ocr.recognise import PictureText
from redact.page.glyphs import Box, Glyph
from redact.pdf.format import PdfFormat
from redact.pictures import format as image
from redact.pictures.format import ImageFormat
from review.errors import UnsafeOutputError
from review.plan import Edit, RedactionPlan
from tests.fakes.pictures import encoded, written
from tests.fakes.scans import scanned

PAGE = written(["电话 13912345678"], width=460)
READ = PictureText(
    460,
    144,
    (Glyph("电", Box(1.1, 2.2, 3.3, 4.4), 1.1, 3.3, 2.7, 32.123456789, 90),),
    frozenset({Doubt.FAINT, Doubt.SEAL}),
)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Image.Image]:
    """Count what the recogniser is asked for, which reads as ever."""
    asked: list[Image.Image] = []
    really = recognise.read_picture

    def counted(picture: Image.Image) -> PictureText:
        asked.append(picture)
        return really(picture)

    monkeypatch.setattr(recognise, "read_picture", counted)
    return asked


def plan_for(text: str, digest: str) -> RedactionPlan:
    start = text.index("139")
    edit = Edit(0, start, start + 11, "***", "F1")
    return RedactionPlan(digest, "policy", "general", (), (edit,))


def test_a_reading_comes_back_exactly_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognise, "read_picture", lambda picture: READ)
    with recalling({}) as readings:
        recall(PAGE)
    kept = json.loads(json.dumps(readings))
    monkeypatch.setattr(recognise, "read_picture", None)
    with recalling(kept):
        assert recall(PAGE) == READ


def test_other_pixels_and_other_sizes_are_other_pictures(calls: list[Image.Image]) -> None:
    blank = Image.new("RGB", (40, 60), "white")
    with recalling({}):
        for picture in (blank, blank.copy(), blank.rotate(90, expand=True), blank.convert("1")):
            recall(picture)
    assert len(calls) == 3


def test_a_picture_is_written_from_what_is_remembered_and_its_proof_is_read_afresh(
    calls: list[Image.Image],
) -> None:
    data = encoded(PAGE, "PNG")
    with recalling({}) as readings:
        document = ImageFormat().read(data)
    assert len(calls) == 1
    with recalling(readings) as after:
        ImageFormat().write(data, plan_for(document.text, document.digest))
    assert len(calls) == 2
    assert after == readings  # what proves an output is not remembered either


def test_a_draft_that_was_not_painted_over_is_caught_whatever_is_remembered(
    calls: list[Image.Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = encoded(PAGE, "PNG")
    with recalling({}) as readings:
        document = ImageFormat().read(data)
    monkeypatch.setattr(image, "paint_over", lambda picture, boxes: picture)
    with recalling(readings), pytest.raises(UnsafeOutputError, match="仍能读出"):
        ImageFormat().write(data, plan_for(document.text, document.digest))
    assert len(calls) == 2


def test_a_scanned_pdf_is_written_without_another_reading(calls: list[Image.Image]) -> None:
    data = scanned(PAGE)
    with recalling({}) as readings:
        document = PdfFormat().read(data)
    with recalling(readings):
        PdfFormat().write(data, plan_for(document.text, document.digest))
    assert len(calls) == 1


def test_within_afresh_nothing_is_remembered(calls: list[Image.Image]) -> None:
    with recalling({}) as readings, afresh():
        recall(PAGE)
    assert (len(calls), readings) == (1, {})
