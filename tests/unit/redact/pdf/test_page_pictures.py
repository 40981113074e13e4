"""Pdf output on pictures of the pages, where rewriting is in doubt."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from redact.pdf.format import PdfFormat
from redact.pdf.scan import MachineReader
from redact.pdf.source import open_source
from review.document import BlockKind
from review.errors import (
    UnsafeOutputError,
)
from review.plan import redacted_document
from tests.fakes.pdf import lines, plan_to_hide, render
from tests.fakes.squares import ID, LONG, font, grid, hide, make, note_codes, paint_out, read, texts


def test_output_reads_exactly_as_the_plan_says() -> None:
    rows = [["姓名", "身份证号"], ["赵小满", "110101199\n003070716"], ["钱多", "1"]]

    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 815, "江府县民政局")
        grid(rows, 80, 400, [60, 56], 34)(canvas)
        canvas.setFont(font(), 16)
        lines("　　经审核申请人赵小满身份证号码1101011990", "03070716符合条件。")(canvas)

    data = make(draw, lines(LONG))
    document = read(data)
    plan = plan_to_hide(document, f"赵小满|{ID}", "某某")
    output, notes = PdfFormat().write_pictures(open_source(data), plan, MachineReader())
    expected = redacted_document(document, plan)
    got = [(b.text, b.kind, b.cell, b.location.page) for b in read(output).blocks]
    assert got == [
        (b.text, b.kind, b.cell, b.location.page)
        for b in expected.blocks
        if b.kind is not BlockKind.DROPPED
    ]
    assert [n.code for n in notes if n.code == "pdf_raster"] == ["pdf_raster"]


def test_what_a_page_break_cuts_is_one_block_in_the_output_too() -> None:
    data = make(
        lines("经审核申请人赵小满符合条件现将有关号码1101011990", y=180),
        lines("03070716符合条件。", y=760),
    )
    assert texts(read(paint_out(data, "符合条件", "如下"))) == [
        f"经审核申请人赵小满如下现将有关号码{ID}如下。"
    ]
    assert ID[:8] not in "".join(texts(read(paint_out(data, ID, "某"))))


def test_the_bar_covers_all_ink_of_the_removed_text_and_little_else() -> None:
    data = make(lines("公示赵小满个为"))
    before, after = render(data), render(paint_out(data, "赵小满"))
    bar = after.crop((80 + 32, 842 - 700 - 14, 80 + 80, 842 - 700 + 2))
    assert bar.getextrema() == (0, 0)
    left = (80, 842 - 714, 80 + 28, 842 - 698)
    assert abs(sum(before.crop(left).tobytes()) - sum(after.crop(left).tobytes())) < 40 * 255


def test_removed_characters_occur_nowhere_in_the_output() -> None:
    output = paint_out(make(lines("申请人赵小满")), "赵小满", "某")
    with pikepdf.open(BytesIO(output)) as pdf:
        assert "/Info" not in pdf.trailer
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        decoded = b"".join(s.read_bytes() for s in streams if s.get("/Filter") != "/DCTDecode")
    for character in "赵小满":
        assert character.encode("utf-16-be").hex().upper().encode() not in decoded
    assert "某".encode("utf-16-be").hex().upper().encode() in decoded


def test_another_reader_finds_the_redacted_text_in_its_place() -> None:
    output = paint_out(make(lines("申请人赵小满住址江府县")), "赵小满", "某某")
    page = pypdfium2.PdfDocument(output)[0].get_textpage()
    assert page.get_text_bounded() == "申请人某某住址江府县"
    assert page.get_text_bounded(80 + 48, 690, 80 + 96, 720) == "某某"


def test_another_reader_sees_even_a_single_character() -> None:
    output = paint_out(make(lines("申请人赵小满", "一", "　　住址江府县")), "住址")
    assert pypdfium2.PdfDocument(output)[0].get_textpage().get_text_bounded().split() == [
        "申请人赵小满", "一", "江府县",
    ]  # fmt: skip


def test_a_number_that_the_library_writes_into_every_file_can_be_removed() -> None:
    data = make(lines("账号31415926535897932384626433832795", x=20, y=60), size=(420, 110))
    for output in (hide(data, r"\d+", "某"), paint_out(data, r"\d+", "某")):
        assert not any(f"{number}".encode() in output for number in (31415, 26433832795))


def test_the_same_input_gives_the_same_bytes() -> None:
    data = make(lines("申请人赵小满"))
    assert paint_out(data, "赵小满") == paint_out(data, "赵小满")


def test_colour_stays_and_black_stays_black_and_white() -> None:
    def red(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.drawString(80, 700, "公示")

    def depth(data: bytes) -> tuple[int, str]:
        with pikepdf.open(BytesIO(paint_out(data, "示"))) as pdf:
            (image,) = pdf.pages[0].Resources.XObject.values()
            return int(image.BitsPerComponent), str(image.ColorSpace)

    assert depth(make(red)) == (8, "/DeviceRGB")
    assert depth(make(lines("公示"))) == (1, "/DeviceGray")


def test_a_picture_in_which_nothing_is_written_stays() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(20, 150, "公示")
        canvas.drawImage(ImageReader(Image.new("RGB", (50, 50), "skyblue")), 100, 50, 60, 60)

    data = make(draw, size=(240, 180))
    assert note_codes(read(data)) == set()
    assert {n.code for n in read(data).notes} == {"pdf_picture_silent"}
    assert render(paint_out(data, "示")).getpixel((130, 100)) < 220


def test_a_page_whose_text_is_all_removed_can_still_be_checked() -> None:
    output = paint_out(make(lines("赵小满")), "赵小满")
    document = read(output)
    assert texts(document) == []
    assert "pdf_scan" in note_codes(document)


def test_a_plan_made_on_another_text_is_refused() -> None:
    plan = plan_to_hide(read(make(lines("赵小满"))), "赵小满")
    with pytest.raises(UnsafeOutputError, match="不一致"):
        PdfFormat().write(make(lines("钱多多")), plan)


def test_text_the_renderer_reads_elsewhere_is_not_taken_as_covered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("redact.page.raster.PdfRaster.text_in", lambda *_: [""])
    with pytest.raises(UnsafeOutputError, match="位置无法确认"):
        paint_out(make(lines("赵小满")), "赵小满")
