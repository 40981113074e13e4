"""How people are told in which cell of a file something stands."""

from __future__ import annotations

from functools import lru_cache

from review.document import Cell


@lru_cache(maxsize=20_000)  # more than the columns of a sheet
def column_name(column: int) -> str:
    """Name a column (from 0) the way spreadsheets do: A, B, …, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def sheet_cell(row: int, column: int) -> str:
    """Name a cell (from 0) the way spreadsheets do: B3."""
    return f"{column_name(column)}{row + 1}"


def cell_of_sheets(cell: Cell) -> str:
    """Tell the sheet and the cell of a workbook."""
    return f"表{cell.table + 1}!{sheet_cell(cell.row, cell.column)}"


def cell_of_texts(cell: Cell) -> str:
    """Tell the table, row and column of a text document or slide."""
    return f"表{cell.table + 1} 第{cell.row + 1}行第{cell.column + 1}列"
