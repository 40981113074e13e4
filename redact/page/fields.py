"""Tables without rules: lines whose fields stand under each other in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from redact.page.lines import Run
from redact.page.spread import SPACE

Lines = Sequence[Sequence[Run]]
Column = tuple[float, float]

HOLE = 0.45
"""Ems from which space parts two fields of a line."""

BESIDE = 0.5
"""Ems by which the lines of a cell stand aside."""

_FARTHEST = 5.0
"""Ems from one line of a table down to the next at most."""


@dataclass(slots=True)
class FieldTable:
    """Hold the fields of lines under each other, which no field of another column touches."""

    lines: list[list[Run]]
    columns: list[Column]

    def takes(self, fields: Sequence[Run]) -> bool:
        """Add a line that fits under the columns; tells whether it did."""
        last = self.lines[-1][0]
        if not 0 < fields[0].across - last.across < _FARTHEST * max(last.size, fields[0].size):
            return False
        columns, filled = self.columns, set[Column]()
        fields = self._with_spread(fields)
        for field in fields:
            touched = [each for each in columns if each[0] < field.end and field.start < each[1]]
            if len(touched) > 1 or not filled.isdisjoint(touched):
                return False
            start, end = touched[0] if touched else (field.start, field.end)
            left = [each for each in columns if each not in touched]
            columns = [*left, column := (min(start, field.start), max(end, field.end))]
            filled.add(column)
        ordered = sorted(columns)
        if any(one[1] >= other[0] for one, other in pairwise(ordered)):
            return False
        self.columns = ordered
        self.lines.append(fields)
        return True

    def _with_spread(self, fields: Sequence[Run]) -> list[Run]:
        """Put two signs together that fill a column, as the names of three signs above do."""
        found = list[Run]()
        for field in fields:
            if found and self._fill_column(found[-1], field):
                glyphs = (*found.pop().glyphs, SPACE, *field.glyphs)
                found.append(replace(field, glyphs=glyphs))
            else:
                found.append(field)
        return found

    def _fill_column(self, left: Run, right: Run) -> bool:
        reach = BESIDE * right.size
        signs = len(left.glyphs) == len(right.glyphs) == 1 and (left.text + right.text).isalpha()
        return signs and any(
            abs(start - left.start) < reach and abs(end - right.end) < reach
            for start, end in self.columns
        )


def tables_of_fields(lines: Lines) -> Iterator[FieldTable]:
    """Yield the tables among lines, which come from the top."""
    table: FieldTable | None = None
    for line in lines:
        if table is None and len(line) == 1 and len(line[0].painted) == len(line[0].glyphs):
            continue
        fields = sorted((f for run in line for f in fields_of(run)), key=lambda field: field.start)
        if table and table.takes(fields):
            continue
        if table:
            yield table
        columns = [(field.start, field.end) for field in fields]
        apart = len(fields) > 1 and all(a[1] < b[0] for a, b in pairwise(columns))
        table = FieldTable([fields], columns) if apart else None
    if table:
        yield table


def fields_of(run: Run) -> Iterator[Run]:
    """Cut a run where it leaves a hole."""
    if len(run.painted) == len(run.glyphs):
        yield run
        return
    begun = 0
    for place, (left, space, right) in enumerate(
        zip(run.glyphs, run.glyphs[1:], run.glyphs[2:], strict=False)
    ):
        if space is None and left and right and right.start - left.end >= HOLE * run.size:
            yield replace(run, glyphs=run.glyphs[begun : place + 1])
            begun = place + 2
    yield replace(run, glyphs=run.glyphs[begun:])
