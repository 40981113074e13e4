"""Which lines of two texts belong together, also where tens of thousands differ.

Lines that stand once on either side anchor the rest (patience alignment); what lies between two
anchors is paired line by line where both sides are as long, and aligned where it is short.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_MOST_ALIGNED = 250_000
"""Two stretches whose lengths multiply to more are told as one piece."""


def hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[slice, slice]]:
    """Yield the stretches that differ, in order; n log n in the number of lines."""
    left = right = 0
    for at, there in (*_anchors(old, new), (len(old), len(new))):
        yield from _between(old, new, slice(left, at), slice(right, there))
        left, right = at + 1, there + 1


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """List the longest run of lines that stand once on both sides, in the same order."""
    once = {line for line, n in Counter(old).items() if n == 1}
    once &= {line for line, n in Counter(new).items() if n == 1}
    place = {line: at for at, line in enumerate(new) if line in once}
    pairs = [(at, place[line]) for at, line in enumerate(old) if line in once]
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, there) in enumerate(pairs):
        length = bisect_left(ends, there)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [there]
        last[length : length + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _between(
    old: Sequence[str], new: Sequence[str], left: slice, right: slice
) -> Iterator[tuple[slice, slice]]:
    a, b, c, d = left.start, left.stop, right.start, right.stop
    while a < b and c < d and old[a] == new[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
    if b - a == d - c:
        pairs = ((a + n, c + n) for n in range(b - a))
        yield from ((slice(i, i + 1), slice(j, j + 1)) for i, j in pairs if old[i] != new[j])
    elif (b - a) * (d - c) > _MOST_ALIGNED:
        yield slice(a, b), slice(c, d)
    else:
        for kind, w, x, y, z in SequenceMatcher(None, old[a:b], new[c:d]).get_opcodes():
            if kind == "equal":
                continue
            if x - w == z - y:
                found = ((a + w + n, c + y + n) for n in range(x - w))
                yield from ((slice(i, i + 1), slice(j, j + 1)) for i, j in found)
            else:
                yield slice(a + w, a + x), slice(c + y, c + z)
