"""Read text for words in foreign sounds: the cheapest of words, Han names and foreign pieces."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from detectors.names.evidence import HAN, weigh
from detectors.names.foreign_prices import LONGEST, Prices
from detectors.text.vocabulary import LONGEST_WORD, UNKNOWN_CHARACTER, NameStatistics, Words

NATIVE_PRIOR = 4.0
"""Cost of beginning a Han name, which may hold foreign sounds by chance."""
GREATEST_FAVOUR = 12.0
"""What stands beside a name makes it cheaper by no more than this, in nats."""
REACH = 4
"""How many characters beside a run are read with it."""
THINGS = frozenset({"abroad", "home", "thing"})
"""Kinds of words that are no persons, whatever stands beside them."""
_JOINING = frozenset({"person", "either", "unknown", "minority", "part"})
_PLAIN, _NATIVE = "", "native"
_LEFT, _RIGHT = re.compile(rf"[{HAN}]*\Z"), re.compile(rf"[{HAN}]*")


class Piece(NamedTuple):
    """Mark a stretch in foreign sounds: offsets, end exclusive, and the kind of thing it is.

    Besides the kinds of words: ``minority`` for a row of parts of a people's names, ``part`` for
    a single one, ``unknown`` for what only sounds foreign.
    """

    start: int
    end: int
    kind: str


class _Arc(NamedTuple):
    cost: float
    start: int
    kind: str


class Reader:
    """Find the pieces of a text that are written in foreign sounds."""

    def __init__(self, words: Words, names: NameStatistics) -> None:
        self._words, self._names = words, names
        self._prices = Prices(words)

    def pieces(self, text: str) -> Iterator[Piece]:
        """Yield the pieces; those that hardly sound foreign come first."""
        for match in self._prices.odd.finditer(text):
            yield Piece(*match.span(), self._prices.kind(match.group()))
        reached = 0
        for start, end in self._stretches(text):
            left = _LEFT.search(text, max(0, start - REACH), start)
            right = _RIGHT.match(text, end, end + REACH)
            first, last = left.start() if left else start, right.end() if right else end
            for piece in self._read(text, max(first, reached), last, (start, end)):
                yield piece
                reached = piece.end

    def _stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the runs of foreign sounds worth reading, those near each other as one."""
        start = end = -REACH - 1
        for run in self._prices.run.finditer(text):
            if not self._prices.may_hold(run.group()):
                continue
            if run.start() - end > REACH:
                if end > 0:
                    yield start, end
                start = run.start()
            end = run.end()
        if end > 0:
            yield start, end

    def _read(self, text: str, first: int, last: int, run: tuple[int, int]) -> list[Piece]:
        """Read ``text[first:last]`` the cheapest way and keep the pieces in foreign sounds."""
        best = [_Arc(0.0, first, _PLAIN)]
        for end in range(first + 1, last + 1):
            arcs = self._arcs(text, first, end, run)
            best.append(
                min(arc._replace(cost=best[arc.start - first].cost + arc.cost) for arc in arcs)
            )
        pieces: list[Piece] = []
        end = last
        while end > first:
            arc = best[end - first]
            if arc.kind not in (_PLAIN, _NATIVE):
                pieces.append(Piece(arc.start, end, arc.kind))
            end = arc.start
        return _joined(pieces[::-1])

    def _arcs(self, text: str, first: int, end: int, run: tuple[int, int]) -> Iterator[_Arc]:
        """Give every reading of a stretch that ends at ``end``."""
        yield _Arc(self._words.get(text[end - 1], UNKNOWN_CHARACTER), end - 1, _PLAIN)
        for start in range(max(first, end - LONGEST), end - 1):
            piece = text[start:end]
            readings = self._prices.readings(piece)
            favour = _favour(text, start, end) if readings else 0.0
            for cost, kind in readings:
                yield _Arc(cost - (0.0 if kind in THINGS else favour), start, kind)
            if len(piece) > LONGEST_WORD:
                continue
            cost = self._words.get(piece, math.inf)
            if cost < math.inf and not self._prices.kind(piece):
                yield _Arc(cost, start, _PLAIN)
            surname, given = self._names.split(piece)
            if surname and 1 <= len(given) <= 2 and start < run[1] and run[0] < end:
                cost = self._names.cost(surname, given) + NATIVE_PRIOR
                yield _Arc(cost - _favour(text, start, end), start, _NATIVE)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Make one of pieces that touch and may be parts of one name."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.end == piece.start and {last.kind, piece.kind} <= _JOINING:
            kind = last.kind if last.kind == piece.kind else "unknown"
            joined[-1] = Piece(last.start, piece.end, kind)
        else:
            joined.append(piece)
    return joined


def _favour(text: str, start: int, end: int) -> float:
    return min(max(0.0, weigh(text, start, end).weight), GREATEST_FAVOUR)
