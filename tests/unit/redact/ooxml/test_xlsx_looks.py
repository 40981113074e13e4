"""What steers the look of a workbook without telling anything stays as programs wrote it."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from redact.ooxml.xlsx import XlsxFormat
from review.plan import Edit, RedactionPlan


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def written(data: bytes, *edits: tuple[int, int, int, str]) -> openpyxl.Workbook:
    made = tuple(Edit(*edit, "F1") for edit in edits)
    plan = RedactionPlan(XlsxFormat().read(data).digest, "", "general", (), made)
    return openpyxl.load_workbook(io.BytesIO(XlsxFormat().write(data, plan)[0]))


def notes(data: bytes) -> set[str]:
    return {note.code for note in XlsxFormat().read(data).notes}


def test_what_is_printed_and_the_rows_on_every_page_stay_under_the_new_name_of_the_sheet() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("张三's 表", 0)["A1"] = "标题"
    book.worksheets[0].print_area = "A1:G90"
    book.worksheets[0].print_title_rows = "1:3"
    book.worksheets[0].print_title_cols = "A:B"
    book.worksheets[1].print_area = "B2:C3"
    data = saved(book)
    output = written(data, (0, 0, 2, "某某"))
    assert output.sheetnames[0] == "某某's 表"
    first, second = output.worksheets
    assert first.print_area == "'某某''s 表'!$A$1:$G$90"
    assert (first.print_title_rows, first.print_title_cols) == ("$1:$3", "$A:$B")
    assert second.print_area.endswith("!$B$2:$C$3")
    assert "rules_dropped" not in notes(data)


@pytest.mark.parametrize("text", ["OFFSET(Sheet!$A$1,0,0,9,9)", '"张三13800001111"', "#REF!"])
def test_a_print_area_that_is_no_list_of_places_goes(text: str) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "甲"
    name = "_xlnm.Print_Area"
    book.defined_names[name] = DefinedName(name, localSheetId=0, attr_text=text)
    data = saved(book)
    assert not written(data).active.print_area
    assert "rules_dropped" in notes(data)


def test_noughts_that_are_not_shown_stay_so() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 0
    book.active.sheet_view.showZeros = False
    assert written(saved(book)).active.sheet_view.showZeros is False


def test_a_header_goes_on_naming_its_sheet_and_file() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "甲"
    book.active.oddHeader.center.text = "统计局&A&F&Z"
    assert written(saved(book)).active.oddHeader.center.text == "统计局&A&F"
