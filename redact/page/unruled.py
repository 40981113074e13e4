"""Tables without rules: a cell that wrapped is put together, told by how their lines stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from redact.page.fields import BESIDE, HOLE, Column, FieldTable, Lines, fields_of, tables_of_fields
from redact.page.lines import Run
from redact.page.paragraphs import WORD, counts_on
from redact.page.rows import Row, rows_about_the_middle, rows_by_pitch, rows_from_the_top

_CLOSE = 1.75
"""Ems from one line of a cell down to the next at most."""

_SHORTER = 0.5
"""Ems that the last line of a cell is shorter."""

_WIDE, _ROWS = 4.5, 2
"""Ems of a line too long for a name, and rows at least that tell how those of a table stand."""

_ALIKE, _NAME = 2, 3
"""Signs with which entries of a list begin alike, and signs of a name."""

_FIGURE = re.compile(r"[\d,]+\.\d+")


def wrapped_cells(lines: Lines) -> tuple[Lines, list[list[Run]]]:
    """Take the cells of several lines out of lines, which come from the top.

    Gives what is left of the lines, and each such cell as the runs of a paragraph.
    """
    cells = list[list[Run]]()
    for table in tables_of_fields(lines):
        wrapped = list(_cells(table))
        cells += [*wrapped, *_spread(table, wrapped)]
    if not cells:
        return lines, []
    taken = {id(glyph) for cell in cells for field in cell for glyph in field.painted}
    left = [[part for run in line for part in _without(run, taken)] for line in lines]
    return [line for line in left if line], cells


def _spread(table: FieldTable, cells: Sequence[Sequence[Run]]) -> Iterator[list[Run]]:
    """Yield the fields of two signs set apart that are in none of ``cells``."""
    wrapped = {id(field) for cell in cells for field in cell}
    for field in (field for line in table.lines for field in line):
        signs = field.painted
        wide = len(field.glyphs) == 3 and len(signs) == 2
        if wide and signs[1].start - signs[0].end > HOLE * field.size and id(field) not in wrapped:
            yield [field]


def _cells(table: FieldTable) -> list[list[Run]]:
    """Give the cells of several lines, of rows of which all is set as if it had wrapped."""
    rows = rows_by_pitch(table.lines)
    return [cell for row in rows for cell in _wrapped(row, table.columns)] or _led(table)


def _wrapped(row: Row, columns: Sequence[Column]) -> list[list[Run]]:
    """Put the cells of a row together, none where some of its lines are rows of their own."""
    cells = _going_on(row, columns, centred=False) if len(row) > 1 else []
    few = 2 * len(row[-1]) <= len(columns)
    return cells if few or any(_is_shorter(cell) for cell in cells) else []


def _led(table: FieldTable) -> list[list[Run]]:
    """Give the cells of rows that a field of the first column leads, if these stand in one way.

    A list under a heading of its own stands so too: what may be one is left as it is.
    """
    lines, columns = table.lines, table.columns
    leads = [n for n, line in enumerate(lines) if line[0].start < columns[0][1]]
    if len(leads) == len(lines) or len(leads) <= _ROWS:
        return []
    top = rows_from_the_top(lines, leads) if leads[0] == 0 else []
    middle = rows_about_the_middle(lines, leads)
    found = [_all_wrapped(top, columns, centred=False), _all_wrapped(middle, columns, centred=True)]
    return found[0] or found[1] if not all(found) else []


def _all_wrapped(
    rows: Sequence[Row], columns: Sequence[Column], *, centred: bool
) -> list[list[Run]]:
    several = [row for row in rows if len(row) > 1]
    found = [_going_on(row, columns, centred=centred) for row in several]
    told = sum(any(_is_rest(cell) for cell in cells) for cells in found)
    if not all(found) or told < _ROWS or 2 * told < len(several):
        return []
    cells = [cell for cells in found for cell in cells]
    return [] if any(_is_list(a, b) for cell in cells for a, b in pairwise(cell)) else cells


def _going_on(row: Row, columns: Sequence[Column], *, centred: bool) -> list[list[Run]]:
    """Put the cells of a row together, none unless each line of them goes on with the last."""
    cells = list[list[Run]]()
    for start, end in columns:
        cell = [[field for field in line if start <= field.start < end] for line in row]
        filled = [bool(fields) for fields in cell]
        # All cells of a row begin at one height, or stand about its middle.
        even = filled[::-1] if centred else sorted(filled, reverse=True)
        lines = [fields[0] for fields in cell if fields]
        if filled != even or not all(_goes_on(a, b, end) for a, b in pairwise(lines)):
            return []
        cells += [lines] if len(lines) > 1 else []
    return cells


def _is_rest(cell: Sequence[Run]) -> bool:
    """Tell whether the last line of a cell is no entry of its own by its looks."""
    wide = cell[0].end - cell[0].start > _WIDE * cell[0].size
    return _is_shorter(cell) and (wide or len(cell[-1].text) == 1)


def _is_list(upper: Run, lower: Run) -> bool:
    """Tell whether two lines may be entries of their own: alike, names, figures, or far apart."""
    one, other = upper.text, lower.text
    if one[:_ALIKE] == other[:_ALIKE] and len(other) > 1:
        return True
    names = len(one) == _NAME and 1 < len(other) <= _NAME and (one + other).isalpha()
    apart = lower.across - upper.across > _CLOSE * max(upper.size, lower.size)
    return names or apart or bool(_FIGURE.fullmatch(one) and _FIGURE.fullmatch(other))


def _is_shorter(cell: Sequence[Run]) -> bool:
    first, last = cell[0], cell[-1]
    return last.end - last.start < first.end - first.start - _SHORTER * first.size


def _goes_on(upper: Run, lower: Run, border: float) -> bool:
    """Tell whether a line was full, so that the next one of its column goes on with it."""
    em = max(upper.size, lower.size)
    middles = abs(upper.start + upper.end - lower.start - lower.end) / 2
    if min(abs(upper.start - lower.start), middles) > BESIDE * em:
        return False
    word = WORD.match(lower.text)
    width = (word.end() if word else 1) / len(lower.text) * (lower.end - lower.start)
    return border - upper.end < width and not counts_on(upper.text, lower.text)


def _without(run: Run, taken: set[int]) -> Iterator[Run]:
    """Give what is left of a run in its fields, the whole of it where nothing is taken."""
    if any(id(glyph) in taken for glyph in run.painted):
        yield from (field for field in fields_of(run) if id(field.painted[0]) not in taken)
    else:
        yield run
