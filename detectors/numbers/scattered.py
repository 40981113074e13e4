"""Numbers of a person set in pieces: over adjoining cells, lines, paragraphs or shapes.

Nothing names them, so that a table of figures may look alike: they are a doubt, which a person
decides, and only where little else could be meant. The check digit of an identity number leaves no
doubt; the pieces of a mobile or a card must stand alone, and every row of the table must hold one
if any does.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from detectors.numbers import mobile
from detectors.numbers.cut import cut_numbers
from detectors.numbers.pieces import (
    READ,
    Piece,
    Run,
    is_named,
    lines_of_digits,
    lines_of_fields,
    rows_and_columns,
)
from detectors.tables.tables import headers
from detectors.text.normalise import fold
from review import checks
from review.document import Block, Document
from review.finding import Entity

_ID_LENGTH = 18
_MOBILE_LENGTH = 11
_LEAST_PIECES = 3
_HALVES = 2
_LEAST_ROWS = 3
"""Rows that must hold a mobile in two columns where other figures stand beside it."""
_MOST_LOST = 3
_MOBILE_GROUPS = frozenset({(3, 4, 4), (4, 3, 4), (4, 4, 3), (1,) * _MOBILE_LENGTH})
_MOBILE_HALVES = _MOBILE_GROUPS | {(3, 8), (7, 4), (4, 7)}
_CARD_LENGTHS = range(16, 20)
_CARD_GROUPS = frozenset(
    {(4,) * (length // 4) + (length % 4,) * (length % 4 > 0) for length in _CARD_LENGTHS}
    | {(1,) * length for length in _CARD_LENGTHS}
)
# A workbook may show a number in any grouping; a year and a month begin the number of a paper.
_DASHED = re.compile(r"(?!19[0-9]{2}-(?:0[1-9]|1[0-2])-)[0-9]+(?:-[0-9]+)+")
_MOST_DASHES = 5
# A workbook may show it as a figure, too.
_FIGURE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){3,}(?:\.[0-9]+)?|[0-9]{10,}\.[0-9]+")
_AS_FIGURE = re.compile(r"(?P<whole>[0-9]{2}(?:,[0-9]{3}){3}|[0-9]{11})(?:\.00?)?")


@dataclass(frozen=True, slots=True)
class Scattered:
    """Tell what seems to stand in pieces, and in which block it begins."""

    entity: Entity
    block: int


def scattered(document: Document) -> tuple[Scattered, ...]:
    """Find identity numbers, mobiles and cards in pieces, in order of place; linear in the text."""
    found = {one.block: one for one in _all(document)}
    return tuple(found[block] for block in sorted(found))


def _all(document: Document) -> Iterator[Scattered]:
    blocks = document.blocks
    yield from _dashed(blocks)
    yield from (Scattered(entity, block) for entity, block in cut_numbers(blocks))
    yield from _in_runs(list(lines_of_digits(blocks)), _BESIDE)
    for along in lines_of_fields(blocks):
        yield from _in_runs(along, _BESIDE)
        yield from _in_columns(along)
    governing = headers(document) if any(block.cell for block in blocks) else {}
    yield from _as_figures(blocks, governing)
    for along, down in rows_and_columns(blocks, governing):
        yield from _in_runs(along, _BESIDE)
        yield from _in_columns(along)
        yield from _in_runs(down, _BELOW)


def _dashed(blocks: Sequence[Block]) -> Iterator[Scattered]:
    """Find lines and cells that hold a mobile alone, grouped as nobody says it (1-38001-38000)."""
    for index, block in enumerate(blocks):
        for line in block.text.splitlines() if block.kind in READ else ():
            plain = line.strip()
            if not _MOBILE_LENGTH < len(plain) <= _MOBILE_LENGTH + _MOST_DASHES:
                continue
            plain = fold(plain)
            sound = _DASHED.fullmatch(plain) and checks.mobile(plain.replace("-", ""))
            if sound and not any(mobile.find(plain)):
                yield Scattered(Entity.PHONE_NUMBER, index)


def _as_figures(blocks: Sequence[Block], governing: Mapping[int, str]) -> Iterator[Scattered]:
    """Find mobiles alone that are shown as figures (13,800,138,000), where no other sum stands."""
    found: list[int] = []
    for index, block in enumerate(blocks):
        if block.kind not in READ or is_named(governing.get(index, "")):
            continue
        for line in block.text.splitlines():
            plain = line.strip()
            if not plain[:1].isdecimal() or not _FIGURE.fullmatch(plain := fold(plain)):
                continue
            figure = _AS_FIGURE.fullmatch(plain)
            if not (figure and checks.mobile(figure["whole"].replace(",", ""))):
                return
            found.append(index)
    yield from (Scattered(Entity.PHONE_NUMBER, index) for index in found)


def _in_runs(runs: Sequence[Run], kinds: Iterable[_Kind]) -> Iterator[Scattered]:
    """Judge the runs of a table together: where one is of figures, none is a mobile or a card."""
    for run in runs:
        if (first := _id_card(run)) is not None:
            yield Scattered(Entity.CN_ID_CARD, first)
    free = [run for run in runs if not any(piece.headed for piece in run)]
    for entity, least, is_one in kinds:
        several = [run for run in free if len(run) >= least]
        numbers = _without_row_numbers(several, is_one)
        if all(map(is_one, numbers)):
            yield from (Scattered(entity, run[0].block) for run in numbers)


def _in_columns(runs: Sequence[Run]) -> Iterator[Scattered]:
    """Find mobiles halved over two neighbouring columns, whatever figures stand beside these."""
    halved: dict[int, list[int]] = defaultdict(list)
    shorter: Counter[int] = Counter()
    figures: set[int] = set()
    for first, second in (pair for run in runs for pair in pairwise(run)):
        column = first.column
        if column in figures or first.headed or second.headed:
            continue
        if _is_halved((first, second)):
            halved[column].append(first.block)
        elif _is_halved((first, _with_noughts(first, second))):
            halved[column].append(first.block)
            shorter[column] += 1
        else:
            figures.add(column)
    for column, places in halved.items():
        if column not in figures and len(places) >= max(_LEAST_ROWS, 2 * shorter[column]):
            yield from (Scattered(Entity.PHONE_NUMBER, block) for block in places)


def _with_noughts(first: Piece, second: Piece) -> Piece:
    """Give a half the noughts back that a cell of numbers does not keep (138 | 12345)."""
    length = _MOBILE_LENGTH - len(first.digits)
    lost = length - len(second.digits)
    return replace(second, digits=second.digits.zfill(length)) if lost <= _MOST_LOST else second


def _without_row_numbers(runs: Sequence[Run], is_one: Callable[[Run], bool]) -> Sequence[Run]:
    numbered = all(run[0].digits == str(number) for number, run in enumerate(runs, 1))
    return [run[1:] for run in runs] if numbered and not any(map(is_one, runs)) else runs


def _id_card(run: Run) -> int | None:
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


def _is_mobile(run: Run, groups: Collection[tuple[int, ...]] = _MOBILE_GROUPS) -> bool:
    """Say whether a run is one mobile and nothing else."""
    sizes = tuple(len(piece.digits) for piece in run)
    return sizes in groups and checks.mobile("".join(piece.digits for piece in run))


def _is_halved(run: Run) -> bool:
    """Say whether a run is one mobile, be it in two pieces only (138 | 00138000)."""
    return _is_mobile(run, _MOBILE_HALVES)


def _is_card(run: Run) -> bool:
    """Say whether a run is one bank card and nothing else."""
    if tuple(len(piece.digits) for piece in run) not in _CARD_GROUPS:
        return False
    return checks.bank_card("".join(piece.digits for piece in run))


_Kind = tuple[Entity, int, Callable[[Run], bool]]
_BELOW: Sequence[_Kind] = (
    (Entity.PHONE_NUMBER, _LEAST_PIECES, _is_mobile),
    (Entity.CN_BANK_CARD, _LEAST_PIECES, _is_card),
)
_BESIDE: Sequence[_Kind] = ((Entity.PHONE_NUMBER, _HALVES, _is_halved), *_BELOW)
"""What may stand in pieces, and in how many at least; two figures below each other are common."""
