"""The drawing layer of a sheet: shapes with text stay, pictures and charts go."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from redact.containers import Container
from redact.notes import Notes
from redact.ooxml import XDR, A, words
from redact.ooxml_drawing import attribute_texts, empty_fills, name_shapes
from redact.ooxml_text import paragraph_segments
from redact.ooxml_tree import Allowed, drop, keep_known, resolve_alternates
from redact.ooxml_values import clean_attributes
from redact.ooxml_word import ALLOWED as WORD_ALLOWED
from review.document import BlockKind

_ALLOWED: Allowed = {
    A: WORD_ALLOWED[A],
    XDR: words(
        "wsDr twoCellAnchor oneCellAnchor absoluteAnchor from to col colOff row rowOff pos ext sp "
        "nvSpPr cNvPr cNvSpPr spPr style txBody grpSp nvGrpSpPr cNvGrpSpPr grpSpPr cxnSp nvCxnSpPr "
        "cNvCxnSpPr clientData"
    ),
}
_ANCHORS = tuple(f"{{{XDR}}}{n}" for n in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"))
_OBJECTS = (*(f"{{{XDR}}}{n}" for n in ("sp", "grpSp", "cxnSp")),)
_CNV = f"{{{XDR}}}cNvPr"
_KEPT = {_CNV: frozenset({"name", "descr", "title"})}


def normalise_drawing(root: etree._Element, notes: Notes) -> None:
    """Bring a drawing part to the form that is both read and written."""
    resolve_alternates(root)
    for properties in list(root.iter(_CNV)):
        holder = properties.getparent()
        shape = holder.getparent() if holder is not None else None
        if properties.get("hidden") in ("1", "true") and shape is not None:
            notes.add("hidden_dropped")
            drop(shape)
    for picture in list(root.iter(f"{{{XDR}}}pic")):
        notes.add("picture_dropped")
        drop(picture)
    for frame in list(root.iter(f"{{{XDR}}}graphicFrame", f"{{{XDR}}}contentPart")):
        notes.add("chart_dropped")
        drop(frame)
    empty_fills(root, notes)
    keep_known(root, _ALLOWED, _clean, notes)
    for anchor in list(root.iter(*_ANCHORS)):
        if not any(child.tag in _OBJECTS for child in anchor):
            drop(anchor)
    name_shapes(root, (_CNV,))


def drawing_containers(part: str, root: etree._Element) -> Iterator[Container]:
    """List the texts of a drawing: paragraphs of text boxes and alternative texts."""
    for element in root.iter(f"{{{A}}}p", _CNV):
        if element.tag == _CNV:
            for text in attribute_texts(element):
                yield Container(part, [text], BlockKind.ATTRIBUTE)
        else:
            yield Container(part, paragraph_segments(element))


def _clean(element: etree._Element) -> None:
    clean_attributes(element, _KEPT.get(str(element.tag), frozenset()))
