"""Strings of a workbook: plain or rich, decoded from and encoded to their escapes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from redact.notes import Notes
from redact.ooxml.parts import S, words
from redact.ooxml.text import without_symbols
from redact.ooxml.values import is_safe_font, is_simple, rounded

_T, _R, _RPR, _RPH = (f"{{{S}}}{n}" for n in ("t", "r", "rPr", "rPh"))
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_RUN_PROPERTIES = words(
    "b i strike u sz color rFont family charset scheme vertAlign outline shadow condense extend"
)


@dataclass(slots=True)
class TextRun:
    """Hold one run of a cell's text; ``properties`` is the ready markup of its format."""

    properties: str
    text: str

    def put(self, text: str) -> None:
        """Replace the run's text."""
        self.text = text


Runs = tuple[tuple[str, str], ...]
"""A string as (format markup, text) pairs."""


def read_runs(item: etree._Element, notes: Notes) -> Runs:
    """Read an ``si`` or ``is``; the reading beside the characters (phonetic) is dropped."""
    found: list[tuple[str, str]] = []
    for child in item:
        if child.tag == _T:
            found.append(("", decode(child.text or "")))
        elif child.tag == _R:
            text = "".join(decode(t.text or "") for t in child.iterchildren(_T))
            found.append((_properties(child.find(_RPR)), text))
        elif child.tag == _RPH:
            notes.add("ruby_dropped")
    return tuple(found)


def decode(text: str) -> str:
    """Resolve ``_x5F20_`` escapes and symbol fonts, drop control characters, which nobody sees."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return without_symbols(_CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def encode(text: str) -> str:
    """Write text for a ``t`` element, with anything that looks like an escape protected."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda m: f"_x005F{m[0]}", text)
    return escape(text)


def write_runs(runs: Sequence[tuple[str, str]]) -> str:
    """Write the inside of an ``si`` or ``is``."""
    if len(runs) == 1 and not runs[0][0]:
        return _t(runs[0][1])
    return "".join(f"<r>{properties}{_t(text)}</r>" for properties, text in runs) or _t("")


def _t(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"<t{space}>{encode(text)}</t>"


def _properties(element: etree._Element | None) -> str:
    if element is None:
        return ""
    kept: list[str] = []
    for child in element:
        name = etree.QName(child).localname
        if name not in _RUN_PROPERTIES:
            continue
        attributes = ""
        for key, value in child.items():
            text = rounded(str(value))
            fits = is_safe_font(text) if name == "rFont" else is_simple(text)
            if fits and str(key).isalpha():
                attributes += f" {key!s}={quoteattr(text)}"
        kept.append(f"<{name}{attributes}/>")
    return f"<rPr>{''.join(kept)}</rPr>" if kept else ""
