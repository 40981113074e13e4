"""Rules in a picture that cut what was written in one go, and bound no cell there.

A form has a box for every digit, a seal and a band of colour have edges as straight as rules:
cut by them, a number stands in pieces that no detector knows.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from unicodedata import east_asian_width

from redact.page.glyphs import Box, Glyph
from review import checks

_NUMBER = frozenset("0123456789Xx")
_CARD = range(15, 20)
"""Digits of a bank card, and of an identity number of the older kind."""

_ROW = 0.5
_BOXED, _BOXES, _PITCH = 2, 6, 3.0
"""Digits in a box of a form at most, boxes at least, and ems from one to the next at most."""

_SHORT = 3.0
"""Ems up to which a rule bounds no more than one row."""

_DIGIT = 0.55
_LOOSE = 1.3
"""How much wider than usual two characters may stand that belong together."""

_APART = 1.4
"""How much wider than usual two digits of one number may stand; margins of cells hold them apart.

Pieces of two numbers that wrap in cells side by side may add up to a sound one by chance.
"""

_REACH = 0.7
"""Ems above and below the middle of a row from which rules are taken."""


def without_cuts(rules: Sequence[Box], glyphs: Iterable[Glyph]) -> tuple[Box, ...]:
    """Take rules away where they cut what stands on the level page; units are those of both."""
    upright = sorted((r for r in rules if r.x0 == r.x1), key=lambda rule: rule.x0)
    taken: dict[Box, list[tuple[float, float]]] = {}
    for row in _rows(glyphs) if upright else ():
        middle, reach = row[0].across, _REACH * row[0].size
        through = [r for r in upright if r.top < middle + reach and r.bottom > middle - reach]
        for rule in set(_cutting(row, through)):
            taken.setdefault(rule, []).append((middle - reach, middle + reach))
    return tuple(piece for rule in rules for piece in _outside(rule, sorted(taken.get(rule, ()))))


def _rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Group level characters by their height, each row from left to right."""
    row: list[Glyph] = []
    for glyph in sorted((g for g in glyphs if g.angle == 0), key=lambda glyph: glyph.across):
        if row and glyph.across - row[-1].across > _ROW * min(glyph.size, row[-1].size):
            yield sorted(row, key=_centre)
            row = []
        row.append(glyph)
    if row:
        yield sorted(row, key=_centre)


def _centre(glyph: Glyph) -> float:
    return (glyph.start + glyph.end) / 2


def _cutting(row: Sequence[Glyph], rules: Sequence[Box]) -> Iterator[Box]:
    places = [rule.x0 for rule in rules]
    cuts = [
        rules[bisect(places, _centre(one)) : bisect(places, _centre(other))]
        for one, other in pairwise(row)
    ]
    yield from _between_words(row, cuts)
    for start, end in _numbers(row):
        within = cuts[start : end - 1]
        if any(within) and _is_one(row[start:end], within):
            yield from (rule for cut in within for rule in cut)
    for start, end in _boxes(row, cuts):
        yield from (rule for cut in cuts[start:end] for rule in cut)


def _between_words(row: Sequence[Glyph], cuts: Sequence[Sequence[Box]]) -> Iterator[Box]:
    """Yield short rules between characters of one line that stand as close as in a word."""
    for (one, other), cut in zip(pairwise(row), cuts, strict=True):
        if cut and other.order == one.order + 1:
            usual = (_width(one) + _width(other)) / 2 * max(one.size, other.size)
            if _centre(other) - _centre(one) < _LOOSE * usual:
                yield from (r for r in cut if r.bottom - r.top < _SHORT * one.size)


def _width(glyph: Glyph) -> float:
    return 1.0 if east_asian_width(glyph.text[0]) in "WF" else _DIGIT


def _numbers(row: Sequence[Glyph]) -> Iterator[tuple[int, int]]:
    """Yield where signs of a number stand that were read one after another."""
    start = 0
    for place in range(1, len(row) + 1):
        goes_on = (
            place < len(row)
            and row[place].text in _NUMBER
            and row[place - 1].text in _NUMBER
            and row[place].order == row[place - 1].order + 1
        )
        if not goes_on:
            yield start, place
            start = place


def _is_one(signs: Sequence[Glyph], cuts: Sequence[Sequence[Box]]) -> bool:
    """Tell whether evenly set signs are a sound number as a whole, and no piece of them is one."""
    steps = [_centre(other) - _centre(one) for one, other in pairwise(signs)]
    most = _APART * median(steps)
    if any(cut and step > most for step, cut in zip(steps, cuts, strict=True)):
        return False
    pieces = [""]
    for number, sign in enumerate(signs):
        if number and cuts[number - 1]:
            pieces.append("")
        pieces[-1] += sign.text
    return _is_sound("".join(pieces)) and not any(map(_is_sound, pieces))


def _is_sound(text: str) -> bool:
    card = text.isdigit() and len(text) in _CARD and checks.luhn(text)
    return card or checks.mobile(text) or checks.id_card(text)


def _boxes(row: Sequence[Glyph], cuts: Sequence[Sequence[Box]]) -> Iterator[tuple[int, int]]:
    """Yield the cuts of a row between boxes of a digit or two, several side by side."""
    places = [-1, *(n for n, cut in enumerate(cuts) if cut), len(row) - 1]
    inside = [
        last - first <= _BOXED and all(g.text in _NUMBER for g in row[first + 1 : last + 1])
        for first, last in pairwise(places)
    ]
    start = 0
    for end in range(len(inside) + 1):
        near = end < len(inside) and inside[end] and (end == start or _near(row, places[end]))
        if near:
            continue
        if end - start >= _BOXES:
            # The first box may hold the label, too, the last what follows.
            first = places[start] if _goes_on(row, places[start]) else places[start] + 1
            yield first, places[end] + _goes_on(row, places[end])
        start = end if end < len(inside) and inside[end] else end + 1


def _goes_on(row: Sequence[Glyph], cut: int) -> bool:
    """Tell whether a digit stands close on either side of a cut."""
    inside = 0 <= cut < len(row) - 1
    return inside and {row[cut].text, row[cut + 1].text} <= _NUMBER and _near(row, cut)


def _near(row: Sequence[Glyph], cut: int) -> bool:
    return _centre(row[cut + 1]) - _centre(row[cut]) < _PITCH * row[cut].size


def _outside(rule: Box, taken: Sequence[tuple[float, float]]) -> Iterator[Box]:
    """Yield what is left of an upright rule above, between and below the rows that it cut."""
    top = rule.top
    for begin, end in taken:
        if begin > top:
            yield rule._replace(top=top, bottom=begin)
        top = max(top, end)
    if top < rule.bottom or not taken:
        yield rule._replace(top=top)
