"""One part of an OpenDocument text: brought to its plain form, then listed as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from redact.containers import AttributeText, Container, Segment
from redact.notes import Notes
from redact.odf.frames import empty_fills, empty_frames
from redact.odf.hidden import HiddenStyles, Unseen, drop_hidden_blocks, drop_hidden_runs
from redact.odf.inline import drop_changes, drop_foreign, flatten_inline
from redact.odf.markup import ATTRIBUTE_TEXTS, CITATION, DESCRIPTIONS, LABEL, TEMPLATES, keep_known
from redact.odf.ods_sheets import SHEET, SHEET_NAME, read_name
from redact.odf.ods_values import ValuePiece, is_valued
from redact.odf.package import STYLE, TEXT, OdfPackage
from redact.odf.pictures import OdtPictures
from redact.odf.tables import Tables, settle_tables
from redact.odf.tree import CELLS, PARAGRAPHS, TextNode, collapse, segments
from redact.ooxml.word import is_plain_level
from review.document import BlockKind

_HEADERS = tuple(f"{{{STYLE}}}{n}" for n in ("header", "header-left", "header-first"))
_FOOTERS = tuple(f"{{{STYLE}}}{n}" for n in ("footer", "footer-left", "footer-first"))
_NOTE, _BOX = f"{{{TEXT}}}note", "{*}text-box"
_PLACEHOLDER = re.compile(r"%\d{1,2}%?")
_NUMBERINGS = frozenset((
    "1", "a", "A", "i", "I", "", "一, 二, 三, ...", "壹, 贰, 叁, ...", "壹, 貳, 參, ...",
    "甲, 乙, 丙, ...", "子, 丑, 寅, ...", "①, ②, ③, ...", "１, ２, ３, ...",
    "一, 十, 一百(a), ...",
))  # fmt: skip


@dataclass(slots=True)
class _Label:
    """Stand for the label of a note, which is kept both as text and as attribute."""

    element: etree._Element
    text: str

    def put(self, text: str) -> None:
        self.element.text = text
        self.element.set(LABEL, text)


def normalise(
    root: etree._Element,
    hidden: HiddenStyles,
    package: OdfPackage,
    pictures: OdtPictures,
    notes: Notes,
) -> Unseen:
    """Bring a part to the form that is both read and written; returns the hidden texts it loses."""
    drop_changes(root, notes)
    drop_foreign(root, notes)
    unseen = drop_hidden_blocks(root, notes)
    empty_frames(root, package, pictures, notes)
    empty_fills(root, notes)
    flatten_inline(root, notes)
    settle_tables(root, notes)
    keep_known(root, notes)
    unseen += drop_hidden_runs(root, hidden, notes)
    for paragraph in root.iter(*PARAGRAPHS):
        collapse(paragraph)
    return unseen


def list_texts(part: str, root: etree._Element, tables: Tables) -> Iterator[Container]:
    """List every text of a part in document order."""
    for element in root.iter():
        tag = element.tag
        if tag in PARAGRAPHS:
            yield _paragraph(part, element, tables)
        elif tag in DESCRIPTIONS or tag in TEMPLATES:
            piece = TextNode(element, False, element.text or "")
            yield Container(part, [piece], BlockKind.ATTRIBUTE)
        elif tag == SHEET and element.get(SHEET_NAME) is not None:
            yield Container(part, [read_name(element)], BlockKind.ATTRIBUTE)
        elif tag == CITATION and element.get(LABEL):
            label = _Label(element, str(element.get(LABEL)))
            yield Container(part, [label], BlockKind.NOTE)
        for name, value in element.items():
            if name in ATTRIBUTE_TEXTS and not _is_plain(str(name), str(value)):
                text = AttributeText(element, str(name), str(value))
                yield Container(part, [text], BlockKind.ATTRIBUTE)


def _paragraph(part: str, paragraph: etree._Element, tables: Tables) -> Container:
    kind = BlockKind.PARAGRAPH
    owner = None
    for ancestor in paragraph.iterancestors():
        if ancestor.tag in _HEADERS:
            kind = BlockKind.PAGE_HEADER
        elif ancestor.tag in _FOOTERS:
            kind = BlockKind.PAGE_FOOTER
        elif ancestor.tag == _NOTE:
            kind = BlockKind.NOTE
        elif ancestor.tag in CELLS and owner is None:
            owner = ancestor
    cell = tables.place(owner) if owner is not None else None
    label = tables.label(cell) if cell else None
    own = BlockKind.CELL if cell and kind is BlockKind.PARAGRAPH else kind
    pieces: Sequence[Segment] = segments(paragraph)
    if owner is not None and is_valued(owner):
        pieces = [ValuePiece(piece, owner) for piece in pieces]
    return Container(part, pieces, own, cell, label)


def _is_plain(name: str, value: str) -> bool:
    """Tell whether an attribute's text only numbers or holds words of its own."""
    if name == f"{{{STYLE}}}num-format":
        return value in _NUMBERINGS
    return is_plain_level(_PLACEHOLDER.sub("", value))
