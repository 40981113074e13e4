"""Rows of tables without rules: which lines make one, where their cells wrapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from redact.page.lines import Run

Row = Sequence[Sequence[Run]]

_TIGHT = 1.6
"""Ems from one line of a cell down to the next at most, where rows stand further apart."""

_WIDER = 1.12
"""How much further than the lines of a cell its rows stand, at least."""

_EVEN = 0.25
"""Ems by which what stands about the middle of a row may miss it."""


def rows_by_pitch(lines: Row) -> Iterator[Row]:
    """Yield the rows that stand further apart than the lines of their cells, if they do."""
    heights = [line[0].across for line in lines]
    pitches = [lower - upper for upper, lower in pairwise(heights)]
    # The space below the headers tells nothing of the rows.
    if not pitches or max(pitches[1:], default=0.0) <= _WIDER * (tight := min(pitches)):
        return
    row = [lines[0]]
    for pitch, line in zip(pitches, lines[1:], strict=True):
        if pitch > min(_WIDER * tight, _TIGHT * line[0].size):
            yield row
            row = []
        row.append(line)
    yield row


def rows_from_the_top(lines: Row, begun: Sequence[int]) -> list[Row]:
    """Give the rows under the headers, each of which begins with a line of ``begun``."""
    ends = (*begun[2:], len(lines))
    return [lines[start:end] for start, end in zip(begun[1:], ends, strict=True)]


def rows_about_the_middle(lines: Row, middles: Sequence[int]) -> list[Row]:
    """Give the rows under the headers, if as much stands above as below each of ``middles``."""
    rows, end = list[Row](), len(lines)
    for above, middle in reversed(list(pairwise(middles))):
        begin = 2 * middle - end + 1
        row = lines[max(begin, 0) : end]
        if begin <= above or not _is_even(row):
            return []
        rows.append(row)
        end = begin
    return rows


def _is_even(row: Row) -> bool:
    middle = row[len(row) // 2][0]
    return all(
        abs(upper[0].across + lower[0].across - 2 * middle.across) < _EVEN * middle.size
        for upper, lower in zip(row, reversed(row), strict=True)
    )
