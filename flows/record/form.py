"""The printed form of a review record (审查表): what it says, before any file format.

The writers lay it out as A4; each knows only these types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NARROW, _LINE, _MOST_LINES = 200, 34, 30
"""Characters that half a row can take, that one line of a whole row holds, and lines of a row."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold one labelled field; ``signed`` stands below its text at the right margin."""

    label: str
    text: str
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Hold rows of one or two cells under a heading; ``small`` is for digests."""

    heading: str
    rows: tuple[tuple[Cell, ...], ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class RecordForm:
    """Hold a whole form; ``at`` is the date that the files bear, so that they never differ."""

    title: str
    case: str
    at: datetime
    sections: tuple[Section, ...]


def printable(form: RecordForm) -> RecordForm:
    """Make a form fit for paper: no control characters, no row longer than a page.

    What is longer goes on in rows of its own, so that no writer has to break one.
    """
    return replace(form, sections=tuple(map(_printable, form.sections)))


def _printable(section: Section) -> Section:
    clean = [tuple(map(_clean, row)) for row in section.rows]
    return replace(section, rows=tuple(piece for row in clean for piece in _fitting(row)))


def _clean(cell: Cell) -> Cell:
    text, signed = (_UNPRINTABLE.sub(" ", each) for each in (cell.text, cell.signed))
    return replace(cell, text=text, signed=signed)


def _fitting(row: tuple[Cell, ...]) -> Iterator[tuple[Cell, ...]]:
    """Give a row as it is, or one for each of its cells, or several for a long one."""
    if len(row) > 1:
        narrow = all(len(cell.text) <= _NARROW for cell in row)
        yield from [row] if narrow else (piece for cell in row for piece in _fitting((cell,)))
        return
    (cell,) = row
    *before, last = _pieces(cell.text)
    for number, text in enumerate(before):
        yield (Cell(_continued(cell.label, number), text),)
    yield (Cell(_continued(cell.label, len(before)), last, cell.signed),)


def _continued(label: str, number: int) -> str:
    return f"{label}\n（续）" if number else label


def _pieces(text: str) -> Iterator[str]:
    """Cut text into pieces that fill less than a page each, between lines where it has any."""
    held: list[str] = []
    filled = 0
    for line in _lines(text):
        height = 1 + len(line) // _LINE
        if held and filled + height > _MOST_LINES:
            yield "\n".join(held)
            held, filled = [], 0
        held.append(line)
        filled += height
    yield "\n".join(held)


def _lines(text: str) -> Iterator[str]:
    most = _LINE * (_MOST_LINES - 1)
    for line in text.split("\n"):
        yield from (line[start : start + most] for start in range(0, len(line) or 1, most))
