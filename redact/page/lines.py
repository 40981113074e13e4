"""From glyphs to runs: unbroken pieces of one line, with spaces where the eye sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice, pairwise
from operator import attrgetter

from redact.page.glyphs import Glyph
from redact.page.spread import SPACE, with_spread

SPLIT_GAP = 2.0
"""Gap in ems from which two pieces of a line no longer belong together."""

_SPACE_GAP = 0.35
_LATIN_SPACE_GAP = 0.2
_TOUCH_GAP = 0.08
_SAME_PLACE = 0.25
_EVEN = 0.1
_SMALLER, _RAISED = 0.9, 0.05

_OVERLAP = 0.5
_ON, _ALIKE = 0.3, 1.5
"""How much of its width stands on another sign, and how much larger one of the two may be."""

_START, _END, _SIZE = attrgetter("start"), attrgetter("end"), attrgetter("size")

_Painted = tuple[int, Glyph]
"""A glyph with its number in the order of painting."""


@dataclass(frozen=True)
class Run:
    """Hold glyphs of one line in reading order; None among them is a space.

    ``alone`` tells that nothing else stands on the same line.
    """

    glyphs: tuple[Glyph | None, ...]
    alone: bool = True

    @cached_property
    def text(self) -> str:
        return "".join(" " if glyph is None else glyph.text for glyph in self.glyphs)

    @cached_property
    def painted(self) -> list[Glyph]:
        return [glyph for glyph in self.glyphs if glyph is not None]

    @cached_property
    def start(self) -> float:
        least: float = min(map(_START, self.painted))
        return least

    @cached_property
    def end(self) -> float:
        most: float = max(map(_END, self.painted))
        return most

    @cached_property
    def across(self) -> float:
        return self.painted[0].across

    @cached_property
    def size(self) -> float:
        most: float = max(map(_SIZE, self.painted))
        return most


def runs_of(glyphs: Iterable[Glyph]) -> Iterator[Run]:
    """Cut glyphs of one direction into runs, line by line from the top."""
    return chain.from_iterable(lines_of(glyphs))


def lines_of(glyphs: Iterable[Glyph]) -> Iterator[list[Run]]:
    """Cut glyphs as ``runs_of`` does, and give the runs of each line together; blanks are none."""
    for line in _lines(list(glyphs)):
        pieces = [piece for layer in _layers(line) for piece in _whole_pieces(layer)]
        if pieces:
            yield [Run(tuple(piece), alone=len(pieces) == 1) for piece in pieces]


def _lines(glyphs: Sequence[Glyph]) -> Iterator[list[_Painted]]:
    line: list[_Painted] = []
    across = [glyph.across for glyph in glyphs]
    above, last = None, 0.0
    for order in sorted(range(len(glyphs)), key=across.__getitem__):
        glyph, here = glyphs[order], across[order]
        if above is not None and here > last and here - last > 0.5 * min(glyph.size, above.size):
            yield line
            line = []
        line.append((order, glyph))
        above, last = glyph, here
    if line:
        yield line


def _layers(line: list[_Painted]) -> Iterator[list[Glyph]]:
    """Take apart texts that are painted over each other: mixed up, a number would be missed.

    What is painted in one go is one layer, even where a font declares its glyphs too wide.
    """
    ordered = sorted(line, key=lambda p: p[1].start)
    orders = [order for order, _ in ordered]
    if orders == list(range(orders[0], orders[0] + len(orders))):
        yield [glyph for _, glyph in ordered]
        return
    flow = _Flow(line)
    layers: list[list[_Painted]] = []
    ending: dict[int, list[_Painted]] = {}
    for painted in ordered:
        # What goes on is nearest of all: only the first glyph of a text looks at every layer.
        layer = ending.pop(painted[0] - 1, None)
        if layer is None:
            layer = _layer_for(painted, layers, flow)
        if not layer:
            layers.append(layer)
        elif not flow.goes_on(layer[-1][0]):
            ending.pop(layer[-1][0], None)
        layer.append(painted)
        ending[painted[0]] = layer
    for layer in layers:
        yield [glyph for _, glyph in layer]


class _Flow:
    """Know of the glyphs of a line which are painted in one go, right behind each other."""

    def __init__(self, line: Iterable[_Painted]) -> None:
        self._texts: dict[int, list[Glyph]] = {}
        self._begun: dict[int, int] = {}
        last: _Painted | None = None
        for order, glyph in sorted(line):
            follows = last is not None and last[0] == order - 1 and _adjoins(last[1], glyph)
            begun = self._begun[order] = self._begun[order - 1] if follows else order
            self._texts.setdefault(begun, []).append(glyph)
            last = order, glyph
        self._loose = set(self._drifting())

    def _drifting(self) -> Iterator[int]:
        """Number the texts painted over themselves in another size: no sign lies on its like."""
        alike: dict[str, int] = {}
        for begun, glyphs in self._texts.items():
            other = alike.setdefault("".join(glyph.text for glyph in glyphs), begun)
            copy = self._texts[other]
            near = _painted_twice(glyphs[0], copy[0])
            if near and not _painted_twice(glyphs[-1], copy[-1]):
                yield from (begun, other)

    def goes_on(self, order: int) -> bool:
        """Tell whether the next glyph stands right behind this one: nothing comes between."""
        begun = self._begun[order]
        return self._begun.get(order + 1) == begun and begun not in self._loose

    def are_copies(self, one: _Painted, other: _Painted) -> bool:
        """Tell whether a text is painted over itself from here on."""
        if not self._loose.isdisjoint((self._begun[one[0]], self._begun[other[0]])):
            return one[1].text == other[1].text and _painted_twice(one[1], other[1])
        pairs = zip(self._rest(one[0]), self._rest(other[0]), strict=False)
        return all(a.text == b.text and _painted_twice(a, b) for a, b in pairs)

    def _rest(self, order: int) -> Iterator[Glyph]:
        begun = self._begun[order]
        return islice(self._texts[begun], order - begun, None)


def _adjoins(glyph: Glyph, behind: Glyph) -> bool:
    width = min(glyph.end - glyph.start, behind.end - behind.start)
    near = abs(behind.start - glyph.end) < _OVERLAP * width
    return near and not (glyph.blank or behind.blank)


def _layer_for(painted: _Painted, layers: Sequence[list[_Painted]], flow: _Flow) -> list[_Painted]:
    """Find the nearest layer that has room for a glyph; a new one where none has."""
    free = [layer for layer in layers if not _collides(layer[-1], painted, flow)]
    if len(free) < 2:
        return free[0] if free else []
    return min(free, key=lambda layer: _distance(layer[-1], painted))


def _collides(last: _Painted, painted: _Painted, flow: _Flow) -> bool:
    (earlier, left), (later, right) = last, painted
    if later == earlier + 1 or left.blank or right.blank:
        return False
    if flow.are_copies(last, painted):
        return False
    width = min(left.end - left.start, right.end - right.start)
    return flow.goes_on(earlier) or left.end - right.start > _OVERLAP * width


def _distance(last: _Painted, painted: _Painted) -> tuple[bool, int, int]:
    (earlier, left), (later, right) = last, painted
    apart = round(abs(right.across - left.across) / max(right.size, left.size) * 10)
    return later != earlier + 1, apart, abs(later - earlier)


def _whole_pieces(line: list[Glyph]) -> Iterable[list[Glyph | None]]:
    pieces = [piece for piece in _pieces(line) if piece]
    return with_spread(pieces) if len(pieces) > 1 else pieces


def _pieces(line: list[Glyph]) -> Iterator[list[Glyph | None]]:
    piece: list[Glyph | None] = []
    wide: list[tuple[int, float]] = []
    last: Glyph | None = None
    blank = False
    for glyph in line:
        if glyph.text.isspace():
            blank = True
            continue
        if last is not None:
            if glyph.text == last.text and _painted_twice(last, glyph):
                continue
            if (apart := glyph.start - last.end) > 0:
                gap = apart / max(last.size, glyph.size)
                if gap > SPLIT_GAP:
                    yield _untracked(piece, wide)
                    piece, wide = [], []
                elif gap > _least_gap(last, glyph, blank):
                    if not (blank or (last.text.isascii() and glyph.text.isascii())):
                        wide.append((len(piece), gap))
                    piece.append(SPACE)
            if glyph.size < _SMALLER * last.size and piece[-1:] == [last] and _is_mark(last, glyph):
                piece.append(SPACE)
        piece.append(glyph)
        last, blank = glyph, False
    yield _untracked(piece, wide)


def _is_mark(last: Glyph, glyph: Glyph) -> bool:
    """Know the mark of a note behind a number: taken for a digit of it, it would hide it."""
    raised = last.across - glyph.across > _RAISED * last.size
    return raised and last.text.isdecimal() and glyph.text.isalnum()


def _untracked(piece: list[Glyph | None], wide: Sequence[tuple[int, float]]) -> list[Glyph | None]:
    """Take out the spaces of a line that is only set wide, to fill its column: 周 桂 英 is 周桂英.

    ``wide`` are the places of those that no blank paints, and their width.
    """
    even = {
        place
        for one, other in pairwise(wide)
        if other[0] - one[0] == 2 and abs(other[1] - one[1]) < _EVEN * one[1]
        for place in (one[0], other[0])
    }
    return [glyph for place, glyph in enumerate(piece) if place not in even] if even else piece


def overprinted(glyphs: Iterable[Glyph]) -> int:
    """Count the letters and digits of about one size that stand on others: one text on another."""
    return sum(
        other.start < one.end and _is_on(one, other)
        for line in _lines([glyph for glyph in glyphs if glyph.text.isalnum()])
        for one, other in pairwise(sorted((g for _, g in line), key=attrgetter("angle", "start")))
    )


def _is_on(one: Glyph, other: Glyph) -> bool:
    width = min(one.end - one.start, other.end - other.start)
    apart = one.end - other.start <= _ON * width or one.angle != other.angle
    alike = one.text == other.text or max(one.size, other.size) > _ALIKE * min(one.size, other.size)
    return not (apart or alike)


def _painted_twice(last: Glyph, glyph: Glyph) -> bool:
    """Know the trick of painting a glyph twice, slightly apart, to make it bold."""
    width = min(last.end - last.start, glyph.end - glyph.start)
    return abs(glyph.start - last.start) < _SAME_PLACE * max(width, 0.1)


def _least_gap(last: Glyph, glyph: Glyph, blank: bool) -> float:
    if blank:
        return _TOUCH_GAP
    latin = last.text.isascii() and glyph.text.isascii()
    return _LATIN_SPACE_GAP if latin else _SPACE_GAP
