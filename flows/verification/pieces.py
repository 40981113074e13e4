"""What went from a text and what came in its place, piece by piece, lines aligned."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from review.document import BlockKind, Document

_ASIDE = frozenset({BlockKind.ATTRIBUTE, BlockKind.DROPPED, BlockKind.PICTURE})
_DIGITS = "0123456789.,"
_NUMBER = re.compile(r"[0-9][0-9.,]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold what went and what came in one place: the block, and the offset in the old lines."""

    gone: str
    came: str
    block: int
    start: int

    @property
    def is_number(self) -> bool:
        """Tell whether one plain number stands in the place of another."""
        return bool(_NUMBER.fullmatch(self.gone) and _NUMBER.fullmatch(self.came))


@dataclass(slots=True)
class Work:
    """Bound the time of a comparison: aligning costs what equal signs there are to pair."""

    left: int

    def affords(self, old: str, new: str) -> bool:
        """Take the work of aligning two texts from what is left; tell whether it sufficed."""
        counts = Counter(new)
        self.left -= sum(number * counts[sign] for sign, number in Counter(old).items())
        return self.left >= 0


def lines_of(document: Document, *, running_first: bool = False) -> list[tuple[str, int]]:
    """List the lines that a document shows, white space left out, each with its block.

    With ``running_first`` headers and footers lead, each text once: a pdf repeats on every page
    what a text processor keeps behind the text.
    """
    shown = [(i, b) for i, b in enumerate(document.blocks) if b.kind not in _ASIDE]
    lines = [(text, i) for i, b in shown if (text := folded(b.text))]
    if not running_first:
        return lines
    apart = [(t, i) for t, i in lines if document.blocks[i].kind.is_running]
    body = [(t, i) for t, i in lines if not document.blocks[i].kind.is_running]
    return [*{text: (text, i) for text, i in reversed(apart)}.values()][::-1] + body


def folded(text: str) -> str:
    """Leave out white space."""
    return "".join(text.split())


def pieces(
    old: Sequence[tuple[str, int]], new: Sequence[tuple[str, int]], work: Work
) -> Iterator[Piece]:
    """Yield what went and what came within one stretch."""
    left, right = "".join(t for t, _ in old), "".join(t for t, _ in new)
    lines = old or new
    if not work.affords(left, right):
        yield Piece(left, right, lines[0][1], 0)
        return
    borders = [list(accumulate(len(text) for text, _ in side)) for side in (old, new)]
    ends = borders[0] or borders[1]
    for a, b, c, d in _edits(left, right, (set(borders[0]), set(borders[1]))):
        line = min(bisect_right(ends, a if old else c), len(lines) - 1)
        yield Piece(left[a:b], right[c:d], lines[line][1], a)


_Edit = tuple[int, int, int, int]
"""Start and end in the old text, start and end in the new one."""


def _edits(left: str, right: str, borders: tuple[set[int], set[int]]) -> Iterator[_Edit]:
    """Yield what differs; of a number that is another number now, the whole of both.

    Signs that both happen to share would else make a changed sum look like a stray digit, which
    any hidden number explains. ``borders`` are the ends of lines, over which no number reaches.
    """
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    groups: list[tuple[_Edit, list[_Edit]]] = []
    for kind, *place in matcher.get_opcodes():
        if kind == "equal":
            continue
        a, b, c, d = place
        wide = (*_number_at(left, a, b, borders[0]), *_number_at(right, c, d, borders[1]))
        if groups and wide[0] < groups[-1][0][1] and wide[2] < groups[-1][0][3]:
            (a0, _, c0, _), inner = groups.pop()
            groups.append(((a0, wide[1], c0, wide[3]), [*inner, (a, b, c, d)]))
        else:
            groups.append((wide, [(a, b, c, d)]))
    for wide, inner in groups:
        a, b, c, d = wide
        numbers = _NUMBER.fullmatch(left[a:b]) and _NUMBER.fullmatch(right[c:d])
        yield from [wide] if numbers else inner


def _number_at(text: str, start: int, end: int, borders: set[int]) -> tuple[int, int]:
    """Widen a stretch over the digits that touch it."""
    while start and start not in borders and text[start - 1] in _DIGITS:
        start -= 1
    while end < len(text) and end not in borders and text[end] in _DIGITS:
        end += 1
    return start, end
