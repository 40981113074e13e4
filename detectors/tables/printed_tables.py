"""Tables printed as lines of text: their cells, found by the line of headers above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from detectors.tables.latin_heads import in_chinese
from detectors.tables.tables import is_header
from detectors.text.normalise import fold
from review.document import Block, BlockKind, Cell, Document

BAR = "[|│┃║｜]"
_SEPARATORS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[ ]*\t[ ]*",
        rf"[ ]*{BAR}[ ]*",
        r"[ ]*[,，][ ]*",
        r"[ \u3000]{2,}",
        r"[ \u3000]+",
    )
)
_LINES = frozenset({BlockKind.PARAGRAPH, BlockKind.PICTURE})
_LONGEST_HEADER = 120
_HINT = re.compile(r"姓\s*名|户\s*主|[人员者户位]|(?:xm|hz|sqr|[Nn]ame|NAME)(?![A-Za-z])")
_SENTENCE = re.compile(r"[。；;！？!?]|[:：].")
_WORDS = re.compile(r"[A-Z][A-Za-z'’-]+(?:[ \u3000]+[A-Za-z][A-Za-z'’-]*\.?)+")
_LETTER = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
RULE = re.compile(r"[\s|+:\u2500-\u257f=\-—_]*[=\-─━═—_]{2}[\s|+:\u2500-\u257f=\-—_]*")
"""A line drawn below the headers, between rows or at the end (Markdown, pandoc, box drawing)."""
_SLACK = 3
"""How many lines without a row of their own, empty or going on in a cell, a ruled table holds."""

Field = tuple[int, int]
_Row = tuple[int, Sequence[Field]]
"""A line by its block, and where its fields stand in it."""


def laid_out(document: Document) -> Document:
    """Read the lines of printed tables as rows of cells; every character keeps its offset.

    A table is a line of headers and the lines below it with as many fields, parted alike: by
    tabs, bars, commas or spaces. It ends with the first line that has another number of them;
    where lines are drawn in it, a few others do not end it. One sign of what parts two fields is
    read as the end of a block.
    """
    blocks = document.blocks
    table = max((block.cell.table for block in blocks if block.cell), default=-1)
    cells: dict[int, Sequence[Block]] = {}
    for rows in _tables(blocks):
        table += 1
        for number, (index, fields) in enumerate(rows):
            cells[index] = tuple(_cells(blocks[index], fields, table, number))
    if not cells:
        return document
    laid = (cell for i, block in enumerate(blocks) for cell in cells.get(i, (block,)))
    return Document(document.format, tuple(laid), document.notes)


def _cells(block: Block, fields: Sequence[Field], table: int, row: int) -> Iterator[Block]:
    start = 0
    for column, (_, end) in enumerate(fields):
        last = column + 1 == len(fields)
        stop = len(block.text) if last else _cut(block.text, end, fields[column + 1][0])
        yield replace(block, text=block.text[start:stop], cell=Cell(table, row, column))
        start = stop + 1


def _cut(text: str, end: int, start: int) -> int:
    """Choose the sign between two fields that parts them: the bar, the comma, the last space."""
    return next((at for at in range(end, start) if not text[at].isspace()), start - 1)


def _tables(blocks: Sequence[Block]) -> Iterator[Sequence[_Row]]:
    """Yield the rows of each table, the line of headers first."""
    rows: list[_Row] = []
    separator, slack = _SEPARATORS[0], 0
    for index, block in enumerate(blocks):
        text = block.text
        line = block.cell is None and block.kind in _LINES
        head = _header(text) if line else None
        if not head and not rows:
            continue
        if head:
            yield from _full(rows)
            separator, fields = head
            rows, slack = [(index, fields)], 0
        elif line and RULE.fullmatch(text):
            slack = _SLACK
        elif line and (row := _row(text, separator, len(rows[0][1]))):
            rows.append((index, row))
            slack = slack and _SLACK
        elif line and slack > 0:
            slack -= 1
        else:
            yield from _full(rows)
            rows = []
    yield from _full(rows)


def _full(rows: Sequence[_Row]) -> Iterator[Sequence[_Row]]:
    if len(rows) > 1:
        yield rows


def _header(text: str) -> tuple[re.Pattern[str], Sequence[Field]] | None:
    """Read a line as headers: what parts them and where they stand, None where it is no such."""
    if len(text) > _LONGEST_HEADER or not _HINT.search(text) or _SENTENCE.search(text):
        return None
    for separator in _SEPARATORS:
        if separator.search(text):
            fields = _fields(text, separator)
            heads = [in_chinese(fold(text[start:end]).strip("* ")) for start, end in fields]
            found = len(fields) > 1 and is_header([head for head in heads if head])
            return (separator, fields) if found else None
    return None


def _row(text: str, separator: re.Pattern[str], columns: int) -> Sequence[Field] | None:
    fields = _fields(text, separator)
    fields = _joined(text, fields, len(fields) - columns)
    return fields if len(fields) == columns else None


def _fields(text: str, separator: re.Pattern[str]) -> list[Field]:
    start = len(text) - len(text.lstrip(" \u3000"))
    end = max(start, len(text.rstrip(" \u3000")))
    fields: list[Field] = []
    for gap in separator.finditer(text, start, end):
        fields.append((start, gap.start()))
        start = gap.end()
    return [*fields, (start, end)]


def _joined(text: str, fields: list[Field], surplus: int) -> list[Field]:
    """Put together names that hold spaces (尹 诺, Aynur Mamat), as many fields as are too many."""
    joined: list[Field] = []
    for start, end in fields:
        single = end - start == 1 and _LETTER.match(text, start)
        spaced = single and joined and _spaced(text, *joined[-1])
        if surplus > 0 and joined and (spaced or _foreign(text, joined[-1][0], end)):
            joined[-1] = (joined[-1][0], end)
            surplus -= 1
        else:
            joined.append((start, end))
    return joined


def _foreign(text: str, start: int, end: int) -> bool:
    """Say whether two fields are words of a name in Latin letters."""
    return _WORDS.fullmatch(text, start, end) is not None


def _spaced(text: str, start: int, end: int) -> bool:
    """Say whether a field is one letter, or letters with spaces between them."""
    return all(_LETTER.match(piece) and len(piece) == 1 for piece in text[start:end].split())
