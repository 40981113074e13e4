"""Pictures that no page frames, shown by themselves: in web pages and in files within files."""

from __future__ import annotations

import io
from base64 import b64encode

import docx
import openpyxl
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from openpyxl.drawing.image import Image as SheetImage

from redact.html.page import HtmlFormat
from redact.ooxml.docx import DocxFormat
from redact.ooxml.parts import O, R, V, W
from redact.preview.held_pictures import held_pictures
from redact.preview.picture_sheets import picture_sheets
from redact.preview.pictures import Allowance, Mark, PagePair, PictureOrder
from redact.preview.web_pictures import web_pairs
from review.ports import Format
from tests.fakes.bars import drawn, holds_bar, marks_in, plan_of, read_bars

PLENTY = Allowance(30, 8_000_000)


@pytest.fixture(autouse=True)
def bars_are_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    read_bars(monkeypatch)


def page(*pictures: bytes) -> bytes:
    shown = "".join(f'<img src="data:image/png;base64,{b64encode(p).decode()}">' for p in pictures)
    return f"<html><body><p>情况说明</p>{shown}</body></html>".encode()


def redacted(format: Format, data: bytes) -> tuple[tuple[Mark, ...], bytes]:
    document = format.read(data)
    marks = marks_in(document)
    return marks, format.write(data, plan_of(document, marks))[0]


def sheets_of(data: bytes, output: bytes, *marks: Mark) -> tuple[PagePair, ...]:
    return web_pairs(data, output, PictureOrder("html", "html", (), marks, {}, PLENTY)).sheets


def test_a_picture_of_a_web_page_is_shown_framed_beside_what_became_of_it() -> None:
    data = page(drawn(place=(200, 150, 290, 190)), drawn())
    marks, output = redacted(HtmlFormat(), data)
    first, second = sheets_of(data, output, *marks)
    assert (first.number, second.number) == (1, 2)
    for sheet in (first, second):
        assert [holds_bar(sheet.before, place) for place in sheet.places] == [True]
        assert sheet.after is not None
        assert sheet.placed == sheet.places
        assert not holds_bar(sheet.after, sheet.places[0])


def test_what_the_output_does_not_show_so_is_not_said_to_be_in_it() -> None:
    data = page(drawn())
    marks, output = redacted(HtmlFormat(), data)
    for other in (data, b"", page(), output.replace(b"iVBOR", b"!!!!!")):
        (sheet,) = sheets_of(data, other, *marks)
        assert (sheet.after, sheet.placed) == (None, ())


def test_a_picture_without_findings_is_not_shown() -> None:
    data = page(drawn())
    _, output = redacted(HtmlFormat(), data)
    assert sheets_of(data, output) == ()


def test_what_a_page_frames_is_not_shown_again_nor_more_than_allowed() -> None:
    data = page(drawn(), drawn(place=(10, 10, 60, 40)))
    marks, output = redacted(HtmlFormat(), data)
    held = held_pictures("html", data)
    shown = [
        [sheet.number for sheet in picture_sheets(held, marks, framed, output, allowance)]
        for framed, allowance in (
            ({1}, PLENTY), ({1, 2}, PLENTY), ((), Allowance(1, 8_000_000)), ((), Allowance(9, 9)),
        )
    ]  # fmt: skip
    assert shown == [[2], [], [1], []]


def test_a_finding_that_is_not_found_in_its_picture_frames_all_of_it() -> None:
    data = page(drawn())
    marks, output = redacted(HtmlFormat(), data)
    (sheet,) = sheets_of(data, output, marks[0]._replace(text="钱文海"))
    assert sheet.places[0][1:] == (0.0, 0.0, 1.0, 1.0)


def book() -> bytes:
    file, data = openpyxl.Workbook(), io.BytesIO()
    file.active.add_image(SheetImage(io.BytesIO(drawn())), "B3")
    file.save(data)
    return data.getvalue()


def letter() -> bytes:
    """Write a letter within which a workbook lies that shows a picture."""
    document = docx.Document()
    document.add_paragraph("情况说明")
    package = document.part.package
    within = Part(PackURI("/word/embeddings/a.xlsx"), "application/octet-stream", book(), package)
    held = document.part.relate_to(within, RELATIONSHIP_TYPE.PACKAGE)
    document.add_paragraph().add_run()._r.append(
        parse_xml(
            f'<w:object xmlns:w="{W}" xmlns:v="{V}" xmlns:o="{O}" xmlns:r="{R}">'
            '<v:shape id="_x0000_i9" style="width:200pt;height:100pt" o:ole=""/>'
            '<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" ShapeID="_x0000_i9" '
            f'DrawAspect="Content" ObjectID="_9" r:id="{held}"/></w:object>'
        )
    )
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def test_a_picture_of_a_file_within_a_file_is_shown_without_a_number() -> None:
    data = letter()
    marks, output = redacted(DocxFormat(), data)
    assert len(marks) == 1
    held = held_pictures("docx", data)
    (sheet,) = picture_sheets(held, marks, (), output, PLENTY)
    assert sheet.number == 0
    assert holds_bar(sheet.before, sheet.places[0])
    assert sheet.after is not None
    assert held.parts() == []
