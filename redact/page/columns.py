"""Columns of running text that stand so close that a line of one seems to go on in the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from redact.page.lines import Run

_GUTTER, _COLUMN = 0.5, 8.0
"""Ems that columns stand apart, and how wide each is, at least."""

_LEAST = 4
"""Lines in which space stands at one place, from which it is no space between words."""

_Hole = tuple[float, float]


@dataclass(slots=True)
class _Gutter:
    """Hold from where to where lines are parted, and which of them."""

    start: float
    end: float
    lines: list[int]


def columns_of(lines: Sequence[Sequence[Run]]) -> Iterator[Run]:
    """Part the runs of lines, ordered from the top, where a gutter goes through them."""
    cuts: dict[int, list[_Gutter]] = {}
    for gutter in _gutters(lines):
        for number in gutter.lines:
            cuts.setdefault(number, []).append(gutter)
    for number, line in enumerate(lines):
        for run in line:
            yield from _parted(run, cuts[number]) if number in cuts else (run,)


def _gutters(lines: Sequence[Sequence[Run]]) -> Iterator[_Gutter]:
    """Follow spaces from line to line as long as no text runs across them."""
    open_ones: list[_Gutter] = []
    for number, line in enumerate(lines):
        holes = [hole for run in line for hole in _holes(run)]
        going_on = list[_Gutter]()
        for gutter in open_ones:
            across = [run for run in line if run.start < gutter.start and gutter.end < run.end]
            hole = next((hole for hole in holes if _meets(gutter, hole, line[0].size)), None)
            if hole is not None:
                gutter.start, gutter.end = max(gutter.start, hole[0]), min(gutter.end, hole[1])
                gutter.lines.append(number)
                holes.remove(hole)
            if hole is not None or not across:
                going_on.append(gutter)
            elif len(gutter.lines) >= _LEAST:
                yield gutter
        open_ones = [*going_on, *(_Gutter(*hole, [number]) for hole in holes)]
    yield from (gutter for gutter in open_ones if len(gutter.lines) >= _LEAST)


def _holes(run: Run) -> Iterator[_Hole]:
    """Give the wide spaces of a run that have room for a column on both sides."""
    if run.end - run.start < 2 * _COLUMN * run.size:
        return
    for left, (space, right) in zip(run.glyphs, pairwise(run.glyphs[1:]), strict=False):
        if space is None and left is not None and right is not None:
            wide = right.start - left.end >= _GUTTER * run.size
            room = min(left.end - run.start, run.end - right.start) >= _COLUMN * run.size
            if wide and room:
                yield left.end, right.start


def _meets(gutter: _Gutter, hole: _Hole, size: float) -> bool:
    return min(gutter.end, hole[1]) - max(gutter.start, hole[0]) >= _GUTTER / 2 * size


def _parted(run: Run, gutters: Sequence[_Gutter]) -> Iterator[Run]:
    begun = 0
    for place, (left, right) in enumerate(zip(run.glyphs, run.glyphs[2:], strict=False)):
        if run.glyphs[place + 1] is not None or left is None or right is None:
            continue
        if any(left.end <= g.start and g.end <= right.start for g in gutters):
            yield replace(run, glyphs=run.glyphs[begun : place + 1], alone=False)
            begun = place + 2
    yield replace(run, glyphs=run.glyphs[begun:], alone=run.alone and not begun)
