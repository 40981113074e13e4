"""Where the text of a draft stands on its rendered pages: certain places only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from redact.page.edit import padded
from redact.page.fold import fold
from redact.page.glyphs import Box
from redact.preview.alignment import NOWHERE, aligned
from redact.preview.pictures import Mark, Place, place_in
from redact.preview.rendering import Ink, follows, text_of

_SPACE = re.compile(r"\s+")
_GAP, _GAP_OF_SPACE = 0.15, 1.5
"""What may lie between two signs of a cell, as shares of their height."""


class MarkedText:
    """Know for each sign of a draft's blocks which sign of its rendering it is.

    ``clipped`` says that the renderer cuts off what a cell has no room for; what follows then may
    happen to read as what was cut off.
    """

    def __init__(self, texts: Sequence[str], inks: Sequence[Ink], *, clipped: bool) -> None:
        self._texts, self._inks, self._clipped = texts, inks, clipped
        folded = [fold(text) for text in texts]
        self._starts = [0, *accumulate(map(len, folded))]
        self._where = aligned("".join(folded), text_of(inks), self._starts)

    def signs(self, block: int) -> dict[int, int]:
        """Give the certain signs of a block in order: number in the block, in the rendering."""
        where = self._where[self._starts[block] : self._starts[block + 1]]
        found = {here: there for here, there in enumerate(where) if there != NOWHERE}
        return self._of_one_cell(block, found) if self._clipped else found

    def frames(self, mark: Mark) -> Iterator[tuple[int, Box]]:
        """Give page and place of each line of a mark, none unless most of it is certain."""
        line: list[Ink] = []
        for ink in self._marked(mark):
            if line and not follows(line[-1], ink):
                yield line[0].page, padded(_around(line))
                line = []
            line.append(ink)
        if line:
            yield line[0].page, padded(_around(line))

    def _marked(self, mark: Mark) -> list[Ink]:
        text = self._texts[mark.block]
        if text[mark.start : mark.end] != mark.text:
            return []
        start = len(fold(text[: mark.start]))
        numbers = range(start, start + len(fold(mark.text)))
        signs = self.signs(mark.block)
        found = [self._inks[signs[number]] for number in numbers if number in signs]
        return found if 2 * len(found) > len(numbers) else []

    def _of_one_cell(self, block: int, found: Mapping[int, int]) -> dict[int, int]:
        """Leave out what stands neither close behind the signs before nor below them."""
        text = self._texts[block]
        spaced = {len(fold(text[: match.end()])) for match in _SPACE.finditer(text)}
        kept: dict[int, int] = {}
        line: list[Ink] = []
        for here, there in found.items():
            ink = self._inks[there]
            gap = _GAP_OF_SPACE if here in spaced else _GAP
            if line and not (_is_close(line[-1], ink, gap) or _is_below(line, ink)):
                continue
            if line and not follows(line[-1], ink):
                line = []
            line.append(ink)
            kept[here] = there
        return kept


def places_of(
    marked: MarkedText, marks: Sequence[Mark], sizes: Sequence[tuple[float, float]]
) -> Mapping[int, tuple[Place, ...]]:
    """Place the marks on their pages, in the order of the pages; ``sizes`` are those of pages."""
    found: dict[int, list[Place]] = {}
    for mark in marks:
        for page, box in marked.frames(mark):
            if place := place_in(mark.number, box, sizes[page - 1]):
                found.setdefault(page, []).append(place)
    return {page: tuple(found[page]) for page in sorted(found)}


def _around(line: Sequence[Ink]) -> Box:
    box = line[0].box
    for ink in line[1:]:
        box = box.around(ink.box)
    return box


def _is_close(ink: Ink, following: Ink, gap: float) -> bool:
    height = ink.box.bottom - ink.box.top
    return follows(ink, following) and following.box.x0 - ink.box.x1 < gap * height


def _is_below(line: Sequence[Ink], ink: Ink) -> bool:
    """Tell whether a sign begins a further line of the same cell."""
    box = _around(line)
    beside = ink.box.x0 < box.x1 and box.x0 < ink.box.x1
    return ink.page == line[0].page and ink.box.top >= box.top and beside
