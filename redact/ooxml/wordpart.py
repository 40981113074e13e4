"""One part of a text document: brought to its plain form, then listed as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from redact.cells import cell_of_texts
from redact.containers import AttributeText, Container, Segment
from redact.counts import whole_number
from redact.notes import Notes
from redact.ooxml.attached import PartAttachments, name_objects
from redact.ooxml.drawing import attribute_texts, empty_drawings, name_shapes
from redact.ooxml.fields import flatten_fields
from redact.ooxml.hidden import HiddenStyles, drop_hidden
from redact.ooxml.parts import XML, R, V, W
from redact.ooxml.revisions import accept_revisions
from redact.ooxml.text import LETTERS_OF_SYMBOLS, is_dingbats, paragraph_segments
from redact.ooxml.tree import drop, keep_known, resolve_alternates, unwrap
from redact.ooxml.word import ALLOWED, Names, clean_element, is_plain_level, rename
from review.document import BlockKind, Cell

_VAL = f"{{{W}}}val"
_SPACE = f"{{{XML}}}space"
_P, _TBL, _TR, _TC = (f"{{{W}}}{n}" for n in ("p", "tbl", "tr", "tc"))
_OVERRIDE = f"{{{W}}}bdo"
_WRAPPERS = {
    f"{{{W}}}sdt": f"{{{W}}}sdtContent",
    f"{{{W}}}smartTag": None,
    f"{{{W}}}customXml": None,
    f"{{{W}}}dir": None,
    _OVERRIDE: None,
}
_WRAPPER_PROPERTIES = tuple(
    f"{{{W}}}{n}" for n in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr")
)
_COMMENT_MARKS = tuple(f"{{{W}}}{n}" for n in ("commentReference", "commentRangeStart"))
_FOREIGN = {
    f"{{{W}}}altChunk": "content_dropped",
    f"{{{W}}}subDoc": "content_dropped",
    f"{{{W}}}contentPart": "picture_dropped",
    f"{{{W}}}control": "object_dropped",
    f"{{{W}}}movie": "object_dropped",
}
_MOST_COLUMNS = 10_000
_HOLDERS = tuple(f"{{{W}}}{n}" for n in ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote"))


def normalise(
    root: etree._Element,
    hidden: HiddenStyles,
    names: Names,
    notes: Notes,
    attached: PartAttachments | None = None,
) -> list[list[Segment]]:
    """Bring a part to the form that is both read and written; returns the hidden texts it loses."""
    if attached:
        attached.note_unshown(root)
    resolve_alternates(root, notes)
    accept_revisions(root, notes)
    _unwrap_containers(root, notes)
    unseen = drop_hidden(root, hidden, notes)
    flatten_fields(root, notes)
    _flatten_ruby(root, notes)
    _drop_foreign(root, notes)
    empty_drawings(root, notes, attached)
    _flatten_links(root, notes)
    rename(root, names)
    keep_known(root, ALLOWED, clean_element, notes)
    name_shapes(root)
    name_objects(root)
    _tidy_text(root)
    _fill_holders(root)
    return unseen


def _unwrap_containers(root: etree._Element, notes: Notes) -> None:
    for wrapper in reversed(list(root.iter(*_WRAPPERS))):
        if wrapper.tag == _OVERRIDE and wrapper.get(_VAL) == "rtl":
            notes.add("direction_changed")
        content = _WRAPPERS[wrapper.tag]
        if content is not None:
            for child in list(wrapper):
                if child.tag == content:
                    unwrap(child)
        for child in list(wrapper):
            if child.tag in _WRAPPER_PROPERTIES:
                wrapper.remove(child)
        unwrap(wrapper)


def _flatten_ruby(root: etree._Element, notes: Notes) -> None:
    """Keep what the ruby stands over; the reading beside it would give a masked name away."""
    for ruby in reversed(list(root.iter(f"{{{W}}}ruby"))):
        notes.add("ruby_dropped")
        run = ruby.getparent()
        for base in list(ruby.iterchildren(f"{{{W}}}rubyBase")):
            for inner in list(base):
                # Base runs stand inside a run; their content moves up, their own format goes.
                for child in list(inner) if inner.tag == f"{{{W}}}r" else [inner]:
                    if run is not None and child.tag != f"{{{W}}}rPr":
                        ruby.addprevious(child)
        drop(ruby)


def _drop_foreign(root: etree._Element, notes: Notes) -> None:
    for element in list(root.iter(*_FOREIGN)):
        notes.add(_FOREIGN[element.tag])
        drop(element)
    for _ in root.iter(*_COMMENT_MARKS):
        notes.add("comments_dropped")
        break
    for ground in root.iter(f"{{{W}}}background"):
        if len(ground):
            notes.add("picture_dropped")
    for row in root.iter(f"{{{W}}}trPr"):
        if row.find(f"{{{W}}}hidden") is not None:
            notes.add("hidden_shown")


def _flatten_links(root: etree._Element, notes: Notes) -> None:
    for link in reversed(list(root.iter(f"{{{W}}}hyperlink"))):
        if link.get(f"{{{R}}}id") is not None or link.get(f"{{{W}}}anchor") is None:
            notes.add("links_dropped")
            unwrap(link)


def _tidy_text(root: etree._Element) -> None:
    """Make a text element read as Word shows it: edge space only where it is preserved."""
    for element in root.iter(f"{{{W}}}t"):
        text = element.text or ""
        if any(c in text for c in "\n\r\t"):
            text = text.translate(_SPACES)
        if element.get(_SPACE) != "preserve":
            text = text.strip(" ")
        if _PRIVATE.search(text) and not _shows_pictures(element):
            text = text.translate(LETTERS_OF_SYMBOLS)
        element.text = text


def _shows_pictures(element: etree._Element) -> bool:
    fonts = element.find(f"../{{{W}}}rPr/{{{W}}}rFonts")
    return fonts is not None and any(is_dingbats(font) for font in fonts.attrib.values())


_PRIVATE = re.compile("[\uf021-\uf07e]")
_SPACES = str.maketrans("\n\r\t", "   ")


def _fill_holders(root: etree._Element) -> None:
    """Give each cell, text box and header the closing paragraph that the schema asks for."""
    for holder in root.iter(*_HOLDERS):
        if len(holder) == 0 or holder[-1].tag in (f"{{{W}}}tcPr", _TBL):
            etree.SubElement(holder, _P)


class Tables:
    """Number the tables of a document as they come."""

    def __init__(self) -> None:
        self._numbers: dict[etree._Element, int] = {}
        self._places: dict[etree._Element, Cell] = {}

    def place(self, paragraph: etree._Element) -> Cell | None:
        """Find the innermost table cell around a paragraph; None outside tables.

        Column numbers count the grid: a cell that spans two columns takes two.
        """
        for ancestor in paragraph.iterancestors(_TC, f"{{{W}}}txbxContent"):
            return self._cell(ancestor) if ancestor.tag == _TC else None
        return None

    def _cell(self, cell: etree._Element) -> Cell | None:
        if cell not in self._places:
            table = next(cell.iterancestors(_TBL), None)
            if table is None:
                return None
            self._number(table)
        return self._places.get(cell)

    def _number(self, table: etree._Element) -> None:
        number = self._numbers.setdefault(table, len(self._numbers))
        for row_number, row in enumerate(table.iterchildren(_TR)):
            column = _count(row.find(f"{{{W}}}trPr/{{{W}}}gridBefore"), 0)
            for cell in row.iterchildren(_TC):
                self._places[cell] = Cell(number, row_number, column)
                column += _count(cell.find(f"{{{W}}}tcPr/{{{W}}}gridSpan"), 1)


def list_texts(
    part: str, root: etree._Element, kind: BlockKind, tables: Tables
) -> Iterator[Container]:
    """List every text of a part in document order: paragraphs, then alt texts where they stand.

    A dropped initial is a paragraph of its own in the file; people read it with the one it begins.
    """
    initial: list[Segment] = []
    for element in root.iter(*_LISTED):
        if element.tag == _P:
            if _is_initial(element):
                initial += paragraph_segments(element)
                continue
            cell = tables.place(element)
            label = cell_of_texts(cell) if cell else None
            own = BlockKind.CELL if cell and kind is BlockKind.PARAGRAPH else kind
            yield Container(part, [*initial, *paragraph_segments(element)], own, cell, label)
            initial = []
        elif element.tag in _TABLE_TEXTS:
            text = AttributeText(element, _VAL, str(element.get(_VAL, "")))
            yield Container(part, [text], BlockKind.ATTRIBUTE)
        else:
            for text in attribute_texts(element):
                yield Container(part, [text], BlockKind.ATTRIBUTE)


def _is_initial(paragraph: etree._Element) -> bool:
    """Tell a paragraph that is the dropped initial of the one that follows it."""
    frame = paragraph.find(f"{{{W}}}pPr/{{{W}}}framePr")
    capital = frame is not None and frame.get(f"{{{W}}}dropCap") in ("drop", "margin")
    following = paragraph.getnext()
    return capital and following is not None and following.tag == _P


_TABLE_TEXTS = (f"{{{W}}}tblCaption", f"{{{W}}}tblDescription")
_LISTED = (_P, *_TABLE_TEXTS, "{*}docPr", "{*}cNvPr", f"{{{V}}}*")


def numbering_texts(part: str, root: etree._Element) -> Iterator[Container]:
    """List the numbering texts that hold words of their own."""
    for level in root.iter(f"{{{W}}}lvlText"):
        text = str(level.get(_VAL, ""))
        if not is_plain_level(text):
            yield Container(part, [AttributeText(level, _VAL, text)], BlockKind.ATTRIBUTE)


def _count(element: etree._Element | None, default: int) -> int:
    value = whole_number(element.get(_VAL), 5) if element is not None else None
    return default if value is None else min(value, _MOST_COLUMNS)
