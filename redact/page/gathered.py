"""Numbers of persons that stand in pieces, put together before any detector looks for them.

Boxes of a form, borders of cells and lines of a column cut a number and so hide it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from redact.page.block import TextBlock
from redact.page.glyphs import Glyph
from redact.page.lines import Run
from redact.page.pieces import IDENTITY, LEAST_DIGITS, ROW, SIGNS, Sign, Signs, numbers_in, sureness
from redact.page.spread import SPACE

_PART = frozenset(".,，%‰")
"""What a figure goes on with."""

_LONG = re.compile(r"[0-9Xx０-９Ｘｘ]{11,19}")


class Gathered(NamedTuple):
    """Hold a number as a block of its own, and the block that it was in or ``leads``."""

    begun: int
    block: TextBlock
    leads: bool


def gather_numbers(
    blocks: Sequence[TextBlock], strings: Sequence[int] = ()
) -> tuple[list[TextBlock | None], list[Gathered]]:
    """Take numbers that stand in pieces out of ``blocks``; a block left empty is None.

    ``strings`` are the first glyphs, by their order, of what is painted in one go.
    """
    left: list[TextBlock | None] = list(blocks)
    painted = [_painted(block) for block in blocks]
    signs = [
        sign for number, glyphs in enumerate(painted) for sign in _signs(number, glyphs, strings)
    ]
    if len(signs) < LEAST_DIGITS:
        return left, []
    gathered, taken = [], set[int]()
    for lines in numbers_in(signs):
        number = [sign for line in lines for sign in line]
        orders = {sign.glyph.order for sign in number}
        if taken & orders or _is_laid_out(number, blocks, painted) or _is_parted(lines, painted):
            continue
        taken |= orders
        first = number[0]
        runs = tuple(Run(tuple(sign.glyph for sign in line)) for line in lines)
        whole = replace(blocks[first.block], runs=runs)
        gathered.append(Gathered(first.block, whole, first.place == 0))
    touched = {sign.block for sign in signs if sign.glyph.order in taken}
    for number_of in touched:
        left[number_of] = _without(blocks[number_of], taken)
    return left, gathered


def _signs(block: int, glyphs: Sequence[Glyph], strings: Sequence[int]) -> list[Sign]:
    """Give the digits of a block but those of numbers within running text: no reader cuts them."""
    within = set[int]()
    if len(text := "".join(glyph.text for glyph in glyphs)) == len(glyphs):
        for found in _LONG.finditer(text):
            if found.start() > 0 and found.end() < len(text) and _is_in_row(glyphs, found.span()):
                within |= set(range(*found.span())) if sureness(found[0]) else set()
    return [
        Sign(glyph, block, place, (glyph.start + glyph.end) / 2, bisect_right(strings, glyph.order))
        for place, glyph in enumerate(glyphs)
        if glyph.text in SIGNS and glyph.angle == 0 and place not in within
    ]


def _is_in_row(glyphs: Sequence[Glyph], span: tuple[int, int]) -> bool:
    """Tell whether digits and the signs beside them stand at one height."""
    heights = [glyph.across for glyph in glyphs[span[0] - 1 : span[1] + 1]]
    return max(heights) - min(heights) < ROW * glyphs[span[0]].size


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


def _is_laid_out(
    number: Signs, blocks: Sequence[TextBlock], painted: Sequence[Sequence[Glyph]]
) -> bool:
    """Tell whether a detector sees the number as it is: whole in a block, or a row of boxes."""
    owners = {sign.block for sign in number}
    if len(owners) == 1:
        return _is_whole(number, blocks[number[0].block], painted[number[0].block])
    cells = [blocks[owner].cell for owner in owners]
    rows = {(cell.table, cell.row) if cell else None for cell in cells}
    alone = sum(len(painted[owner]) for owner in owners) == len(number)
    return alone and len(rows) == 1 and None not in rows and len(number) == IDENTITY


def _is_whole(number: Signs, block: TextBlock, painted: Sequence[Glyph]) -> bool:
    first, last = number[0].place, number[-1].place
    if [sign.place for sign in number] != list(range(first, last + 1)):
        return False
    before = painted[first - 1].text if first else ""
    behind = painted[last + 1].text if last + 1 < len(painted) else ""
    if before not in SIGNS and behind not in SIGNS:
        return True
    return f" {''.join(sign.glyph.text for sign in number)} " in f" {block.text} "


def _is_parted(lines: Sequence[Signs], painted: Sequence[Sequence[Glyph]]) -> bool:
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


def _holds_other(line: Signs, painted: Sequence[Sequence[Glyph]]) -> bool:
    middles = [sign.middle for sign in line]
    across, reach = line[0].glyph.across, ROW * line[0].glyph.size
    return any(
        abs(glyph.across - across) < reach
        and middles[0] < (glyph.start + glyph.end) / 2 < middles[-1]
        and glyph.text not in SIGNS
        and glyph.angle == 0
        for glyphs in painted
        for glyph in glyphs
    )
