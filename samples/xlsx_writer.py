"""Rosters as xlsx, as offices make them: merged title, hidden column, a comment, typed cells."""

from __future__ import annotations

import io
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from samples.frozen import MOMENT, freeze
from samples.markup import plain
from samples.roster import Roster

_THIN = Side(style="thin")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True, slots=True)
class Extras:
    """Say what a spreadsheet hides besides its cells; ``numeric`` columns hold numbers."""

    author: str
    hidden: tuple[str, ...] = ()
    numeric: tuple[str, ...] = ()
    comment: tuple[str, str] | None = None


def write_xlsx(roster: Roster, extras: Extras) -> bytes:
    """Write a roster as a workbook of one sheet."""
    book = Workbook()
    book.properties.creator = book.properties.lastModifiedBy = extras.author
    book.properties.created = MOMENT.replace(tzinfo=None)
    sheet = book.worksheets[0]
    sheet.title = "名单"
    _write_head(sheet, roster)
    for number, row in enumerate(roster.rows, start=4):
        for column, (header, text) in enumerate(zip(roster.headers, row, strict=True), start=1):
            value = plain(text)
            cell = sheet.cell(number, column, int(value) if header in extras.numeric else value)
            cell.border = _GRID
            cell.number_format = "0" if header in extras.numeric else "@"
    for header in extras.hidden:
        place = get_column_letter(roster.headers.index(header) + 1)
        sheet.column_dimensions[place].hidden = True
    if extras.comment is not None:
        place, text = extras.comment
        sheet[place].comment = Comment(plain(text), extras.author)
    buffer = io.BytesIO()
    book.save(buffer)
    return freeze(buffer.getvalue())


def _write_head(sheet: Worksheet, roster: Roster) -> None:
    """Write title and remark, each merged over the whole width, and the row of headers."""
    width = len(roster.headers)
    for row, text in ((1, roster.title), (2, roster.remark)):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        sheet.cell(row, 1, text)
    sheet.cell(1, 1).font = Font(name="方正小标宋简体", size=18)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center")
    for column, header in enumerate(roster.headers, start=1):
        cell = sheet.cell(3, column, header)
        cell.font = Font(name="黑体", size=11)
        cell.border = _GRID
        sheet.column_dimensions[get_column_letter(column)].width = 8 + 2 * len(header)
