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

from redact.verify.drawn import Drawn, levelled
from redact.verify.number_kinds import (
    CARD_LENGTHS,
    ID_LENGTH,
    MOBILE_LENGTH,
    Found,
    Number,
    Run,
    digits_of,
    is_identity,
    kind_of,
)
from redact.verify.pieces import EVEN, Neighbours, Piece, pieces_of
from redact.verify.stacked_numbers import stacked_numbers
from review import checks

_LOOSE = 3.0
"""Steps up to which two digits are one piece that is set in groups."""

_MOBILE_GROUPS = frozenset({(3, 4, 4), (4, 3, 4), (4, 4, 3), (3, 8), (7, 4), (1,) * 11})
_TOGETHER = range(10, 15)
"""Digits of figures of two columns that stand so close that they look like one number."""

_SHARE = 3
"""Of so many numbers that stand alike one at least must be sound."""

_WRITTEN = re.compile(r"[0-9](?:[^0-9*×■●○]{0,2}[0-9Xx]){9,}", re.ASCII)
_MISREAD = 2


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
    yield from stacked_numbers(numeric, near)


def _whole(pieces: Sequence[Piece]) -> Iterator[Found]:
    """Yield numbers in one piece; those set in groups only where those set alike are sound."""
    alike: dict[tuple[int, ...], list[Run]] = defaultdict(list)
    for piece in pieces:
        even = len(piece.groups) == 1
        if even or len(piece.digits) != MOBILE_LENGTH or piece.groups in _MOBILE_GROUPS:
            alike[piece.groups].append((piece,))
    runs_together = [(p,) for p in pieces if len(p.digits) in _TOGETHER and len(p.groups) == 1]
    for groups, runs in alike.items():
        sound = [run for run in runs if kind_of(digits_of(run))]
        if groups == (MOBILE_LENGTH,):
            sound = list(_borne_out(sound, runs_together))
        elif len(groups) > 1:
            sound = list(_borne_out(sound, runs))
        for run in sound:
            number = digits_of(run)
            yield Found(kind_of(number) or Number.MOBILE, number, True)


def _beside(pieces: Iterable[Piece], near: Neighbours) -> Iterator[Found]:
    """Yield numbers whose pieces stand on one row, unless the rows are of figures."""
    rows: dict[int, list[Run]] = defaultdict(list)
    for piece in pieces:
        run: Run = (piece,)
        while (following := near.right(run[-1])) and _length(run) < CARD_LENGTHS[-1]:
            run = (*run, *following)
            rows[len(run)].append(run)
    for runs in rows.values():
        sound = [run for run in runs if _is_long_identity(run) or _is_grouped_card(run)]
        for run in _borne_out(sound, runs):
            number = digits_of(run)
            yield Found(kind_of(number) or Number.CARD, number, False)


def _below(pieces: Iterable[Piece], near: Neighbours) -> Iterator[Found]:
    """Yield identity numbers whose pieces stand on one line after the other."""
    shapes: dict[tuple[int, ...], list[Run]] = defaultdict(list)
    for piece in pieces:
        for run in _down((piece,), near):
            shapes[tuple(len(each.digits) for each in run)].append(run)
    for runs in shapes.values():
        for run in _borne_out([run for run in runs if _is_long_identity(run)], runs):
            yield Found(Number.IDENTITY, digits_of(run), False)


def _down(run: Run, near: Neighbours) -> Iterator[Run]:
    """Yield the runs of several lines that have as many digits as an identity number."""
    if _length(run) == ID_LENGTH and len(run) > 1:
        yield run
    elif _length(run) < ID_LENGTH:
        for piece in near.below(run[-1]):
            yield from _down((*run, piece), near)


def _length(run: Run) -> int:
    return sum(len(piece.digits) for piece in run)


def _is_long_identity(run: Run) -> bool:
    return _length(run) == ID_LENGTH and is_identity(digits_of(run))


def _is_grouped_card(run: Run) -> bool:
    """Say whether pieces are a card in groups of four, as it is printed on it."""
    *full, last = (len(piece.digits) for piece in run)
    return set(full) == {4} and last <= 4 and checks.bank_card(digits_of(run))


def _borne_out(sound: Sequence[Run], runs: Sequence[Run]) -> Iterator[Run]:
    """Yield the sound runs, unless too many of those that begin above or below them are not."""
    for run in sound:
        good = [other for other in sound if run[0].over(other[0])]
        taken = {piece for other in good for piece in other}
        bad = sum(run[0].over(other[0]) and taken.isdisjoint(other) for other in runs)
        if bad < _SHARE * len(good):
            yield run
