"""Where the text of a draft stands on its rendered pages: certain places only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from redact.alignment import NOWHERE, aligned
from redact.pdf_edit import padded
from redact.pdf_glyphs import Box
from redact.pdf_raster import fold
from redact.pictures import Mark, Place, place_in
from redact.rendering import Ink, follows, text_of


class MarkedText:
    """Know for each sign of a draft's blocks which sign of its rendering it is."""

    def __init__(self, texts: Sequence[str], inks: Sequence[Ink]) -> None:
        self._texts, self._inks = texts, inks
        folded = [fold(text) for text in texts]
        self._starts = [0, *accumulate(map(len, folded))]
        self._where = aligned("".join(folded), text_of(inks), self._starts)

    def signs(self, block: int) -> list[int]:
        """Give the signs of the rendering that show a block, as far as they are certain."""
        return self._between(self._starts[block], self._starts[block + 1])

    def marked(self, mark: Mark) -> list[int]:
        """Give the signs of the rendering that show a mark, none unless it is most of them."""
        text = self._texts[mark.block]
        if text[mark.start : mark.end] != mark.text:
            return []
        start = self._starts[mark.block] + len(fold(text[: mark.start]))
        end = start + len(fold(mark.text))
        found = self._between(start, end)
        return found if 2 * len(found) > end - start else []

    def _between(self, start: int, end: int) -> list[int]:
        return [there for there in self._where[start:end] if there != NOWHERE]

    def frames(self, mark: Mark) -> Iterator[tuple[int, Box]]:
        """Give the pages and places of a mark, one a line that it touches."""
        box: Box | None = None
        last: Ink | None = None
        for sign in self.marked(mark):
            ink = self._inks[sign]
            if box is not None and last is not None and follows(last, ink):
                box = box.around(ink.box)
            else:
                if box is not None and last is not None:
                    yield last.page, padded(box)
                box = ink.box
            last = ink
        if box is not None and last is not None:
            yield last.page, padded(box)


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
