"""What stands in a line beside plain text: fields, links, ruby, notes, marks of all kinds."""

from __future__ import annotations

from lxml import etree

from redact.notes import Notes
from redact.odf.package import FIELD, LOEXT, OFFICE, TEXT
from redact.odf.tree import INLINE, PARAGRAPHS, drop, to_span
from redact.ooxml.parts import words

_PARAGRAPH_PARTS = INLINE | frozenset(
    f"{{{TEXT}}}{n}" for n in words("s tab line-break note bookmark bookmark-start bookmark-end")
)
_RUBY, _READING = f"{{{TEXT}}}ruby", f"{{{TEXT}}}ruby-text"
_CHANGE_MARKS = tuple(f"{{{TEXT}}}{n}" for n in ("change", "change-start", "change-end"))
_PLAIN = words("span meta ruby-base")
_SILENT = tuple(
    f"{{{TEXT}}}{n}"
    for n in words("""
        soft-page-break number sequence-decls variable-decls user-field-decls dde-connection-decls
        alphabetical-index-auto-mark-file toc-mark toc-mark-start toc-mark-end user-index-mark
        user-index-mark-start user-index-mark-end alphabetical-index-mark
        alphabetical-index-mark-start alphabetical-index-mark-end reference-mark
        reference-mark-start reference-mark-end""")
)
"""What goes without a word: no reader sees it, the text between two marks stays."""
_COMMENTS = (f"{{{OFFICE}}}annotation", f"{{{OFFICE}}}annotation-end")
_FOREIGN = {
    f"{{{OFFICE}}}forms": "object_dropped",
    f"{{{OFFICE}}}scripts": "macro_dropped",
    f"{{{OFFICE}}}event-listeners": "macro_dropped",
    f"{{{TEXT}}}script": "macro_dropped",
    f"{{{TEXT}}}section-source": "links_dropped",
}
_LABELS = f"{{{TEXT}}}label"
_CITATION = f"{{{TEXT}}}note-citation"
_START, _SEPARATOR = f"{{{FIELD}}}fieldmark-start", f"{{{FIELD}}}fieldmark-separator"
_INDEXES = tuple(
    f"{{{TEXT}}}{n}"
    for n in words("""
        illustration-index table-index object-index user-index alphabetical-index bibliography""")
)


def drop_changes(root: etree._Element, notes: Notes) -> None:
    """Bring a part to the state after "accept all": deleted text stands apart and goes."""
    for changes in list(root.iter("{*}tracked-changes")):
        if len(changes):
            notes.add("revisions_accepted")
        drop(changes)
    for mark in list(root.iter(*_CHANGE_MARKS)):
        drop(mark)


def drop_foreign(root: etree._Element, notes: Notes) -> None:
    """Drop comments, forms, scripts, linked sources and marks for indexes and references."""
    for comment in list(root.iter(*_COMMENTS)):
        notes.add("comments_dropped")
        drop(comment)
    for element in list(root.iter(*_FOREIGN)):
        if len(element) or element.text or element.tag == f"{{{TEXT}}}section-source":
            notes.add(_FOREIGN[element.tag])
        drop(element)
    for element in list(root.iter(*_SILENT)):
        drop(element)


def flatten_inline(root: etree._Element, notes: Notes) -> None:
    """Make every field but page numbers its last result, and every wrapper a plain span."""
    for reading in list(root.iter(_READING)):
        notes.add("ruby_dropped")
        drop(reading)
    for citation in root.iter(_CITATION):
        # The number is made anew by whoever opens the file; a label is the author's own text.
        citation.text = str(citation.get(_LABELS, "")) or None
        for child in list(citation):
            citation.remove(child)
    for paragraph in list(root.iter(*PARAGRAPHS)):
        _drop_codes(paragraph)
        _flatten(paragraph, notes)
    for index in list(root.iter(*_INDEXES)):
        _flatten_index(index, notes)


def _flatten(holder: etree._Element, notes: Notes) -> None:
    pending = [holder]
    while pending:
        for child in list(pending.pop()):
            if not isinstance(child.tag, str):
                continue
            if child.tag not in _PARAGRAPH_PARTS and _is_inline(child):
                if etree.QName(child).localname not in _PLAIN and child.tag != _RUBY:
                    notes.add("fields_flattened")
                to_span(child)
            if child.tag in INLINE:
                pending.append(child)


def _is_inline(element: etree._Element) -> bool:
    name = etree.QName(element)
    if name.namespace == LOEXT:
        return name.localname == "content-control"
    return name.namespace == TEXT


def _drop_codes(paragraph: etree._Element) -> None:
    """Drop what stands between the start of a foreign field and its separator: code, no text."""
    separated = _separated(paragraph)
    inside = 0
    for child in list(paragraph):
        if child in separated:
            inside += 1
        elif child.tag == _SEPARATOR and inside:
            inside -= 1
        elif inside:
            child.tail = None
            paragraph.remove(child)
            continue
        if inside:
            child.tail = None


def _separated(paragraph: etree._Element) -> set[etree._Element]:
    """List the starts of fields that a separator of their own follows."""
    starts: list[etree._Element] = []
    found: set[etree._Element] = set()
    for mark in paragraph.iterchildren(_START, _SEPARATOR):
        if mark.tag == _START:
            starts.append(mark)
        elif starts:
            found.add(starts.pop())
    return found


def _flatten_index(index: etree._Element, notes: Notes) -> None:
    """Put the text of an index that cannot be made anew in its place."""
    notes.add("fields_flattened")
    for body in index.iterchildren(f"{{{TEXT}}}index-body"):
        for child in list(body):
            for inner in list(child) if child.tag == f"{{{TEXT}}}index-title" else [child]:
                index.addprevious(inner)
    drop(index)
