"""One slide, layout or master: brought to its plain form, then listed as blocks."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from redact.cells import cell_of_texts
from redact.containers import Container, Segment
from redact.counts import whole_number
from redact.notes import Notes
from redact.numbering import runs_on
from redact.ooxml.attached import PartAttachments
from redact.ooxml.blip import drop_pictures
from redact.ooxml.diagram import slide_group
from redact.ooxml.drawing import attribute_texts, drop_strange_charts, name_shapes
from redact.ooxml.fills import empty_fills, make_plain_fill
from redact.ooxml.parts import A, C, P, R, V, words
from redact.ooxml.picture import EMBED
from redact.ooxml.slideobject import (
    KEPT,
    OBJECT,
    OLE_URI,
    PICTURE,
    blank_picture,
    is_whole,
    settle_object,
)
from redact.ooxml.tablestyles import BUILT_IN, GRID
from redact.ooxml.text import paragraph_segments, without_symbols
from redact.ooxml.theme import name_fonts
from redact.ooxml.tree import Allowed, drop, keep_known, resolve_alternates
from redact.ooxml.values import clean_attributes
from redact.ooxml.word import ALLOWED as WORD_ALLOWED
from review.document import BlockKind, Cell

_TEXT_STYLES = words("""
    lvl1pPr lvl2pPr lvl3pPr lvl4pPr lvl5pPr lvl6pPr lvl7pPr lvl8pPr lvl9pPr tabLst tab buClrTx
    buClr buSzTx buSzPct buSzPts buFontTx highlight uLnTx uLn uFillTx uFill masterClrMapping
    overrideClrMapping""")
_TABLE = words("""
    tbl tblPr tblGrid gridCol tr tc txBody tcPr lnL lnR lnT lnB lnTlToBr lnBlToTr tableStyleId""")
_WITHOUT = words("stCxn endCxn fld")
"""What the drawings of text documents may hold and those of slides may not."""

_A_ALLOWED = (WORD_ALLOWED[A] or frozenset()) | _TEXT_STYLES | _TABLE
ALLOWED: Allowed = {
    A: _A_ALLOWED - _WITHOUT,
    C: frozenset({"chart"}),
    P: words("""
        sld sldLayout sldMaster cSld bg bgPr bgRef spTree nvGrpSpPr cNvPr cNvGrpSpPr nvPr ph grpSpPr
        sp nvSpPr cNvSpPr spPr style txBody grpSp cxnSp nvCxnSpPr cNvCxnSpPr graphicFrame
        nvGraphicFramePr cNvGraphicFramePr xfrm oleObj embed pic nvPicPr cNvPicPr blipFill clrMap
        clrMapOvr txStyles titleStyle bodyStyle otherStyle defaultTextStyle"""),
}
_CNV = f"{{{P}}}cNvPr"
_KEPT = {
    _CNV: frozenset({"name", "descr", "title"}),
    f"{{{A}}}graphicData": frozenset({"uri"}),
    f"{{{A}}}blip": frozenset({EMBED}),
    f"{{{C}}}chart": frozenset({f"{{{R}}}id"}),
    OBJECT: KEPT,
}
_MOVING = (f"{{{P}}}transition", f"{{{P}}}timing")
_TABLE_URI = "http://schemas.openxmlformats.org/drawingml/2006/table"
_FRAME = (
    f'<p:sp xmlns:p="{P}" xmlns:a="{A}"><p:nvSpPr><p:cNvPr id="1" name="x"/><p:cNvSpPr/><p:nvPr/>'
    '</p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln w="9525"><a:solidFill>'
    '<a:srgbClr val="A6A6A6"/></a:solidFill><a:prstDash val="dash"/></a:ln></p:spPr></p:sp>'
)


def normalise_slide(
    root: etree._Element, notes: Notes, attached: PartAttachments
) -> list[list[Segment]]:
    """Bring a part to the form that is both read and written; returns the hidden texts it loses."""
    attached.note_unshown(root)
    # What needs VML is an object with its picture elsewhere; the other branch brings the picture.
    resolve_alternates(root, notes, V)
    unseen = _drop_hidden(root, notes)
    _empty_frames(root, notes, attached)
    drop_strange_charts(root, attached)
    empty_fills(root, notes, attached.pictures)
    _flatten_fields(root, notes)
    if any(True for _ in root.iter(f"{{{A}}}hlinkClick", f"{{{A}}}hlinkHover")):
        notes.add("links_dropped")
    if any(True for _ in root.iter(*_MOVING)):
        notes.add("animations_dropped")
    styles = {style: _table_style(style, notes) for style in root.iter(f"{{{A}}}tableStyleId")}
    keep_known(root, ALLOWED, _clean, notes)
    for style in root.iter(f"{{{A}}}tableStyleId"):
        style.text = styles[style]
    name_fonts(root)
    for text in root.iter(f"{{{A}}}t"):
        text.text = without_symbols(text.text or "")
    if root.attrib.pop("show", "1") in ("0", "false"):
        notes.add("slides_shown")
    if any(map(_runs_on, root.iter(f"{{{A}}}p"))):
        notes.add("number_runs_on")
    _number_shapes(root)
    return unseen


def paragraph_texts(root: etree._Element) -> list[list[Segment]]:
    """List the paragraphs under an element that hold text."""
    found = [paragraph_segments(paragraph) for paragraph in root.iter(f"{{{A}}}p")]
    return [segments for segments in found if any(s.text.strip() for s in segments)]


def _runs_on(paragraph: etree._Element) -> bool:
    """Say whether a paragraph goes on with the digits of its automatic number."""
    number = paragraph.find(f"{{{A}}}pPr/{{{A}}}buAutoNum")
    start = str(number.get("startAt", "")) if number is not None else ""
    return bool(start) and runs_on(start, "".join(s.text for s in paragraph_segments(paragraph)))


def _flatten_fields(root: etree._Element, notes: Notes) -> None:
    for field in root.iter(f"{{{A}}}fld"):
        notes.add("fields_flattened")
        field.tag = f"{{{A}}}r"
        for properties in list(field.iterchildren(f"{{{A}}}pPr")):
            field.remove(properties)


def empty_placeholders(root: etree._Element) -> None:
    """Empty the prompts of a layout or master, which no slide shows."""
    for holder in list(root.iter(f"{{{P}}}ph")):
        for shape in holder.iterancestors(f"{{{P}}}sp"):
            for piece in list(shape.iter(f"{{{A}}}r", f"{{{A}}}br")):
                drop(piece)


def slide_containers(
    part: str, root: etree._Element, page: int | None, tables: int
) -> Iterator[Container]:
    """List the texts of a slide in the order of its shapes; its tables count from ``tables``."""
    places = dict(_cells(root, tables))
    for element in root.iter(f"{{{A}}}p", _CNV):
        if element.tag == _CNV:
            for text in attribute_texts(element):
                yield Container(part, [text], BlockKind.ATTRIBUTE, page=page)
            continue
        owner = next(element.iterancestors(f"{{{A}}}tc"), None)
        cell = places.get(owner) if owner is not None else None
        kind = BlockKind.CELL if cell else BlockKind.PARAGRAPH
        label = cell_of_texts(cell) if cell else None
        yield Container(part, paragraph_segments(element), kind, cell, label, page)


def count_tables(root: etree._Element) -> int:
    """Count the tables of a slide."""
    return sum(1 for _ in root.iter(f"{{{A}}}tbl"))


def _cells(root: etree._Element, first: int) -> Iterator[tuple[etree._Element, Cell]]:
    for number, table in enumerate(root.iter(f"{{{A}}}tbl"), first):
        for row_number, row in enumerate(table.iterchildren(f"{{{A}}}tr")):
            for column, cell in enumerate(row.iterchildren(f"{{{A}}}tc")):
                yield cell, Cell(number, row_number, column)


def _drop_hidden(root: etree._Element, notes: Notes) -> list[list[Segment]]:
    unseen: list[list[Segment]] = []
    for properties in list(root.iter(_CNV)):
        holder = properties.getparent()
        shape = holder.getparent() if holder is not None else None
        if properties.get("hidden") in ("1", "true") and shape is not None:
            notes.add("hidden_dropped")
            unseen += paragraph_texts(shape)
            drop(shape)
    return unseen


def frame_pictures(root: etree._Element, gone: frozenset[str]) -> None:
    """Give pictures that will not be shown after all a frame that keeps what is said of them."""
    drop_pictures(root, gone, _frame_picture)


def _frame_picture(blip: etree._Element) -> None:
    if make_plain_fill(blip):
        return
    picture = next(blip.iterancestors(PICTURE))
    if blank_picture(picture):
        return
    frame = etree.fromstring(_FRAME.format(x=0, y=0, cx=0, cy=0))
    names, shape = frame[0], frame[1]
    for tag in (f"{{{P}}}cNvPr", f"{{{P}}}nvPr"):
        names.replace(names.find(tag), picture.find(f"{{{P}}}nvPicPr/{tag}"))  # type: ignore[arg-type]
    shape.remove(shape[0])
    place = picture.find(f"{{{P}}}spPr/{{{A}}}xfrm")
    if place is not None:
        shape.insert(0, place)
    picture.getparent().replace(picture, frame)  # type: ignore[union-attr]


def _empty_frames(root: etree._Element, notes: Notes, attached: PartAttachments) -> None:
    """Put an empty frame in the place of objects and of what cannot be shown."""
    alone = [p for p in root.iter(PICTURE) if next(p.iterancestors(OBJECT), None) is None]
    for picture in alone:
        fill = picture.find(f"{{{P}}}blipFill")
        if fill is None or not is_whole(picture) or not attached.pictures.keep(fill):
            notes.add("picture_dropped")
            _put_frame(picture, picture.find(f"{{{P}}}spPr/{{{A}}}xfrm"))
    for frame in list(root.iter(f"{{{P}}}graphicFrame")):
        data = frame.find(f"{{{A}}}graphic/{{{A}}}graphicData")
        if data is not None and data.get("uri") == OLE_URI:
            known = settle_object(frame, notes, attached)
        else:
            table = data is not None and data.get("uri") == _TABLE_URI
            known = data is not None and (
                table or attached.keep_chart(data) or _keep_diagram(frame, data, attached)
            )
            if not known:
                notes.add("chart_dropped")
        if not known:
            _put_frame(frame, frame.find(f"{{{P}}}xfrm"))
    _drop_stray_objects(root, attached)
    for part in list(root.iter(f"{{{P}}}contentPart")):
        notes.add("picture_dropped")
        drop(part)


def _keep_diagram(frame: etree._Element, data: etree._Element, attached: PartAttachments) -> bool:
    shapes, parent = attached.diagram(data), frame.getparent()
    if shapes is None or parent is None:
        return False
    parent.replace(frame, slide_group(shapes, frame))
    return True


def _drop_stray_objects(root: etree._Element, attached: PartAttachments) -> None:
    """Drop the objects that no frame of ours shows; they could name anything."""
    for inner in list(root.iter(OBJECT)):
        data = inner.getparent()
        framed = data is not None and data.get("uri") == OLE_URI and data[0] is inner
        if not framed or not attached.opens(inner):
            drop(inner)


def _put_frame(element: etree._Element, place: etree._Element | None) -> None:
    parent = element.getparent()
    if parent is None or place is None:
        drop(element)
        return
    at, size = place.find(f"{{{A}}}off"), place.find(f"{{{A}}}ext")
    values = {
        name: _length(holder.get(name) if holder is not None else None)
        for holder, names in ((at, ("x", "y")), (size, ("cx", "cy")))
        for name in names
    }
    parent.replace(element, etree.fromstring(_FRAME.format(**values)))


def _length(value: str | None) -> str:
    text = str(value or "")
    return "0" if whole_number(text.removeprefix("-")) is None else text


def _table_style(style: etree._Element, notes: Notes) -> str:
    text = (style.text or "").strip()
    if text in BUILT_IN:
        return text
    notes.add("table_style_replaced")
    return GRID


def _number_shapes(root: etree._Element) -> None:
    for number, shape in enumerate(root.iter(_CNV), 1):
        shape.set("id", str(number))
    name_shapes(root, (_CNV,))


def _clean(element: etree._Element) -> None:
    clean_attributes(element, _KEPT.get(str(element.tag), frozenset()))
    if element.tag == f"{{{A}}}graphicData":
        shows = {C: f"{{{C}}}chart", OLE_URI: OBJECT}
        found = (uri for uri, tag in shows.items() if element.find(tag) is not None)
        element.set("uri", next(found, _TABLE_URI))
