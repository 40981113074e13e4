"""Pieces of numbers on a page: stretches of digits, and which stands beside and below which.

Nothing here knows rules, cells or paragraphs: what eyes would read on with, is neighbour.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from redact.verify.drawn import Line, Sign

_FOLDED = str.maketrans("０１２３４５６７８９ＸｘХх×oODQlI丨ZSB", "0123456789XXXXX0000111258")
_DIGITS = frozenset("0123456789")
_BORDERS = frozenset("|丨︱│┃¦ ")
"""What a recogniser reads where the border of a cell is."""

_LEAST_TRUE = 0.6
"""Share of a piece that was read as digits; the rest are letters that look like some."""

_OF_FIGURES = frozenset(".,:/-–—~+=￥¥$＄，．：")
"""Signs between digits that make them an amount, a date, a ratio."""

_UNITS = frozenset("%‰年月日时分秒元万亿")
_MASKS = frozenset("*×■●○☆★")
EVEN = 1.45
"""Steps up to which two digits stand as evenly as those of one number."""

_DIGIT_STEP = 0.42
"""Step from digit to digit, in heights of a line, where a piece has but one."""

_SAME_ROW = 0.35
_ALIKE = 1.7
"""How unlike in height pieces of one number may be read."""

_PITCH = (0.55, 2.3)
"""Heights from one line down to the next."""

_INDENT = (-2.8, 1.0)
"""Heights by which a line may begin beside the line above it in running text."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Hold a stretch of digits, evenly set; other text has no ``digits``.

    ``start`` is where the line of text begins that holds it, ``opens`` and ``closes`` say that
    it stands at the begin and end of that line.
    """

    digits: str
    groups: tuple[int, ...]
    left: float
    right: float
    y: float
    size: float
    step: float
    start: float
    opens: bool
    closes: bool

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    def over(self, other: Piece) -> bool:
        """Say whether one of the two stands over half of the other."""
        shared = min(self.right, other.right) - max(self.left, other.left)
        return shared >= 0.5 * min(self.right - self.left, other.right - other.left)

    def alike(self, other: Piece) -> bool:
        return 1 / _ALIKE < self.size / other.size < _ALIKE


def pieces_of(lines: Iterable[Line], loose: float) -> list[Piece]:
    """Cut lines into pieces and other text; digits ``loose`` steps apart are one piece still."""
    return [piece for line in lines for piece in _cut(_bare(line), loose)]


def _bare(line: Line) -> Line:
    return line._replace(signs=tuple(sign for sign in line.signs if sign.text not in _BORDERS))


def _cut(line: Line, loose: float) -> Iterator[Piece]:
    text = "".join(sign.text for sign in line.signs)
    read = text.translate(_FOLDED)
    start = 0
    while start < len(read):
        numeric = _is_sign(read[start])
        end = start + 1
        while end < len(read) and _is_sign(read[end]) == numeric:
            end += 1
        for begin, groups in _stretches(line, start, end, loose) if numeric else ((start, ()),):
            stop = begin + sum(groups) if numeric else end
            # What stands apart is no part of the figure or code beside it.
            before = text[max(begin - 2, 0) : begin] if begin == start else ""
            after = text[stop : stop + 2] if stop == end else ""
            number = numeric and _is_number(text[begin:stop], before, after)
            yield _piece(line, read[begin:stop] if number else "", begin, stop, groups)
        start = end


def _is_sign(read: str) -> bool:
    return read in _DIGITS or read == "X"


def _is_number(text: str, before: str, after: str) -> bool:
    """Tell pieces of a number from figures, dates, codes with letters, and the rest of masks."""
    true = sum(sign.isdecimal() or sign in "Xx" for sign in text)
    letters = any(sign.isascii() and sign.isalpha() for sign in (*before[-1:], *after[:1]))
    if true < _LEAST_TRUE * len(text) or letters or after[:1] in _UNITS:
        return False
    return not (_is_figure(before[::-1]) or _is_figure(after))


def _is_figure(around: str) -> bool:
    """Say whether a mark and what stands beyond it make a figure of the digits beside them."""
    mark, beyond = around[:1], around[1:]
    return mark in _MASKS or (mark in _OF_FIGURES and beyond.isdecimal())


def _stretches(
    line: Line, start: int, end: int, loose: float
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Part digits where they stand wider apart than they do within a number."""
    steps = [two.x - one.x for one, two in pairwise(line.signs[start:end])]
    usual = median(steps) if len(steps) > 1 else _DIGIT_STEP * line.size
    begin, groups = start, [1]
    for place, step in enumerate(steps, start + 1):
        if step > loose * usual:
            yield begin, tuple(groups)
            begin, groups = place, [1]
        elif step > EVEN * usual:
            groups.append(1)
        else:
            groups[-1] += 1
    yield begin, tuple(groups)


def _piece(line: Line, digits: str, start: int, end: int, groups: tuple[int, ...]) -> Piece:
    signs = line.signs[start:end]
    steps = [two.x - one.x for one, two in pairwise(signs)]
    step = median(steps) if steps else _DIGIT_STEP * line.size
    return Piece(
        digits,
        groups,
        signs[0].x - step / 2,
        signs[-1].x + step / 2,
        _middle(signs),
        line.size,
        step,
        line.signs[0].x - step / 2,
        start == 0,
        end == len(line.signs),
    )


def _middle(signs: Sequence[Sign]) -> float:
    return sum(sign.y for sign in signs) / len(signs)


class Neighbours:
    """Know what stands next to a piece on its row, and under it."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._sorted = sorted(pieces, key=lambda piece: piece.y)
        self._heights = [piece.y for piece in self._sorted]
        numeric = [piece for piece in self._sorted if piece.digits]
        self._right = {piece: self._found_right(piece) for piece in numeric}
        self._below = {piece: self._found_below(piece) for piece in numeric}

    def right(self, piece: Piece) -> Sequence[Piece]:
        """Give the piece that follows on the same row; none where other text does, or nothing."""
        return self._right[piece]

    def below(self, piece: Piece) -> Sequence[Piece]:
        """Give the pieces with which the next line may go on, none where other text stands there.

        Two where a line of running text is told from a cell by nothing but what follows.
        """
        return self._below[piece]

    def lines_beside(self, run: Sequence[Piece]) -> int:
        """Count the lines of the outermost column beside a run, as far as the run reaches down."""
        reach = _SAME_ROW * run[0].size
        band = self._between(run[0].y - reach, run[-1].y + reach)
        beside = [p for p in band if not run[0].over(p) and not run[-1].over(p)]
        outer = min(beside, key=lambda p: p.left, default=None)
        if outer is not None and outer.left > run[0].left:
            outer = max(beside, key=lambda p: p.right)
        return sum(outer.over(p) for p in beside) if outer else 0

    def _between(self, low: float, high: float) -> Sequence[Piece]:
        return self._sorted[bisect_left(self._heights, low) : bisect_left(self._heights, high)]

    def _row(self, piece: Piece) -> Sequence[Piece]:
        reach = _SAME_ROW * piece.size
        return self._between(piece.y - reach, piece.y + reach)

    def _found_right(self, piece: Piece) -> Sequence[Piece]:
        following = [p for p in self._row(piece) if p.left + p.right > 2 * piece.right]
        nearest = min(following, key=lambda p: p.left, default=None)
        return (nearest,) if nearest and nearest.digits and piece.alike(nearest) else ()

    def _found_below(self, piece: Piece) -> Sequence[Piece]:
        low, high = (reach * piece.size for reach in _PITCH)
        under = self._between(piece.y + low, piece.y + high)
        first = next((p for p in under if piece.over(p) or _wraps(piece, p)), None)
        if first is None:
            return ()
        row = [p for p in under if p.y - first.y < _SAME_ROW * piece.size and p.digits]
        column = min(filter(piece.over, row), key=lambda p: abs(p.left - piece.left), default=None)
        wrapped = [p for p in row if _wraps(piece, p)]
        found = dict.fromkeys([*([column] if column else []), *wrapped])
        return tuple(p for p in found if piece.alike(p))


def _wraps(upper: Piece, lower: Piece) -> bool:
    """Say whether a line that ends with a piece goes on with the other one, as in prose."""
    if upper.opens or not upper.closes or not lower.opens:
        return False
    low, high = (reach * upper.size for reach in _INDENT)
    return low <= lower.left - upper.start <= high
