"""Which cell of a page's ruled tables each glyph belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from redact.page.block import Table
from redact.page.glyphs import Box, Glyph

_BAND = 16
"""Points of the stripes of a page, so that a glyph is compared with the cells beside it only."""

_TOUCH = 0.3
"""Ems between the signs of a word at most."""

Owned = dict[tuple[int, int], list[Glyph]]
_Place = tuple[int, tuple[int, int]] | None


def share_out(
    glyphs: Sequence[Glyph], tables: Sequence[Table], strings: Sequence[int] = ()
) -> tuple[list[Owned], list[Glyph]]:
    """Give each glyph to the cell that holds its centre, or to none.

    A word painted in one go belongs whole to the cell that holds most of it: numbers too long for
    their column run over its borders. ``strings`` are the first glyphs, by their order, of what
    is painted so.
    """
    owned: list[Owned] = [defaultdict(list) for _ in tables]
    if not tables:
        return owned, list(glyphs)
    places = _places(glyphs, tables)
    for start, end in _words_over_borders(glyphs, places, strings):
        (most, _), *_ = Counter(places[start:end]).most_common(1)
        places[start:end] = [most] * (end - start)
    free: list[Glyph] = []
    for glyph, place in zip(glyphs, places, strict=True):
        (free if place is None else owned[place[0]][place[1]]).append(glyph)
    return owned, free


def _places(glyphs: Sequence[Glyph], tables: Sequence[Table]) -> list[_Place]:
    bands: dict[int, list[tuple[int, tuple[int, int], Box]]] = defaultdict(list)
    for number, table in enumerate(tables):
        for place, box in table.cells.items():
            for band in range(_band(box.top), _band(box.bottom) + 1):
                bands[band].append((number, place, box))
    found: list[_Place] = []
    for glyph in glyphs:
        near = bands.get(_band((glyph.box.top + glyph.box.bottom) / 2), ())
        found.append(next(((n, p) for n, p, box in near if box.holds_centre(glyph.box)), None))
    return found


def _band(height: float) -> int:
    return int(height // _BAND)


def _words_over_borders(
    glyphs: Sequence[Glyph], places: Sequence[_Place], strings: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield from where to where words reach that stand in several cells."""
    done = 0
    for number in range(1, len(glyphs) if strings else 0):
        if places[number] == places[number - 1] or number < done:
            continue
        start = end = number
        while start > 0 and _is_one(glyphs[start - 1], glyphs[start], strings):
            start -= 1
        while end < len(glyphs) and _is_one(glyphs[end - 1], glyphs[end], strings):
            end += 1
        done = end
        if start < number < end:
            yield start, end


def _is_one(left: Glyph, right: Glyph, strings: Sequence[int]) -> bool:
    """Tell whether a sign goes on with the word of the one painted before it."""
    if right.order != left.order + 1 or left.blank or right.blank or left.angle or right.angle:
        return False
    level = abs(right.across - left.across) < _TOUCH * left.size
    near = abs(right.start - left.end) < _TOUCH * left.size
    return level and near and _string(strings, left) == _string(strings, right)


def _string(strings: Sequence[int], glyph: Glyph) -> int:
    return bisect_right(strings, glyph.order)
