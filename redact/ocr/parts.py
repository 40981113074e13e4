"""What was read on a page or a part of it, in points of the page, and the blocks it makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from redact.ocr.cuts import without_cuts
from redact.ocr.doubts import Doubt
from redact.ocr.lists import with_lists
from redact.page.block import TextBlock
from redact.page.glyphs import Box, Glyph
from redact.page.layout import PageLayout
from redact.page.lines import Run
from redact.page.rules import RuledPage, ruled_lines
from redact.page.upright import Upright

if TYPE_CHECKING:
    from PIL.Image import Image


class ReadPart(NamedTuple):
    """Hold the glyphs of a page or a part of it in points, and why a person must look at it."""

    glyphs: tuple[Glyph, ...]
    doubts: frozenset[Doubt]
    turned: Upright
    rules: tuple[Box, ...] = ()

    @property
    def lines(self) -> list[list[Glyph]]:
        """Give the glyphs line by line, as they were found."""
        lines: list[list[Glyph]] = []
        for glyph in self.glyphs:
            if lines and _one_line(lines[-1][-1], glyph):
                lines[-1].append(glyph)
            else:
                lines.append([glyph])
        return lines


def scan_blocks(layout: PageLayout, part: ReadPart) -> list[TextBlock]:
    """Group a page that was read into blocks: laid out level, each glyph where it really stands."""
    glyphs = list(chain.from_iterable(_levelled(part)))
    rules = without_cuts(part.rules, glyphs)
    blocks = layout.blocks(RuledPage(part.turned.size, rules), glyphs)
    return [replace(b, runs=tuple(_as_it_lies(run, part.glyphs) for run in b.runs)) for b in blocks]


def _levelled(part: ReadPart) -> Iterator[list[Glyph]]:
    """Give the lines as they lie on the level page, the glyphs of each at one height.

    What was read as one line is one: no rule that is a little off may cut a number into two rows.
    """
    order = 0
    for line in part.lines:
        level = [part.turned.level(glyph) for glyph in line]
        across = median(glyph.across for glyph in level)
        for place, glyph in enumerate(level):
            down = across - glyph.across if glyph.angle == 0 else 0.0
            box = glyph.box._replace(top=glyph.box.top + down, bottom=glyph.box.bottom + down)
            level[place] = glyph._replace(box=box, across=glyph.across + down, order=order)
            order += 1
        yield level


def _as_it_lies(run: Run, glyphs: Sequence[Glyph]) -> Run:
    return replace(run, glyphs=tuple(g and glyphs[g.order] for g in run.glyphs))


def with_rules(part: ReadPart, picture: Image) -> ReadPart:
    """Add the ruled lines that ``picture`` shows, which is of the whole page that was read.

    Those of a list that it does not show are told by what stands in it.

    Those of a bent page, or of one of two in a photo, run through other rows than their own: where
    one tilt sets no more than a part of a page level, lines are told apart by their places alone.
    """
    if Doubt.CROOKED in part.doubts:
        return part
    level = [part.turned.level(glyph) for glyph in part.glyphs]
    rules = ruled_lines(picture, part.turned, level)
    return part._replace(rules=with_lists(rules, _levelled(part), part.turned.size))


def in_points(glyph: Glyph, factor: float, corner: tuple[int, int]) -> Glyph:
    """Scale a glyph from pixels of a part of a page to points of the page."""
    x, y = corner
    along, across = {0: (x, y), 90: (y, -x), 180: (-x, -y), 270: (-y, x)}.get(glyph.angle, (x, y))
    box = glyph.box
    return glyph._replace(
        box=Box(
            (box.x0 + x) * factor,
            (box.top + y) * factor,
            (box.x1 + x) * factor,
            (box.bottom + y) * factor,
        ),
        start=(glyph.start + along) * factor,
        end=(glyph.end + along) * factor,
        across=(glyph.across + across) * factor,
        size=glyph.size * factor,
    )


def _one_line(last: Glyph, glyph: Glyph) -> bool:
    return (last.across, last.size, last.angle) == (glyph.across, glyph.size, glyph.angle)
