"""Tables whose total is not the sum of what stands above it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from review.document import Document

_TOTAL = re.compile(r"合计|总计|共计")
_PART = re.compile(r"小计|其中|累计|比例|占比")
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,6})?")
_LEAST_ROWS = 2
_TOLERANCE = Decimal("0.011")

Rows = Mapping[int, Mapping[int, int]]
"""Row → column → index of the block."""


def wrong_sums(document: Document) -> Iterator[tuple[int, str]]:
    """Yield the block of each total that differs from the sum of its column.

    Only tables with one row of totals, at their end, and no subtotals are added up.
    """
    for rows in table_rows(document):
        yield from _in_table(document, rows)


def table_rows(document: Document) -> Iterable[Rows]:
    """Lay out the cells of every table."""
    tables: defaultdict[int, defaultdict[int, dict[int, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for index, block in enumerate(document.blocks):
        if block.cell is not None:
            tables[block.cell.table][block.cell.row].setdefault(block.cell.column, index)
    return tables.values()


def _in_table(document: Document, rows: Rows) -> Iterator[tuple[int, str]]:
    ordered = sorted(rows)
    texts = {row: [_text(document, i) for i in rows[row].values()] for row in ordered}
    totals = [row for row in ordered if any(_TOTAL.fullmatch(text) for text in texts[row])]
    parts = any(_PART.search(text) for row in ordered for text in texts[row])
    if len(totals) != 1 or totals[0] != ordered[-1] or parts:
        return
    for column, index in rows[totals[0]].items():
        total = _amount(_text(document, index))
        above = [
            _amount(_text(document, rows[row][column]))
            for row in ordered[:-1]
            if column in rows[row]
        ]
        amounts = [a for a in _below_heads(above) if a is not None]
        whole = len(amounts) == len(_below_heads(above)) >= _LEAST_ROWS
        if total is not None and whole and abs(sum(amounts, Decimal()) - total) > _TOLERANCE:
            yield index, "合计与上面各行之和不一致"


def _below_heads(column: list[Decimal | None]) -> list[Decimal | None]:
    """Drop the texts at the top of a column, which are its heads."""
    first = next((n for n, amount in enumerate(column) if amount is not None), len(column))
    return column[first:]


def _text(document: Document, index: int) -> str:
    return "".join(unicodedata.normalize("NFKC", document.blocks[index].text).split())


def _amount(text: str) -> Decimal | None:
    match = _AMOUNT.fullmatch(text)
    return Decimal(text.replace(",", "")) if match else None
