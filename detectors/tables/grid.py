"""The grid of a table: which cells it has, and how their texts read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detectors.tables.columns import GIVEN, SURNAME
from detectors.tables.latin_heads import in_chinese
from detectors.text.normalise import fold
from review.document import Block

LONGEST_LABEL = 16
Row = Sequence[tuple[int, int]]
"""(column, block index) of the cells of one row, from left to right."""
Filled = tuple[int, int, str]
"""(column, block index, normalised text) of a cell that is not empty."""
Further = dict[int, list[int]]
"""The further paragraphs of cells that hold several, by the block of the first."""


def tables(blocks: Sequence[Block], further: Further) -> Iterator[Sequence[Row]]:
    """Yield the rows of each table, and put down what further paragraphs its cells hold."""
    found: dict[int, dict[int, dict[int, int]]] = {}
    for index, block in enumerate(blocks):
        if block.cell is not None:
            rows = found.setdefault(block.cell.table, {})
            row = rows.setdefault(block.cell.row, {})
            first = row.setdefault(block.cell.column, index)
            if first != index:
                further.setdefault(first, []).append(index)
    for rows in found.values():
        yield [sorted(rows[row].items()) for row in sorted(rows)]


def filled(
    blocks: Sequence[Block], rows: Sequence[Row], further: Further
) -> Sequence[Sequence[Filled]]:
    """Give the cells of each row that are not empty."""
    return _spelt_out([_filled(blocks, row, further) for row in rows])


def _filled(blocks: Sequence[Block], row: Row, further: Further) -> list[Filled]:
    cells = (
        (column, index, _plain(_whole(blocks, index, further[index])))
        if index in further
        else (column, index, _plain(blocks[index].text))
        for column, index in row
    )
    return [cell for cell in cells if cell[2]]


def _whole(blocks: Sequence[Block], first: int, others: Sequence[int]) -> str:
    """Join the paragraphs of a cell as far as they are looked at: 姓 and 名 are one header."""
    text = blocks[first].text
    for index in others:
        if len(text) > 4 * LONGEST_LABEL:
            break
        text += blocks[index].text
    return text


def _spelt_out(rows: Sequence[Sequence[Filled]]) -> Sequence[Sequence[Filled]]:
    """Write 姓 and 名 out as 姓氏 and 名字: the latter counts things where no 姓 stands by."""
    if not any(_is_surname(text) for row in rows for _, _, text in row):
        return rows
    above: set[int] = set()
    spelt: list[Sequence[Filled]] = []
    for row in rows:
        surnames = {column for column, _, text in row if _is_surname(text)}
        near = above | {column for column, _, _ in row} if surnames else above
        spelt.append([(c, i, _spelt(text, c in near)) for c, i, text in row] if near else row)
        above = surnames
    return spelt


def _is_surname(text: str) -> bool:
    # Most cells end here: the rest is slow, and a table has hundreds of thousands.
    return ("姓" in text or "ame" in text) and SURNAME.fullmatch(text) is not None


def _spelt(text: str, near: bool) -> str:
    if _is_surname(text):
        return "姓氏"
    return "名字" if near and len(text) <= LONGEST_LABEL and GIVEN.fullmatch(text) else text


def _plain(text: str) -> str:
    return in_chinese(fold(text[: 4 * LONGEST_LABEL]).strip())
