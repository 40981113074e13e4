"""Mixed content: what reads as characters, how it is written, how elements go without their text.

In OpenDocument text stands between elements, so taking an element out must leave its tail behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from redact.containers import Segment
from redact.counts import whole_number
from redact.odf.package import TABLE, TEXT
from redact.ooxml.text import without_symbols

SPAN = f"{{{TEXT}}}span"
PARAGRAPHS = (f"{{{TEXT}}}p", f"{{{TEXT}}}h")
CELLS = (f"{{{TABLE}}}table-cell", f"{{{TABLE}}}covered-table-cell")
INLINE = frozenset(
    f"{{{TEXT}}}{n}" for n in ("span", "a", "page-number", "page-count", "sheet-name")
)
"""Elements within a paragraph whose text is the paragraph's own."""

_S, _TAB, _BREAK, _COUNT = (f"{{{TEXT}}}{n}" for n in ("s", "tab", "line-break", "c"))
_SPECIAL = re.compile(r"\A +| +\Z| {2,}|\t|\n")
_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1_000


@dataclass(slots=True)
class TextNode:
    """Stand for the characters at the start of an element, or behind it (``tail``)."""

    element: etree._Element
    tail: bool
    text: str

    def put(self, text: str) -> None:
        """Write text; spaces that would be lost, tabs and line ends become elements."""
        self.text = text
        head, pieces = _pieces(text)
        if self.tail:
            self.element.tail = head
        else:
            self.element.text = head
        parent = self.element.getparent() if self.tail else self.element
        assert parent is not None
        position = parent.index(self.element) + 1 if self.tail else 0
        for number, piece in enumerate(pieces):
            parent.insert(position + number, piece)


@dataclass(slots=True)
class Mark:
    """Stand for an element that reads as characters: spaces, a tab, a line break."""

    element: etree._Element
    text: str

    def put(self, text: str) -> None:
        """Write text in the element's place; its tail belongs to another piece and stays."""
        for name in list(self.element.attrib):
            del self.element.attrib[name]
        self.element.tag = SPAN
        TextNode(self.element, False, "").put(text)


def drop(element: etree._Element) -> None:
    """Remove an element with all it holds; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    element.tail = None
    parent.remove(element)


def to_span(element: etree._Element) -> None:
    """Make an element a plain stretch of text: its content stays, what it was goes."""
    for name in list(element.attrib):
        del element.attrib[name]
    element.tag = SPAN


def has_text(element: etree._Element) -> bool:
    """Tell whether there is any text under an element, its own tail not counted."""
    return any(piece.strip() for piece in element.itertext() if isinstance(piece, str))


def segments(paragraph: etree._Element) -> list[Segment]:
    """Collect the pieces of a paragraph in reading order; notes and frames in it stay out."""
    found: list[Segment] = []
    for element, tail in _walk(paragraph):
        if tail:
            found.append(TextNode(element, True, element.tail or ""))
        elif (mark := _mark(element)) is not None:
            found.append(Mark(element, mark))
        elif element is paragraph or element.tag in INLINE:
            found.append(TextNode(element, False, element.text or ""))
    return [s for s in found if s.text]


def collapse(paragraph: etree._Element) -> None:
    """Make white space in a paragraph what readers show: one space, none at the start."""
    after_space = True
    for segment in segments(paragraph):
        if isinstance(segment, Mark):
            after_space = False
            continue
        assert isinstance(segment, TextNode)
        text = without_symbols(_SPACES.sub(" ", segment.text))
        if after_space:
            text = text.removeprefix(" ")
        if segment.tail:
            segment.element.tail = text
        else:
            segment.element.text = text
        after_space = text.endswith(" ") if text else after_space


def _walk(paragraph: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Yield (element, False) where it starts and (element, True) where its tail stands."""
    pending: list[tuple[etree._Element, bool]] = [(paragraph, False)]
    while pending:
        element, tail = pending.pop()
        yield element, tail
        if tail:
            continue
        if element is not paragraph:
            pending.append((element, True))
        if element is paragraph or element.tag in INLINE:
            pending.extend((child, False) for child in reversed(element))


def _mark(element: etree._Element) -> str | None:
    if element.tag == _TAB:
        return "\t"
    if element.tag == _BREAK:
        return "\n"
    if element.tag != _S:
        return None
    count = whole_number(element.get(_COUNT), 4)
    return " " * (1 if count is None else min(count, _MOST_SPACES))


def _pieces(text: str) -> tuple[str, list[etree._Element]]:
    """Split text into what may stand as it is and the elements that hold the rest."""
    head, position = "", 0
    made: list[etree._Element] = []
    for match in _SPECIAL.finditer(text):
        plain = text[position : match.start()]
        if made:
            made[-1].tail = plain
        else:
            head = plain
        tag = {"\t": _TAB, "\n": _BREAK}.get(match[0], _S)
        element = etree.Element(tag)
        if tag == _S and len(match[0]) > 1:
            element.set(_COUNT, str(len(match[0])))
        made.append(element)
        position = match.end()
    if not made:
        return text, []
    made[-1].tail = text[position:]
    return head, made
