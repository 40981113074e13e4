"""Numbers of which a mask leaves so much that the rest is soon tried out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection

_MASKED = re.compile(r"([0-9A-Za-z]{0,30}?)[*＊×■█●○□▇xX]{1,30}([0-9A-Za-z]{0,30})")
_NUMBER = re.compile(r"[0-9A-Za-z]{8,30}")
_LEAST_HIDDEN = 4
_LEAST_HIDDEN_OF_IDENTITY = 6
"""Of an identity number the last digit follows from the others (GB 11643)."""
_IDENTITY = 18


def weakly_masked(text: str, hidden: Collection[str], written: Collection[str]) -> int:
    """Count the masks in ``text`` that leave nearly all of a number of ``hidden``.

    ``written`` are masks that the policy itself would write, without white space. Linear in the
    text; each shape of a mask (so much kept before, so much behind) costs one look at the values.
    """
    remnants = _Remnants({value for value in hidden if _NUMBER.fullmatch(value)})
    return sum(
        remnants.fit(*masked.groups())
        for masked in _MASKED.finditer(text)
        if masked.group() not in written
    )


class _Remnants:
    """Know what is left of each number when all but its first and last characters are hidden."""

    def __init__(self, numbers: Collection[str]) -> None:
        self._numbers: dict[int, list[str]] = defaultdict(list)
        for number in numbers:
            self._numbers[len(number)].append(number)
        self._shapes: dict[tuple[int, int, int], frozenset[str]] = {}

    def fit(self, head: str, tail: str) -> bool:
        """Tell whether hiding a few characters of a number leaves ``head`` and ``tail``."""
        kept = len(head) + len(tail)
        return any(
            head + tail in self._left(length, len(head), len(tail))
            for length in range(kept + 1, kept + _LEAST_HIDDEN_OF_IDENTITY)
            if length == _IDENTITY or length < kept + _LEAST_HIDDEN
        )

    def _left(self, length: int, head: int, tail: int) -> frozenset[str]:
        shape = length, head, tail
        if shape not in self._shapes:
            numbers = self._numbers.get(length, ())
            self._shapes[shape] = frozenset(n[:head] + n[length - tail :] for n in numbers)
        return self._shapes[shape]
