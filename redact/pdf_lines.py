"""From glyphs to runs: unbroken pieces of one line, with spaces where the eye sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redact.pdf_glyphs import Glyph

SPLIT_GAP = 2.0
"""Gap in ems from which two pieces of a line no longer belong together."""

_SPACE_GAP = 0.35
_LATIN_SPACE_GAP = 0.2
_TOUCH_GAP = 0.08
_SAME_PLACE = 0.25

SPACE = None
"""Stands in a run for a space that no glyph paints."""


@dataclass(frozen=True, slots=True)
class Run:
    """Hold glyphs of one line in reading order; None among them is a space.

    ``alone`` tells that nothing else stands on the same line.
    """

    glyphs: tuple[Glyph | None, ...]
    alone: bool = True

    @property
    def text(self) -> str:
        return "".join(" " if glyph is None else glyph.text for glyph in self.glyphs)

    @property
    def painted(self) -> list[Glyph]:
        return [glyph for glyph in self.glyphs if glyph is not None]

    @property
    def start(self) -> float:
        return min(glyph.start for glyph in self.painted)

    @property
    def end(self) -> float:
        return max(glyph.end for glyph in self.painted)

    @property
    def across(self) -> float:
        return self.painted[0].across

    @property
    def size(self) -> float:
        return max(glyph.size for glyph in self.painted)


def runs_of(glyphs: Iterable[Glyph]) -> Iterator[Run]:
    """Cut glyphs of one direction into runs, line by line from the top."""
    for line in _lines(glyphs):
        pieces = [piece for piece in _pieces(line) if piece]
        for piece in pieces:
            yield Run(tuple(piece), alone=len(pieces) == 1)


def _lines(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: g.across):
        if line and glyph.across - line[-1].across > 0.5 * min(glyph.size, line[-1].size):
            yield line
            line = []
        line.append(glyph)
    if line:
        yield line


def _pieces(line: list[Glyph]) -> Iterator[list[Glyph | None]]:
    piece: list[Glyph | None] = []
    last: Glyph | None = None
    blank = False
    for glyph in sorted(line, key=lambda g: g.start):
        if glyph.blank:
            blank = True
            continue
        if last is not None:
            if _painted_twice(last, glyph):
                continue
            gap = (glyph.start - last.end) / max(last.size, glyph.size)
            if gap > SPLIT_GAP:
                yield piece
                piece = []
            elif gap > _least_gap(last, glyph, blank):
                piece.append(SPACE)
        piece.append(glyph)
        last, blank = glyph, False
    yield piece


def _painted_twice(last: Glyph, glyph: Glyph) -> bool:
    """Know the trick of painting a glyph twice, slightly apart, to make it bold."""
    near = abs(glyph.start - last.start) < _SAME_PLACE * max(glyph.end - glyph.start, 0.1)
    return near and glyph.text == last.text


def _least_gap(last: Glyph, glyph: Glyph, blank: bool) -> float:
    if blank:
        return _TOUCH_GAP
    latin = last.text.isascii() and glyph.text.isascii()
    return _LATIN_SPACE_GAP if latin else _SPACE_GAP
