"""Drawings: pictures, charts and objects give way to an empty frame, shapes with text stay."""

from __future__ import annotations

from lxml import etree

from redact.containers import AttributeText
from redact.notes import Notes
from redact.ooxml import PIC, WP, WPC, WPG, WPS, A, O, R, V, W, words
from redact.ooxml_tree import drop

_SHAPES = (WPS, WPG, WPC)
_EMBED = f"{{{R}}}embed"
_NAMED = (f"{{{WP}}}docPr", f"{{{WPS}}}cNvPr", f"{{{WPG}}}cNvPr")
_VML_IMAGES = (f"{{{V}}}imagedata", f"{{{O}}}OLEObject")

ALLOWED_VML = words(
    "shape shapetype rect roundrect oval line polyline curve arc group textbox textpath path "
    "formulas f handles h stroke fill shadow"
)
_FRAME = (
    f'<wps:wsp xmlns:wps="{WPS}" xmlns:a="{A}"><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    '<a:noFill/><a:ln w="9525"><a:solidFill><a:srgbClr val="A6A6A6"/></a:solidFill>'
    '<a:prstDash val="dash"/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>'
)


def empty_drawings(root: etree._Element, notes: Notes) -> None:
    """Replace what cannot be redacted in drawings by an empty frame of the same size."""
    _drop_hidden(root, notes)
    for data in list(root.iter(f"{{{A}}}graphicData")):
        if data.get("uri") not in _SHAPES:
            notes.add("picture_dropped" if data.get("uri") == PIC else "chart_dropped")
            _put_frame(data)
    for picture in list(root.iter(f"{{{PIC}}}pic")):
        notes.add("picture_dropped")
        drop(picture)
    for frame in list(root.iter(f"{{{WPG}}}graphicFrame", f"{{{WPC}}}graphicFrame")):
        notes.add("chart_dropped")
        drop(frame)
    empty_fills(root, notes)
    _empty_vml(root, notes)


def empty_fills(root: etree._Element, notes: Notes) -> None:
    """Turn picture fills into a plain one; a fill list of a theme needs its number of entries."""
    for fill in list(root.iter(f"{{{A}}}blipFill")):
        notes.add("picture_dropped")
        parent = fill.getparent()
        assert parent is not None
        plain = etree.Element(f"{{{A}}}solidFill")
        etree.SubElement(plain, f"{{{A}}}schemeClr").set("val", _plain_colour(parent))
        parent.replace(fill, plain)
    for blip in list(root.iter(f"{{{A}}}blip")):
        notes.add("picture_dropped")
        bullet = blip.getparent()
        drop(bullet if bullet is not None else blip)


def name_shapes(root: etree._Element, tags: tuple[str, ...] = _NAMED) -> None:
    """Give every shape a name of ours; the author's own may tell anything."""
    for number, shape in enumerate(root.iter(*tags), 1):
        shape.set("name", f"对象 {number}")
        if not str(shape.get("id", "")).isdigit():
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


def _plain_colour(parent: etree._Element) -> str:
    return "phClr" if etree.QName(parent).localname.endswith("FillStyleLst") else "bg1"


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
    extent = next(iter(data.iterancestors(f"{{{WP}}}inline", f"{{{WP}}}anchor")), None)
    size = extent.find(f"{{{WP}}}extent") if extent is not None else None
    width, height = ("0", "0") if size is None else (_length(size, "cx"), _length(size, "cy"))
    for child in list(data):
        data.remove(child)
    data.set("uri", WPS)
    data.append(etree.fromstring(_FRAME.format(cx=width, cy=height)))


def _length(element: etree._Element, name: str) -> str:
    value = str(element.get(name, ""))
    return value if value.isascii() and value.isdigit() and len(value) <= 9 else "0"


def _empty_vml(root: etree._Element, notes: Notes) -> None:
    for found in list(root.iter(f"{{{W}}}object")):
        notes.add("object_dropped")
        found.tag = f"{{{W}}}pict"
    for image in list(root.iter(*_VML_IMAGES)):
        object_ = image.tag == _VML_IMAGES[1]
        notes.add("object_dropped" if object_ else "picture_dropped")
        drop(image)
    for fill in root.iter(f"{{{V}}}fill", f"{{{V}}}stroke"):
        if fill.get(f"{{{R}}}id") is not None:
            notes.add("picture_dropped")
            fill.set("type", "solid")
