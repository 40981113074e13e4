"""Marked lines laid out on A4 pages by GB/T 9704, for what holds pages instead of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from samples.markup import Line, lines, plain

WIDE, HIGH = 210.0, 297.0
"""Millimetres of a page."""

_LEFT, _TOP, _RIGHT, _BOTTOM = 28.0, 37.0, 184.0, 262.0
_SIZES = {"issuer": 10.6, "title": 7.8, "row": 3.7}
_SIZE = 5.6
_LEADING = 1.75
_PADDING = 1.5
_ALIGNED = {"issuer": 0.5, "title": 0.5, "number": 0.5, "sign": 1.0, "date": 1.0}
"""Share of what is left of a line that lies before its text."""
_INDENTED = frozenset({"body", "h1", "note"})
_HALF = 0.55
_WORDS = re.compile(r"[!-~]+|.")
_HANGING = frozenset("，。；：、）》”")


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold text of one line in millimetres: where it starts, the top and the size of its em."""

    text: str
    x: float
    y: float
    size: float
    style: str

    @property
    def steps(self) -> tuple[float, ...]:
        """Give how far each sign leads to the next."""
        return tuple(self.size * _ems(sign) for sign in self.text)


@dataclass(frozen=True, slots=True)
class Page:
    """Hold what stands on a page; ``rules`` are straight lines from x, y to x, y."""

    pieces: list[Piece] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)


def laid_out(content: str) -> list[Page]:
    """Lay marked content out, page by page; the rows of a table stay whole."""
    pages, y = [Page()], _TOP
    for is_row, group in groupby(lines(content), key=lambda line: line.style == "row"):
        block = list(group)
        widths = _widths(block) if is_row else ()
        for line in block:
            cells = _cells(line, widths) if is_row else [_wrapped(line, _RIGHT - _LEFT)]
            step = _LEADING * _SIZES.get(line.style, _SIZE)
            high = step * max(map(len, cells))
            if y + high > _BOTTOM:
                pages.append(Page())
                y = _TOP
            pages[-1].pieces.extend(_placed(line, cells, widths, y))
            if is_row:
                pages[-1].rules.extend(_frame(widths, y, high))
            y += high
    return pages


def _cells(line: Line, widths: Sequence[float]) -> list[list[str]]:
    pairs = zip(line.cells, widths, strict=True)
    return [_wrapped(Line("row", cell), wide - 2 * _PADDING) for cell, wide in pairs]


def _placed(
    line: Line, cells: Sequence[Sequence[str]], widths: Sequence[float], y: float
) -> Iterator[Piece]:
    size = _SIZES.get(line.style, _SIZE)
    gap = (_LEADING - 1) / 2 * size
    left = _LEFT + (_PADDING if widths else 0)
    for place, texts in enumerate(cells):
        x = left + sum(widths[:place])
        for number, text in enumerate(texts):
            spare = _ALIGNED.get(line.style, 0.0) * (_RIGHT - _LEFT - size * _width(text))
            indent = 2 * size if line.style in _INDENTED and not number else 0.0
            top = y + gap + number * _LEADING * size
            yield Piece(text, x + spare + indent, top, size, line.style)


def _frame(
    widths: Sequence[float], y: float, high: float
) -> Iterator[tuple[float, float, float, float]]:
    edges = [_LEFT + sum(widths[:n]) for n in range(len(widths) + 1)]
    yield from ((edges[0], edge, edges[-1], edge) for edge in (y, y + high))
    yield from ((edge, y, edge, y + high) for edge in edges)


def _widths(rows: Sequence[Line]) -> list[float]:
    """Give each column what its longest cell needs; the widest gives way where that is too much."""
    columns = zip(*(row.cells for row in rows), strict=True)
    widths = [
        _SIZES["row"] * max(_width(plain(cell)) for cell in column) + 2 * _PADDING + 0.1
        for column in columns
    ]
    widest = widths.index(max(widths))
    widths[widest] -= max(sum(widths) - (_RIGHT - _LEFT), 0)
    return widths


def _wrapped(line: Line, wide: float) -> list[str]:
    """Break a line between words, none of which begins with what must not begin a line."""
    most = wide / _SIZES.get(line.style, _SIZE)
    first = most - (2 if line.style in _INDENTED else 0)
    found = [""]
    for word in _WORDS.findall(plain(line.text)):
        room = first if len(found) == 1 else most
        if found[-1] and _width(found[-1] + word) > room and word not in _HANGING:
            found.append("")
        found[-1] += word
    return found


def _width(text: str) -> float:
    return sum(map(_ems, text))


def _ems(sign: str) -> float:
    """Give the width of a sign in ems; quotes and dashes are Chinese ones."""
    return 1.0 if ord(sign) >= 0x2E80 or "\u2010" <= sign <= "\u2027" else _HALF
