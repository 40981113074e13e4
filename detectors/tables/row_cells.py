"""Which cells of a table row speak of which person."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from detectors.text.role_labels import by_header
from review.document import Block, Document, Span
from review.finding import Finding, Role

Row = tuple[int, int]
"""(table, row)."""

_BESIDE = frozenset({Role.GUARDIAN, Role.HANDLER, Role.OFFICIAL, Role.WITNESS})
"""Who stands in a row about somebody else: its age and status are not his."""


def row_of(document: Document, offset: int) -> Row | None:
    """Look up in which row a character stands, None outside tables."""
    return _row(document.blocks[document.block_at(offset)])


def cells_beside(document: Document, offset: int) -> Iterator[int]:
    """Yield the indices of the other cells of the row in which a character stands."""
    row, index = row_of(document, offset), document.block_at(offset)
    for step in (-1, 1):
        place = index + step
        while row is not None and 0 <= place < len(document.blocks):
            if _row(document.blocks[place]) != row:
                break
            yield place
            place += step


def stands_beside(header: str) -> bool:
    """Say whether a column holds those who stand in a row about somebody else."""
    return by_header(header) in _BESIDE


def cells_by_person(
    document: Document, people: Sequence[Finding], headers: Mapping[int, str]
) -> Mapping[Span, Sequence[int]]:
    """Map each person in a table to the indices of the cells that speak of him.

    Of several people in a row a cell is that of the last one before it, else of the first; who
    stands beside somebody else has none. ``people`` are in order of place.
    """
    found: dict[Span, list[int]] = {}
    rows = {row: list(cells) for row, cells in _rows(document)}
    by_row = groupby(people, key=lambda person: row_of(document, person.span.start))
    for row, group in by_row:
        if row is None:
            continue
        columns: dict[int, list[Finding]] = {}
        for person in group:
            column = document.block_at(person.span.start)
            if not stands_beside(headers.get(column, "")):
                columns.setdefault(column, []).append(person)
        places = list(columns)
        for index in rows[row] if columns else ():
            place = places[max(bisect_right(places, index) - 1, 0)]
            for person in columns[place]:
                found.setdefault(person.span, []).append(index)
    return found


def _rows(document: Document) -> Iterator[tuple[Row, Iterator[int]]]:
    blocks = document.blocks
    for row, group in groupby(range(len(blocks)), key=lambda index: _row(blocks[index])):
        if row is not None:
            yield row, group


def _row(block: Block) -> Row | None:
    return None if block.cell is None else (block.cell.table, block.cell.row)
