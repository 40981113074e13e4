"""Borders of lists whose rules are too faint for a machine to see, told by how the entries stand.

Screenshots lose their thin grey rules when they are sent on. Run together, a name and the number
beside it are one paragraph without a head, and no detector knows what a rare name is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from redact.page.block import tables_of
from redact.page.glyphs import Box, Glyph
from redact.page.rules import RuledPage

_ROW = 0.5
"""Ems by which what stands in one row may be higher or lower."""

_PART = 0.6
"""Ems of space that part two columns: more than between the groups of a card's digits."""

_EVEN = 1.4
"""How much further than usual one row may be from the next; the lines of a cell are closer."""

_ROWS, _COLUMNS = 5, 3
"""Rows and filled columns from which lines that stand in columns are a list."""

_FULL = 0.8
"""Share of the rows in which a filled column has an entry: a machine passes over some."""

_RULED = 0.9
"""Share of the entries that stand in cells from which the rules of a list are trusted."""


class _Entry(NamedTuple):
    """Hold where something is written in a row, in points of the level page."""

    start: float
    end: float
    across: float
    size: float

    def touches(self, column: tuple[float, float]) -> bool:
        reach = _PART * self.size / 2
        return self.start - reach < column[1] and column[0] < self.end + reach


_Row = list[_Entry]


class _List:
    """Hold rows below each other of which no entry stands in two columns."""

    def __init__(self, row: _Row) -> None:
        self.rows = [row]
        self.columns = [(entry.start, entry.end) for entry in row]

    def takes(self, row: _Row) -> bool:
        """Add a row that fits under the columns; tells whether it did."""
        columns = list(self.columns)
        for entry in row:
            touched = [column for column in columns if entry.touches(column)]
            if len(touched) > 1:
                return False
            for column in touched:
                columns.remove(column)
            starts, ends = zip((entry.start, entry.end), *touched, strict=True)
            columns.append((min(starts), max(ends)))
        ordered = sorted(columns)
        part = _PART * row[0].size
        if any(right[0] - left[1] < part for left, right in pairwise(ordered)):
            return False
        self.columns = ordered
        self.rows.append(row)
        return True

    def is_regular(self) -> bool:
        """Tell whether each row is an entry of its own: of lines that wrapped, none can be told.

        The first column leads each row, and each row fills all columns but one that the others do.
        """
        if len(self.rows) < _ROWS:
            return False
        steps = [lower[0].across - upper[0].across for upper, lower in pairwise(self.rows)]
        usual = median(steps)
        filled = [{c for e in row for c in self.columns if e.touches(c)} for row in self.rows]
        full = {c for c in self.columns if sum(c in row for row in filled) >= _FULL * len(filled)}
        return (
            all(usual / _EVEN < step < usual * _EVEN for step in steps)
            and len(full) >= _COLUMNS
            and self.columns[0] in full
            and all(len(row & full) >= len(full) - 1 for row in filled)
        )

    def area(self) -> Box:
        """Give the place of all entries, and of the borders that were seen close around them."""
        around, (first, *_), (last, *_) = self.rows[0][0].size, self.rows[0], self.rows[-1]
        left, right = self.columns[0][0] - around, self.columns[-1][1] + around
        return Box(left, first.across - around, right, last.across + around)

    def borders(self) -> Iterator[Box]:
        """Yield rules around all cells, midway between what stands in them."""
        middles = [median(entry.across for entry in row) for row in self.rows]
        half = median(lower - upper for upper, lower in pairwise(middles)) / 2
        air = _PART * self.rows[0][0].size / 2
        left, right = self.columns[0][0] - air, self.columns[-1][1] + air
        top, bottom = middles[0] - half, middles[-1] + half
        for y in (top, *((a + b) / 2 for a, b in pairwise(middles)), bottom):
            yield Box(left, y, right, y)
        for x in (left, *((a[1] + b[0]) / 2 for a, b in pairwise(self.columns)), right):
            yield Box(x, top, x, bottom)


def with_lists(
    rules: Sequence[Box], lines: Iterable[Sequence[Glyph]], size: tuple[float, float]
) -> tuple[Box, ...]:
    """Add the borders of lists to the rules of a level page, in place of what was seen of them."""
    lists = [found for found in _lists(lines) if found.is_regular()]
    if not lists:
        return tuple(rules)
    cells = [cell for table in tables_of(RuledPage(size, rules)) for cell in table.cells.values()]
    kept = list(rules)
    for found in lists:
        if not _is_ruled(found, cells):
            area = found.area()
            kept = [rule for rule in kept if not _is_within(rule, area)] + list(found.borders())
    return tuple(kept)


def _is_ruled(found: _List, cells: Sequence[Box]) -> bool:
    """Tell whether the rules that were seen part the entries of a list from each other."""
    places = [(row, (e.start + e.end) / 2, e.across) for row in found.rows for e in row]
    held = [
        next((c for c in cells if c.x0 <= x <= c.x1 and c.top <= y <= c.bottom), None)
        for _, x, y in places
    ]
    single = [cell is not None and held.count(cell) == 1 for cell in held]
    # The head tells what the columns hold: on its ground rules are fainter than below it.
    return all(single[: len(found.rows[0])]) and sum(single) >= _RULED * len(places)


def _is_within(rule: Box, area: Box) -> bool:
    x, y = (rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2
    return area.x0 <= x <= area.x1 and area.top <= y <= area.bottom


def _lists(lines: Iterable[Sequence[Glyph]]) -> Iterator[_List]:
    found: _List | None = None
    for row in _rows(lines):
        if found is not None and found.takes(row):
            continue
        if found is not None:
            yield found
        found = _List(row) if len(row) >= _COLUMNS else None
    if found is not None:
        yield found


def _rows(lines: Iterable[Sequence[Glyph]]) -> Iterator[_Row]:
    """Yield what stands at one height, entries from left to right."""
    pieces = [piece for line in lines if line[0].angle == 0 for piece in _pieces(line)]
    row = _Row()
    for piece in sorted(pieces, key=lambda piece: piece.across):
        if row and piece.across - row[-1].across > _ROW * min(piece.size, row[-1].size):
            yield _joined(row)
            row = []
        row.append(piece)
    if row:
        yield _joined(row)


def _pieces(line: Sequence[Glyph]) -> Iterator[_Entry]:
    """Cut a line that was read where it has a gap: two columns are often read in one go."""
    begun = 0
    for place, glyph in enumerate(line):
        last = place + 1 == len(line)
        if last or line[place + 1].start - glyph.end >= _PART * glyph.size:
            piece = line[begun : place + 1]
            yield _Entry(piece[0].start, glyph.end, glyph.across, glyph.size)
            begun = place + 1


def _joined(row: Sequence[_Entry]) -> _Row:
    """Put pieces together that stand closer than columns do."""
    entries = _Row()
    for piece in sorted(row):
        if entries and piece.start - entries[-1].end < _PART * piece.size:
            last = entries[-1]
            entries[-1] = last._replace(end=max(last.end, piece.end))
        else:
            entries.append(piece)
    return entries
