"""Tables printed as lines of text: their cells, found by the line of headers above them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.tables.tables import is_header

_SEPARATORS = tuple(
    re.compile(pattern)
    for pattern in (r"[ ]*\t[ ]*", r"[ ]*\|[ ]*", r"[ ]*[,，][ ]*", r"[ \u3000]{2,}", r"[ \u3000]+")
)
_LINE = re.compile(r"[^\n]+")
_LONGEST_HEADER = 120
_HINT = re.compile(r"姓\s*名|户\s*主|[人员者户]")
_SENTENCE = re.compile(r"[。；;！？!?]|[:：].")
_WORDS = re.compile(r"[A-Z][A-Za-z'’-]+(?:[ \u3000]+[A-Za-z][A-Za-z'’-]*\.?)+")
_LETTER = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")

Field = tuple[int, int]


def printed_cells(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, header) of the cells of tables that are lines of text.

    A table is a line of headers and the lines below it with as many fields, parted alike: by
    tabs, bars, commas or spaces. It ends with the first line that has another number of them.
    """
    table: tuple[re.Pattern[str], list[str]] | None = None
    for line in _LINE.finditer(text):
        if head := _header(text, *line.span()):
            table = head
        elif table:
            separator, headers = table
            fields = _fields(text, *line.span(), separator)
            fields = _joined(text, fields, len(fields) - len(headers))
            if len(fields) == len(headers):
                yield from ((*field, header) for field, header in zip(fields, headers, strict=True))
            else:
                table = None


def _header(text: str, start: int, end: int) -> tuple[re.Pattern[str], list[str]] | None:
    """Read a line as headers: what parts them and their texts, None where it is no such line."""
    if end - start > _LONGEST_HEADER or not _HINT.search(text, start, end):
        return None
    if _SENTENCE.search(text, start, end):
        return None
    for separator in _SEPARATORS:
        if separator.search(text, start, end):
            fields = [text[first:last] for first, last in _fields(text, start, end, separator)]
            found = len(fields) > 1 and is_header([field for field in fields if field])
            return (separator, fields) if found else None
    return None


def _fields(text: str, start: int, end: int, separator: re.Pattern[str]) -> list[Field]:
    while start < end and text[start] in " \u3000":
        start += 1
    while start < end and text[end - 1] in " \u3000":
        end -= 1
    fields: list[Field] = []
    for gap in separator.finditer(text, start, end):
        fields.append((start, gap.start()))
        start = gap.end()
    return [*fields, (start, end)]


def _joined(text: str, fields: list[Field], surplus: int) -> list[Field]:
    """Put together names that hold spaces (尹 诺, Aynur Mamat), as many fields as are too many."""
    joined: list[Field] = []
    for start, end in fields:
        single = end - start == 1 and _LETTER.match(text, start)
        spaced = single and joined and _spaced(text, *joined[-1])
        if surplus > 0 and joined and (spaced or _foreign(text, joined[-1][0], end)):
            joined[-1] = (joined[-1][0], end)
            surplus -= 1
        else:
            joined.append((start, end))
    return joined


def _foreign(text: str, start: int, end: int) -> bool:
    """Say whether two fields are words of a name in Latin letters."""
    return _WORDS.fullmatch(text, start, end) is not None


def _spaced(text: str, start: int, end: int) -> bool:
    """Say whether a field is one letter, or letters with spaces between them."""
    return all(_LETTER.match(piece) and len(piece) == 1 for piece in text[start:end].split())
