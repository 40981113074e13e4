"""Numbers of a person that several cells of a row hold: in boxes, or in parts below one header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from detectors.tables.columns import NUMBERS, meaning
from detectors.tables.tables import headers
from detectors.text.normalise import fold
from review.document import Block, Document, Span
from review.finding import Entity, Finding

_LONGEST_PART = 14
_PART = re.compile(r"[0-9A-Za-z]+|[\u4e00-\u9fff]")
_SCORE = 0.85
_REASON = "表头或标签说明的号码，分填在相邻几格"
SHAPES: Mapping[Entity, tuple[str, re.Pattern[str]]] = {
    Entity.PHONE_NUMBER: ("phone", re.compile("1[3-9][0-9]{9}")),
    Entity.CN_ID_CARD: ("id_card", re.compile("[0-9]{17}[0-9X]")),
    Entity.CN_BANK_CARD: ("bank_card", re.compile("[0-9]{12,28}")),
    Entity.CN_PASSPORT: ("passport", re.compile("[A-Z]{1,2}[0-9]{6,9}")),
    Entity.CN_TRAVEL_PERMIT: ("travel_permit", re.compile("[A-Z]?[0-9]{8,10}")),
    Entity.CN_SOCIAL_SECURITY: ("social_security", re.compile("[0-9A-Z]{8,18}")),
    Entity.CN_LICENSE_PLATE: ("license_plate", re.compile("[\u4e00-\u9fff][A-Z][0-9A-Z]{5,6}")),
}
"""The detector of each kind of number, and what one looks like when a header has named it."""


def numbers_in_parts(document: Document) -> Iterator[Finding]:
    """Find the numbers that a header names and several cells of a row hold together."""
    runs = list(_runs(document.blocks))
    governing = headers(document) if runs else {}
    for run in runs:
        for header, cells in groupby(run, key=lambda index: governing.get(index, "")):
            parts = list(cells)
            named = header or (_label(document, run[0]) if parts == run else "")
            if finding := _joined(document, parts, named):
                yield finding


def _runs(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Yield the longest runs of cells of a row that may be parts; empty cells end none."""
    for row, cells in groupby(range(len(blocks)), key=lambda index: _row(blocks[index])):
        if row is None:
            continue
        run: list[int] = []
        for index in cells:
            text = blocks[index].text
            if len(text) <= _LONGEST_PART and _PART.fullmatch(_folded(text)):
                run.append(index)
            elif text and not text.isspace():
                if len(run) > 1:
                    yield run
                run = []
        if len(run) > 1:
            yield run


def _row(block: Block) -> tuple[int, int] | None:
    return None if block.cell is None else (block.cell.table, block.cell.row)


def _folded(text: str) -> str:
    return fold(text).strip()


def _label(document: Document, first: int) -> str:
    """Give what stands before a run without header: beside it, or before a table of its own."""
    before = next((i for i in range(first - 1, -1, -1) if document.blocks[i].text.strip()), None)
    if before is None:
        return ""
    cell, label = document.blocks[first].cell, document.blocks[before].cell
    above = cell and label and cell.table == label.table and cell.row != label.row
    return "" if above else _folded(document.blocks[before].text)


def _joined(document: Document, parts: Sequence[int], header: str) -> Finding | None:
    entity = meaning(header) if header and len(parts) > 1 else None
    if entity not in NUMBERS or entity not in SHAPES:
        return None
    detector, shape = SHAPES[entity]
    value = "".join(_folded(document.blocks[index].text) for index in parts).upper()
    if not shape.fullmatch(value):
        return None
    first, last = parts[0], parts[-1]
    span = Span(document.starts[first], document.starts[last] + len(document.blocks[last].text))
    return Finding(entity, span, _SCORE, detector, reason=_REASON)
