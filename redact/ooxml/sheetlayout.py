"""The layout of a sheet as ready markup, written from known names and plain values alone."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from xml.sax.saxutils import quoteattr

from lxml import etree

from redact.notes import Notes
from redact.ooxml.numbers import is_number
from redact.ooxml.parts import S, words
from redact.ooxml.values import is_simple, rounded

_RANGE = re.compile(r"[A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?\Z")
_LAYOUT = words(
    "sheetPr tabColor pageSetUpPr sheetViews sheetView pane selection sheetFormatPr cols col "
    "mergeCells mergeCell printOptions pageMargins pageSetup rowBreaks colBreaks brk"
)
_MARGINS = ("left", "right", "top", "bottom", "header", "footer")
_REQUIRED = {"mergeCell": ("ref",), "col": ("min", "max"), "brk": ("id",)}
_DROPPED = words(
    "hidden collapsed outlineLevel outlineLevelRow outlineLevelCol zeroHeight codeName "
    "showFormulas spans count dyDescent filterMode published syncRef transitionEntry "
    "uniqueCount totalsRowCount"
)


def simple_markup(
    element: etree._Element,
    allowed: frozenset[str],
    dropped: frozenset[str] = frozenset(),
    rewrite: Callable[[str, str, str], str | None] | None = None,
) -> str:
    """Write an element anew from known names and plain attribute values alone.

    ``rewrite`` may give the value for an (element, attribute, value) that the common rule would
    refuse; None leaves it to that rule.
    """
    name = etree.QName(element).localname
    kept = ""
    for key, value in element.attrib.items():
        attribute, text = str(key), rounded(str(value))
        own = rewrite(name, attribute, text) if rewrite else None
        plain = attribute.isalnum() and attribute not in dropped and _is_plain(attribute, text)
        if own is not None or plain:
            kept += f" {attribute}={quoteattr(text if own is None else own)}"
    inner = "".join(
        simple_markup(child, allowed, dropped, rewrite)
        for child in element
        if isinstance(child.tag, str) and etree.QName(child).localname in allowed
    )
    return f"<{name}{kept}>{inner}</{name}>" if inner else f"<{name}{kept}/>"


def layout(sheet: etree._Element, name: str, notes: Notes) -> str:
    """Write one of the known layout elements of a sheet anew; empty where the sheet has none."""
    element = sheet.find(f"{{{S}}}{name}")
    if element is None:
        return ""
    if name == "cols":
        for column in list(element):
            if is_hidden(column, "width"):
                notes.add("hidden_shown")
                column.set("width", "12")
    for child in list(element):
        required = _REQUIRED.get(etree.QName(child).localname, ())
        if not all(_is_plain(n, str(child.get(n, "?!"))) for n in required):
            element.remove(child)
    if name == "pageMargins" and not all(
        is_simple(rounded(str(element.get(side, "?!")))) for side in _MARGINS
    ):
        return ""
    if len(element) == 0 and name in ("cols", "mergeCells", "rowBreaks", "colBreaks"):
        return ""
    return simple_markup(element, _LAYOUT, _DROPPED)


def row_attributes(row: etree._Element) -> str:
    """Write the height and style of a row as attributes; a hidden one gets the usual height."""
    kept = ""
    for name in ("s", "customFormat", "ht", "customHeight"):
        value = rounded(str(row.get(name, "?!")))
        if is_simple(value) and not (name in ("ht", "customHeight") and is_hidden(row, "ht")):
            kept += f' {name}="{value}"'
    return sys.intern(kept)  # a million rows are styled in a few ways


def is_hidden(element: etree._Element, size: str) -> bool:
    """Tell whether a row or column is not shown, or too narrow to be."""
    measure = str(element.get(size, "1"))
    tiny = is_number(measure) and float(measure) < 0.5
    return element.get("hidden") in ("1", "true") or tiny


def _is_plain(name: str, value: str) -> bool:
    return is_simple(value) or (name in ("ref", "sqref") and bool(_RANGE.match(value)))
