"""Pages of office files: frames only where they belong, and what no edit explains is told."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.shared import Cm
from PIL import Image

from redact.libreoffice import program
from redact.ooxml.docx import DocxFormat
from redact.ooxml.xlsx import XlsxFormat
from redact.page.raster import PdfRaster
from redact.preview import rendering
from redact.preview.pictures import Allowance, Mark, PagePairs, PictureOrder, Place
from redact.preview.rendered_pages import rendered_pairs
from redact.preview.rendering import inks_of, render
from review.errors import BrokenInputError, TooLargeInputError
from review.plan import Edit, RedactionPlan
from review.ports import Format

pytestmark = pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")

PLENTY = Allowance(30, 8_000_000)
LINE = "申请人赵小满（身份证号329826199710258215）家住柳溪镇梨园村2组5号，经审核符合条件。"
FILLER = "各乡镇人民政府、街道办事处要高度重视，落实责任，确保各项工作按时完成。"
DRAFTS = Path(__file__).parents[4] / "samples" / "drafts"


def saved(file: Any) -> bytes:
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


@cache
def letter(*, picture: str = "", paragraphs: int = 30) -> bytes:
    """Write a letter of more than a page whose third paragraph tells of a person."""
    file = docx.Document()
    file.sections[0].footer.paragraphs[0].text = "青禾县民政局"
    if picture:
        drawn = BytesIO()
        Image.new("RGB", (300, 120), picture).save(drawn, "PNG")
        file.add_picture(drawn, width=Cm(5))
    for number in range(paragraphs):
        file.add_paragraph(LINE if number == 2 else f"{number}、{FILLER}")
    return saved(file)


def marks_of(format: Format, data: bytes, *values: str) -> tuple[tuple[str, ...], tuple[Mark, ...]]:
    """Give the texts of the blocks and a mark wherever one of the values stands."""
    texts = tuple(block.text for block in format.read(data).blocks)
    found = [
        Mark(n + 1, block, text.index(value), text.index(value) + len(value), value, True)
        for n, (block, text, value) in enumerate(
            (block, text, value)
            for value in values
            for block, text in enumerate(texts)
            if value in text
        )
    ]
    return texts, tuple(found)


def redacted(format: Format, data: bytes, marks: Sequence[Mark], instead: str) -> bytes:
    edits = tuple(Edit(m.block, m.start, m.end, instead, f"F{m.number}") for m in marks)
    plan = RedactionPlan(format.read(data).digest, "p", "general", (), edits)
    return format.write(data, plan)[0]


def looked_at(
    data: bytes, *values: str, instead: str = "某某", format: Format | None = None
) -> PagePairs:
    kind = format or DocxFormat()
    texts, marks = marks_of(kind, data, *values)
    output = redacted(kind, data, marks, instead)
    allowed = dict.fromkeys(values, 0)
    order = PictureOrder(kind.name, kind.name, texts, marks, allowed, PLENTY)
    return rendered_pairs(data, output, order)


@cache
def drawn(data: bytes, format: str) -> bytes:
    (pages,) = render([(data, format)])
    return pages


def under(place: Place, data: bytes, format: str, page: int = 1) -> str:
    """Read what stands in a place of the rendered draft."""
    with PdfRaster(drawn(data, format)) as raster:
        width, height = raster.size(page)
        return "".join(
            ink.sign
            for ink in inks_of(raster)
            if ink.page == page
            and place.left < (ink.box.x0 + ink.box.x1) / 2 / width < place.left + place.width
            and place.top < (ink.box.top + ink.box.bottom) / 2 / height < place.top + place.height
        )


@cache
def plain() -> PagePairs:
    return looked_at(letter(), "赵小满", "329826199710258215")


def test_a_frame_holds_the_very_characters_of_its_finding() -> None:
    places = [place for pair in plain().shown for place in pair.places]
    shown = [under(place, letter(), "docx") for place in places]
    assert "".join(shown[:1]) == "赵小满"
    assert "".join(shown[1:]) == "329826199710258215"
    assert [place.number for place in places][:2] == [1, 2]


def test_a_finding_in_a_header_is_framed_on_every_page_of_both_sides() -> None:
    file = docx.Document(BytesIO(letter()))
    file.sections[0].header.paragraphs[0].text = "经办人钱文海，联系电话13912345678"
    data = saved(file)
    texts, marks = marks_of(DocxFormat(), data, "钱文海", "赵小满")
    output = redacted(DocxFormat(), data, marks, "某某某")
    became = tuple(mark._replace(text="某某某") for mark in marks)
    becomes = tuple(text.replace("钱文海", "某某某") for text in texts)
    order = PictureOrder(
        "docx", "docx", texts, marks, {}, PLENTY, becomes, became, running=(marks[0].block,)
    )
    pairs = rendered_pairs(data, output, order)
    assert len(pairs.shown) > 1
    for pair in pairs.shown:
        (place,) = (each for each in pair.places if each.number == 1)
        (there,) = (each for each in pair.placed if each.number == 1)
        assert under(place, data, "docx", pair.number) == "钱文海"
        assert there == pytest.approx(place, abs=0.01)
    assert [place.number for place in pairs.shown[0].places].count(2) == 1
    assert pairs.uneven == ()


def test_draft_and_output_stand_beside_each_other() -> None:
    first = plain().shown[0]
    assert first.after is not None
    assert first.after != first.before
    assert Image.open(BytesIO(first.before.data)).size == Image.open(BytesIO(first.after.data)).size
    assert plain().total == plain().after == len(plain().shown) > 1


def test_an_edit_that_is_planned_makes_no_page_uneven() -> None:
    assert plain().uneven == ()
    assert plain().complaints == ()


def test_text_that_moves_up_behind_an_edit_makes_no_page_uneven() -> None:
    draft = letter()
    shorter = looked_at(draft, LINE[:35], instead="甲")
    assert shorter.uneven == ()


def test_a_picture_that_is_gone_makes_its_page_uneven() -> None:
    order = PictureOrder("docx", "docx", (), (), {}, PLENTY)
    found = rendered_pairs(letter(picture="darkred"), letter(picture="white"), order)
    assert found.uneven == (1,)


def test_lines_that_no_edit_moved_make_their_page_uneven() -> None:
    draft = letter()
    texts, marks = marks_of(DocxFormat(), draft, "赵小满")
    file = docx.Document(BytesIO(redacted(DocxFormat(), draft, marks, "赵某某")))
    file.paragraphs[8].paragraph_format.space_before = Cm(2)
    order = PictureOrder("docx", "docx", texts, marks, {}, PLENTY)
    assert rendered_pairs(draft, saved(file), order).uneven[:1] == (1,)


def test_a_value_that_the_output_shows_is_a_complaint() -> None:
    draft = letter()
    texts, marks = marks_of(DocxFormat(), draft, "赵小满")
    order = PictureOrder("docx", "docx", texts, marks, {"赵小满": 0}, PLENTY)
    (told,) = rendered_pairs(draft, draft, order).complaints
    assert "LibreOffice" in told
    assert "第 1 页" in told
    assert "赵小满" not in told
    kept = order._replace(allowed={"赵小满": 1})
    assert rendered_pairs(draft, draft, kept).complaints == ()


def test_a_name_that_stands_twice_is_framed_where_its_finding_stands() -> None:
    file = docx.Document()
    for text in ("赵小满", FILLER, "赵小满"):
        file.add_paragraph(text)
    data = saved(file)
    texts, marks = marks_of(DocxFormat(), data, "赵小满")
    order = PictureOrder("docx", "docx", texts, marks[:1], {}, PLENTY)
    shown = rendered_pairs(data, b"", order).shown
    assert [pair.after for pair in shown] == [None]
    framed = [place for pair in shown for place in pair.places]
    assert framed
    assert all(place.top < 0.12 for place in framed)


def test_what_a_narrow_cell_cuts_off_is_never_framed_in_another() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(1, 30):
        # What is cut off reads like the number that the next row begins with.
        sheet.append([row, f"赵小满{row}", f"3298261997102582{row + 1:02}"])
    data = saved(book)
    texts, marks = marks_of(XlsxFormat(), data, *(f"3298261997102582{n:02}" for n in range(10, 30)))
    order = PictureOrder("xlsx", "xlsx", texts, marks, {}, PLENTY)
    (pair,) = rendered_pairs(data, b"", order).shown
    assert len(pair.places) >= 15
    lefts = [place.left for place in pair.places]
    assert max(lefts) - min(lefts) < 0.01


def test_a_workbook_without_end_is_drawn_in_part() -> None:
    book = openpyxl.Workbook()
    for row in range(5000):
        book.active.append([row, "赵小满"])
    order = PictureOrder("xlsx", "xlsx", (), (), {}, PLENTY)
    found = rendered_pairs(saved(book), b"", order)
    assert found.cut
    assert found.total == rendering.MOST_RENDERED


def test_a_file_that_libreoffice_cannot_show_is_refused() -> None:
    order = PictureOrder("docx", "docx", (), (), {}, PLENTY)
    with pytest.raises(BrokenInputError):
        rendered_pairs(b"PK\x03\x04 broken", b"", order)


def test_a_renderer_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "SECONDS", 0.01)
    order = PictureOrder("docx", "docx", (), (), {}, PLENTY)
    with pytest.raises((BrokenInputError, TooLargeInputError)):
        rendered_pairs(letter(paragraphs=3), b"", order)
