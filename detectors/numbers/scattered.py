"""Numbers of a person set in pieces: over adjoining cells, lines, paragraphs or shapes.

Nothing names them, so that a table of figures may look alike: they are a doubt, which a person
decides, and only where little else could be meant. The check digit of an identity number leaves no
doubt; the pieces of a mobile or a card must stand alone, and every row of the table must hold one
if any does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from detectors.tables.columns import NUMBERS, meaning
from detectors.tables.tables import headers
from detectors.text.numerals import read_digits
from review import checks
from review.document import Block, BlockKind, Document
from review.finding import Entity

_LONGEST_PIECE = 12
_PIECE = re.compile(rf"[0-9]{{1,{_LONGEST_PIECE}}}[Xx]?|[Xx]")
_FIGURE = re.compile(r"[+-]?[0-9][0-9,. ]*[%‰]?|[-—/]")
_BEGINS = frozenset("0123456789xX+-—/")
_FREE = re.compile(
    r"(?:(?:备注|说明|情况|其他|内容|信息|字段|列|[0-9前后一二三四五六七八九十]位)[0-9一二三]?)$"
)
"""Headers below which anything may stand."""
_READ = frozenset(BlockKind) - {BlockKind.ATTRIBUTE, BlockKind.DROPPED, BlockKind.FILE_NAME}
_ID_LENGTH = 18
_MOBILE_LENGTH = 11
_LEAST_PIECES = 3
_HALVES = 2
_MOBILE_GROUPS = frozenset({(3, 4, 4), (4, 3, 4), (4, 4, 3), (1,) * _MOBILE_LENGTH})
_MOBILE_HALVES = _MOBILE_GROUPS | {(3, 8), (7, 4), (4, 7)}
_CARD_LENGTHS = range(16, 20)
_CARD_GROUPS = frozenset(
    {(4,) * (length // 4) + (length % 4,) * (length % 4 > 0) for length in _CARD_LENGTHS}
    | {(1,) * length for length in _CARD_LENGTHS}
)


@dataclass(frozen=True, slots=True)
class Scattered:
    """Tell what seems to stand in pieces, and in which block it begins."""

    entity: Entity
    block: int


@dataclass(frozen=True, slots=True)
class _Piece:
    block: int
    digits: str


_Run = Sequence[_Piece]
_Line = tuple[int, str | None]
"""(block, its digits): None where a cell or line holds anything else."""
_Lines = defaultdict[int, defaultdict[int, list[_Line]]]
"""The cells of each row, or column, of each table."""


def scattered(document: Document) -> tuple[Scattered, ...]:
    """Find identity numbers, mobiles and cards in pieces, in order of place; linear in the text."""
    blocks = document.blocks
    found = {one.block: one for one in _in_runs(list(_flowing(blocks)), _BESIDE)}
    if any(block.cell for block in blocks):
        for kinds, runs in _tables(blocks, headers(document)):
            found |= {one.block: one for one in _in_runs(runs, kinds)}
    return tuple(found[block] for block in sorted(found))


def _in_runs(runs: Sequence[_Run], kinds: Iterable[_Kind]) -> Iterator[Scattered]:
    """Judge the runs of a table together: where one is of figures, none is a mobile or a card."""
    for run in runs:
        if (first := _id_card(run)) is not None:
            yield Scattered(Entity.CN_ID_CARD, first)
    for entity, least, is_one in kinds:
        several = [run for run in runs if len(run) >= least]
        numbers = _without_row_numbers(several, is_one)
        if all(map(is_one, numbers)):
            yield from (Scattered(entity, run[0].block) for run in numbers)


def _without_row_numbers(runs: Sequence[_Run], is_one: Callable[[_Run], bool]) -> Sequence[_Run]:
    numbered = all(run[0].digits == str(number) for number, run in enumerate(runs, 1))
    return [run[1:] for run in runs] if numbered and not any(map(is_one, runs)) else runs


def _id_card(run: _Run) -> int | None:
    """Give the block in which pieces begin that make a sound identity number together."""
    for start in range(len(run)):
        number = ""
        for last, piece in enumerate(run[start : start + _ID_LENGTH], 1):
            number += piece.digits
            if len(number) >= _ID_LENGTH:
                if last >= _LEAST_PIECES - 1 and checks.id_card(number.upper()):
                    return run[start].block
                break
    return None


def _is_mobile(run: _Run, groups: Collection[tuple[int, ...]] = _MOBILE_GROUPS) -> bool:
    """Say whether a run is one mobile and nothing else."""
    sizes = tuple(len(piece.digits) for piece in run)
    return sizes in groups and checks.mobile("".join(piece.digits for piece in run))


def _is_halved(run: _Run) -> bool:
    """Say whether a run is one mobile, be it in two pieces only (138 | 00138000)."""
    return _is_mobile(run, _MOBILE_HALVES)


def _is_card(run: _Run) -> bool:
    """Say whether a run is one bank card and nothing else."""
    if tuple(len(piece.digits) for piece in run) not in _CARD_GROUPS:
        return False
    return checks.bank_card("".join(piece.digits for piece in run))


_Kind = tuple[Entity, int, Callable[[_Run], bool]]
_BELOW: Sequence[_Kind] = (
    (Entity.PHONE_NUMBER, _LEAST_PIECES, _is_mobile),
    (Entity.CN_BANK_CARD, _LEAST_PIECES, _is_card),
)
_BESIDE: Sequence[_Kind] = ((Entity.PHONE_NUMBER, _HALVES, _is_halved), *_BELOW)
"""What may stand in pieces, and in how many at least; two figures below each other are common."""


def _flowing(blocks: Sequence[Block]) -> Iterator[_Run]:
    """Yield the runs of lines that hold nothing but digits, in text outside tables."""
    yield from _runs(
        (index, _digits(line))
        for index, block in enumerate(blocks)
        if block.cell is None and block.kind in _READ
        for line in block.text.splitlines()
        if line.strip()
    )


def _tables(
    blocks: Sequence[Block], governing: Mapping[int, str]
) -> Iterator[tuple[Sequence[_Kind], Sequence[_Run]]]:
    """Yield for each table its runs along the rows, and for each those down the columns."""
    rows: _Lines = defaultdict(lambda: defaultdict(list))
    columns: _Lines = defaultdict(lambda: defaultdict(list))
    for index, block in enumerate(blocks):
        cell = block.cell
        if cell is None or block.kind not in _READ or not (text := block.text.strip()):
            continue
        line = index, None if _is_named(governing.get(index, "")) else _digits(text)
        rows[cell.table][cell.row].append(line)
        columns[cell.table][cell.column].append(line)
    for kinds, tables in ((_BESIDE, rows), (_BELOW, columns)):
        for table in tables.values():
            yield kinds, [run for line in table.values() for run in _runs(line)]


def _runs(lines: Iterable[_Line]) -> Iterator[_Run]:
    """Yield the longest runs of at least two pieces."""
    run: list[_Piece] = []
    for index, digits in lines:
        if digits is not None:
            run.append(_Piece(index, digits))
        elif run:
            if len(run) > 1:
                yield run
            run = []
    if len(run) > 1:
        yield run


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
def _is_named(header: str) -> bool:
    """Say whether a header tells that figures stand below it, not parts of a number."""
    return header != "" and meaning(header) not in NUMBERS and not _FREE.search(header)
