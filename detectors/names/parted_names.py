"""Names that two or more cells hold: surname and given name apart, or a box for each sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from detectors.names.evidence import HAN
from detectors.names.forms import announces_names
from detectors.names.names import NameRecognizer
from detectors.tables.columns import GIVEN, SURNAME
from detectors.tables.tables import headers
from detectors.text.normalise import fold
from detectors.text.vocabulary import cues, name_statistics
from review.document import Block, Document, Span
from review.finding import GIVEN_NAME, Entity, Finding

_HAN_PART, _LATIN_PART = re.compile(rf"[{HAN}]{{1,4}}"), re.compile("[A-Za-z][A-Za-z' .-]{0,24}")
_LONGEST = 4
"""Signs of a name in Han, a surname of two among them."""
_LONGEST_HEADER = 24
_LONGEST_SURNAME = 2
_SCORE = 0.9
_REASON = "表头或标签说明的姓名，分填在几格"


class PartedName(NamedTuple):
    """Hold the finding of a name in parts, and how it reads in one piece."""

    finding: Finding
    name: str


class _Part(NamedTuple):
    block: int
    column: int
    text: str
    header: str


def names_in_parts(document: Document) -> Iterator[PartedName]:
    """Find the names that headers or labels name and several cells hold together."""
    if not any(map(_may_be_part, document.blocks)):
        return
    governing = headers(document)
    above: Sequence[_Part] = ()
    for row in _rows(document, governing):
        for parts in (*_halves(row), *_halved_below(above, row), *_boxes(row)):
            yield _found(document, parts)
        above = row


def _may_be_part(block: Block) -> bool:
    """Say whether a cell holds no more than a surname or what one is called: few tables go on."""
    text = block.text
    if block.cell is None or len(text) > _LONGEST_HEADER:
        return False
    if len(text) <= _LONGEST_SURNAME:
        return text.strip() in ("姓", "姓氏") or _is_surname(text.strip())
    named = "姓" in text or "ame" in text
    return named and SURNAME.fullmatch(fold(text).strip()) is not None


def _rows(document: Document, governing: Mapping[int, str]) -> Iterator[Sequence[_Part]]:
    cells = (
        (index, block.cell, block.text)
        for index, block in enumerate(document.blocks)
        if block.cell is not None and block.text.strip()
    )
    for _, row in groupby(cells, key=lambda cell: (cell[1].table, cell[1].row)):
        yield [
            _Part(index, cell.column, fold(text).strip(), governing.get(index, ""))
            for index, cell, text in row
        ]


def _halves(row: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    """Yield the surnames of a row with the given name that comes next, either way round."""
    halves = [part for part in row if SURNAME.fullmatch(part.header) or _is_given(part)]
    while halves:
        first, *rest = halves
        if rest and _is_given(first) != _is_given(rest[0]) and _is_name((first, rest[0])):
            yield first, rest.pop(0)
        elif not _is_given(first) and _is_name((first,)) and not _is_surname(first.text):
            yield (first,)
        halves = rest


def _halved_below(above: Sequence[_Part], row: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    """Yield the given names of a form that stand below their surname."""
    surnames = {part.column: part for part in above if SURNAME.fullmatch(part.header)}
    heads = {part.header for part in row}
    for part in row:
        upper = surnames.get(part.column)
        # Below a header the next row is somebody else's.
        if upper and _is_given(part) and upper.header not in heads and _is_name((upper, part)):
            yield upper, part


def _boxes(row: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    """Yield a surname below a name's header with the cells after it that have no header."""
    for place, first in enumerate(row):
        if not announces_names(first.header) or not _is_surname(first.text):
            continue
        parts = [first]
        for part in row[place + 1 :]:
            goes_on = part.header in ("", first.header) and _HAN_PART.fullmatch(part.text)
            if not goes_on or len("".join(one.text for one in parts)) + len(part.text) > _LONGEST:
                break
            parts.append(part)
        if len(parts) > 1 and _is_name(parts):
            yield parts


def _is_surname(text: str) -> bool:
    return text in name_statistics().surname


def _is_given(part: _Part) -> bool:
    return GIVEN.fullmatch(part.header) is not None


def _is_name(parts: Sequence[_Part]) -> bool:
    texts = [part.text for part in parts]
    if any(text in cues("empty") for text in texts):
        return False
    return all(map(_HAN_PART.fullmatch, texts)) or all(map(_LATIN_PART.fullmatch, texts))


def _found(document: Document, parts: Sequence[_Part]) -> PartedName:
    """Join cells that follow each other; where something stands between, the given name is it."""
    surname, given = parts[0], parts[-1]
    if len(parts) > 1 and _is_given(surname):
        surname, given = given, surname
    name = surname.text + "".join(part.text for part in parts if part is not surname)
    apart = given.block < surname.block or any(
        document.blocks[block].text.strip()
        for block in range(surname.block + 1, given.block)
        if all(part.block != block for part in parts)
    )
    first, last = (given, given) if apart else (surname, given)
    span = Span(
        document.starts[first.block],
        document.starts[last.block] + len(document.blocks[last.block].text),
    )
    detector = GIVEN_NAME if apart else NameRecognizer.name
    return PartedName(Finding(Entity.PERSON, span, _SCORE, detector, reason=_REASON), name)
