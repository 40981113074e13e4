"""Cards and mobiles whose lines stand under each other, as those of one narrow cell do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from redact.verify.number_kinds import (
    CARD_LENGTHS,
    MOBILE_LENGTH,
    Found,
    Number,
    Run,
    digits_of,
    kind_of,
)
from redact.verify.pieces import Neighbours, Piece
from review import checks

_UNIONPAY = "62"
_JUMP = 1.18
"""How much farther than usual the next line stands where a number ends."""

_SLIP = 0.7
"""Steps by which lines of one cell begin, or have their middle, beside each other."""


class _Column(NamedTuple):
    """Hold the numbers that wrap in one stack of lines, and how many of its groups are none."""

    runs: list[Run]
    others: int
    top: Piece


def stacked_numbers(pieces: Sequence[Piece], near: Neighbours) -> Iterator[Found]:
    """Yield cards and mobiles whose lines stand under each other as those of one cell do."""
    columns = [_column(group) for stack in _stacks(pieces, near) for group in _groups(stack)]
    for column in columns:
        if not column.runs:
            continue
        beside = [other for other in columns if other.top.over(column.top)]
        good = sum(len(other.runs) for other in beside)
        bad = sum(other.others for other in beside)
        for run in column.runs:
            number = digits_of(run)
            several = good > 1 and bad <= good
            if several or (bad <= 1 and _stands_for_itself(run, number, near)):
                yield Found(kind_of(number) or Number.MOBILE, number, False)


def _stacks(pieces: Iterable[Piece], near: Neighbours) -> Iterator[list[Piece]]:
    """Yield pieces under each other, as far down as they go."""
    onwards = {piece: found[0] for piece in pieces if (found := near.below(piece))}
    lower = set(onwards.values())
    for piece in onwards.keys() - lower:
        stack = [piece]
        while stack[-1] in onwards:
            stack.append(onwards[stack[-1]])
        yield stack


def _groups(stack: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Part a stack where the next line stands farther away than within a number."""
    pitches = [lower.y - upper.y for upper, lower in pairwise(stack)]
    group = [stack[0]]
    for pitch, piece in zip(pitches, stack[1:], strict=True):
        if pitch > _JUMP * min(pitches):
            yield group
            group = []
        group.append(piece)
    yield group


def _column(group: Sequence[Piece]) -> _Column:
    runs: list[Run] = []
    place = others = 0
    while place < len(group):
        run = next(
            filter(None, (_number_at(group, place, n) for n in range(CARD_LENGTHS[-1], 1, -1))),
            None,
        )
        if run:
            runs.append(run)
        elif len(group) > 1:
            others += 1
        place += len(run) if run else 1
    return _Column(runs, others, group[0])


def _number_at(group: Sequence[Piece], place: int, count: int) -> Run | None:
    run = tuple(group[place : place + count])
    number = digits_of(run)
    sound = len(run) == count and (checks.mobile(number) or checks.bank_card(number))
    return run if sound and _is_wrapped(run) else None


def _is_wrapped(run: Run) -> bool:
    """Say whether lines are as long and begin as those of a cell that a number fills."""
    first, *rest = run
    lengths = [len(piece.digits) for piece in run]
    full = lengths[1:-1] if not first.opens else lengths[:-1]
    if full and (len(set(full)) > 1 or lengths[-1] > full[0]):
        return False
    begins = run if first.opens else rest
    left = max(abs(piece.left - begins[0].left) for piece in begins)
    centre = max(abs(piece.centre - begins[0].centre) for piece in begins)
    right = max(abs(piece.right - begins[0].right) for piece in begins)
    # Figures stand flush on the right, wrapped lines never.
    flush_right = right < min(left, centre)
    return min(left, centre) <= _SLIP * first.step and not flush_right


def _stands_for_itself(run: Run, number: str, near: Neighbours) -> bool:
    """Say whether the lines of a number are not the figures of as many rows of a table."""
    if number.startswith(_UNIONPAY):
        return True
    if len(number) != MOBILE_LENGTH:
        return False
    return near.lines_beside(run) < len(run)
