"""Numbers that a cell of a table drawn in text holds over several lines (pandoc, box drawing)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from detectors.numbers.parts import SHAPES
from detectors.tables.columns import NUMBERS, meaning
from detectors.tables.printed_tables import BAR, RULE
from detectors.text.normalise import fold
from review import checks
from review.document import Block, Document, Span
from review.finding import NUMBER_PART, Entity, Finding

_SCORE = 0.97
_REASON = "同一格的号码分在几行"
_BAR = re.compile(BAR)
_PIECE = re.compile(r"[0-9]{1,17}X?|X")

Field = tuple[str, Span]
"""What a line shows of a cell, folded, and where it stands in the document."""


def numbers_over_drawn_lines(document: Document) -> Iterator[Finding]:
    """Find the parts of numbers whose cell is drawn over several lines between two rules."""
    headers: Sequence[str] = ()
    for row in _rows(document):
        texts = ["".join(text for text, _ in cell) for cell in row]
        if not headers or not row:
            headers = texts
            continue
        for cell, text, header in zip(row, texts, headers, strict=False):
            if len(cell) > 1 and (entity := _told(text, header)):
                yield from _findings(cell, entity)


def _rows(document: Document) -> Iterator[Sequence[Sequence[Field]]]:
    """Yield the cells of each row that rules enclose, none at the end of a table."""
    lines: list[Sequence[Field]] = []
    ruled = False
    for block, start in zip(document.blocks, document.starts, strict=True):
        if RULE.fullmatch(block.text):
            if ruled and lines:
                yield _cells(lines)
            lines, ruled = [], True
        elif ruled and (fields := _fields(block, start)):
            lines.append(fields)
        elif ruled:
            yield ()
            lines, ruled = [], False


def _fields(block: Block, start: int) -> Sequence[Field]:
    """Cut a line at its bars; nothing where it does not begin and end with one."""
    text = block.text
    bars = [bar.start() for bar in _BAR.finditer(text)]
    if block.cell or len(bars) < 2 or text[: bars[0]].strip() or text[bars[-1] + 1 :].strip():
        return ()
    return [_field(text[first + 1 : last], start + first + 1) for first, last in pairwise(bars)]


def _field(text: str, start: int) -> Field:
    first = start + len(text) - len(text.lstrip())
    return _plain(text), Span(first, max(first, start + len(text.rstrip())))


def _cells(lines: Sequence[Sequence[Field]]) -> Sequence[Sequence[Field]]:
    empty = ("", Span(0, 0))
    columns = zip_longest(*lines, fillvalue=empty)
    return [[field for field in column if field[0]] for column in columns]


def _plain(text: str) -> str:
    return re.sub(r"\s", "", fold(text)).upper()


def _told(text: str, header: str) -> Entity | None:
    """Say which number a cell holds; only an identity number is told by itself."""
    entity = meaning(header)
    if entity in NUMBERS and entity in SHAPES:
        return entity if SHAPES[entity][1].fullmatch(text) else None
    return Entity.CN_ID_CARD if checks.id_card(text) else None


def _findings(cell: Sequence[Field], entity: Entity) -> Iterator[Finding]:
    for text, span in cell:
        if _PIECE.fullmatch(text):
            yield Finding(entity, span, _SCORE, NUMBER_PART, reason=_REASON)
