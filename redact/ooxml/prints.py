"""What of a sheet is printed, and which rows and columns head every page: the names that say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from lxml import etree

from redact.counts import whole_number
from redact.ooxml.parts import S

_NAMES = ("_xlnm.Print_Area", "_xlnm.Print_Titles")
_PLACE = r"(?:\$?[A-Z]{1,3}\$?\d{1,7}|\$?[A-Z]{1,3}|\$?\d{1,7})"
_ITEM = re.compile(rf"(?:'(?:[^']|'')+'|[^'!,]+)!({_PLACE}(?::{_PLACE})?)(?:,|\Z)")
_LONGEST = 2_000

Prints = Mapping[str, tuple[str, ...]]
"""The places that each of the two names stands for, without the sheet."""


def read_prints(book: etree._Element) -> tuple[dict[int, dict[str, tuple[str, ...]]], bool]:
    """Read the names by number of sheet, and tell whether the workbook has others, which go."""
    found: dict[int, dict[str, tuple[str, ...]]] = {}
    others = False
    for entry in book.iterfind(f"{{{S}}}definedNames/{{{S}}}definedName"):
        name, sheet = str(entry.get("name", "")), whole_number(entry.get("localSheetId"), 4)
        places = _places((entry.text or "").strip()) if name in _NAMES else ()
        if places and sheet is not None:
            found.setdefault(sheet, {})[name] = places
        else:
            others = True
    return found, others


def write_prints(sheets: Iterable[tuple[str, Prints]]) -> str:
    """Write the names of sheets, given by what each is called now."""
    written = ""
    for number, (name, prints) in enumerate(sheets):
        quoted = escape("'" + name.replace("'", "''") + "'")
        for kind, places in prints.items():
            text = ",".join(f"{quoted}!{place}" for place in places)
            written += f'<definedName name="{kind}" localSheetId="{number}">{text}</definedName>'
    return f"<definedNames>{written}</definedNames>" if written else ""


def _places(text: str) -> tuple[str, ...]:
    """Read a list of places; empty where any of it is something else, a formula say."""
    found: list[str] = []
    position = 0
    while position < len(text) <= _LONGEST:
        match = _ITEM.match(text, position)
        if match is None:
            return ()
        found.append(match[1])
        position = match.end()
    return tuple(found)
