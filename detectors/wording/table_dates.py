"""Tables whose rows end before they begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from detectors.wording.table_sums import Rows, table_rows
from review.dates import DAY, read_day
from review.document import Document

_BEGIN = re.compile(r"开始|起始|开工|启动|起止?(?:日期|时间)|生效")
_END = re.compile(r"结束|截止|终止|竣工|完工|完成|到期|失效|届满")
_DAYS = re.compile(r"(?:日期|时间|期限|日|期)$")
_DAY = re.compile(DAY)


def reversed_days(document: Document) -> Iterator[tuple[int, str]]:
    """Yield the block of each day of ending that lies before the day of beginning in its row."""
    for rows in table_rows(document):
        head = rows[min(rows)]
        begin = _column(document, head, _BEGIN)
        end = _column(document, head, _END)
        if begin is not None and end is not None:
            yield from _in_rows(document, rows, begin, end)


def _column(document: Document, head: Mapping[int, int], words: re.Pattern[str]) -> int | None:
    texts = {column: "".join(document.blocks[i].text.split()) for column, i in head.items()}
    return next((c for c, text in texts.items() if words.search(text) and _DAYS.search(text)), None)


def _in_rows(document: Document, rows: Rows, begin: int, end: int) -> Iterator[tuple[int, str]]:
    for row in rows.values():
        if begin in row and end in row:
            first, last = (_day(document, row[column]) for column in (begin, end))
            if first and last and last < first:
                yield row[end], "结束的日期早于同一行开始的日期"


def _day(document: Document, index: int) -> date | None:
    text = "".join(document.blocks[index].text.split())
    return read_day(text) if _DAY.fullmatch(text) else None
