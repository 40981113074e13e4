"""Cut a document into passages of whole blocks, normalised, with the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from detectors.base import Passage
from detectors.tables.tables import headers
from detectors.text.normalise import Normalised, normalise
from review.document import Document, Span

_LENGTH = 16_000
_OVERLAP_BLOCKS = 20
"""Blocks looked at twice: as many as the boxes of an identity number and its label."""
_OVERLAP_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Placed:
    """Hold a passage and where it stands in the document's text."""

    passage: Passage
    normalised: Normalised
    offset: int

    def span(self, start: int, end: int) -> Span:
        """Map offsets in the passage to a span of the document's text."""
        first, last = self.normalised.original(start, end)
        return Span(self.offset + first, self.offset + last)


def whole(document: Document) -> Placed:
    """Give the whole text as one passage without its headers."""
    normalised = _normalised(document.text)
    return Placed(Passage(normalised.text), normalised, 0)


@lru_cache(maxsize=1)
def _normalised(text: str) -> Normalised:
    """Normalise a text once for all who ask about it in turn."""
    return normalise(text)


def passages(document: Document, *, length: int = _LENGTH) -> Iterator[Placed]:
    """Yield passages of about ``length`` characters, longer where one block is longer.

    Each begins with the last short blocks of the one before, so that a label and its value, or
    the halves of a broken number, stand together at least once.
    """
    governing = headers(document)
    blocks, starts = document.blocks, document.starts
    first = index = 0
    while index < len(blocks):
        begin = index
        while index < len(blocks) and (
            index == begin or starts[index] + len(blocks[index].text) - starts[first] <= length
        ):
            index += 1
        end = starts[index - 1] + len(blocks[index - 1].text)
        normalised = normalise(document.text[starts[first] : end])
        cells = tuple(
            (
                normalised.folded(starts[i] - starts[first]),
                normalised.folded(starts[i] - starts[first] + len(blocks[i].text)),
                governing[i],
            )
            for i in range(first, index)
            if i in governing
        )
        yield Placed(Passage(normalised.text, cells), normalised, starts[first])
        first = _step_back(document, first, index)


def _step_back(document: Document, first: int, index: int) -> int:
    """Find the block the next passage begins with: some short blocks before ``index``."""
    if index >= len(document.blocks):
        return index
    back = index
    while back > first + 1 and index - back < _OVERLAP_BLOCKS:
        if document.starts[index] - document.starts[back - 1] > _OVERLAP_LENGTH:
            break
        back -= 1
    return back
