"""Signs that stand one under the other, as in narrow columns: read downwards, not line by line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import NamedTuple

from redact.page.glyphs import Glyph
from redact.page.lines import Run
from redact.page.paragraphs import paragraphs_of

_APART = 0.3
"""Ems that a sign stands from those beside it to be one for itself."""

_ASIDE, _ALIKE = 0.35, 1.3
"""Ems by which signs of one stack stand aside from each other, and how unlike in size they are."""

_LEAST_PITCH, _PITCH, _EVEN = 0.8, 4.0, 1.3
"""Ems from one sign down to the next, and how much further than others one may stand."""

_TIGHT, _CLOSE = 1.9, 1.25
"""Pitch of a stack beside other text at most, and that which no rows of horizontal text have."""

_LEVEL = 0.15
"""Ems by which what stands in one row of a table lies higher or lower."""

_NEARER, _COLUMN = 4.0, 2.0
"""How much farther the sign beside is than the next one below, and how many ems at least."""

_NUMBER = 7
"""Digits under each other that may be a number: fewer are figures of several rows."""

Lines = Sequence[Sequence[Run]]


class _Place(NamedTuple):
    """Hold a sign that stands for itself and what its line holds beside it.

    ``room`` is how far the next one beside it is, in points.
    """

    sign: Glyph
    level_words: bool
    words: bool
    room: float


@dataclass(slots=True)
class _Stack:
    """Hold signs under each other; ``passed`` tells that words stand beside it since the last."""

    places: list[_Place] = field(default_factory=list)
    pitch: float = 0.0
    passed: bool = False

    @property
    def last(self) -> Glyph:
        return self.places[-1].sign

    def takes(self, sign: Glyph) -> bool:
        """Tell whether a sign is the next one below."""
        em, pitch = max(self.last.size, sign.size), sign.across - self.last.across
        aside = abs(sign.start + sign.end - self.last.start - self.last.end) / 2
        if aside > _ASIDE * em or em > _ALIKE * min(self.last.size, sign.size):
            return False
        even = not self.pitch or 1 / _EVEN < pitch / self.pitch < _EVEN
        return even and _LEAST_PITCH * em <= pitch <= _PITCH * em

    def add(self, place: _Place) -> None:
        if self.places:
            self.pitch = place.sign.across - self.last.across
        self.places.append(place._replace(words=place.words or self.passed))
        self.passed = False

    @property
    def is_read_down(self) -> bool:
        """Tell writing that runs downwards from the entries of a column, row by row."""
        if len(self.places) < 2 or all(place.level_words for place in self.places):
            return False
        em, room = self.last.size, min(place.room for place in self.places)
        among_others = room < math.inf or any(place.words for place in self.places)
        if among_others and self.pitch > _TIGHT * em:
            return False
        least = self.pitch - em
        if self.pitch > _CLOSE * em:
            least = max(_COLUMN * em, _NEARER * least)
        return room > least and self._is_text()

    def _is_text(self) -> bool:
        kinds = [place.sign.text.isdecimal() for place in self.places]
        figures = [len(list(run)) for is_figure, run in groupby(kinds) if is_figure]
        return 2 * sum(figures) <= len(kinds) or max(figures) >= _NUMBER


def parted_stacks(lines: Lines) -> tuple[Lines, list[list[Run]]]:
    """Take what is read downwards out of lines, which come from the top.

    Gives what is left of the lines, and paragraphs whose runs are a sign each.
    """
    stacks = [stack for stack in _stacks(lines) if stack.is_read_down]
    if not stacks:
        return lines, []
    taken = {id(place.sign) for stack in stacks for place in stack.places}
    left = [[part for run in line for part in _without(run, taken)] for line in lines]
    return [line for line in left if line], list(_paragraphs(stacks))


def _stacks(lines: Lines) -> Iterator[_Stack]:
    open_ones: list[_Stack] = []
    for line in lines:
        loose = [run for run in line if _is_loose(run)]
        if not (loose or open_ones):
            continue
        words = [run for run in line if not _is_loose(run)]
        going_on = list[_Stack]()
        for stack in open_ones:
            middle = (stack.last.start + stack.last.end) / 2
            across = any(run.start < middle < run.end for run in words)
            far = line[0].across - stack.last.across > _PITCH * stack.last.size
            if across or far:
                yield stack
            else:
                going_on.append(stack)
        open_ones = going_on
        for place in _places(loose, words):
            stack = next((each for each in open_ones if each.takes(place.sign)), _Stack())
            if not stack.places:
                open_ones.append(stack)
            stack.add(place)
        for stack in open_ones:
            stack.passed |= bool(words)
    yield from open_ones


def _is_loose(run: Run) -> bool:
    """Tell whether every sign of a run stands for itself."""
    signs = run.painted
    return all(b.start - a.end > _APART * a.size for a, b in pairwise(signs)) and not any(
        sign.text.isascii() and sign.text.isalpha() for sign in signs
    )


def _places(loose: Sequence[Run], words: Sequence[Run]) -> Iterator[_Place]:
    signs = sorted((sign for run in loose for sign in run.painted), key=lambda sign: sign.start)
    for number, sign in enumerate(signs):
        beside = [*signs[max(number - 1, 0) : number], *signs[number + 1 : number + 2]]
        room = min((_gap(sign, other.start, other.end) for other in beside), default=math.inf)
        level = any(
            abs(run.across - sign.across) < _LEVEL * max(run.size, sign.size) for run in words
        )
        yield _Place(sign, level, bool(words), room)


def _gap(sign: Glyph, start: float, end: float) -> float:
    return max(start - sign.end, sign.start - end)


def _without(run: Run, taken: set[int]) -> Iterator[Run]:
    """Give what is left of a run, in one piece: only loose ones lose signs."""
    if any(id(sign) in taken for sign in run.painted):
        for sign in run.painted:
            if id(sign) not in taken:
                yield replace(run, glyphs=(sign,))
    else:
        yield run


def _paragraphs(stacks: Sequence[_Stack]) -> Iterator[list[Run]]:
    """Put stacks together as columns of vertical writing, from the right; each sign is a run."""
    turned = {_turned(place.sign): place.sign for stack in stacks for place in stack.places}
    columns = [Run(tuple(_turned(place.sign) for place in stack.places)) for stack in stacks]
    for paragraph in paragraphs_of(sorted(columns, key=lambda run: run.across)):
        yield [Run((turned[sign],)) for run in paragraph for sign in run.painted]


def _turned(sign: Glyph) -> Glyph:
    """Place a sign on a line that runs downwards."""
    half = sign.size / 2
    return sign._replace(
        start=sign.across - half, end=sign.across + half, across=-(sign.start + sign.end) / 2
    )
