"""The edits of an OFD page: signs go, masks take their place, lines close up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from redact.ofd.file import ReadPage
from redact.ofd.geometry import POINTS
from redact.ofd.glyphs import RuledPage
from redact.ofd.items import TextItem
from redact.page.edit import by_run, edits_here
from redact.page.glyphs import Glyph, unite
from redact.page.lines import Run
from review.errors import UnsafeOutputError
from review.plan import Edit

_LOOSEST = 0.25
_SMALLEST = 0.75
_SAME_LINE = 0.5
_REACH = 0.5
_MARGIN = 0.3


class Mask(NamedTuple):
    """Hold text to put where the sign number ``order`` stood, moved by ``shift`` points.

    ``size`` is the share of that sign's size; ``spread`` is added behind each sign, in points.
    """

    order: int
    text: str
    shift: float
    size: float
    spread: float


class Changes(NamedTuple):
    """Say what becomes of the signs of a page, by their numbers; shifts in points along a line."""

    removed: frozenset[int]
    masks: dict[int, Mask]
    shifts: dict[int, float]


class _Gap(NamedTuple):
    """Hold the signs that an edit takes out of one run, and what is put there."""

    glyphs: tuple[Glyph, ...]
    text: str

    @property
    def start(self) -> float:
        return min(glyph.start for glyph in self.glyphs)

    @property
    def end(self) -> float:
        return max(glyph.end for glyph in self.glyphs)


def changes_of(read: ReadPage, edits: dict[int, tuple[Edit, ...]]) -> Changes:
    """Work out what the edits of a document's blocks do to one of its pages."""
    nearby = _Nearby(read)
    removed = set(read.unwanted)
    masks: dict[int, Mask] = {}
    shifts: dict[int, float] = {}
    for block in read.blocks:
        here = edits_here(block, edits.get(block.index, ()))
        gaps: dict[int, list[_Gap]] = defaultdict(list)
        for number, gap in _gaps(block.characters, here):
            gaps[number].append(gap)
        for number, found in gaps.items():
            gone = {order for gap in found for order in nearby.under(gap)}
            removed |= gone
            for mask, after, shift in _closed_up(read, block.runs[number], found, nearby):
                masks |= {mask.order: mask} if mask.text else {}
                shifts |= dict.fromkeys(nearby.behind(block.runs[number], after), shift)
    return Changes(frozenset(removed), masks, shifts)


def _gaps(
    characters: Sequence[tuple[str, Glyph | None, int]], edits: Sequence[Edit]
) -> Iterator[tuple[int, _Gap]]:
    """Yield a gap with the number of its run for each run that an edit touches."""
    for edit in edits:
        lines = [
            (line[0][2], glyphs)
            for line in by_run(characters[edit.start : edit.end])
            if (glyphs := tuple(g for _, g, _ in line if g is not None))
        ]
        if not lines and edit.replacement:
            raise UnsafeOutputError("页面上找不到替换文字的位置，未生成结果，请交人工处理。")
        rest, left = edit.replacement, sum(len(glyphs) for _, glyphs in lines)
        for position, (number, glyphs) in enumerate(lines, 1):
            whole = position == len(lines) or len(rest) <= len(glyphs)
            share = len(rest) if whole else max(round(len(rest) * len(glyphs) / left), 1)
            yield number, _Gap(glyphs, rest[:share])
            rest, left = rest[share:], left - len(glyphs)


def _closed_up(
    read: ReadPage, run: Run, gaps: Sequence[_Gap], nearby: _Nearby
) -> Iterator[tuple[Mask, float, float]]:
    """Yield the mask of each gap, where it ends, and how far what follows moves along the line."""
    room = nearby.room(run)
    shift = 0.0
    for gap in sorted(gaps, key=lambda g: g.start):
        first = min(gap.glyphs, key=lambda g: g.start)
        natural = _natural(read, first, gap.text)
        wide = gap.end - gap.start
        more = min(max(natural * _SMALLEST - wide, 0), room) if gap.text else 0
        room -= more
        size = min((wide + more) / natural, 1) if natural else 1
        free = max(wide - natural, 0) / max(len(gap.text), 1)
        spread = free if free <= _LOOSEST * first.size else 0.0
        mask = Mask(first.order, gap.text, shift, size, spread)
        shift += natural * size + spread * len(gap.text) - wide
        yield mask, gap.end, shift


def _natural(read: ReadPage, first: Glyph, text: str) -> float:
    item = read.page.items[read.placed[first.order].item]
    assert isinstance(item, TextItem)
    scale = first.size / item.style.size
    if not item.style.upright:
        matrix = item.matrix
        scale = (matrix.a**2 + matrix.b**2) ** 0.5 * POINTS
    return sum(item.style.advance(c) for c in text) * scale


class _Nearby:
    """Look up the signs of a page by their place: along which line, and where on it."""

    def __init__(self, read: ReadPage) -> None:
        page = RuledPage(read.page)
        self._width = page.bbox[2]
        self._rules = [
            (e["x0"], e["top"], e["bottom"]) for e in page.lines if e["orientation"] == "v"
        ]
        self._lines: dict[int, list[Glyph]] = defaultdict(list)
        for placed in read.placed:
            self._lines[placed.glyph.angle].append(placed.glyph)
        for glyphs in self._lines.values():
            glyphs.sort(key=lambda g: g.across)
        self._across = {a: [g.across for g in glyphs] for a, glyphs in self._lines.items()}
        self._by_top = sorted((p.glyph for p in read.placed), key=lambda g: g.box.top)
        self._tops = [g.box.top for g in self._by_top]
        self._tallest = max((g.box.bottom - g.box.top for g in self._by_top), default=0)

    def under(self, gap: _Gap) -> set[int]:
        """Number the signs of a gap and all whose centre lies under it, painted twice perhaps."""
        level = gap.glyphs[0].angle % 90 == 0
        boxes = [g.box for g in gap.glyphs]
        whole = unite(boxes)
        assert whole is not None
        found = {glyph.order for glyph in gap.glyphs}
        first = bisect_left(self._tops, whole.top - self._tallest)
        last = bisect_right(self._tops, whole.bottom)
        for glyph in self._by_top[first:last]:
            if any(box.holds_centre(glyph.box) for box in ([whole] if level else boxes)):
                found.add(glyph.order)
        return found

    def _on_line(self, run: Run) -> list[Glyph]:
        angle = run.painted[0].angle
        reach = _SAME_LINE * run.size
        across = self._across[angle]
        first = bisect_left(across, run.across - reach)
        return self._lines[angle][first : bisect_right(across, run.across + reach)]

    def behind(self, run: Run, end: float) -> list[int]:
        """Number the signs of a run, and what is painted over them, that begin behind ``end``."""
        slack = _REACH * run.size
        return [
            g.order for g in self._on_line(run) if end - 0.1 * g.size <= g.start < run.end + slack
        ]

    def room(self, run: Run) -> float:
        """Measure the free space behind a level run up to other text, a rule or the margin."""
        if run.painted[0].angle:
            return 0.0
        borders = [self._width - 2 * run.size]
        borders += [g.start for g in self._on_line(run) if g.start > run.end and not g.blank]
        borders += [
            x for x, top, bottom in self._rules if x > run.end - 1 and top <= run.across <= bottom
        ]
        return max(min(borders) - run.end - _MARGIN * run.size, 0.0)
