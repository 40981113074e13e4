"""One sheet written anew: values only, edited cells as inline strings, the others shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from redact.cells import sheet_cell
from redact.ooxml.parts import R, S
from redact.ooxml.sheet import CellEntry, Row
from redact.ooxml.strings import Runs, write_runs

_BEFORE = ("sheetPr", "sheetViews", "sheetFormatPr", "cols")
_AFTER = ("mergeCells", "printOptions", "pageMargins", "pageSetup")
_LAST = ("rowBreaks", "colBreaks")
LAYOUT_ELEMENTS = (*_BEFORE, *_AFTER, *_LAST)


class SharedStrings:
    """Number the strings of the output as they are used, so that no other one remains."""

    def __init__(self) -> None:
        self._numbers: dict[Runs, int] = {}
        self._uses = 0

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def number(self, runs: Runs) -> int:
        """Give the number of a string."""
        self._uses += 1
        return self._numbers.setdefault(runs, len(self._numbers))

    def markup(self) -> str:
        """Write the part."""
        items = "".join(f"<si>{write_runs(runs)}</si>" for runs in self._numbers)
        counts = f'count="{self._uses}" uniqueCount="{len(self._numbers)}"'
        return f'<sst xmlns="{S}" {counts}>{items}</sst>'


def write_sheet(
    rows: Sequence[Row],
    layout: Mapping[str, str],
    headers: Sequence[str],
    drawn: str,
    strings: SharedStrings,
) -> bytes:
    """Write a sheet in the order that the schema asks for; ``drawn`` names what lies over it."""
    pieces = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        f'<worksheet xmlns="{S}" xmlns:r="{R}">',
        *(layout[name] for name in _BEFORE),
        "<sheetData>",
    ]
    for row in rows:
        pieces.append(f'<row r="{row.number + 1}"{row.attributes}>')
        pieces.extend(_cell(entry, strings) for entry in row.cells)
        pieces.append("</row>")
    pieces.append("</sheetData>")
    pieces.extend(layout[name] for name in _AFTER)
    if headers:
        pieces.append(_header_footer(headers))
    pieces.extend(layout[name] for name in _LAST)
    pieces.append(f"{drawn}</worksheet>")
    return "".join(pieces).encode("utf-8")


def _cell(entry: CellEntry, strings: SharedStrings) -> str:
    start = f'<c r="{sheet_cell(entry.row, entry.column)}"'
    if entry.style:
        start += f' s="{entry.style}"'
    if entry.edited is not None:
        runs = tuple((run.properties, run.text) for run in entry.edited)
        return f'{start} t="inlineStr"><is>{write_runs(runs)}</is></c>'
    if entry.shown is None:
        return f"{start}/>"
    if entry.type == "s":
        return f'{start} t="s"><v>{strings.number(entry.runs)}</v></c>'
    if entry.type == "n":
        return f"{start}><v>{entry.stored}</v></c>"
    return f'{start} t="{entry.type}"><v>{entry.stored}</v></c>'


def _header_footer(headers: Sequence[str]) -> str:
    different = ""
    if any("<even" in h for h in headers):
        different += ' differentOddEven="1"'
    if any("<first" in h for h in headers):
        different += ' differentFirst="1"'
    return f"<headerFooter{different}>{''.join(headers)}</headerFooter>"
