"""Digits that stand alone in a cell or line, in the order in which a reader joins them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from detectors.tables.columns import NUMBERS, meaning, part_of
from detectors.text.numerals import read_digits
from review.document import Block, BlockKind

_LONGEST_PIECE = 12
_PIECE = re.compile(rf"[0-9]{{1,{_LONGEST_PIECE}}}[Xx]?|[Xx]")
_FIGURE = re.compile(r"[+-]?[0-9][0-9,. ]*[%‰]?|[-—/]")
_BEGINS = frozenset("0123456789xX+-—/")
_FREE = re.compile(
    r"(?:(?:备注|说明|情况|其他|内容|信息|字段|列|[0-9前后一二三四五六七八九十]位)[0-9一二三]?)$"
)
"""Headers below which anything may stand."""
READ = frozenset(BlockKind) - {BlockKind.ATTRIBUTE, BlockKind.DROPPED, BlockKind.FILE_NAME}
"""Blocks that a reader sees."""
_FIELDS = re.compile(r"[|│┃║\t]")
_LEAST_HEADS = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold the digits of one cell or line: its block, and its column where there are any.

    ``headed`` says that words of whatever sense head the column: rather figures than parts.
    """

    block: int
    column: int
    digits: str
    headed: bool = False


Run = Sequence[Piece]
_Cell = tuple[int, int, str]
"""(block, column, text)."""


def is_running_text(block: Block) -> bool:
    """Tell whether ``block`` is read, and read outside tables."""
    return block.cell is None and block.kind in READ


def lines_of_digits(blocks: Sequence[Block]) -> Iterator[Run]:
    """Yield the runs of lines that hold nothing but digits, in text outside tables."""
    yield from _runs(
        _piece(index, 0, line)
        for index, block in enumerate(blocks)
        if is_running_text(block)
        for line in block.text.splitlines()
        if line.strip()
    )


def lines_of_fields(blocks: Sequence[Block]) -> Iterator[Sequence[Run]]:
    """Yield for each table drawn with bars or tabs in running text the runs along its rows."""
    rows: list[list[_Cell]] = []
    for index, block in enumerate(blocks):
        for line in block.text.splitlines() if is_running_text(block) else ():
            fields = _FIELDS.split(line)
            if len(fields) > 1:
                cells = ((index, column, text.strip()) for column, text in enumerate(fields))
                rows.append([cell for cell in cells if cell[2]])
            elif rows:
                yield _along(rows, {})[0]
                rows = []
    if rows:
        yield _along(rows, {})[0]


def rows_and_columns(
    blocks: Sequence[Block], governing: Mapping[int, str]
) -> Iterator[tuple[Sequence[Run], Sequence[Run]]]:
    """Yield for each table its runs along the rows and those down the columns."""
    tables: dict[int, dict[int, list[_Cell]]] = defaultdict(lambda: defaultdict(list))
    for index, block in enumerate(blocks):
        cell = block.cell
        if cell and block.kind in READ and (text := block.text.strip()):
            tables[cell.table][cell.row].append((index, cell.column, text))
    for rows in tables.values():
        yield _along(rows.values(), governing)


def _along(
    rows: Iterable[Sequence[_Cell]], governing: Mapping[int, str]
) -> tuple[Sequence[Run], Sequence[Run]]:
    """Give the runs along the rows of a table and those down its columns."""
    heads = _heads(rows)
    columns: dict[int, list[Piece | None]] = defaultdict(list)
    along: list[Run] = []
    for row in rows:
        pieces: list[Piece | None] = []
        for index, column, text in row:
            named = is_named(governing.get(index, ""))
            headed = column in heads
            pieces.append(None if named else _piece(index, column, text, headed))
            columns[column].append(pieces[-1])
        along += _runs(pieces)
    return along, [run for column in columns.values() for run in _runs(column)]


def _heads(rows: Iterable[Sequence[_Cell]]) -> frozenset[int]:
    """Give the columns that words head in the first row with several, parts of a number none."""
    heads = next((row for row in rows if len(row) >= _LEAST_HEADS), ())
    return frozenset(
        column
        for _, column, text in heads
        if len(text) > 1 and not _digits(text) and is_named(text)
    )


def _runs(pieces: Iterable[Piece | None]) -> Iterator[Run]:
    """Yield the longest runs of at least two pieces."""
    run: list[Piece] = []
    for piece in pieces:
        if piece:
            run.append(piece)
        elif run:
            if len(run) > 1:
                yield run
            run = []
    if len(run) > 1:
        yield run


def _piece(index: int, column: int, text: str, headed: bool = False) -> Piece | None:
    digits = _digits(text)
    return Piece(index, column, digits, headed) if digits else None


def _digits(line: str) -> str | None:
    """Read a line of digits alone; a figure (1,234.5) gives a dot, other text None."""
    plain = line.strip()
    # Most cells end here: the rest is slow, and a table has hundreds of thousands.
    if not 0 < len(plain) <= 2 * _LONGEST_PIECE or not _may_begin(plain[0]):
        return None
    digits = plain if plain.isascii() else read_digits(plain)
    if digits.isdecimal() and len(digits) <= _LONGEST_PIECE:
        return digits
    if _PIECE.fullmatch(digits):
        return digits
    return "." if _FIGURE.fullmatch(digits) else None


@lru_cache(maxsize=4096)
def _may_begin(sign: str) -> bool:
    return read_digits(sign) in _BEGINS


@lru_cache(maxsize=4096)
def is_named(header: str) -> bool:
    """Say whether a header tells that figures stand below it, not parts of a number."""
    if header == "" or meaning(header) in NUMBERS or part_of(header) is not None:
        return False
    return not _FREE.search(header)
