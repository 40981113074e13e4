"""Build the cells of tables as readers give them."""

from __future__ import annotations

from collections.abc import Iterable

from review.document import Block, BlockKind, Cell, Location


def cells(rows: Iterable[Iterable[str]], number: int = 0) -> tuple[Block, ...]:
    """Give the cells of table ``number``, row after row."""
    return tuple(
        Block(text, Location("表", 0), BlockKind.CELL, Cell(number, row, column))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
