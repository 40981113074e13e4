"""One page as blocks: table cells, paragraphs, header and footer, each glyph in its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Any, NamedTuple

from redact.page.block import Table, TextBlock, marked_blocks, tables_of
from redact.page.cells import share_out
from redact.page.columns import columns_of
from redact.page.gathered import gather_numbers
from redact.page.glyphs import Box, Glyph
from redact.page.lines import Run, lines_of, runs_of
from redact.page.paragraphs import counts_on, joint, paragraphs_of, wraps
from redact.page.stacked import Lines, parted_stacks
from redact.page.unruled import wrapped_cells
from review.document import BlockKind, Cell

_HEADER_SHARE = 0.065
_FOOTER_SHARE = 0.935
_NUMBER_SHARE = 0.85
_PAGE_NUMBER = re.compile(r"[-—–－·•\s]*(第\s*)?\d{1,4}(\s*/\s*\d{1,4})?(\s*页)?[-—–－·•\s]*")
_SAME_EDGE = 3.0
_ASIDE = 24.0
_BEFORE = 0.5


class _Placed(NamedTuple):
    """Hold a block with its place in the order of the page and what it continues."""

    key: tuple[float, ...]
    block: TextBlock
    before: TextBlock | None = None


@dataclass(frozen=True, slots=True)
class _OpenTable:
    """Hold what the next page must know of a table that may run on."""

    edges: tuple[float, ...]
    number: int
    rows: int
    header: tuple[str, ...]
    last_row: Mapping[int, TextBlock]


class PageLayout:
    """Turn the pages of one document into blocks, in order.

    Remembers how the page before ended: a table that runs on keeps its number, so that its
    header row governs the next page too, and a row or paragraph cut by the page is one block,
    so that a number broken there is found whole.
    """

    def __init__(self) -> None:
        self._blocks = 0
        self._tables = 0
        self._open_table: _OpenTable | None = None
        self._open_paragraph: tuple[TextBlock, tuple[Run, ...]] | None = None
        self._marked: dict[int, TextBlock] = {}

    def blocks(self, page: Any, glyphs: Sequence[Glyph]) -> list[TextBlock]:
        """Group the glyphs of a page; ``page`` is pdfplumber's, asked for its ruled lines."""
        if glyphs and all(glyph.mark for glyph in glyphs):
            return self._own_blocks(glyphs)
        ruled = list(tables_of(page))
        shared, free = share_out(glyphs, ruled, page.strings)
        # A grid in which nothing is written, as a frame leaves beside it, bounds no text.
        tables = [table for table, cells in zip(ruled, shared, strict=True) if cells]
        owned = [cells for cells in shared if cells]
        loose = list(_loose_blocks(free, float(page.height)))
        body = sorted(
            (p for p in loose if p.block.kind is BlockKind.PARAGRAPH), key=lambda p: p.key
        )
        if body and not (tables and tables[0].top < body[0].key[0]):
            loose[loose.index(body[0])] = self._after_page_break(body[0])
        rows_first = min((p.key[0] for p in body), default=float("inf"))
        placed = list(loose)
        for position, table in enumerate(tables):
            leads = position == 0 and table.top < rows_first
            placed += self._cells(table, owned[position], leads)
        ended = bool(tables) and max((p.key[0] for p in body), default=0.0) <= tables[-1].bottom
        whole = _with_whole_numbers(sorted(placed, key=lambda p: p.key), page.strings)
        numbered = self._numbered(sorted(whole, key=lambda p: p.key))
        self._remember(numbered, ended)
        return [placed.block for placed in numbered]

    def picture_blocks(self, glyphs: Iterable[Glyph]) -> list[TextBlock]:
        """Group what a machine read in pictures of a page; call it after ``blocks``."""
        found = []
        for group in _by_angle(glyphs):
            for paragraph in paragraphs_of(runs_of(group)):
                block = TextBlock(tuple(paragraph), BlockKind.PICTURE)
                found.append(self._number(block, None))
        return found

    def _own_blocks(self, glyphs: Sequence[Glyph]) -> list[TextBlock]:
        earlier, self._marked = self._marked, {}
        found = []
        for number, before, block in marked_blocks(glyphs):
            origin = earlier.get(before) if before is not None else None
            self._marked[number] = self._number(block, origin)
            found.append(self._marked[number])
        return found

    def _number(self, block: TextBlock, before: TextBlock | None) -> TextBlock:
        if before is not None:
            lead = "" if block.verbatim else joint(before.text, block.text)
            offset = before.offset + len(before.text)
            return replace(block, index=before.index, continued=True, offset=offset, lead=lead)
        self._blocks += 1
        return replace(block, index=self._blocks - 1)

    def _numbered(self, placed: Iterable[_Placed]) -> list[_Placed]:
        return [_Placed(p.key, self._number(p.block, p.before)) for p in placed]

    def _after_page_break(self, first: _Placed) -> _Placed:
        if self._open_paragraph is None:
            return first
        before, runs = self._open_paragraph
        goes_on = wraps(before.runs[-1], first.block.runs[0], runs)
        return first._replace(before=before) if goes_on else first

    def _cells(
        self, table: Table, owned: Mapping[tuple[int, int], list[Glyph]], leads: bool
    ) -> list[_Placed]:
        grid = {
            place: list(_cell_blocks(owned.get(place, []), box))
            for place, box in table.cells.items()
        }
        opened = self._open_table if leads and self._runs_on(table) else None
        if opened is None:
            number, offset, cut = self._tables, 0, {}
            self._tables += 1
        else:
            first = int(_row_texts(grid, 0) == opened.header)
            cut = _cut_cells(grid, table, first, opened)
            number, offset = opened.number, opened.rows - (1 + first if cut else 0)
        header = opened.header if opened else _row_texts(grid, 0)
        self._open_table = _OpenTable(table.edges, number, offset + table.rows, header, {})
        placed = []
        for (row, column), blocks in grid.items():
            cell = Cell(number, max(offset + row, 0), column)
            for order, block in enumerate(blocks):
                key = (table.top, float(row), float(column), float(order))
                before = cut.get((row, column)) if order == 0 else None
                made = replace(block, kind=BlockKind.CELL, cell=before.cell if before else cell)
                placed.append(_Placed(key, made, before))
        return placed

    def _runs_on(self, table: Table) -> bool:
        last = self._open_table
        if last is None or len(last.edges) != len(table.edges):
            return False
        # A scanner takes no page exactly as the one before: its columns may all lie a little aside.
        aside = table.edges[0] - last.edges[0]
        along = zip(last.edges, table.edges, strict=True)
        return abs(aside) < _ASIDE and all(abs(b - a - aside) < _SAME_EDGE for a, b in along)

    def _remember(self, placed: Sequence[_Placed], table_ends: bool) -> None:
        paragraphs = [p.block for p in placed if p.block.kind is BlockKind.PARAGRAPH]
        self._open_paragraph = None
        if not table_ends:
            self._open_table = None
            if paragraphs:
                runs = tuple(run for block in paragraphs for run in block.runs)
                last = max(paragraphs, key=lambda b: b.runs[-1].painted[0].box.bottom)
                self._open_paragraph = (last, runs)
        elif self._open_table is not None:
            opened = self._open_table
            number, row = opened.number, opened.rows - 1
            last_row = {
                p.block.cell.column: p.block
                for p in placed
                if p.block.cell and (p.block.cell.table, p.block.cell.row) == (number, row)
            }
            self._open_table = replace(opened, last_row=last_row)


def _with_whole_numbers(placed: Sequence[_Placed], strings: Sequence[int]) -> Iterator[_Placed]:
    """Give numbers that stand in pieces as blocks, each beside the one in which it begins."""
    left, gathered = gather_numbers([p.block for p in placed], strings)
    for each, block in zip(placed, left, strict=True):
        if block is not None:
            yield each._replace(block=block)
    for number in gathered:
        *key, order = placed[number.begun].key
        # What a block begins with is read before the rest of it.
        order -= _BEFORE if number.leads else 0.0
        yield _Placed((*key, order, number.block.runs[0].start), number.block)


_Grid = Mapping[tuple[int, int], list[TextBlock]]


def _row_texts(grid: _Grid, row: int) -> tuple[str, ...]:
    return tuple("".join(b.text for b in grid[place]) for place in sorted(grid) if place[0] == row)


def _cut_cells(
    grid: _Grid, table: Table, row: int, opened: _OpenTable
) -> dict[tuple[int, int], TextBlock]:
    """Find the cells of a page's first row that go on from the last row of the page before.

    A row goes on when a cell is empty that was filled there, as its running number is, or when
    every text would not have fitted into its cell. Where a whole number stands under a whole one,
    or a running number counts on, each row is a row.
    """
    places = [place for place in grid if place[0] == row]
    filled = [p for p in places if grid[p]]
    last = opened.last_row
    if any(counts_on(last[p[1]].text, grid[p][0].text) for p in filled if p[1] in last):
        return {}
    emptied = any(not grid[p] and p[1] in opened.last_row for p in places)
    joined = {
        p: opened.last_row[p[1]] for p in filled if p[1] in opened.last_row
        if _fills(opened.last_row[p[1]], grid[p][0], table.cells[p])
    }  # fmt: skip
    return joined if joined and (emptied or len(joined) == len(filled)) else {}


def _fills(before: TextBlock, block: TextBlock, box: Box) -> bool:
    upper, run = before.runs[-1], block.runs[0]
    return wraps(upper, run, (), (box.x0, box.x1))


def _by_angle(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    found = list(glyphs)
    if len({glyph.angle for glyph in found}) == 1:
        yield found
        return
    ordered = sorted(found, key=lambda glyph: glyph.angle)
    for _, group in groupby(ordered, key=lambda glyph: glyph.angle):
        yield list(group)


def _cell_blocks(glyphs: Iterable[Glyph], box: Box) -> Iterator[TextBlock]:
    for group in _by_angle(glyphs):
        borders = {0: (box.x0, box.x1), 90: (box.top, box.bottom)}.get(group[0].angle)
        lines: Lines = list(lines_of(group))
        stacks = list[list[Run]]()
        if group[0].angle == 0:
            lines, stacks = parted_stacks(lines)
        for runs in (*paragraphs_of(chain.from_iterable(lines), borders), *stacks):
            yield TextBlock(tuple(runs))


def _loose_blocks(glyphs: Iterable[Glyph], height: float) -> Iterator[_Placed]:
    for group in _by_angle(glyphs):
        level = group[0].angle == 0
        by_zone: dict[BlockKind, list[Run]] = defaultdict(list)
        lines: Lines = list(lines_of(group))
        cells, stacks = list[list[Run]](), list[list[Run]]()
        if level:
            lines, cells = wrapped_cells(lines)
            lines, stacks = parted_stacks(lines)
        for whole in (*cells, *stacks):
            box = whole[0].painted[0].box
            yield _Placed((round(box.top, 1), -1.0, box.x0, 0.0), TextBlock(tuple(whole)))
        for run in columns_of(lines):
            by_zone[_zone(run, height) if level else BlockKind.PARAGRAPH].append(run)
        for kind, runs in by_zone.items():
            for paragraph in paragraphs_of(runs):
                box = paragraph[0].painted[0].box
                # What stands at one height but for the error of reckoning goes from left to right.
                key = (round(box.top, 1), -1.0, box.x0, 0.0)
                if not level:
                    group_top = min(glyph.box.top for glyph in group)
                    # Turned text keeps its own order, at the height where it begins.
                    key = (group_top, -1.0, paragraph[0].across, paragraph[0].start)
                yield _Placed(key, TextBlock(tuple(paragraph), kind))


def _zone(run: Run, height: float) -> BlockKind:
    share = run.across / height
    if share < _HEADER_SHARE:
        return BlockKind.PAGE_HEADER
    numbered = share > _NUMBER_SHARE and _PAGE_NUMBER.fullmatch(run.text)
    if share > _FOOTER_SHARE or numbered:
        return BlockKind.PAGE_FOOTER
    return BlockKind.PARAGRAPH
