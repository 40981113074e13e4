"""Numbers of a person of which each part has a column of its own: 前6位 and 后12位, 尾号."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from detectors.numbers.parts import SHAPES
from detectors.tables.columns import NUMBERS, meaning, part_of
from detectors.tables.tables import headers
from detectors.text.normalise import fold
from review import checks
from review.document import Document, Span
from review.finding import NUMBER_PART, Entity, Finding

_SCORE = 0.97
_REASON = "表头说明的号码，分段填在几列"
_DIGITS = re.compile(r"[0-9]{1,17}X?|X")
_MASKED = re.compile(r"(?P<head>[0-9]*)(?P<gap>\*{1,17}|X{2,17})(?P<tail>[0-9]*X?)")
_STARS = str.maketrans("×＊●■○", "*****")
_LENGTHS = {Entity.PHONE_NUMBER: 11, Entity.CN_ID_CARD: 18}
_MOST_LOST = 3
"""Noughts that a cell of numbers may have lost at its head."""
_SOUND: Mapping[Entity, Callable[[str], object]] = {
    Entity.PHONE_NUMBER: checks.mobile,
    Entity.CN_ID_CARD: checks.id_card,
    Entity.CN_BANK_CARD: checks.bank_card,
}


class _Part(NamedTuple):
    block: int
    text: str
    entity: Entity | None
    is_part: bool


def numbers_over_columns(document: Document) -> Iterator[Finding]:
    """Find the parts of numbers that are whole together, whatever columns stand between them."""
    governing = headers(document)
    known = {header: _announced(header) for header in set(governing.values())}
    if not any(announced and announced[1] for announced in known.values()):
        return
    for rows in _tables(document, governing, known):
        told = [(parts, _told(parts)) for row in rows for parts in _groups(row)]
        # What no header names is a number by chance where the other rows hold none.
        unnamed = [entity for parts, entity in told if _has_part(parts) and not _named(parts)]
        for parts, entity in told:
            if entity and (_named(parts) or None not in unnamed):
                yield from _findings(document, parts, entity)


def _announced(header: str) -> tuple[Entity | None, bool] | None:
    """Tell the number of a header and whether it is a part; None where it is something else."""
    base = part_of(header)
    entity = meaning(base if base is not None else header)
    if base is None and entity not in NUMBERS:
        return None
    return entity, base is not None


def _tables(
    document: Document,
    governing: Mapping[int, str],
    known: Mapping[str, tuple[Entity | None, bool] | None],
) -> Iterator[Sequence[Sequence[_Part]]]:
    """Yield the tables with the rows of each, cells that hold no number left out."""
    cells = (
        (block.cell, _Part(index, _plain(block.text), *announced))
        for index, block in enumerate(document.blocks)
        if block.cell and index in governing and (announced := known[governing[index]])
    )
    for _, table in groupby(cells, key=lambda cell: cell[0].table):
        rows = groupby(table, key=lambda cell: cell[0].row)
        yield [[part for _, part in row if part.text] for _, row in rows]


def _plain(text: str) -> str:
    return re.sub(r"[\s-]", "", fold(text)).upper().translate(_STARS)


def _named(parts: Sequence[_Part]) -> Entity | None:
    return next((part.entity for part in parts if part.entity), None)


def _has_part(parts: Sequence[_Part]) -> bool:
    return any(part.is_part for part in parts)


def _groups(row: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    """Yield the cells of a row that belong to one number: a part without name to the one before."""
    group: list[_Part] = []
    for part in row:
        named = _named(group)
        if group and part.entity and named and part.entity is not named:
            yield group
            group = []
        group.append(part)
    yield group


def _told(parts: Sequence[_Part]) -> Entity | None:
    """Say which number the parts tell together, None where they tell none."""
    named = _named(parts)
    kinds: Mapping[Entity, Callable[[str], object]] = _SOUND
    if named:
        kinds = {named: SHAPES[named][1].fullmatch} if named in SHAPES else {}
    masked = [found for part in parts if (found := _MASKED.fullmatch(part.text))]
    digits = [part.text for part in parts if _DIGITS.fullmatch(part.text)]
    if not _has_part(parts) or len(masked) + len(digits) != len(parts):
        return None
    return next(
        (
            entity
            for entity, is_one in kinds.items()
            if any(map(is_one, _wholes(masked, digits, _LENGTHS.get(entity, 0) if named else 0)))
        ),
        None,
    )


def _wholes(masked: Sequence[re.Match[str]], digits: Sequence[str], length: int) -> Iterator[str]:
    """Yield what parts make together: filled into a mask, or in the order of columns or back."""
    if len(masked) == 1 and digits:
        mask, filling = masked[0], "".join(digits)
        if len(filling) == len(mask["gap"]):
            yield mask["head"] + filling + mask["tail"]
    elif not masked and len(digits) > 1:
        for order in (digits, digits[::-1]):
            yield _with_noughts(order, length)


def _with_noughts(parts: Sequence[str], length: int) -> str:
    """Join parts, and give the last the noughts back that a cell of numbers does not keep."""
    *first, last = parts
    lost = length - sum(map(len, parts))
    return "".join(first) + "0" * (lost if 0 < lost <= _MOST_LOST else 0) + last


def _findings(document: Document, parts: Sequence[_Part], entity: Entity) -> Iterator[Finding]:
    for part in parts:
        if _DIGITS.fullmatch(part.text):
            start = document.starts[part.block]
            span = Span(start, start + len(document.blocks[part.block].text))
            yield Finding(entity, span, _SCORE, NUMBER_PART, reason=_REASON)
