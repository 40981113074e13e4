"""One block of a page, the tag that carries it through our own text layer, and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from redact.page.glyphs import Box, Glyph
from redact.page.lines import Run
from redact.page.paragraphs import joint
from review.document import BlockKind, Cell

MAX_EDGES = 6_000
"""Lines and rectangles on a page beyond which it is a drawing, not a table."""


@dataclass(frozen=True)
class TextBlock:
    """Hold what one page has of a block, as the runs it was put together from.

    ``index`` is the block's number in the document; ``offset`` counts the characters that stand
    on earlier pages, where ``continued`` is true, and ``lead`` is the space that joins them.
    ``verbatim`` tells that the runs carry every space themselves, as our own text layer does.
    """

    runs: tuple[Run, ...]
    kind: BlockKind = BlockKind.PARAGRAPH
    cell: Cell | None = None
    verbatim: bool = False
    index: int = 0
    continued: bool = False
    offset: int = 0
    lead: str = ""

    @cached_property
    def characters(self) -> list[tuple[str, Glyph | None, int]]:
        """List each character with its glyph and the number of its run; a mere gap has none."""
        found: list[tuple[str, Glyph | None, int]] = [(c, None, 0) for c in self.lead]
        for number, run in enumerate(self.runs):
            if number and not self.verbatim and (gap := joint(found[-1][0], run.text)):
                found.append((gap, None, number))
            for glyph in run.glyphs:
                text = " " if glyph is None else glyph.text
                if len(text) == 1:
                    found.append((text, glyph, number))
                else:
                    found += ((character, glyph, number) for character in text)
        return found

    @cached_property
    def text(self) -> str:
        text = self.lead
        for number, run in enumerate(self.runs):
            text += joint(text, run.text) if number and not self.verbatim else ""
            text += run.text
        return text


_KINDS = {"P": BlockKind.PARAGRAPH, "H": BlockKind.PAGE_HEADER, "F": BlockKind.PAGE_FOOTER}
_MARK = re.compile(r"(?:C(\d+)\.(\d+)\.(\d+)|([PHF]))(?:\+(\d+))?")


def mark_of(block: TextBlock, before: int | None) -> str:
    """Name a block's kind and cell as the tag under which our own text layer carries it.

    ``before`` is the number on the page before of the block that this one continues.
    """
    if block.cell is not None:
        tag = f"C{block.cell.table}.{block.cell.row}.{block.cell.column}"
    else:
        tag = next((tag for tag, kind in _KINDS.items() if kind is block.kind), "P")
    return tag if before is None else f"{tag}+{before}"


def marked_blocks(
    glyphs: Sequence[Glyph],
) -> Iterator[tuple[int, int | None, TextBlock]]:
    """Read our own text layer back: (number on the page, number it continues, block)."""
    for mark, group in groupby(glyphs, key=lambda glyph: glyph.mark):
        runs = tuple(
            Run(tuple(line)) for _, line in groupby(group, key=lambda g: round(g.box.bottom, 1))
        )
        match = _MARK.fullmatch(mark[0]) if mark else None
        table, row, column, kind, before = match.groups() if match else (None,) * 5
        cell = Cell(int(table), int(row), int(column)) if table and row and column else None
        block_kind = BlockKind.CELL if cell else _KINDS.get(kind or "P", BlockKind.PARAGRAPH)
        block = TextBlock(runs, block_kind, cell, verbatim=True)
        yield (mark[1] if mark else 0), (int(before) if before else None), block


@dataclass(frozen=True, slots=True)
class Table:
    """Hold the grid of one ruled table: the box of each (row, column), and its column edges."""

    cells: Mapping[tuple[int, int], Box]
    edges: tuple[float, ...]
    rows: int
    top: float
    bottom: float


def tables_of(page: Any) -> Iterator[Table]:
    """Yield the ruled tables of a pdfplumber page from the top.

    A cell that holds a whole table is the frame around it (the border of a page, the dark edge of
    a photo) and takes nothing from its cells; what else stands in the frame is running text.
    """
    if len(page.rects) + len(page.lines) + len(page.curves) > MAX_EDGES:
        return
    found = sorted(page.find_tables(), key=lambda t: (t.bbox[1], t.bbox[0]))
    grids = [Box(*table.bbox) for table in found if _is_grid(table)]
    for table in found:
        rows = table.rows
        within = [grid for grid in grids if _holds(Box(*table.bbox), grid)]
        cells = {
            (r, c): Box(*cell)
            for r, row in enumerate(rows)
            for c, cell in enumerate(row.cells)
            if cell is not None and not any(_holds(Box(*cell), grid) for grid in within)
        }
        # A single frame is a box around running text, not a table.
        if len(cells) > 1:
            edges = tuple(sorted({box.x0 for box in cells.values()} | {table.bbox[2]}))
            yield Table(cells, edges, len(rows), table.bbox[1], table.bbox[3])


def _is_grid(table: Any) -> bool:
    """Tell a table from a row of boxes, such as those of a form for the digits of a number."""
    rows = table.rows
    return len(rows) > 1 and any(sum(cell is not None for cell in row.cells) > 1 for row in rows)


def _holds(outer: Box, inner: Box) -> bool:
    within = outer.x0 <= inner.x0 and inner.x1 <= outer.x1
    return within and outer.top <= inner.top and inner.bottom <= outer.bottom and outer != inner
