"""Signs set so far apart that they fill a line or a column: 李      雪      梅 is one text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from redact.page.glyphs import Glyph

SPACE = None
"""Stands in a run for a space that no glyph paints."""

_WIDEST = 20.0
"""Ems between such signs at most."""

_ALONE = 0.7
"""Share of the gap between two signs that is free on their other sides, or they are of words."""

_EVEN = 0.1
_FEW = 4
"""Signs up to which one of a line may be left alone: more are heads of columns, all set apart."""

Piece = list[Glyph | None]


def with_spread(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Put pieces of a line together that end and begin with signs set apart."""
    chain: list[Piece] = []
    for piece in _freed(pieces):
        if chain and not _may_join(chain[-1], piece):
            yield from _joined(chain)
            chain = []
        chain.append(piece)
    yield from _joined(chain)


def _freed(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Part a sign from the text of a cell beside it, if it is as far from two others as they are.

    A name that fills its column ends and begins close to the next one.
    """
    for place, piece in enumerate(pieces):
        left = piece
        if (
            piece[1:2] == [SPACE]
            and place > 1
            and _are_even(pieces[place - 2], pieces[place - 1], piece)
        ):
            yield piece[:1]
            left = piece[2:]
        behind = pieces[place + 1 : place + 3]
        if left[-2:-1] == [SPACE] and len(behind) > 1 and _are_even(left, behind[0], behind[1]):
            yield left[:-2]
            left = left[-1:]
        yield left


def _are_even(left: Piece, middle: Piece, right: Piece) -> bool:
    """Tell whether a sign alone is as far from that before it as from that behind it."""
    one, other, third = left[-1], middle[0], right[0]
    if len(middle) > 1 or not (one and other and third):
        return False
    gaps = other.start - one.end, third.start - other.end
    letters = all(map(_is_letter, (one, other, third)))
    return letters and max(gaps) - min(gaps) < _EVEN * max(gaps)


def _may_join(left: Piece, right: Piece) -> bool:
    last, first = left[-1], right[0]
    if not (last and first and _is_letter(last) and _is_letter(first)):
        return False
    apart = first.start - last.end
    if apart > _WIDEST * first.size:
        return False
    before = next((glyph for glyph in reversed(left[:-1]) if glyph), None)
    behind = next((glyph for glyph in right[1:] if glyph), None)
    near = [last.start - before.end] if before and before.text.isalnum() else []
    near += [behind.start - first.end] if behind and behind.text.isalnum() else []
    return all(gap >= _ALONE * apart for gap in near)


def _is_letter(glyph: Glyph) -> bool:
    return glyph.text.isalpha() and not glyph.text.isascii()


def _joined(chain: Sequence[Piece]) -> Iterator[Piece]:
    """Join the pieces of a chain, but where the gap is wider than the one beside it."""
    groups = list(_groups(chain))
    if len(chain) > _FEW and any(len(group) == 1 for group in groups):
        yield from chain
        return
    for group in groups:
        gaps = _gaps(group)
        even = len(gaps) > 1 and max(gaps) - min(gaps) < _EVEN * max(gaps)
        whole = list(group[0])
        for piece in group[1:]:
            whole += [*([] if even else [SPACE]), *piece]
        yield whole


def _groups(chain: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    gaps, begun = _gaps(chain), 0
    for place, gap in enumerate(gaps, 1):
        beside = [*gaps[max(place - 2, 0) : place - 1], *gaps[place : place + 1]]
        if any(near < _ALONE * gap for near in beside):
            yield chain[begun:place]
            begun = place
    yield chain[begun:]


def _gaps(pieces: Sequence[Piece]) -> list[float]:
    pairs = ((left[-1], right[0]) for left, right in pairwise(pieces))
    return [first.start - last.end for last, first in pairs if last and first]
