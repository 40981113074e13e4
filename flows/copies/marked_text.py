"""Cut a text where marks begin and end, so that every stretch bears the same marks throughout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

from review.document import Span


class Marked(Protocol):
    """Mark the characters under ``span``."""

    @property
    def span(self) -> Span: ...


Mark = TypeVar("Mark", bound=Marked)


def stretches(length: int, marks: Sequence[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    """Yield (start, end, marks over it) from 0 to ``length``, without gaps, in order."""
    borders = {0, length}.union(*((mark.span.start, mark.span.end) for mark in marks))
    coming = sorted(marks, key=lambda mark: mark.span, reverse=True)
    over: list[Mark] = []
    for start, end in pairwise(sorted(borders)):
        over = [mark for mark in over if mark.span.end > start]
        while coming and coming[-1].span.start <= start:
            over.append(coming.pop())
        yield start, end, over
