"""Tables of OpenDocument: places of their cells, repeated cells with text written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

from redact.counts import whole_number
from redact.notes import Notes
from redact.odf.package import TABLE
from redact.odf.tree import CELLS, has_text
from review.document import Cell
from review.errors import TooLargeInputError

_TABLE, _ROW = f"{{{TABLE}}}table", f"{{{TABLE}}}table-row"
_COLUMNS_REPEATED = f"{{{TABLE}}}number-columns-repeated"
_ROWS_REPEATED = f"{{{TABLE}}}number-rows-repeated"
_VISIBILITY = f"{{{TABLE}}}visibility"
_MOST_COPIES = 200_000


class Tables:
    """Number the tables of a document as they come; ``label`` names their cells for people."""

    def __init__(self, label: Callable[[Cell], str]) -> None:
        self.label = label
        self._numbers: dict[etree._Element, int] = {}
        self._places: dict[etree._Element, Cell] = {}

    def place(self, cell: etree._Element) -> Cell | None:
        """Find the place of a cell; repeated and covered cells take the columns they cover."""
        if cell not in self._places:
            table = next(cell.iterancestors(_TABLE), None)
            if table is None:
                return None
            self._number(table)
        return self._places.get(cell)

    def _number(self, table: etree._Element) -> None:
        number = self._numbers.setdefault(table, len(self._numbers))
        position = 0
        for row in rows(table):
            column = 0
            for cell in row.iterchildren(*CELLS):
                self._places[cell] = Cell(number, position, column)
                column += count(cell, _COLUMNS_REPEATED)
            position += count(row, _ROWS_REPEATED)


def rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield a table's own rows in order, whatever groups they stand in."""
    pending = list(reversed(table))
    while pending:
        element = pending.pop()
        if element.tag == _ROW:
            yield element
        elif element.tag not in (_TABLE, *CELLS):
            pending.extend(reversed(element))


def settle_tables(root: etree._Element, notes: Notes) -> None:
    """Show hidden rows and columns, and write repeated cells with text out one by one.

    Raises ``TooLargeInputError`` where that would make far more cells than people fill in.
    """
    for element in root.iter(f"{{{TABLE}}}*"):
        if element.get(_VISIBILITY, "visible") != "visible":
            notes.add("hidden_shown")
    copies = 0
    for row in reversed(list(root.iter(_ROW))):  # inner tables before the cells around them
        for cell in list(row.iterchildren(*CELLS)):
            copies += _write_out(cell, _COLUMNS_REPEATED)
        copies += _write_out(row, _ROWS_REPEATED)
        if copies > _MOST_COPIES:
            raise _too_many()


def _write_out(element: etree._Element, attribute: str) -> int:
    repeated = count(element, attribute)
    if repeated < 2 or not has_text(element):
        return 0
    size = sum(1 for _ in element.iter(*CELLS))
    if repeated * size > _MOST_COPIES:
        raise _too_many()
    del element.attrib[attribute]
    for _ in range(repeated - 1):
        element.addnext(deepcopy(element))
    return (repeated - 1) * size


def count(element: etree._Element, attribute: str) -> int:
    """Read how often an element stands for itself."""
    return max(whole_number(element.get(attribute), 7) or 1, 1)


def _too_many() -> TooLargeInputError:
    return TooLargeInputError("表格里重复的单元格过多，请删去多余的行列、重新保存后再提交。")
