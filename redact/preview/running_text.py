"""Texts that stand on several rendered pages: headers, footers, what a slide has of its master."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from redact.preview.pictures import Mark, Place
from redact.preview.rendered_marks import MarkedText, places_of
from redact.preview.rendering import Ink


class RunningText:
    """Look for the same ``blocks`` of a draft on each page by itself; they may stand on any.

    Nothing is looked for where no mark stands in one of them. Linear in blocks and signs.
    """

    def __init__(
        self,
        texts: Sequence[str],
        blocks: Sequence[int],
        inks: Sequence[Ink],
        marks: Sequence[Mark],
        *,
        clipped: bool,
    ) -> None:
        numbers = {block: number for number, block in enumerate(blocks)}
        self._marks = [
            mark._replace(block=numbers[mark.block]) for mark in marks if mark.block in numbers
        ]
        self._pages: list[tuple[int, MarkedText]] = []
        held = [texts[block] for block in blocks]
        start = 0
        for _, group in groupby(inks, key=lambda ink: ink.page) if self._marks else ():
            page = list(group)
            self._pages.append((start, MarkedText(held, page, clipped=clipped)))
            start += len(page)

    def places(self, sizes: Sequence[tuple[float, float]]) -> Mapping[int, tuple[Place, ...]]:
        """Place the marks on every page that shows them."""
        found: dict[int, tuple[Place, ...]] = {}
        for _, page in self._pages:
            found.update(places_of(page, self._marks, sizes))
        return found

    def edited(self) -> Iterator[int]:
        """Give the signs of the blocks in which something else will stand."""
        blocks = {mark.block for mark in self._marks if mark.edited}
        for start, page in self._pages:
            for block in blocks:
                yield from (start + sign for sign in page.signs(block).values())
