"""The drawing layer of a sheet: shapes with text, pictures and charts stay, objects go."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from redact.containers import Container
from redact.notes import Notes
from redact.ooxml.attached import CHART, PartAttachments
from redact.ooxml.blip import drop_pictures
from redact.ooxml.diagram import sheet_group
from redact.ooxml.drawing import attribute_texts, drop_strange_charts, name_shapes
from redact.ooxml.fills import empty_fills, make_plain_fill
from redact.ooxml.parts import XDR, A, C, R, words
from redact.ooxml.picture import EMBED
from redact.ooxml.text import paragraph_segments
from redact.ooxml.tree import Allowed, drop, keep_known, resolve_alternates
from redact.ooxml.values import clean_attributes
from redact.ooxml.word import ALLOWED as WORD_ALLOWED
from review.document import BlockKind

_ALLOWED: Allowed = {
    A: WORD_ALLOWED[A],
    C: frozenset({"chart"}),
    XDR: words(
        "wsDr twoCellAnchor oneCellAnchor absoluteAnchor from to col colOff row rowOff pos ext sp "
        "nvSpPr cNvPr cNvSpPr spPr style txBody grpSp nvGrpSpPr cNvGrpSpPr grpSpPr cxnSp nvCxnSpPr "
        "cNvCxnSpPr clientData pic nvPicPr cNvPicPr blipFill "
        "graphicFrame nvGraphicFramePr cNvGraphicFramePr xfrm"
    ),
}
_ANCHORS = tuple(f"{{{XDR}}}{n}" for n in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"))
_OBJECTS = tuple(f"{{{XDR}}}{n}" for n in ("sp", "grpSp", "cxnSp", "pic", "graphicFrame"))
_CNV = f"{{{XDR}}}cNvPr"
_KEPT = {
    _CNV: frozenset({"name", "descr", "title"}),
    f"{{{A}}}blip": frozenset({EMBED}),
    f"{{{A}}}graphicData": frozenset({"uri"}),
    CHART: frozenset({f"{{{R}}}id"}),
}
_FRAME = (
    f'<xdr:sp xmlns:xdr="{XDR}" xmlns:a="{A}"><xdr:nvSpPr><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln w="9525"><a:solidFill>'
    '<a:srgbClr val="A6A6A6"/></a:solidFill><a:prstDash val="dash"/></a:ln></xdr:spPr></xdr:sp>'
)


def normalise_drawing(root: etree._Element, notes: Notes, attached: PartAttachments) -> None:
    """Bring a drawing part to the form that is both read and written."""
    resolve_alternates(root, notes)
    for properties in list(root.iter(_CNV)):
        holder = properties.getparent()
        shape = holder.getparent() if holder is not None else None
        if properties.get("hidden") in ("1", "true") and shape is not None:
            notes.add("hidden_dropped")
            drop(shape)
    for picture in list(root.iter(f"{{{XDR}}}pic")):
        fill = picture.find(f"{{{XDR}}}blipFill")
        if fill is None or not attached.pictures.keep(fill):
            notes.add("picture_dropped")
            drop(picture)
    for frame in list(root.iter(f"{{{XDR}}}graphicFrame", f"{{{XDR}}}contentPart")):
        data = frame.find(f"{{{A}}}graphic/{{{A}}}graphicData")
        if data is not None and attached.keep_chart(data):
            continue
        shapes = None if data is None else attached.diagram(data)
        parent = frame.getparent()
        if shapes is None or parent is None:
            notes.add("chart_dropped")
            drop(frame)
        else:
            parent.replace(frame, sheet_group(shapes))
    drop_strange_charts(root, attached)
    empty_fills(root, notes, attached.pictures)
    keep_known(root, _ALLOWED, _clean, notes)
    for anchor in list(root.iter(*_ANCHORS)):
        if not any(child.tag in _OBJECTS for child in anchor):
            drop(anchor)
    name_shapes(root, (_CNV,))


def frame_pictures(root: etree._Element, gone: frozenset[str]) -> None:
    """Give pictures that will not be shown after all a frame that keeps what is said of them."""
    drop_pictures(root, gone, _frame_picture)


def drawing_containers(part: str, root: etree._Element) -> Iterator[Container]:
    """List the texts of a drawing: paragraphs of text boxes and alternative texts."""
    for element in root.iter(f"{{{A}}}p", _CNV):
        if element.tag == _CNV:
            for text in attribute_texts(element):
                yield Container(part, [text], BlockKind.ATTRIBUTE)
        else:
            yield Container(part, paragraph_segments(element))


def _frame_picture(blip: etree._Element) -> None:
    if make_plain_fill(blip):
        return
    picture = next(blip.iterancestors(f"{{{XDR}}}pic"))
    frame = etree.fromstring(_FRAME)
    frame[0].insert(0, next(picture.iter(_CNV)))
    place = picture.find(f"{{{XDR}}}spPr/{{{A}}}xfrm")
    if place is not None:
        frame[1].insert(0, place)
    picture.getparent().replace(picture, frame)  # type: ignore[union-attr]


def _clean(element: etree._Element) -> None:
    clean_attributes(element, _KEPT.get(str(element.tag), frozenset()))
