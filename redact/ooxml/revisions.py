"""Tracked changes of a text document: accept what was put in, remove what was taken out."""

from __future__ import annotations

from lxml import etree

from redact.notes import Notes
from redact.ooxml.parts import W, words
from redact.ooxml.tree import drop, unwrap

_PUT_IN = tuple(f"{{{W}}}{n}" for n in ("ins", "moveTo"))
_TAKEN_OUT = tuple(f"{{{W}}}{n}" for n in ("del", "moveFrom"))
_MARKERS = tuple(
    f"{{{W}}}{n}"
    for n in words(
        "rPrChange pPrChange sectPrChange tblPrChange tblPrExChange trPrChange tcPrChange "
        "tblGridChange numberingChange cellIns cellMerge"
    )
)
_PROPERTIES = frozenset(f"{{{W}}}{n}" for n in ("rPr", "trPr", "ctrlPr", "numPr"))
_P, _R = f"{{{W}}}p", f"{{{W}}}r"


def accept_revisions(root: etree._Element, notes: Notes) -> None:
    """Bring a part to the state after "accept all"; what was deleted is gone from the tree."""
    for mark in list(root.iter(*_MARKERS)):
        notes.add("revisions_accepted")
        drop(mark)
    for cell in list(root.iter(f"{{{W}}}cellDel")):
        notes.add("revisions_accepted")
        _drop_ancestor(cell, f"{{{W}}}tc")
    # Content first: it tells an empty paragraph from one whose mark alone was deleted.
    _settle_content(root, notes)
    _settle_marks(root, notes)
    for table in list(root.iter(f"{{{W}}}tbl")):
        if table.find(f".//{{{W}}}tr") is None:
            drop(table)


def _settle_content(root: etree._Element, notes: Notes) -> None:
    for element in list(root.iter(*_TAKEN_OUT, *_PUT_IN)):
        if _is_property(element):
            continue
        notes.add("revisions_accepted")
        if element.tag in _TAKEN_OUT:
            drop(element)
        else:
            unwrap(element)


def _settle_marks(root: etree._Element, notes: Notes) -> None:
    # From the end: of many paragraphs that become one each is moved once.
    for element in reversed(list(root.iter(*_TAKEN_OUT, *_PUT_IN))):
        parent = element.getparent()
        assert parent is not None
        notes.add("revisions_accepted")
        drop(element)
        if element.tag in _PUT_IN:
            continue
        if parent.tag == f"{{{W}}}trPr":
            _drop_ancestor(parent, f"{{{W}}}tr")
        elif (properties := parent.getparent()) is not None and properties.tag == f"{{{W}}}pPr":
            _join_with_next(properties.getparent())


def _is_property(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in _PROPERTIES


def _drop_ancestor(element: etree._Element, tag: str) -> None:
    found = next(element.iterancestors(tag), None)
    if found is not None:
        drop(found)


def _join_with_next(paragraph: etree._Element | None) -> None:
    """Merge a paragraph whose mark was deleted into the one after it, as Word does."""
    if paragraph is None:
        return
    following = paragraph.getnext()
    while following is not None and following.tag in (
        f"{{{W}}}bookmarkStart",
        f"{{{W}}}bookmarkEnd",
    ):
        following = following.getnext()
    content = [c for c in paragraph if c.tag != f"{{{W}}}pPr"]
    if following is None or following.tag != _P:
        if not content and following is not None:
            drop(paragraph)
        return
    first = next(iter(following), None)
    if first is None:
        following.extend(content)
    elif first.tag == f"{{{W}}}pPr":
        for element in reversed(content):
            first.addnext(element)
    else:
        for element in content:
            first.addprevious(element)
    drop(paragraph)
