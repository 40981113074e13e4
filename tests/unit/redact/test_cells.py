"""Cells bear the names under which people find them."""

from __future__ import annotations

from redact.cells import cell_of_sheets, cell_of_texts, column_name
from review.document import Cell


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    assert [column_name(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_cell_of_a_workbook_is_told_by_sheet_and_name() -> None:
    assert cell_of_sheets(Cell(1, 11, 27)) == "表2!AB12"


def test_a_cell_of_a_text_document_is_told_by_table_row_and_column() -> None:
    assert cell_of_texts(Cell(0, 1, 2)) == "表1 第2行第3列"
