"""Comma-separated values: every filled cell a block, only edited cells written anew."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from redact.cells import sheet_cell
from redact.digest import check_digest
from redact.plain.encoding import MAX_BLOCKS, decode, too_many_blocks
from redact.plain.text import check_reread
from review.document import Block, BlockKind, Cell, Document, Location, Note
from review.errors import BrokenInputError
from review.plan import RedactionPlan, apply_edits, redacted_document

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_ROWS = 200
_SAMPLE_CHARS = 200_000


@dataclass(frozen=True, slots=True)
class _Field:
    """Hold one filled cell: where its raw characters stand and what they mean."""

    start: int
    end: int
    row: int
    column: int
    value: str
    quoted: bool


class CsvFormat:
    """Read and rewrite a table of separated values, whatever its separator and quoting."""

    name = "csv"
    suffixes: tuple[str, ...] = (".csv",)

    def read(self, data: bytes) -> Document:
        """Give one block a filled cell; raises ``InputError`` on unreadable or unpaired quotes."""
        text = decode(data).text
        return self._document(_fields(text, _delimiter(text)))

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Write the edited cells anew, quoted where needed; every other byte stays."""
        decoded = decode(data)
        delimiter = _delimiter(decoded.text)
        document = self._document(_fields(decoded.text, delimiter))
        check_digest(document.digest, plan)
        by_block = plan.edits_by_block()
        pieces: list[str] = []
        position = 0
        for index, field in enumerate(_fields(decoded.text, delimiter)):
            if edits := by_block.get(index):
                value = apply_edits(field.value, edits)
                pieces += (decoded.text[position : field.start], _quote(value, field, delimiter))
                position = field.end
        pieces.append(decoded.text[position:])
        output = decoded.encode("".join(pieces))
        expected = redacted_document(document, plan)
        filled = tuple(block for block in expected.blocks if block.text)
        check_reread(self, output, Document(self.name, filled))
        return output, ()

    def _document(self, fields: Iterator[_Field]) -> Document:
        blocks = [_block(index, field) for index, field in enumerate(islice(fields, MAX_BLOCKS))]
        if next(fields, None) is not None:
            raise too_many_blocks()
        return Document(self.name, tuple(blocks))


def _block(index: int, field: _Field) -> Block:
    location = Location("table", index, cell=sheet_cell(field.row, field.column))
    return Block(field.value, location, BlockKind.CELL, Cell(0, field.row, field.column))


def _field_pattern(delimiter: str) -> re.Pattern[str]:
    """Match one cell with its end, as spreadsheets read it: quotes count only at the beginning."""
    other = rf"[^{re.escape(delimiter)}\r\n]*+"
    return re.compile(
        rf'(?P<raw>"(?P<inner>(?:[^"]++|"")*+)(?P<close>"?)(?P<rest>{other})|{other})'
        rf"(?P<end>{re.escape(delimiter)}|\r\n|\r|\n|\Z)"
    )


def _fields(text: str, delimiter: str) -> Iterator[_Field]:
    """Walk the filled cells in order; raises ``BrokenInputError`` where a quote never closes."""
    row = column = 0
    for match in _field_pattern(delimiter).finditer(text):
        inner = match["inner"]
        if inner is not None and not match["close"]:
            raise BrokenInputError("表格里有没有配对的引号，请用表格软件重新另存为 CSV 后再提交。")
        value = match["raw"] if inner is None else inner.replace('""', '"') + match["rest"]
        if value:
            yield _Field(*match.span("raw"), row, column, value, inner is not None)
        if match["end"] == delimiter:
            column += 1
        else:
            row, column = row + 1, 0


def _delimiter(text: str) -> str:
    """Take the separator that cuts the first rows most evenly into most columns."""
    return max(_DELIMITERS, key=lambda candidate: _evenness(text[:_SAMPLE_CHARS], candidate))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    counts: Counter[int] = Counter()
    column = 1
    for match in _field_pattern(delimiter).finditer(sample):
        if match["end"] == delimiter:
            column += 1
            continue
        if column > 1 or match["raw"]:
            counts[column] += 1
        column = 1
        if counts.total() >= _SAMPLE_ROWS:
            break
    columns, rows = max(counts.items(), key=lambda item: (item[1], item[0]), default=(1, 1))
    return (rows / counts.total(), columns) if columns > 1 else (0.0, 0)


def _quote(value: str, field: _Field, delimiter: str) -> str:
    special = any(character in value for character in (delimiter, '"', "\r", "\n"))
    if not (field.quoted or special):
        return value
    escaped = value.replace('"', '""')
    return f'"{escaped}"'
