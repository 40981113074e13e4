"""Numbers of which a mask leaves so much that the rest is soon tried out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator

_MASKED = re.compile(r"([0-9A-Za-z]{0,30}?)[*＊×■█●○□▇xX]{1,30}([0-9A-Za-z]{0,30})")
_NUMBER = re.compile(r"[0-9A-Za-z]{8,30}")
_LEAST_HIDDEN = 4
_LEAST_HIDDEN_OF_IDENTITY = 6
"""Of an identity number the last digit follows from the others (GB 11643)."""
_IDENTITY = 18
_TELLING = 6
"""Signs by which a mask tells which number it is of."""


def weakly_masked(text: str, hidden: Collection[str], written: Collection[str]) -> int:
    """Count the masks in ``text`` that leave nearly all of a number of ``hidden``.

    ``written`` are masks that the policy itself would write, without white space; two masks of one
    number count by what they show together, whoever wrote them. Linear in the text; each shape of
    a mask (so much kept before, so much behind) costs one look at the values.
    """
    remnants = _Remnants({value.upper() for value in hidden if _NUMBER.fullmatch(value)})
    weak = 0
    shown: dict[str, set[int]] = defaultdict(set)
    shapes: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for masked in _MASKED.finditer(text.upper()):
        head, tail = masked.groups()
        if remnants.whole(masked.group()):
            continue
        for number in remnants.told(head, tail):
            shown[number] |= {*range(len(head)), *range(len(number) - len(tail), len(number))}
            shapes[number].add((len(head), len(tail)))
        weak += masked.group() not in written and remnants.fit(head, tail)
    joined = (n for n, told in shapes.items() if len(told) > 1)
    return weak + sum(len(n) - len(shown[n]) < _least(len(n)) for n in joined)


def _least(length: int) -> int:
    return _LEAST_HIDDEN_OF_IDENTITY if length == _IDENTITY else _LEAST_HIDDEN


class _Remnants:
    """Know what is left of each number when all but its first and last characters are hidden."""

    def __init__(self, numbers: Collection[str]) -> None:
        self._whole = frozenset(numbers)
        self._numbers: dict[int, list[str]] = defaultdict(list)
        for number in numbers:
            self._numbers[len(number)].append(number)
        self._shapes: dict[tuple[int, int, int], dict[str, list[str]]] = {}

    def whole(self, text: str) -> bool:
        """Tell whether what looks like a mask is a number in full: its last sign may be an X."""
        return text in self._whole

    def fit(self, head: str, tail: str) -> bool:
        """Tell whether hiding a few characters of a number leaves ``head`` and ``tail``."""
        kept = len(head) + len(tail)
        return any(
            head + tail in self._left(length, len(head), len(tail))
            for length in range(kept + 1, kept + _LEAST_HIDDEN_OF_IDENTITY)
            if kept + _least(length) > length
        )

    def told(self, head: str, tail: str) -> Iterator[str]:
        """Yield the numbers that alone of their length a mask with enough left can mean."""
        kept = len(head) + len(tail)
        if kept < _TELLING:
            return
        for length in self._numbers:
            if length > kept:
                numbers = self._left(length, len(head), len(tail)).get(head + tail, ())
                if len(numbers) == 1:
                    yield numbers[0]

    def _left(self, length: int, head: int, tail: int) -> dict[str, list[str]]:
        shape = length, head, tail
        if shape not in self._shapes:
            found: dict[str, list[str]] = defaultdict(list)
            for number in self._numbers.get(length, ()):
                found[number[:head] + number[length - tail :]].append(number)
            self._shapes[shape] = found
        return self._shapes[shape]
