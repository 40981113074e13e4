"""Text containers: the pieces of markup that make up one block, and edits written back to them."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

from lxml import etree

from redact.ooxml import XML, A, M, W
from review.document import BLOCK_SEPARATOR, Block, BlockKind, Cell, Document, Location, Note
from review.errors import UnsafeOutputError
from review.plan import Edit, RedactionPlan

_SPACE = f"{{{XML}}}space"
_TEXT_TAGS = frozenset({f"{{{W}}}t", f"{{{M}}}t", f"{{{A}}}t"})
_W_T = f"{{{W}}}t"
_CHARACTERS = {
    f"{{{W}}}tab": "\t",
    f"{{{W}}}ptab": "\t",
    f"{{{W}}}br": "\n",
    f"{{{W}}}cr": "\n",
    f"{{{W}}}noBreakHyphen": "-",
    f"{{{W}}}softHyphen": "\u00ad",
    f"{{{A}}}br": "\n",
}
_SYMBOL = f"{{{W}}}sym"
_DINGBATS = ("wingdings", "webdings", "zapfdingbats", "marlett", "opensymbol")
LETTERS_OF_SYMBOLS = {0xF000 + code: chr(code) for code in range(0x21, 0x7F)}
"""What symbol fonts show for the private code points that Word stores their characters under."""
_APART = frozenset(f"{{{W}}}{name}" for name in ("p", "txbxContent", "pPr", "rPr")) | {
    f"{{{A}}}p",
    f"{{{A}}}pPr",
    f"{{{A}}}rPr",
}


class Segment(Protocol):
    """Hold one piece of a block's text and write what becomes of it."""

    text: str

    def put(self, text: str) -> None:
        """Replace the piece in the markup."""
        ...


@dataclass(slots=True)
class ElementText:
    """Stand for the text of a ``t`` element."""

    element: etree._Element
    text: str

    def put(self, text: str) -> None:
        self.element.text = text
        if self.element.tag == _W_T and text != text.strip():
            self.element.set(_SPACE, "preserve")


@dataclass(slots=True)
class ElementMark:
    """Stand for an element that reads as one character: a tab, a line break, a symbol."""

    element: etree._Element
    text: str

    def put(self, text: str) -> None:
        parent = self.element.getparent()
        assert parent is not None
        if not text:
            parent.remove(self.element)
        elif self.element.tag.startswith(f"{{{A}}}"):
            run = etree.Element(f"{{{A}}}r")
            etree.SubElement(run, f"{{{A}}}t").text = text
            parent.replace(self.element, run)
        else:
            written = etree.Element(_W_T)
            ElementText(written, "").put(text)
            parent.replace(self.element, written)


@dataclass(slots=True)
class AttributeText:
    """Stand for an attribute that people or programs read as text, such as an alt text."""

    element: etree._Element
    attribute: str
    text: str

    def put(self, text: str) -> None:
        self.element.set(self.attribute, text)


@dataclass(slots=True)
class Container:
    """Hold one block-to-be: its pieces in reading order and where it stands."""

    part: str
    segments: Sequence[Segment]
    kind: BlockKind = BlockKind.PARAGRAPH
    cell: Cell | None = None
    label: str | None = None

    @property
    def text(self) -> str:
        """Join the pieces."""
        return "".join(s.text for s in self.segments)

    def block(self, index: int) -> Block:
        """Give the block that detectors see."""
        return Block(self.text, Location(self.part, index, cell=self.label), self.kind, self.cell)


class TextPlace(Protocol):
    """Stand for one block-to-be of any kind of file."""

    @property
    def text(self) -> str:
        """Give the text as read."""
        ...

    @property
    def segments(self) -> Sequence[Segment]:
        """Give the pieces to edit."""
        ...

    def block(self, index: int) -> Block:
        """Give the block that detectors see."""
        ...


def to_document(format: str, containers: Iterable[TextPlace], notes: Sequence[Note]) -> Document:
    """Number the containers as blocks of a document."""
    blocks = tuple(c.block(index) for index, c in enumerate(containers))
    return Document(format, blocks, tuple(notes))


def check_plan(containers: Iterable[TextPlace], plan: RedactionPlan) -> None:
    """Raise ``UnsafeOutputError`` unless the plan was made on this very text.

    The digest is that of ``Document``, without the cost of building one block for every cell.
    """
    text = BLOCK_SEPARATOR.join(c.text for c in containers)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if digest != plan.document_digest:
        raise UnsafeOutputError("文件内容与审查时不一致，不能按原方案处理，请重新提交审查。")


def write_edits(container: TextPlace, edits: Sequence[Edit]) -> None:
    """Write the edits of one block into its pieces; the first piece's format stays.

    ``edits`` are in order and do not overlap. Linear in pieces and edits together.
    """
    text = container.text
    starts = [0, *accumulate(len(s.text) for s in container.segments)]
    written: list[list[str]] = [[] for _ in container.segments]

    def owner(position: int) -> int:
        return min(bisect_right(starts, position), len(written)) - 1

    def keep(start: int, end: int) -> None:
        index = owner(start)
        while start < end:
            stop = min(end, starts[index + 1])
            written[index].append(text[start:stop])
            start = stop
            index += 1

    position = 0
    for edit in edits:
        keep(position, edit.start)
        written[owner(edit.start)].append(edit.replacement)
        position = edit.end
    keep(position, len(text))
    for segment, pieces in zip(container.segments, written, strict=True):
        if (piece := "".join(pieces)) != segment.text:
            segment.put(piece)


def drop_unlisted(root: etree._Element, containers: Iterable[Container]) -> bool:
    """Drop text elements that no block holds (text outside paragraphs); tell whether any did."""
    listed = {s.element for c in containers for s in c.segments if isinstance(s, ElementText)}
    found = False
    for element in list(root.iter(*_TEXT_TAGS)):
        parent = element.getparent()
        if element not in listed and parent is not None:
            found = found or bool(element.text)
            parent.remove(element)
    return found


def paragraph_segments(paragraph: etree._Element) -> list[Segment]:
    """Collect the pieces of a ``w:p`` or ``a:p`` in reading order; nested text boxes stay out."""
    found: list[Segment] = []
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        tag = element.tag
        if tag in _TEXT_TAGS:
            found.append(ElementText(element, element.text or ""))
        elif tag in _CHARACTERS:
            found.append(ElementMark(element, _CHARACTERS[tag]))
        elif tag == _SYMBOL:
            found.append(ElementMark(element, _symbol(element)))
        elif tag not in _APART:
            pending.extend(reversed(element))
    return found


def is_dingbats(font: object) -> bool:
    """Tell whether a font shows pictures where others show letters and digits."""
    return "".join(str(font or "").split()).casefold().startswith(_DINGBATS)


def _symbol(element: etree._Element) -> str:
    try:
        code = int(str(element.get(f"{{{W}}}char", "")), 16)
        if code in LETTERS_OF_SYMBOLS and not is_dingbats(element.get(f"{{{W}}}font")):
            return LETTERS_OF_SYMBOLS[code]
        return "\ufffc" if 0xD800 <= code < 0xE000 or code < 0x20 else chr(code)
    except (ValueError, OverflowError):
        return "\ufffc"
