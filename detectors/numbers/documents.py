"""Find certificate numbers that are told by the words beside them more than by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detectors.base import Hit, Passage
from detectors.tables.columns import digits_in, governed
from detectors.text.labels import near, values
from review.finding import Entity

_BEFORE, _AFTER = 40, 6
_LEAST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Certificate:
    """Tell a kind of certificate by ``label``, the words that name it in the same line.

    ``shape`` is a number that few others look like: it may stand anywhere beside the label.
    ``labelled`` is the label with any number right after it, as the group ``value``.
    """

    entity: Entity
    what: str
    label: re.Pattern[str]
    shape: re.Pattern[str]
    labelled: re.Pattern[str]


def certificates(passage: Passage, kind: Certificate) -> Iterator[Hit]:
    """Yield numbers of a certificate beside its label, and the cells under such a header."""
    text = passage.text
    covered: set[int] = set()
    for start, end in _beside(text, kind):
        if covered.isdisjoint(range(start, end)) and digits_in(text[start:end]) >= _LEAST_DIGITS:
            covered.update(range(start, end))
            yield Hit(kind.entity, start, end, 0.85, f"旁有{kind.what}字样")
    for start, end, _ in governed(passage, kind.entity):
        if covered.isdisjoint(range(start, end)) and digits_in(text[start:end]) >= _LEAST_DIGITS:
            yield Hit(kind.entity, start, end, 0.6, f"表头为{kind.what}")


def _beside(text: str, kind: Certificate) -> Iterator[tuple[int, int]]:
    # The label is the rarer: without it nothing can be found.
    if kind.label.search(text) is None:
        return
    for match in kind.shape.finditer(text):
        if near(kind.label, text, match.start(), match.end(), _BEFORE, _AFTER):
            yield match.span()
    yield from values(kind.labelled, text)
