"""Sheets of OpenDocument: nothing stays hidden, rules go, formats of numbers stay when harmless."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree

from redact.notes import Notes
from redact.odf.ods_values import settle_values
from redact.odf.package import NUMBER, OFFICE, STYLE, TABLE, TEXT
from redact.odf.tree import drop
from redact.ooxml.book import SHEET_NAME_READ, sheet_name
from redact.ooxml.parts import words

SHEET, SHEET_NAME = f"{{{TABLE}}}table", f"{{{TABLE}}}name"
_PRINTED = tuple(f"{{{TEXT}}}{n}" for n in words("title file-name sheet-name date time"))
_RULES = tuple(
    f"{{{TABLE}}}{n}"
    for n in words("""
        content-validations named-expressions database-ranges data-pilot-tables label-ranges
        consolidation scenario detective""")
)
_SOURCES = tuple(
    f"{{{TABLE}}}{n}" for n in ("table-source", "cell-range-source", "dde-links", "dde-source")
)
_CACHED = re.compile("'.*'#")
"""What the name of a sheet begins with that is none: cells of another file, kept for formulas."""
_SIZED = tuple(f"{{{STYLE}}}table-{n}-properties" for n in ("column", "row"))
_SIZES = (f"{{{STYLE}}}column-width", f"{{{STYLE}}}row-height")
_SIZE = re.compile(r"(\d*\.?\d+)(?:cm|mm|in|pt|pc|px)\Z")
_TINY = 0.05
_CONDITION = re.compile(r"value\(\) ?(?:[<>]=?|!?=) ?-?\d{1,9}(?:\.\d{1,9})?\Z")
_FORMAT = f"{{{STYLE}}}data-style-name"
_MAP, _CONDITIONED = f"{{{STYLE}}}map", f"{{{STYLE}}}condition"
_LITERAL = re.compile(
    r"(?:[年月日时時分秒元万亿人户个第号期次份件项页整名季度亩吨岁天周届批斤克米台套辆倍层栋间条级"
    r" ¥￥$€£.,:;/\-–%()+!]{0,4}|公里|公斤|公顷|千克|平方米|立方米|平方公里)\Z"
)
_MONEY = re.compile(r"[¥￥$€£]?(?:[A-Z]{3})?\Z")
_LITERALS = {
    f"{{{NUMBER}}}text": _LITERAL,
    f"{{{NUMBER}}}embedded-text": _LITERAL,
    f"{{{NUMBER}}}currency-symbol": _MONEY,
}
_SHOWING = frozenset(
    f"{{{NUMBER}}}{n}"
    for n in words("""
        number scientific-number fraction text-content boolean year month day hours minutes seconds
        am-pm day-of-week quarter week-of-year era""")
)
_UNKNOWN = re.compile(r"(?:\?+|[0?]{1,4}(?:[/.\-:, ]{1,2}[0?]{1,4}){1,6})\Z")
"""What programs write for a name, a day or a time that only the printed page will know."""


@dataclass(slots=True)
class SheetName:
    """Stand for the name of a sheet."""

    table: etree._Element
    text: str

    def put(self, text: str) -> None:
        """Rename the sheet; ``name_sheets`` sees to it that the name is one."""
        self.text = text
        self.table.set(SHEET_NAME, text)


def prepare_sheets(root: etree._Element, roots: Collection[etree._Element], notes: Notes) -> None:
    """Bring a part of a spreadsheet, one of ``roots``, to the form that the common steps know."""
    for element in list(root.iter(*_RULES, "{*}conditional-formats", "{*}sparkline-groups")):
        if len(element):
            notes.add("rules_dropped")
        drop(element)
    cached = [t for t in root.iter(SHEET) if _CACHED.match(str(t.get(SHEET_NAME, "")))]
    for element in (*cached, *root.iter(*_SOURCES)):
        notes.add("links_dropped")
        drop(element)
    for field in list(root.iter(*_PRINTED)):
        if _UNKNOWN.match((field.text or "").strip()):
            field.text = None  # the name of the sheet is put in anew on each page
    _show(root, notes)
    _settle_formats(root, roots, notes)
    settle_values(root, notes)


def read_name(table: etree._Element) -> SheetName:
    """Read the name of a sheet as people see it."""
    return SheetName(table, str(table.get(SHEET_NAME, "")).translate(SHEET_NAME_READ))


def name_sheets(root: etree._Element) -> None:
    """Write the names of the sheets as they may be, no two alike."""
    taken: set[str] = set()
    for number, table in enumerate(root.iter(SHEET), 1):
        table.set(SHEET_NAME, sheet_name(str(table.get(SHEET_NAME, "")), number, taken))


def _show(root: etree._Element, notes: Notes) -> None:
    for properties in root.iter(f"{{{STYLE}}}table-properties"):
        if properties.get(f"{{{TABLE}}}display") == "false":
            notes.add("hidden_shown")
    for element in root.iter(*_SIZED):
        for name in _SIZES:
            size = _SIZE.match(str(element.get(name, "1cm")))
            if size is None or float(size[1]) < _TINY:
                notes.add("hidden_shown")
                del element.attrib[name]


def _settle_formats(root: etree._Element, roots: Collection[etree._Element], notes: Notes) -> None:
    """Drop formats that hide a number or say something beside it, and conditions on cells."""
    for rule in list(root.iter(_MAP)):
        parent = rule.getparent()
        assert parent is not None
        if str(parent.tag).startswith(f"{{{STYLE}}}"):
            notes.add("rules_dropped")
            drop(rule)
        elif not _CONDITION.match(str(rule.get(_CONDITIONED, ""))):
            drop(rule)
    # The styles of one part use the formats of the other.
    used = {str(style.get(_FORMAT)) for each in roots for style in each.iter(f"{{{STYLE}}}style")}
    for holder in root.iter(f"{{{OFFICE}}}styles", f"{{{OFFICE}}}automatic-styles"):
        for style in list(holder.iterchildren(f"{{{NUMBER}}}*")):
            if not _is_harmless(style):
                if style.get(f"{{{STYLE}}}name") in used:
                    notes.add("format_dropped")
                drop(style)


def _is_harmless(style: etree._Element) -> bool:
    shows = any(child.tag in _SHOWING or child.tag == _MAP for child in style)
    return shows and all(
        pattern.match(child.text or "")
        for tag, pattern in _LITERALS.items()
        for child in style.iter(tag)
    )
