"""Find numbers of a person that stand on a page in pieces, whatever cells a reader saw there.

A number that a reader took for two is known to no plan and to no detector. Here the pieces are
joined by their places alone: beside each other on a row, below each other, from the end of a line
to the next. A check digit makes chance rare; where tables of figures would still make numbers, all
that stands alike must be sound: one row of many is chance, every row is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from redact.verify.drawn import Drawn, levelled
from redact.verify.pieces import EVEN, Neighbours, Piece, pieces_of
from review import checks

_LOOSE = 3.0
"""Steps up to which two digits are one piece that is set in groups."""

_ID_LENGTH = 18
_MOBILE_LENGTH = 11
_CARD_LENGTHS = range(16, 20)
_CARD = re.compile(r"62[0-9]{14,17}|95(?:58|59)[0-9]{12,15}|4[0-9]{15}|5[1-5][0-9]{14}")
_UNIONPAY = "62"
_LATEST_BIRTH = 2035
_MOBILE_GROUPS = frozenset({(3, 4, 4), (4, 3, 4), (4, 4, 3), (3, 8), (7, 4), (1,) * 11})
_SHARE = 3
"""Of so many numbers that stand alike one at least must be sound."""

_JUMP = 1.18
"""How much farther than usual the next line stands where a number ends."""

_SLIP = 0.7
"""Steps by which lines of one cell begin, or have their middle, beside each other."""

_WRITTEN = re.compile(r"[0-9](?:[^0-9*×■●○]{0,2}[0-9Xx]){9,}", re.ASCII)
_MISREAD = 2

_Run = tuple[Piece, ...]


class Number(Enum):
    """Name what pieces are together, in Chinese."""

    IDENTITY = "身份证号码"
    CARD = "银行卡号"
    MOBILE = "手机号码"


class Found(NamedTuple):
    """Hold a number and whether it stands on one line in one piece."""

    kind: Number
    digits: str
    whole: bool


def kept_numbers(texts: Iterable[str]) -> tuple[str, ...]:
    """Give the long numbers of texts in which detectors saw them and let them stand."""
    runs = (match[0] for text in texts for match in _WRITTEN.finditer(text))
    return tuple(dict.fromkeys(re.sub("[^0-9X]", "", run.upper()) for run in runs))


def left_standing(drawn: Drawn, kept: Collection[str]) -> tuple[Found, ...]:
    """Find the numbers on a page that are none of those ``kept``; linear in its pieces."""
    found = dict.fromkeys(
        each
        for lines in levelled(drawn)
        for loose in (EVEN, _LOOSE)
        for each in _numbers(pieces_of(lines, loose))
    )
    return tuple(each for each in found if not _is_kept(each, kept))


def _is_kept(found: Found, kept: Collection[str]) -> bool:
    """Say whether a plan lets a number stand that a second recogniser may read a little amiss."""
    length = len(found.digits)
    return any(
        found.digits in run
        or (len(run) == length and _misread(run, found.digits) <= _MISREAD)
        or (len(run) == length - 1 and found.whole and _lacks_one(run, found.digits))
        for run in kept
    )


def _misread(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _lacks_one(short: str, long: str) -> bool:
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _numbers(pieces: Sequence[Piece]) -> Iterator[Found]:
    near = Neighbours(pieces)
    numeric = [piece for piece in pieces if piece.digits]
    yield from _whole(numeric)
    yield from _beside(numeric, near)
    yield from _below(numeric, near)
    yield from _wrapped(numeric, near)


def _digits(run: _Run) -> str:
    return "".join(piece.digits for piece in run)


def _identity(number: str) -> bool:
    """Check an identity number (GB 11643-1999) of somebody who may live."""
    return checks.id_card(number) and int(number[6:10]) <= _LATEST_BIRTH


def _card(number: str) -> bool:
    return _CARD.fullmatch(number) is not None and checks.luhn(number)


def _kind(digits: str) -> Number | None:
    if _identity(digits):
        return Number.IDENTITY
    if checks.mobile(digits):
        return Number.MOBILE
    return Number.CARD if _card(digits) else None


def _whole(pieces: Iterable[Piece]) -> Iterator[Found]:
    """Yield numbers in one piece; those set in groups only where those set alike are sound."""
    alike: dict[tuple[int, ...], list[_Run]] = defaultdict(list)
    for piece in pieces:
        even = len(piece.groups) == 1
        if even or len(piece.digits) != _MOBILE_LENGTH or piece.groups in _MOBILE_GROUPS:
            alike[piece.groups].append((piece,))
    for groups, runs in alike.items():
        sound = [run for run in runs if _kind(_digits(run))]
        for run in sound if len(groups) == 1 else _borne_out(sound, runs):
            number = _digits(run)
            yield Found(_kind(number) or Number.MOBILE, number, True)


def _beside(pieces: Iterable[Piece], near: Neighbours) -> Iterator[Found]:
    """Yield numbers whose pieces stand on one row, unless the rows are of figures."""
    rows: dict[int, list[_Run]] = defaultdict(list)
    for piece in pieces:
        run: _Run = (piece,)
        while (following := near.right(run[-1])) and _length(run) < _CARD_LENGTHS[-1]:
            run = (*run, *following)
            rows[len(run)].append(run)
    for runs in rows.values():
        sound = [run for run in runs if _is_identity(run) or _is_grouped_card(run)]
        for run in _borne_out(sound, runs):
            number = _digits(run)
            yield Found(_kind(number) or Number.CARD, number, False)


def _below(pieces: Iterable[Piece], near: Neighbours) -> Iterator[Found]:
    """Yield identity numbers whose pieces stand on one line after the other."""
    shapes: dict[tuple[int, ...], list[_Run]] = defaultdict(list)
    for piece in pieces:
        for run in _down((piece,), near):
            shapes[tuple(len(each.digits) for each in run)].append(run)
    for runs in shapes.values():
        for run in _borne_out([run for run in runs if _is_identity(run)], runs):
            yield Found(Number.IDENTITY, _digits(run), False)


def _down(run: _Run, near: Neighbours) -> Iterator[_Run]:
    """Yield the runs of several lines that have as many digits as an identity number."""
    if _length(run) == _ID_LENGTH and len(run) > 1:
        yield run
    elif _length(run) < _ID_LENGTH:
        for piece in near.below(run[-1]):
            yield from _down((*run, piece), near)


def _length(run: _Run) -> int:
    return sum(len(piece.digits) for piece in run)


def _is_identity(run: _Run) -> bool:
    return _length(run) == _ID_LENGTH and _identity(_digits(run))


def _is_grouped_card(run: _Run) -> bool:
    """Say whether pieces are a card in groups of four, as it is printed on it."""
    *full, last = (len(piece.digits) for piece in run)
    return set(full) == {4} and last <= 4 and _card(_digits(run))


def _borne_out(sound: Sequence[_Run], runs: Sequence[_Run]) -> Iterator[_Run]:
    """Yield the sound runs, unless too many of those that begin above or below them are not."""
    for run in sound:
        good = [other for other in sound if run[0].over(other[0])]
        taken = {piece for other in good for piece in other}
        bad = sum(run[0].over(other[0]) and taken.isdisjoint(other) for other in runs)
        if bad < _SHARE * len(good):
            yield run


class _Column(NamedTuple):
    """Hold the numbers that wrap in one stack of lines, and how many of its groups are none."""

    runs: list[_Run]
    others: int
    top: Piece


def _wrapped(pieces: Sequence[Piece], near: Neighbours) -> Iterator[Found]:
    """Yield cards and mobiles whose lines stand under each other as those of one cell do."""
    columns = [_column(group) for stack in _stacks(pieces, near) for group in _groups(stack)]
    for column in columns:
        beside = [other for other in columns if other.top.over(column.top)]
        good = sum(len(other.runs) for other in beside)
        bad = sum(other.others for other in beside)
        for run in column.runs:
            number = _digits(run)
            several = good > 1 and bad <= good
            if several or (bad <= 1 and _stands_for_itself(run, number, near)):
                yield Found(_kind(number) or Number.MOBILE, number, False)


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
    runs: list[_Run] = []
    place = others = 0
    while place < len(group):
        run = next(
            filter(None, (_number_at(group, place, n) for n in range(_CARD_LENGTHS[-1], 1, -1))),
            None,
        )
        if run:
            runs.append(run)
        elif len(group) > 1:
            others += 1
        place += len(run) if run else 1
    return _Column(runs, others, group[0])


def _number_at(group: Sequence[Piece], place: int, count: int) -> _Run | None:
    run = tuple(group[place : place + count])
    number = _digits(run)
    sound = len(run) == count and (checks.mobile(number) or _card(number))
    return run if sound and _is_wrapped(run) else None


def _is_wrapped(run: _Run) -> bool:
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


def _stands_for_itself(run: _Run, number: str, near: Neighbours) -> bool:
    """Say whether the lines of a number are not the figures of as many rows of a table."""
    if number.startswith(_UNIONPAY):
        return True
    if len(number) != _MOBILE_LENGTH:
        return False
    return near.lines_beside(run) < len(run)
