"""Drawings: shapes with text, pictures and charts stay; the rest gives way to an empty frame."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from redact.containers import AttributeText
from redact.counts import whole_number
from redact.notes import Notes
from redact.ooxml.attached import PartAttachments
from redact.ooxml.blip import PartPictures, drop_pictures
from redact.ooxml.diagram import word_group
from redact.ooxml.fills import empty_fills, make_plain_fill
from redact.ooxml.parts import PIC, WP, WPC, WPG, WPS, A, C, O, R, V, W
from redact.ooxml.tree import drop

_SHAPES = (WPS, WPG, WPC)
_NAMED = (f"{{{WP}}}docPr", f"{{{WPS}}}cNvPr", f"{{{WPG}}}cNvPr")
_NUMBERED = (*_NAMED, f"{{{PIC}}}cNvPr")
_BLIP_FILL = f"{{{PIC}}}blipFill"
_IMAGE, _OBJECT = f"{{{V}}}imagedata", f"{{{O}}}OLEObject"

_OUTLINE = {
    "coordsize": "21600,21600",
    "path": "m,l,21600r21600,l21600,xe",
    "filled": "f",
    "stroked": "t",
    "strokecolor": "#a6a6a6",
}
_FRAME = (
    f'<wps:wsp xmlns:wps="{WPS}" xmlns:a="{A}"><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    '<a:noFill/><a:ln w="9525"><a:solidFill><a:srgbClr val="A6A6A6"/></a:solidFill>'
    '<a:prstDash val="dash"/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>'
)


def empty_drawings(
    root: etree._Element, notes: Notes, attached: PartAttachments | None = None
) -> None:
    """Replace what cannot be redacted in drawings by an empty frame of the same size."""
    pictures = attached.pictures if attached else None
    _drop_hidden(root, notes)
    kept = {picture for picture in root.iter(f"{{{PIC}}}pic") if _keeps(picture, pictures)}
    for data in list(root.iter(f"{{{A}}}graphicData")):
        if data.get("uri") == PIC:
            if not any(child in kept for child in data):
                notes.add("picture_dropped")
                _put_frame(data)
        elif data.get("uri") not in _SHAPES and not (
            attached and (attached.keep_chart(data) or _keep_diagram(data, attached))
        ):
            notes.add("chart_dropped")
            _put_frame(data)
    drop_strange_charts(root, attached)
    for picture in list(root.iter(f"{{{PIC}}}pic")):
        if picture not in kept:
            notes.add("picture_dropped")
            drop(picture)
    for frame in list(root.iter(f"{{{WPG}}}graphicFrame", f"{{{WPC}}}graphicFrame")):
        notes.add("chart_dropped")
        drop(frame)
    empty_fills(root, notes, pictures)
    _empty_vml(root, notes, attached)


def _keep_diagram(data: etree._Element, attached: PartAttachments) -> bool:
    shapes = attached.diagram(data)
    if shapes is None:
        return False
    for child in list(data):
        drop(child)
    data.set("uri", WPG)
    data.append(word_group(shapes, _extent(data)))
    return True


def drop_strange_charts(root: etree._Element, attached: PartAttachments | None) -> None:
    """Drop what shows a chart that is not ours; it could name anything."""
    for chart in list(root.iter(f"{{{C}}}chart")):
        if attached is None or not attached.shows(chart):
            drop(chart)


def frame_pictures(root: etree._Element, gone: frozenset[str]) -> None:
    """Give pictures that will not be shown after all the frame of those never taken."""
    drop_pictures(root, gone, _frame_picture)


def name_shapes(root: etree._Element, tags: tuple[str, ...] = _NUMBERED) -> None:
    """Give every shape a name of ours; the author's own may tell anything."""
    for number, shape in enumerate(root.iter(*tags), 1):
        shape.set("name", f"对象 {number}")
        if whole_number(shape.get("id"), 10) is None:
            shape.set("id", str(number))


def attribute_texts(root: etree._Element) -> list[AttributeText]:
    """List the texts of one element's attributes: alternative text, title, watermark."""
    tag = etree.QName(root)
    names: tuple[str, ...] = ()
    if tag.localname in ("docPr", "cNvPr"):
        names = ("title", "descr")
    elif tag.namespace == V:
        names = ("string",) if tag.localname == "textpath" else ("title", "alt")
    return [AttributeText(root, n, str(root.get(n))) for n in names if root.get(n) is not None]


def _keeps(picture: etree._Element, pictures: PartPictures | None) -> bool:
    properties = picture.find(f"{{{PIC}}}nvPicPr/{{{PIC}}}cNvPr")
    fill = picture.find(_BLIP_FILL)
    hidden = properties is not None and properties.get("hidden") in ("1", "true")
    return not hidden and fill is not None and pictures is not None and pictures.keep(fill)


def _frame_picture(element: etree._Element) -> None:
    """Drop the picture that ``element`` refers to; alone in its drawing it leaves a frame."""
    if element.tag == _IMAGE:
        _drop_image(element, Notes())
        return
    if make_plain_fill(element):
        return
    picture = next(element.iterancestors(f"{{{PIC}}}pic"))
    data = picture.getparent()
    if data is not None and data.tag == f"{{{A}}}graphicData":
        _put_frame(data)
    else:
        drop(picture)


def _drop_hidden(root: etree._Element, notes: Notes) -> None:
    for properties in list(root.iter(*_NAMED)):
        if properties.get("hidden") in ("1", "true"):
            notes.add("hidden_dropped")
            shape = properties.getparent()
            if shape is not None:
                drop(shape)
    for drawing in list(root.iter(f"{{{W}}}drawing")):
        if len(drawing) == 0:
            drop(drawing)


def _put_frame(data: etree._Element) -> None:
    size = _extent(data)
    width, height = ("0", "0") if size is None else (_length(size, "cx"), _length(size, "cy"))
    for child in list(data):
        data.remove(child)
    data.set("uri", WPS)
    data.append(etree.fromstring(_FRAME.format(cx=width, cy=height)))


def _extent(data: etree._Element) -> etree._Element | None:
    holder = next(data.iterancestors(f"{{{WP}}}inline", f"{{{WP}}}anchor"), None)
    return None if holder is None else holder.find(f"{{{WP}}}extent")


def _drop_image(image: etree._Element, notes: Notes) -> None:
    """Drop an old picture; where it stands for an embedded file, its shape becomes a frame."""
    shape = image.getparent()
    owner = shape.getparent() if shape is not None else None
    if shape is not None and owner is not None and owner.tag == f"{{{W}}}object":
        for name, value in _OUTLINE.items():
            shape.set(name, value)
    else:
        notes.add("picture_dropped")
    drop(image)


def _as_picture(
    found: etree._Element, notes: Notes, attached: PartAttachments | None
) -> Iterator[etree._Element]:
    """Leave of an object that is not understood what people saw of it; yields what can stay."""
    for inner in list(found.iter(_OBJECT)):
        drop(inner)
    found.tag = f"{{{W}}}pict"
    images = [i for i in found.iter(_IMAGE) if attached and attached.pictures.keep_image(i)]
    notes.add("object_pictured" if images else "object_dropped")
    for image in images:
        shape = image.getparent()
        if shape is not None and shape.get("stroked") is None:
            # No program draws a line around an object; around a picture some do.
            shape.set("stroked", "f")
        yield image


def _length(element: etree._Element, name: str) -> str:
    value = str(element.get(name, ""))
    return "0" if whole_number(value) is None else value


def _empty_vml(root: etree._Element, notes: Notes, attached: PartAttachments | None) -> None:
    kept = set()
    for found in list(root.iter(f"{{{W}}}object")):
        if attached and attached.keep_object(found):
            notes.add("object_kept")
            kept.add(found.find(_OBJECT))
        else:
            kept.update(_as_picture(found, notes, attached))
    for inner in list(root.iter(_OBJECT)):
        if inner not in kept:
            notes.add("object_dropped")
            drop(inner)
    for image in list(root.iter(_IMAGE)):
        if image not in kept and not (attached and attached.pictures.keep_image(image)):
            _drop_image(image, notes)
    for fill in root.iter(f"{{{V}}}fill", f"{{{V}}}stroke"):
        if fill.get(f"{{{R}}}id") is not None:
            notes.add("picture_dropped")
            fill.set("type", "solid")
