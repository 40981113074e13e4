"""Picture files as drafts: read, painted over in their own kind, shown and proven."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from redact.kinds import identify, written_suffix
from redact.pictures import format as image
from redact.pictures.format import ImageFormat
from redact.pictures.pages import MAX_PAGES, open_sheets
from redact.preview.image_pages import page_pairs
from redact.preview.pictures import Allowance, Mark, PictureOrder
from redact.registry import get_format
from redact.verify.verifier import IndependentVerifier
from review.document import BlockKind, Document, Severity
from review.errors import (
    BrokenInputError,
    TooLargeInputError,
    UnknownFormatError,
    UnsafeOutputError,
)
from review.plan import Edit, RedactionPlan
from tests.fakes.pictures import encoded, written
from tests.fakes.scans import table

NUMBER = "329826195402264838"
LINES = ("补偿登记结果公告", f"户主黄树根 身份证号 {NUMBER}")
PAGE = written(LINES, width=760)
HIDDEN = {NUMBER: 0}


def plan_for(document: Document, value: str) -> RedactionPlan:
    """Hide a value wherever a block of the document shows it."""
    edits = [
        Edit(index, start, start + len(value), "***", "F1")
        for index, block in enumerate(document.blocks)
        if (start := block.text.find(value)) >= 0
    ]
    assert edits
    return RedactionPlan(document.digest, "policy", "general", (), tuple(edits))


def redacted(data: bytes, value: str = NUMBER) -> bytes:
    output, notes = ImageFormat().write(data, plan_for(ImageFormat().read(data), value))
    assert not notes
    return output


@pytest.fixture(scope="module")
def output() -> bytes:
    return redacted(encoded(PAGE, "PNG", dpi=(200, 200)))


def order(*marks: Mark) -> PictureOrder:
    return PictureOrder("image", "image", (), marks, {}, Allowance(5, 1_000_000))


def text_of(data: bytes) -> str:
    return "".join(ImageFormat().read(data).text.split())


def test_the_text_of_a_picture_is_read_and_a_person_must_compare_it() -> None:
    document = ImageFormat().read(encoded(PAGE, "PNG"))
    assert "".join(document.text.split()) == "".join("".join(LINES).split())
    assert {block.kind for block in document.blocks} == {BlockKind.PICTURE}
    assert {block.location.page for block in document.blocks} == {1}
    assert [(n.code, n.severity) for n in document.notes] == [("image_read", Severity.PERSON)]


def test_a_picture_without_text_goes_to_a_person_too() -> None:
    document = ImageFormat().read(encoded(Image.new("RGB", (300, 200), "white"), "PNG"))
    assert not document.text
    assert [(n.code, n.severity) for n in document.notes] == [("image_silent", Severity.PERSON)]


def test_what_is_hidden_is_painted_over_and_every_other_pixel_stays(output: bytes) -> None:
    assert NUMBER not in text_of(output)
    assert "户主黄树根身份证号" in text_of(output)
    before, after = np.asarray(PAGE), np.asarray(Image.open(BytesIO(output)))
    changed = np.argwhere((before != after).any(axis=2))
    assert (after[before.any(axis=2) != after.any(axis=2)] == 0).all()
    assert changed[:, 0].min() > 90  # the heading above is untouched
    assert round(Image.open(BytesIO(output)).info["dpi"][0]) == 200


def test_the_verifier_passes_it_and_complains_of_the_draft(output: bytes) -> None:
    assert not IndependentVerifier().verify("image", output, HIDDEN)
    told = IndependentVerifier().verify("image", encoded(PAGE, "PNG"), HIDDEN)
    assert told == ("第1页图片仍能读到应隐去的内容。",)


def test_pages_of_a_black_and_white_scan_stay_pages_in_black_and_white() -> None:
    first, second = (
        written((line,), width=600).convert("1") for line in (NUMBER, "电话 13912345678")
    )
    data = encoded(first, "TIFF", save_all=True, append_images=[second])
    document = ImageFormat().read(data)
    assert {block.location.page for block in document.blocks} == {1, 2}
    output = redacted(data, "13912345678")
    assert [sheet.mode for sheet in open_sheets(output)] == ["1", "1"]
    assert NUMBER in text_of(output)
    assert not IndependentVerifier().verify("image", output, {"13912345678": 0})


def test_a_table_that_runs_over_pages_keeps_its_header() -> None:
    rows = [["姓名", "身份证号"], ["黄树根", NUMBER], ["骆秀穗", "329826195302232564"]]
    pages = [Image.new("1", (560, 230), "white") for _ in range(2)]
    pages[0].paste(table(rows[:2], [140, 330], high=60, size=28), (0, 20))
    pages[1].paste(table(rows[2:], [140, 330], high=60, size=28), (14, 20))
    data = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    blocks = ImageFormat().read(data).blocks
    assert {(b.cell.table, b.cell.row, b.cell.column): b.text for b in blocks if b.cell} == {
        (0, r, c): text for r, row in enumerate(rows) for c, text in enumerate(row)
    }
    assert [b.location.page for b in blocks] == [1, 1, 1, 1, 2, 2]


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", ".jpg"), ("BMP", ".bmp"), ("GIF", ".gif")])
def test_a_picture_is_written_as_what_it_came_as_and_those_of_the_web_as_png(
    kind: str, ending: str
) -> None:
    small = written((NUMBER,), width=460)
    data = encoded(small, kind)
    assert identify(f"名单{ending}", data) == "image"
    output = redacted(data)
    name = "名单" + written_suffix("image", f"名单{ending}")
    assert identify(name, output) == "image"
    assert Image.open(BytesIO(output)).format == ("PNG" if kind == "GIF" else kind)
    assert not IndependentVerifier().verify("image", output, HIDDEN)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "TIFF"])
def test_more_than_pixels_in_an_output_is_a_complaint(kind: str) -> None:
    data = encoded(Image.new("L", (60, 40), "white"), kind)
    told = IndependentVerifier().verify("image", data + NUMBER.encode() * 3, {})
    assert told == ("输出图片里除了画面还有其他数据，请转人工处理。",)


def test_a_remark_in_a_tiff_file_is_a_complaint() -> None:
    data = encoded(Image.new("L", (60, 40), "white"), "TIFF", description="黄树根")
    assert IndependentVerifier().verify("image", data, {})


def test_the_foot_of_a_long_screenshot_is_verified_too() -> None:
    long = Image.new("RGB", (700, 3_000), "white")
    long.paste(written((f"证号 {NUMBER}",), width=700), (0, 2_700))
    assert IndependentVerifier().verify("image", encoded(long, "PNG"), HIDDEN)


def test_the_review_copy_shows_both_sides_with_the_finding_framed(output: bytes) -> None:
    data = encoded(PAGE, "PNG")
    document = ImageFormat().read(data)
    (edit,) = plan_for(document, NUMBER).edits
    mark = Mark(7, edit.block, edit.start, edit.end, NUMBER)
    stale = mark._replace(number=8, text="另一个号码")
    pairs = page_pairs(data, output, order(mark, stale))
    assert pairs.total == 1
    (pair,) = pairs.shown
    assert pair.after is not None
    (place,) = pair.places
    assert place.number == 7
    x = round((place.left + place.width / 2) * PAGE.width)
    y = round((place.top + place.height / 2) * PAGE.height)
    assert Image.open(BytesIO(output)).getpixel((x, y)) == (0, 0, 0)
    assert page_pairs(data, b"", order()).shown[0].places == ()


def test_a_plan_made_on_another_text_is_refused() -> None:
    plan = RedactionPlan("0" * 64, "policy", "general", (), ())
    with pytest.raises(UnsafeOutputError):
        ImageFormat().write(encoded(PAGE, "PNG"), plan)


def test_what_can_still_be_read_after_painting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(PAGE, "PNG")
    plan = plan_for(ImageFormat().read(data), NUMBER)
    monkeypatch.setattr(image, "paint_over", lambda picture, boxes: picture)
    with pytest.raises(UnsafeOutputError, match="仍能读出"):
        ImageFormat().write(data, plan)


def test_a_bar_that_would_cover_what_stays_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(PAGE, "PNG")
    plan = plan_for(ImageFormat().read(data), NUMBER)
    whole = image.Box(0, 0, PAGE.width, PAGE.height)
    monkeypatch.setattr(image, "covered_boxes", lambda places: [whole])
    with pytest.raises(UnsafeOutputError, match=r"从上往下约 .*靠得太近.*人工遮盖.*重新扫描"):
        ImageFormat().write(data, plan)


@pytest.mark.usefixtures("no_recogniser")
def test_without_a_recogniser_the_draft_is_refused_with_the_remedy() -> None:
    with pytest.raises(UnknownFormatError, match="review doctor"):
        ImageFormat().read(encoded(PAGE, "PNG"))


def test_what_moves_is_refused() -> None:
    frames = [Image.new("L", (40, 40), shade) for shade in (0, 90, 200)]
    for kind in ("GIF", "PNG", "WEBP"):
        data = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
        with pytest.raises(UnknownFormatError, match="动画"):
            ImageFormat().read(data)


def test_too_many_pages_and_broken_files_are_refused() -> None:
    page = Image.new("1", (20, 20))
    many = encoded(page, "TIFF", save_all=True, append_images=[page] * MAX_PAGES)
    with pytest.raises(TooLargeInputError, match=str(MAX_PAGES)):
        ImageFormat().read(many)
    whole = encoded(PAGE, "PNG")
    for broken in (whole[:300], whole[:40], encoded(PAGE, "TIFF")[:-200]):
        with pytest.raises(BrokenInputError):
            ImageFormat().read(broken)


def test_a_name_that_does_not_fit_the_picture_is_refused_with_the_right_ending() -> None:
    with pytest.raises(UnknownFormatError, match="PNG 图片"):
        identify("扫描件.jpg", encoded(PAGE, "PNG"))
    with pytest.raises(UnknownFormatError, match="另存为 JPEG"):
        identify("IMG_0001.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    assert get_format("image").name == "image"
