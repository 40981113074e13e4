"""Find certificate numbers that are told by the words beside them more than by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.columns import digits_in, governed
from detectors.labels import near
from review.finding import Entity

_REACH = 40
_LEAST_DIGITS = 4


def certificates(
    passage: Passage, entity: Entity, shape: re.Pattern[str], label: re.Pattern[str], what: str
) -> Iterator[Hit]:
    """Yield numbers of a shape with the label in their line, and the cells under such a header."""
    text = passage.text
    covered: set[int] = set()
    # The label is the rarer: without it and without a header nothing can be found.
    if label.search(text):
        for match in shape.finditer(text):
            if near(label, text, match.start(), match.end(), _REACH, 0):
                covered.update(range(*match.span()))
                yield Hit(entity, *match.span(), 0.85, f"旁有{what}字样")
    for start, end, _ in governed(passage, entity):
        if covered.isdisjoint(range(start, end)) and digits_in(text[start:end]) >= _LEAST_DIGITS:
            yield Hit(entity, start, end, 0.6, f"表头为{what}")
