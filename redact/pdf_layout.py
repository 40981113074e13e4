"""One page as blocks: table cells, paragraphs, header and footer, each glyph in its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from redact.pdf_glyphs import Box, Glyph
from redact.pdf_lines import Run, runs_of
from redact.pdf_paragraphs import joint, paragraphs_of
from review.document import BlockKind, Cell

MAX_EDGES = 6_000
"""Lines and rectangles on a page beyond which it is a drawing, not a table."""

_HEADER_SHARE = 0.065
_FOOTER_SHARE = 0.935
_NUMBER_SHARE = 0.85
_PAGE_NUMBER = re.compile(r"[-—–－·•\s]*(第\s*)?\d{1,4}(\s*/\s*\d{1,4})?(\s*页)?[-—–－·•\s]*")
_SAME_EDGE = 3.0


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Hold one block of a page as the runs it was put together from.

    ``verbatim`` tells that the runs carry every space themselves, as our own text layer does.
    """

    runs: tuple[Run, ...]
    kind: BlockKind = BlockKind.PARAGRAPH
    cell: Cell | None = None
    verbatim: bool = False

    @property
    def characters(self) -> list[tuple[str, Box | None, int]]:
        """List each character with its box and the number of its run; painted-less has no box."""
        found: list[tuple[str, Box | None, int]] = []
        for number, run in enumerate(self.runs):
            if found and not self.verbatim and (gap := joint(found[-1][0], run.text)):
                found.append((gap, None, number))
            for glyph in run.glyphs:
                text, box = (" ", None) if glyph is None else (glyph.text, glyph.box)
                found += ((character, box, number) for character in text)
        return found

    @property
    def text(self) -> str:
        return "".join(character for character, _, _ in self.characters)


@dataclass(frozen=True, slots=True)
class _Table:
    """Hold the grid of one ruled table: (row, column, box) for each cell and its column edges."""

    cells: tuple[tuple[int, int, Box], ...]
    edges: tuple[float, ...]
    rows: int
    top: float
    bottom: float


class PageLayout:
    """Turn the pages of one document into blocks, in order.

    Remembers the last table, so that one that runs on over the page keeps its number and its
    header row governs the rows of the next page too.
    """

    def __init__(self) -> None:
        self._tables = 0
        self._open: tuple[_Table, int, int] | None = None

    def blocks(self, page: Any, glyphs: Sequence[Glyph]) -> list[TextBlock]:
        """Group the glyphs of a page; ``page`` is pdfplumber's, asked for its ruled lines."""
        if glyphs and all(glyph.mark for glyph in glyphs):
            return list(_marked_blocks(glyphs))
        tables = list(_tables(page))
        owned: dict[tuple[int, int] | None, list[Glyph]] = defaultdict(list)
        places = [
            (n, m, box) for n, t in enumerate(tables) for m, (_, _, box) in enumerate(t.cells)
        ]
        for glyph in glyphs:
            owned[next(((n, m) for n, m, b in places if b.holds_centre(glyph.box)), None)].append(
                glyph
            )
        loose = list(_loose_blocks(owned.pop(None, []), float(page.height)))
        cells = self._cells(tables, owned, loose)
        return [b for _, b in sorted((*loose, *cells), key=lambda entry: entry[0])]

    def _cells(
        self,
        tables: Sequence[_Table],
        owned: dict[tuple[int, int] | None, list[Glyph]],
        loose: Sequence[tuple[tuple[float, ...], TextBlock]],
    ) -> Iterator[tuple[tuple[float, ...], TextBlock]]:
        body = [key[0] for key, block in loose if block.kind is BlockKind.PARAGRAPH]
        for position, table in enumerate(tables):
            number, offset = self._number(
                table, position == 0 and min(body, default=1e9) > table.top
            )
            for index, (row, column, box) in enumerate(table.cells):
                cell = Cell(number, offset + row, column)
                for order, block in enumerate(_cell_blocks(owned.get((position, index), []), box)):
                    key = (table.top, float(row), float(column), float(order))
                    yield key, replace(block, kind=BlockKind.CELL, cell=cell)
            self._open = (table, number, offset + table.rows)
        if not tables or max(body, default=0.0) > tables[-1].bottom:
            self._open = None

    def _number(self, table: _Table, first: bool) -> tuple[int, int]:
        """Give the table's number in the document and the row at which it begins."""
        if first and self._open is not None:
            last, number, rows = self._open
            near = zip(last.edges, table.edges, strict=False)
            if len(last.edges) == len(table.edges) and all(
                abs(a - b) < _SAME_EDGE for a, b in near
            ):
                return number, rows
        self._tables += 1
        return self._tables - 1, 0


def _tables(page: Any) -> Iterator[_Table]:
    if len(page.rects) + len(page.lines) + len(page.curves) > MAX_EDGES:
        return
    for table in sorted(page.find_tables(), key=lambda t: (t.bbox[1], t.bbox[0])):
        rows = table.rows
        cells = tuple(
            (r, c, Box(*cell))
            for r, row in enumerate(rows)
            for c, cell in enumerate(row.cells)
            if cell is not None
        )
        # A single frame is a box around running text, not a table.
        if len(cells) > 1:
            edges = tuple(sorted({box.x0 for _, _, box in cells} | {table.bbox[2]}))
            yield _Table(cells, edges, len(rows), table.bbox[1], table.bbox[3])


def _by_angle(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    ordered = sorted(glyphs, key=lambda glyph: glyph.angle)
    for _, group in groupby(ordered, key=lambda glyph: glyph.angle):
        yield list(group)


def _cell_blocks(glyphs: Iterable[Glyph], box: Box) -> Iterator[TextBlock]:
    for group in _by_angle(glyphs):
        borders = {0: (box.x0, box.x1), 90: (box.top, box.bottom)}.get(group[0].angle)
        for runs in paragraphs_of(runs_of(group), borders):
            yield TextBlock(tuple(runs))


def _loose_blocks(
    glyphs: Iterable[Glyph], height: float
) -> Iterator[tuple[tuple[float, ...], TextBlock]]:
    for group in _by_angle(glyphs):
        level = group[0].angle == 0
        by_zone: dict[BlockKind, list[Run]] = defaultdict(list)
        for run in runs_of(group):
            by_zone[_zone(run, height) if level else BlockKind.PARAGRAPH].append(run)
        for kind, runs in by_zone.items():
            for paragraph in paragraphs_of(runs):
                box = paragraph[0].painted[0].box
                yield (box.top, -1.0, box.x0, 0.0), TextBlock(tuple(paragraph), kind)


def _zone(run: Run, height: float) -> BlockKind:
    share = run.across / height
    if share < _HEADER_SHARE:
        return BlockKind.PAGE_HEADER
    numbered = share > _NUMBER_SHARE and _PAGE_NUMBER.fullmatch(run.text)
    if share > _FOOTER_SHARE or numbered:
        return BlockKind.PAGE_FOOTER
    return BlockKind.PARAGRAPH


_KINDS = {"P": BlockKind.PARAGRAPH, "H": BlockKind.PAGE_HEADER, "F": BlockKind.PAGE_FOOTER}


def mark_of(block: TextBlock) -> str:
    """Name a block's kind and cell as the tag under which our own text layer carries it."""
    if block.cell is not None:
        return f"C{block.cell.table}.{block.cell.row}.{block.cell.column}"
    return next((tag for tag, kind in _KINDS.items() if kind is block.kind), "P")


def _marked_blocks(glyphs: Sequence[Glyph]) -> Iterator[TextBlock]:
    """Read our own text layer back: the marks say which glyphs are one block."""
    for mark, group in groupby(glyphs, key=lambda glyph: glyph.mark):
        tag = mark[0] if mark else "P"
        runs = tuple(
            Run(tuple(line)) for _, line in groupby(group, key=lambda g: round(g.box.bottom, 1))
        )
        place = re.fullmatch(r"C(\d+)\.(\d+)\.(\d+)", tag)
        if place:
            yield TextBlock(runs, BlockKind.CELL, Cell(*map(int, place.groups())), verbatim=True)
        else:
            yield TextBlock(runs, _KINDS.get(tag, BlockKind.PARAGRAPH), verbatim=True)
