"""Set lines read by machine in type: how large their characters are and where along the line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from statistics import median
from unicodedata import east_asian_width

from redact.page.glyphs import Glyph

_EM, _LEAST_EM = 0.75, 0.6
"""Usual and least size of type in a line, as shares of its height, which holds air, too."""

_ENOUGH = 2
_DIGIT = 0.55
"""Width of a digit in ems."""


def in_type(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Give characters their size, and places along the line that agree with their boxes."""
    for _, group in groupby(glyphs, key=lambda glyph: (glyph.across, glyph.size, glyph.angle)):
        line = list(group)
        size, aside = _size(line), median(map(_aside, line))
        for glyph in line:
            yield glyph._replace(size=size, start=glyph.start - aside, end=glyph.end - aside)


def _size(line: Sequence[Glyph]) -> float:
    return size_of([glyph.text for glyph in line], map(_long, line), line[0].size)


def size_of(signs: Sequence[str], lengths: Iterable[float], high: float) -> float:
    """Reckon the size of signs of these lengths in a line so ``high``.

    A Chinese character is as wide as its type is high, a digit half as wide.
    """
    measured = list(zip(signs, lengths, strict=True))
    wide = [length for sign, length in measured if east_asian_width(sign[0]) == "W"]
    digits = [length for sign, length in measured if sign.isdigit()]
    em = _EM * high
    if len(wide) >= _ENOUGH:
        em = median(wide)
    elif len(digits) >= _ENOUGH:
        em = median(digits) / _DIGIT
    return min(max(em, _LEAST_EM * high), high)


def _long(glyph: Glyph) -> float:
    return glyph.end - glyph.start


def _aside(glyph: Glyph) -> float:
    """Tell how far a place along a tilted line is from that of its box, which lies level."""
    turn = math.radians(glyph.angle)
    x, y = (glyph.box.x0 + glyph.box.x1) / 2, (glyph.box.top + glyph.box.bottom) / 2
    return (glyph.start + glyph.end) / 2 - x * math.cos(turn) - y * math.sin(turn)
