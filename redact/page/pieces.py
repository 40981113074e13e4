"""Numbers of persons that stand in pieces: in boxes, over borders of cells, in lines of a column.

Cells and lines that cut such a number hide it from every detector. Where its digits stand tells
that they are one: evenly along a row or in lines right under each other. Only what is sound as a
whole is put together, so that figures of a table stay where they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise
from statistics import median
from typing import NamedTuple
from unicodedata import normalize

from redact.page.block import TextBlock
from redact.page.glyphs import Glyph
from redact.page.lines import SPACE, Run
from review import checks

_SIGNS = frozenset("0123456789Xx０１２３４５６７８９Ｘｘ")
_MOBILE, _IDENTITY, _CARDS = 11, 18, (19, 18, 17, 16)

_ROW = 0.5
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

_PART = frozenset(".,，%‰")
"""What a figure goes on with."""


class Sign(NamedTuple):
    """Hold a digit, its block's number, its place among the glyphs of that and its middle."""

    glyph: Glyph
    block: int
    place: int
    middle: float


_Signs = Sequence[Sign]


class Gathered(NamedTuple):
    """Hold a number as a block of its own, and the block in which it began."""

    begun: int
    block: TextBlock


def gather_numbers(
    blocks: Sequence[TextBlock],
) -> tuple[list[TextBlock | None], list[Gathered]]:
    """Take numbers that stand in pieces out of ``blocks``; a block left empty is None."""
    left: list[TextBlock | None] = list(blocks)
    painted = [_painted(block) for block in blocks]
    signs = [
        Sign(glyph, number, place, (glyph.start + glyph.end) / 2)
        for number, glyphs in enumerate(painted)
        for place, glyph in enumerate(glyphs)
        if glyph.text in _SIGNS and glyph.angle == 0
    ]
    if len(signs) < _MOBILE:
        return left, []
    gathered, taken = [], set[int]()
    for lines in _numbers(signs):
        number = [sign for line in lines for sign in line]
        orders = {sign.glyph.order for sign in number}
        if taken & orders or _is_laid_out(number, blocks, painted) or _is_parted(lines, painted):
            continue
        taken |= orders
        begun = blocks[number[0].block]
        runs = tuple(Run(tuple(sign.glyph for sign in line)) for line in lines)
        gathered.append(Gathered(number[0].block, replace(begun, runs=runs)))
    touched = {sign.block for sign in signs if sign.glyph.order in taken}
    for number_of in touched:
        left[number_of] = _without(blocks[number_of], taken)
    return left, gathered


def _painted(block: TextBlock) -> list[Glyph]:
    return [glyph for run in block.runs for glyph in run.painted if not glyph.blank]


def _without(block: TextBlock, taken: Collection[int]) -> TextBlock | None:
    """Put a space where glyphs are taken out of a block."""
    runs = []
    for run in block.runs:
        left: list[Glyph | None] = []
        for glyph in run.glyphs:
            kept = glyph if glyph is None or glyph.order not in taken else SPACE
            if kept is not SPACE or (left and left[-1] is not SPACE):
                left.append(kept)
        if left and left[-1] is SPACE:
            left.pop()
        if left:
            runs.append(replace(run, glyphs=tuple(left)))
    return replace(block, runs=tuple(runs)) if runs else None


def _numbers(signs: _Signs) -> list[Sequence[_Signs]]:
    """Find sound numbers as their lines, the surest kind first."""
    rows = list(_rows(signs))
    stretches = [list(_stretches(row)) for row in rows]
    found: list[Sequence[_Signs]] = [
        [window] for row in stretches for stretch in row for window in _windows(stretch)
    ]
    pieces = [[_line(piece) for one in row for piece in _pieces(one)] for row in stretches]
    found += _stacked(pieces)
    return sorted(found, key=lambda lines: -_sureness("".join(map(_text, lines))))


def _rows(signs: _Signs) -> Iterator[_Signs]:
    row: list[Sign] = []
    for sign in sorted(signs, key=lambda sign: sign.glyph.across):
        if row:
            above = row[-1].glyph
            if sign.glyph.across - above.across > _ROW * min(sign.glyph.size, above.size):
                yield row
                row = []
        row.append(sign)
    if row:
        yield row


def _stretches(row: _Signs) -> Iterator[_Signs]:
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


def _steps(signs: _Signs) -> list[float]:
    return [other.middle - one.middle for one, other in pairwise(signs)]


def _borders(stretch: _Signs) -> tuple[set[int], set[int]]:
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


def _joints(stretch: _Signs) -> set[int]:
    """Give the places where another cell begins, boxes for a digit left out."""
    lengths = [len(list(group)) for _, group in groupby(stretch, key=lambda sign: sign.block)]
    ends = list(accumulate(lengths))
    return {end for end, pair in zip(ends, pairwise(lengths), strict=False) if max(pair) >= _HELD}


def _pieces(stretch: _Signs) -> Iterator[_Signs]:
    """Cut a stretch where its steps are wide for it, and where cells end.

    One step wider than the next is not enough: parts of two numbers may make a third by chance.
    """
    borders, _ = _borders(stretch)
    for start, end in pairwise(sorted(borders | _joints(stretch))):
        yield stretch[start:end]


def _windows(stretch: _Signs) -> Iterator[_Signs]:
    """Yield sound numbers set evenly in a row: identity numbers anywhere, others between borders.

    A reader that runs cells together may take a digit for one of the cell beside it. The beginning
    of a number and that of the one in the next column may make a sound one by chance.
    """
    joints, text = _joints(stretch), _text(stretch)
    places = set().union(*_borders(stretch), *({n - 1, n, n + 1} for n in joints))
    for start in range(len(stretch) - _IDENTITY + 1):
        end = start + _IDENTITY
        held = joints.isdisjoint(range(start + 2, end - 1)) and _sureness(text[start:end])
        if held and _is_even(stretch[start:end]):
            places |= {start, end}
            yield stretch[start:end]
    for start in sorted(places):
        for end in sorted(places & {start + length for length in (*_CARDS, _MOBILE)}):
            if _sureness(text[start:end]) and _is_even(stretch[start:end]):
                yield stretch[start:end]


def _is_even(signs: _Signs) -> bool:
    """Tell whether no step is much wider than others; in boxes digits are read less exactly."""
    heights = [sign.glyph.across for sign in signs]
    if max(heights) - min(heights) > _ROW * signs[0].glyph.size:
        return False  # rows of two pages in one photo stand between each other
    steps = _steps(signs)
    usual = median(steps)
    boxed = usual > _BOXED * signs[0].glyph.size
    return max(steps) <= (_BOXED_EVEN if boxed else _EVEN) * usual


def _text(signs: _Signs) -> str:
    return normalize("NFKC", "".join(sign.glyph.text for sign in signs))


def _sureness(text: str) -> int:
    """Rank a number by how little chance makes it: identity number, bank card, mobile, none."""
    if len(text) == _IDENTITY and checks.id_card(text.upper()):
        return 3
    if len(text) in _CARDS and text.isdigit() and text[:2] == "62" and checks.luhn(text):
        return 2
    return int(len(text) == _MOBILE and checks.mobile(text))


_Place = tuple[float, float]


class _Line(NamedTuple):
    """Hold what may be a line of a number, with its digits, places and size in points."""

    signs: _Signs
    text: str
    start: float
    middle: float
    across: float
    size: float
    reach: float

    @property
    def place(self) -> _Place:
        return self.start, self.across


def _line(signs: _Signs) -> _Line:
    first, last = signs[0], signs[-1]
    size = max(sign.glyph.size for sign in signs)
    step = (last.middle - first.middle) / max(len(signs) - 1, 1)
    reach = _BOXED_LEADING if step > _BOXED * size else _LEADING
    return _Line(
        signs, _text(signs), first.glyph.start, (first.middle + last.middle) / 2,
        first.glyph.across, size, reach * size,
    )  # fmt: skip


def _stacked(rows: Sequence[Sequence[_Line]]) -> Iterator[Sequence[_Signs]]:
    """Yield sound numbers whose lines stand right under each other."""
    found = [
        lines
        for number, row in enumerate(rows)
        for line in row
        if len(line.text) < _CARDS[0] and not _sureness(line.text)
        for lines in _below([line], line.text, rows, number + 1)
    ]
    known = {line.place for lines in found for line in lines}
    for lines in found:
        number = "".join(line.text for line in lines)
        if len(number) == _IDENTITY or not _is_among_figures(lines, rows, known):
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
        if line.place not in known and not _sureness(line.text) and _is_aligned(first, line)
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
            if _sureness(longer):
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


def _is_laid_out(
    number: _Signs, blocks: Sequence[TextBlock], painted: Sequence[Sequence[Glyph]]
) -> bool:
    """Tell whether a detector sees the number as it is: whole in a block, or a row of boxes."""
    owners = {sign.block for sign in number}
    if len(owners) == 1:
        return _is_whole(number, blocks[number[0].block], painted[number[0].block])
    cells = [blocks[owner].cell for owner in owners]
    rows = {(cell.table, cell.row) if cell else None for cell in cells}
    alone = sum(len(painted[owner]) for owner in owners) == len(number)
    return alone and len(rows) == 1 and None not in rows and len(number) == _IDENTITY


def _is_whole(number: _Signs, block: TextBlock, painted: Sequence[Glyph]) -> bool:
    first, last = number[0].place, number[-1].place
    if [sign.place for sign in number] != list(range(first, last + 1)):
        return False
    before = painted[first - 1].text if first else ""
    behind = painted[last + 1].text if last + 1 < len(painted) else ""
    if before not in _SIGNS and behind not in _SIGNS:
        return True
    return f" {''.join(sign.glyph.text for sign in number)} " in f" {block.text} "


def _is_parted(lines: Sequence[_Signs], painted: Sequence[Sequence[Glyph]]) -> bool:
    """Tell whether something else stands between the digits of a line, or makes it a figure."""
    for line in lines:
        first, last = line[0], line[-1]
        behind = painted[last.block][last.place + 1 : last.place + 2]
        before = painted[first.block][first.place - 1 : first.place]
        near = [*before, *behind]
        if any(g.text in _PART and abs(g.across - first.glyph.across) < g.size / 2 for g in near):
            return True
        if _holds_other(line, painted):
            return True
    return False


def _holds_other(line: _Signs, painted: Sequence[Sequence[Glyph]]) -> bool:
    middles = [sign.middle for sign in line]
    across, reach = line[0].glyph.across, _ROW * line[0].glyph.size
    return any(
        abs(glyph.across - across) < reach
        and middles[0] < (glyph.start + glyph.end) / 2 < middles[-1]
        and glyph.text not in _SIGNS
        and glyph.angle == 0
        for glyphs in painted
        for glyph in glyphs
    )
