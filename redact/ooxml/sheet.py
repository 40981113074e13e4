"""One sheet taken apart: its cells as people see them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from lxml import etree

from redact.cells import cell_of_sheets, sheet_cell
from redact.counts import whole_number
from redact.notes import Notes
from redact.ooxml.numbers import day_number, has_lost_digits, is_number, plain_number, show_number
from redact.ooxml.parts import S, words
from redact.ooxml.sheetlayout import is_hidden, row_attributes
from redact.ooxml.strings import Runs, TextRun, decode, read_runs
from review.document import Block, BlockKind, Cell, Location
from review.errors import BrokenInputError

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z")
_ERRORS = words("#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A #GETTING_DATA #SPILL! #CALC!")
_LOST = "表格结构异常（单元格重复或次序错乱），请用办公软件重新保存后再提交。"
_V, _F, _IS = (f"{{{S}}}{n}" for n in ("v", "f", "is"))


@dataclass(slots=True)
class CellEntry:
    """Hold one cell: place from 0, style number, type letter and stored text or runs.

    ``shown`` is what a block says; None for a cell that has only a style.
    """

    row: int
    column: int
    style: int
    type: str = ""
    stored: str = ""
    shown: str | None = None
    runs: Runs = ()
    edited: tuple[TextRun, ...] | None = None

    @property
    def segments(self) -> Sequence[TextRun]:
        """Give the pieces to edit; what is edited becomes text whatever the cell was."""
        if self.edited is None:
            runs = self.runs or (("", self.shown or ""),)
            self.edited = tuple(TextRun(p, t) for p, t in runs)
        return self.edited


@dataclass(frozen=True, slots=True)
class CellText:
    """Stand for the text of one cell as a block-to-be."""

    part: str
    table: int
    entry: CellEntry

    @property
    def text(self) -> str:
        """Give the text as shown."""
        return self.entry.shown or ""

    @property
    def segments(self) -> Sequence[TextRun]:
        """Give the pieces to edit."""
        return self.entry.segments

    def block(self, index: int) -> Block:
        """Give the block that detectors see."""
        place = Cell(self.table, self.entry.row, self.entry.column)
        location = Location(self.part, index, cell=cell_of_sheets(place))
        return Block(self.text, location, BlockKind.CELL, place)


@dataclass(slots=True)
class Styles:
    """Know the number format of each cell style and whether dates count from 1904.

    ``changed`` are the styles whose own format will not be published.
    """

    formats: Sequence[str] = ()
    changed: frozenset[int] = frozenset()
    epoch_1904: bool = False

    def format(self, style: int) -> str:
        """Give the format code of a cell style."""
        return self.formats[style] if 0 <= style < len(self.formats) else "General"


@dataclass(slots=True)
class Row:
    """Hold the layout of one row, as markup of attributes, and its cells."""

    number: int
    attributes: str
    cells: list[CellEntry] = field(default_factory=list)


def read_rows(
    elements: Iterable[etree._Element], strings: Sequence[Runs], styles: Styles, notes: Notes
) -> Iterator[Row]:
    """Read the rows in order; raises ``BrokenInputError`` where order or numbers make no sense."""
    last_row = -1
    for element in elements:
        number = _count(element.get("r"), last_row + 2) - 1
        if not last_row < number < MAX_ROW:
            raise BrokenInputError(_LOST)
        last_row = number
        if is_hidden(element, "ht"):
            notes.add("hidden_shown")
        row = Row(number, row_attributes(element))
        last_column = -1
        for cell in element.iterchildren(f"{{{S}}}c"):
            column = _column(cell.get("r"), number, last_column + 1)
            if not last_column < column < MAX_COLUMN:
                raise BrokenInputError(_LOST)
            last_column = column
            entry = _cell(cell, number, column, strings, styles, notes)
            if entry.style in styles.changed and entry.shown and entry.type in ("n", "s"):
                notes.add("format_dropped")
            row.cells.append(entry)
        yield row


def _cell(
    cell: etree._Element,
    row: int,
    column: int,
    strings: Sequence[Runs],
    styles: Styles,
    notes: Notes,
) -> CellEntry:
    entry = CellEntry(row, column, _count(cell.get("s"), 0))
    kind = str(cell.get("t", "n"))
    inside = {child.tag: child for child in reversed(cell)}  # of two alike the first counts
    if _F in inside:
        notes.add("formulas_flattened")
    if kind == "inlineStr":
        item = inside.get(_IS)
        return _text(entry, read_runs(item, notes) if item is not None else ())
    value = inside.get(_V)
    if value is None or (value.text is None and kind != "str"):
        if _F in inside:
            notes.add("formula_without_value")
        return entry
    stored = (value.text or "").strip() if kind != "str" else (value.text or "")
    if kind == "s":
        index = _count(stored, -1)
        if not 0 <= index < len(strings):
            raise BrokenInputError(_LOST)
        return _text(entry, strings[index])
    if kind == "d" and (number := day_number(stored, styles.epoch_1904)):
        return _number(entry, number, styles, notes)
    if kind == "n" and is_number(stored):
        return _number(entry, plain_number(stored), styles, notes)
    if kind == "b" and stored in ("0", "1"):
        entry.type, entry.stored = "b", stored
        entry.shown = "TRUE" if stored == "1" else "FALSE"
        return entry
    if kind == "e" and cell.get("vm") is not None:
        notes.add("picture_dropped")  # newer programs show a picture there, others the error
    if kind == "e" and stored in _ERRORS:
        entry.type, entry.stored, entry.shown = "e", escape(stored), stored
        return entry
    return _text(entry, (("", decode(stored)),))


def _text(entry: CellEntry, runs: Runs) -> CellEntry:
    entry.type, entry.runs = "s", runs
    entry.shown = runs[0][1] if len(runs) == 1 else "".join(t for _, t in runs)
    return entry


def _number(entry: CellEntry, plain: str, styles: Styles, notes: Notes) -> CellEntry:
    if has_lost_digits(plain):
        notes.add("digits_lost")
    entry.type, entry.stored = "n", plain
    entry.shown = show_number(plain, styles.format(entry.style), styles.epoch_1904)
    return entry


def _count(value: object, default: int) -> int:
    number = whole_number(value)
    return default if number is None else number


def _column(reference: object, row: int, default: int) -> int:
    if reference is None or reference == sheet_cell(row, default):
        return default
    match = _REFERENCE.match(str(reference))
    if match is None or int(match[2]) != row + 1:
        raise BrokenInputError(_LOST)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1
