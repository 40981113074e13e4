"""Digits that are one number by where they stand: evenly along a row, or in lines of a column.

Only what is sound as a whole counts, so that figures of a table stay where they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple
from unicodedata import normalize

from redact.page.glyphs import Glyph
from review import checks

SIGNS = frozenset("0123456789Xx０１２３４５６７８９Ｘｘ")
_MOBILE, IDENTITY, _CARDS = 11, 18, (19, 18, 17, 16)
LEAST_DIGITS = _MOBILE
_SURE = 3
"""How sure an identity number is."""

ROW = 0.5
"""Ems by which signs of one row stand higher or lower."""

_PITCH, _EVEN, _BOXED_EVEN = 3.0, 1.4, 1.8
"""Ems from one box of a form to the next at most; how much wider than others a step may be."""

_TWICE = 0.5
"""Share of its width by which a sign lies on another, from which both are one read twice."""

_HELD = 3
"""Digits in a cell from which it is no box for one of them."""

_LEADING, _BOXED_LEADING, _BOXED = 1.7, 2.4, 0.8
"""Ems from one line of a number to the next at most, in boxes, and from digit to digit in those."""

_EVENLY = 1.2
"""How much further a line may stand from a number than its own lines do to be one of a column."""

_BESIDE, _MIDDLE, _LINES = 0.8, 0.5, 4
"""Ems by which such lines begin or have their middle aside at most, and how many they are."""

_LEAST = 3
"""Digits of a full line at least: columns of figures would make numbers by chance."""


class Sign(NamedTuple):
    """Hold a digit, its block's number, its place among the glyphs of that and its middle.

    ``string`` is the number of what is painted with it in one go.
    """

    glyph: Glyph
    block: int
    place: int
    middle: float
    string: int = 0


Signs = Sequence[Sign]
_Span = tuple[int, int]


def numbers_in(signs: Signs) -> list[Sequence[Signs]]:
    """Find sound numbers as their lines, the surest kind first."""
    rows = list(_rows(signs))
    stretches = [list(_stretches(row)) for row in rows]
    found: list[Sequence[Signs]] = [
        [window] for row in stretches for stretch in row for window in _windows(stretch)
    ]
    pieces = [[_line(piece) for one in row for piece in _pieces(one)] for row in stretches]
    found += _stacked(pieces)
    return sorted(found, key=lambda lines: -sureness("".join(map(_text, lines))))


def _rows(signs: Signs) -> Iterator[Signs]:
    row: list[Sign] = []
    for sign in sorted(signs, key=lambda sign: sign.glyph.across):
        if row:
            above = row[-1].glyph
            if sign.glyph.across - above.across > ROW * min(sign.glyph.size, above.size):
                yield row
                row = []
        row.append(sign)
    if row:
        yield row


def _stretches(row: Signs) -> Iterator[Signs]:
    """Cut a row where digits stand further apart than boxes of a form do."""
    stretch: list[Sign] = []
    for sign in sorted(row, key=lambda sign: sign.middle):
        if stretch:
            last = stretch[-1]
            if _is_twice(last.glyph, sign.glyph):
                continue
            if sign.middle - last.middle > _PITCH * max(last.glyph.size, sign.glyph.size):
                yield stretch
                stretch = []
        stretch.append(sign)
    if stretch:
        yield stretch


def _is_twice(last: Glyph, glyph: Glyph) -> bool:
    shared = min(last.end, glyph.end) - max(last.start, glyph.start)
    least = min(last.end - last.start, glyph.end - glyph.start)
    return last.text == glyph.text and shared > _TWICE * least


def _steps(signs: Signs) -> list[float]:
    return [other.middle - one.middle for one, other in pairwise(signs)]


def _borders(stretch: Signs) -> tuple[set[int], set[int]]:
    """Give where wider steps begin another number, by all the steps and by those beside; ends, too.

    Places are read unsurely, and boxes may stand in one row with running digits: neither tells all.
    """
    steps, ends = _steps(stretch), {0, len(stretch)}
    usual = median(steps) if steps else 0.0
    near = [min([*steps[max(n - 1, 0) : n], *steps[n + 1 : n + 2]], default=0.0) or usual
            for n in range(len(steps))]  # fmt: skip
    wide = {n + 1 for n, step in enumerate(steps) if step > _EVEN * usual}
    wider = {n + 1 for n, step in enumerate(steps) if step > _EVEN * near[n]}
    return wide | ends, wider | ends


def _joints(stretch: Signs, key: str = "block") -> set[int]:
    """Give the places where another cell or string begins, boxes for a digit left out."""
    lengths = [len(list(group)) for _, group in groupby(stretch, key=attrgetter(key))]
    ends = list(accumulate(lengths))
    return {end for end, pair in zip(ends, pairwise(lengths), strict=False) if max(pair) >= _HELD}


def _pieces(stretch: Signs) -> Iterator[Signs]:
    """Cut a stretch where its steps are wide for it, and where cells end.

    One step wider than the next is not enough: parts of two numbers may make a third by chance.
    """
    borders, _ = _borders(stretch)
    for start, end in pairwise(sorted(borders | _joints(stretch))):
        yield stretch[start:end]


def _windows(stretch: Signs) -> Iterator[Signs]:
    """Yield sound numbers set evenly in a row: identity numbers anywhere, others between borders.

    A reader that runs cells together may take a digit for one of the cell beside it. The beginning
    of a number and that of the one in the next column may make a sound one by chance.
    """
    joints, text = _joints(stretch), _text(stretch)
    # A page paints cells string by string, however close they stand.
    exact = joints.union(_joints(stretch, "string"), *_borders(stretch))
    places, spans = exact.union(*({n - 1, n + 1} for n in joints)), list[tuple[int, int]]()
    # Within one cell digits are as the reader saw them: an account may hold a sound number.
    for start in range(len(stretch) - IDENTITY + 1) if joints else ():
        end = start + IDENTITY
        if joints.isdisjoint(range(start + 2, end - 1)) and sureness(text[start:end]) == _SURE:
            places |= {start, end}
            spans.append((start, end))
    lengths = (*_CARDS, _MOBILE)
    ends = ((start, start + length) for start in sorted(places) for length in lengths)
    spans += [(a, b) for a, b in ends if b in places and sureness(text[a:b])]
    spans = [span for span in spans if _is_even(stretch[slice(*span)])]
    for start, end in sorted(spans, key=lambda span: sum(place not in exact for place in span)):
        if _is_met(start, 1, joints, spans) and _is_met(end, 0, joints, spans):
            yield stretch[start:end]


def _is_met(place: int, side: int, joints: Collection[int], spans: Sequence[_Span]) -> bool:
    """Tell whether no digit of its cell is left beside a number, or another number has it."""
    beside = place - 1 if side else place + 1
    alone = place not in joints and beside in joints
    return not alone or any(span[side] == place for span in spans)


def _is_even(signs: Signs) -> bool:
    """Tell whether no step is much wider than others; in boxes digits are read less exactly."""
    heights = [sign.glyph.across for sign in signs]
    if max(heights) - min(heights) > ROW * signs[0].glyph.size:
        return False  # rows of two pages in one photo stand between each other
    steps = _steps(signs)
    usual = median(steps)
    boxed = usual > _BOXED * signs[0].glyph.size
    return max(steps) <= (_BOXED_EVEN if boxed else _EVEN) * usual


def _text(signs: Signs) -> str:
    return normalize("NFKC", "".join(sign.glyph.text for sign in signs))


def sureness(text: str) -> int:
    """Rank a number by how little chance makes it: identity number, bank card, mobile, none."""
    if len(text) == IDENTITY and checks.id_card(text.upper()):
        return _SURE
    if len(text) in _CARDS and text.isdigit() and text[:2] == "62" and checks.luhn(text):
        return 2
    return int(len(text) == _MOBILE and checks.mobile(text))


_Place = tuple[float, float]


class _Line(NamedTuple):
    """Hold what may be a line of a number, with its digits, places and size in points."""

    signs: Signs
    text: str
    start: float
    middle: float
    across: float
    size: float
    reach: float

    @property
    def place(self) -> _Place:
        return self.start, self.across


def _line(signs: Signs) -> _Line:
    first, last = signs[0], signs[-1]
    size = max(sign.glyph.size for sign in signs)
    step = (last.middle - first.middle) / max(len(signs) - 1, 1)
    reach = _BOXED_LEADING if step > _BOXED * size else _LEADING
    return _Line(
        signs, _text(signs), first.glyph.start, (first.middle + last.middle) / 2,
        first.glyph.across, size, reach * size,
    )  # fmt: skip


def _stacked(rows: Sequence[Sequence[_Line]]) -> Iterator[Sequence[Signs]]:
    """Yield sound numbers whose lines stand right under each other."""
    found = [
        lines
        for number, row in enumerate(rows)
        for line in row
        if len(line.text) < _CARDS[0] and not sureness(line.text)
        for lines in _below([line], line.text, rows, number + 1)
    ]
    known = {line.place for lines in found for line in lines}
    for lines in found:
        number = "".join(line.text for line in lines)
        if len(number) == IDENTITY or not _is_among_figures(lines, rows, known):
            yield [line.signs for line in lines]


def _is_among_figures(
    lines: Sequence[_Line], rows: Sequence[Sequence[_Line]], known: Collection[_Place]
) -> bool:
    """Tell whether lines go on above and below as they do within: they are a column of figures.

    In a list of wrapped numbers those are lines of other numbers.
    """
    step = _EVENLY * max(other.across - one.across for one, other in pairwise(lines))
    first, last = lines[0], lines[-1]
    beside = [
        line
        for row in rows
        if row and first.across - step < row[0].across < last.across + step
        for line in row
        if line.place not in known and not sureness(line.text) and _is_aligned(first, line)
    ]
    above = any(line.across < first.across for line in beside)
    return above and any(line.across > last.across for line in beside)


def _below(
    lines: list[_Line], text: str, rows: Sequence[Sequence[_Line]], below: int
) -> Iterator[Sequence[_Line]]:
    """Go on with lines under the last of ``lines`` as long as they may make a number."""
    for number in range(below, len(rows)):
        if rows[number] and rows[number][0].across > lines[-1].across + lines[-1].reach:
            break
        for line in rows[number]:
            if not _goes_on(lines, line) or len(longer := text + line.text) > _CARDS[0]:
                continue
            if sureness(longer):
                yield [*lines, line]
            elif len(lines) + 1 < _LINES:
                yield from _below([*lines, line], longer, rows, number + 1)


def _goes_on(lines: Sequence[_Line], line: _Line) -> bool:
    """Tell whether a line is set as the next one of a number: all but the last are full."""
    above = lines[-1]
    full = len(lines[0].text) == len(above.text) >= max(len(line.text), _LEAST)
    return full and _is_aligned(above, line)


def _is_aligned(above: _Line, line: _Line) -> bool:
    em = max(above.size, line.size)
    beside = abs(line.start - above.start) < _BESIDE * em
    return beside or abs(line.middle - above.middle) < _MIDDLE * em
