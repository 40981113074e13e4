"""Diagrams (SmartArt): kept as the plain shapes that the program which saved them drew.

Behind a diagram lies a model that only Office understands; beside it lies what people saw. The
shapes become ordinary ones of the host, whose texts are then read like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from redact.counts import whole_number
from redact.notes import Notes
from redact.ooxml.parts import WPG, WPS, XDR, A, P, W
from redact.ooxml.tree import drop

DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
DRAWN = "http://schemas.microsoft.com/office/drawing/2008/diagram"

_SP, _GROUP = f"{{{DRAWN}}}sp", f"{{{DRAWN}}}grpSp"
_TEXT_PLACE, _BODY = f"{{{DRAWN}}}txXfrm", f"{{{DRAWN}}}txBody"
_PROPERTIES = f"{{{DRAWN}}}spPr"
_XFRM, _EXT, _OFF = f"{{{A}}}xfrm", f"{{{A}}}ext", f"{{{A}}}off"
_ALIGNED = {"ctr": "center", "r": "right", "just": "both", "dist": "distribute"}
_TEXT_ONLY = (
    f'<a:x xmlns:a="{A}"><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
    "<a:ln><a:noFill/></a:ln><a:effectLst/></a:x>"
)


_SHEET = (
    f'<wps:wsp xmlns:wps="{WPS}" xmlns:a="{A}"><wps:cNvPr/><wps:cNvSpPr/><wps:spPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="{}" cy="{}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
    "</a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>"
)


def drawing_of(model: etree._Element) -> str:
    """Give the id under which the host knows what a diagram was drawn as; empty where none is."""
    told = next(model.iter(f"{{{DRAWN}}}dataModelExt"), None)
    return "" if told is None else str(told.get("relId", ""))


def shapes_of(drawn: etree._Element, notes: Notes) -> etree._Element | None:
    """Give the shapes that people saw of a diagram; None where it has none."""
    tree = drawn.find(f"{{{DRAWN}}}spTree")
    if tree is None:
        return None
    for names in list(tree.iter(f"{{{DRAWN}}}cNvPr")):
        shape = next(names.iterancestors(_SP, _GROUP), None)
        if names.get("hidden") in ("1", "true") and shape is not None:
            notes.add("hidden_dropped")
            drop(shape)
        names.attrib.clear()  # the host names and numbers its shapes itself
    return tree if any(True for _ in tree.iter(_SP)) else None


def slide_group(tree: etree._Element, frame: etree._Element) -> etree._Element:
    """Give the group of shapes that takes the place of a graphic frame of a slide."""
    group = _group(tree, P, "grpSp", _extent(frame.find(f"{{{P}}}xfrm")))
    place = frame.find(f"{{{P}}}xfrm/{_OFF}")
    if place is not None:
        group[1][0].replace(group[1][0][0], deepcopy(place))
    for names in group.iter(f"{{{P}}}nvSpPr", f"{{{P}}}nvGrpSpPr"):
        etree.SubElement(names, f"{{{P}}}nvPr")
    return group


def sheet_group(tree: etree._Element) -> etree._Element:
    """Give the group of shapes that takes the place of a graphic frame of a sheet.

    Such a frame tells no size of its own: the shapes fill the place that its anchor gives them.
    """
    return _group(tree, XDR, "grpSp", None)


def word_group(tree: etree._Element, extent: etree._Element | None) -> etree._Element:
    """Give the group of shapes that a drawing of a text document shows, texts as paragraphs."""
    group = _group(tree, WPG, "wgp", extent)
    drop(group[0][0])
    group[0][0].tag = f"{{{WPG}}}cNvGrpSpPr"
    group.replace(group[0], group[0][0])
    for inner in list(group.iter(f"{{{WPG}}}grpSp")):
        names = inner[0]
        inner[0:1] = list(names)
    for shape in list(group.iter(f"{{{WPG}}}sp")):
        _to_word(shape)
    # Some programs take a group for as large as what is in it, and stretch that to its place.
    group.insert(2, etree.fromstring(_SHEET.format(*_size(group[1][0].find(_EXT)))))
    return group


def _group(
    tree: etree._Element, namespace: str, name: str, extent: etree._Element | None
) -> etree._Element:
    """Rename the shapes to those of a host; a shape whose text stands elsewhere becomes two."""
    for shape in list(tree.iter(_SP)):
        _set_text_apart(shape)
    wide, high = _size(extent) if extent is not None else _reach(tree)
    markup = (
        f'<h:{name} xmlns:h="{namespace}" xmlns:a="{A}"><h:nvGrpSpPr><h:cNvPr id="1" name="x"/>'
        '<h:cNvGrpSpPr/></h:nvGrpSpPr><h:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{wide}" cy="{high}"/><a:chOff x="0" y="0"/><a:chExt cx="{wide}" cy="{high}"/>'
        f"</a:xfrm></h:grpSpPr></h:{name}>"
    )
    group = etree.fromstring(markup)
    group.extend([child for child in tree if child.tag in (_SP, _GROUP)])
    for element in list(group.iter(f"{{{DRAWN}}}*")):
        element.tag = f"{{{namespace}}}{etree.QName(element).localname}"
    return group


def _set_text_apart(shape: etree._Element) -> None:
    """Give the text of a shape a shape of its own where it does not fill the shape it is in."""
    place, body = shape.find(_TEXT_PLACE), shape.find(_BODY)
    own = shape.find(f"{_PROPERTIES}/{_XFRM}")
    if place is not None:
        drop(place)
    if place is None or body is None or own is None or _numbers(place) == _numbers(own):
        return
    apart = deepcopy(shape)
    drop(body)
    properties = apart.find(_PROPERTIES)
    assert properties is not None
    for child in list(properties):
        drop(child)
    place.tag = _XFRM
    properties.extend([place, *etree.fromstring(_TEXT_ONLY)])
    shape.addnext(apart)


def _numbers(place: etree._Element) -> list[str]:
    return [str(place.get("rot", "0")), *(str(v) for child in place for v in child.values())]


def _to_word(shape: etree._Element) -> None:
    """Make a shape one of a text document."""
    for element in list(shape):
        if element.tag == f"{{{WPG}}}nvSpPr":
            for name in list(element):
                name.tag = f"{{{WPS}}}{etree.QName(name).localname}"
                element.addprevious(name)
            drop(element)
        elif element.tag == f"{{{WPG}}}txBody":
            light = shape.find(f"{{{WPS}}}style/{{{A}}}fontRef/{{{A}}}schemeClr[@val='lt1']")
            _write_text(element, light is not None)
        else:
            element.tag = f"{{{WPS}}}{etree.QName(element).localname}"
    shape.tag = f"{{{WPS}}}wsp"
    if shape.find(f"{{{WPS}}}bodyPr") is None:
        etree.SubElement(shape, f"{{{WPS}}}bodyPr")


def _write_text(body: etree._Element, light: bool) -> None:
    box = etree.Element(f"{{{WPS}}}txbx")
    content = etree.SubElement(box, f"{{{W}}}txbxContent")
    for paragraph in body.iterchildren(f"{{{A}}}p"):
        content.append(_paragraph(paragraph, light))
    settings = body.find(f"{{{A}}}bodyPr")
    body.addprevious(box)
    if settings is not None:
        settings.tag = f"{{{WPS}}}bodyPr"
        body.addprevious(settings)
    drop(body)


def _paragraph(source: etree._Element, light: bool) -> etree._Element:
    written = etree.Element(f"{{{W}}}p")
    properties = source.find(f"{{{A}}}pPr")
    if properties is not None and properties.get("algn") in _ALIGNED:
        holder = etree.SubElement(written, f"{{{W}}}pPr")
        _value(holder, "jc", _ALIGNED[str(properties.get("algn"))])
    if properties is not None and properties.find(f"{{{A}}}buChar") is not None:
        written.append(_run(None, "• ", light))
    for run in source.iterchildren(f"{{{A}}}r", f"{{{A}}}fld", f"{{{A}}}br"):
        if run.tag == f"{{{A}}}br":
            etree.SubElement(etree.SubElement(written, f"{{{W}}}r"), f"{{{W}}}br")
        else:
            written.append(_run(run.find(f"{{{A}}}rPr"), run.findtext(f"{{{A}}}t") or "", light))
    return written


def _run(properties: etree._Element | None, text: str, light: bool) -> etree._Element:
    run = etree.Element(f"{{{W}}}r")
    source = etree.Element(f"{{{A}}}rPr") if properties is None else properties
    run.append(_run_properties(source, light))
    written = etree.SubElement(run, f"{{{W}}}t")
    written.text = text
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _run_properties(source: etree._Element, light: bool) -> etree._Element:
    """Write font, weight, colour and size of a run in the order of the schema.

    ``light`` says that the shape writes in the light colour of the theme where a run has none.
    """
    written = etree.Element(f"{{{W}}}rPr")
    font = source.find(f"{{{A}}}ea")
    if font is None:
        font = source.find(f"{{{A}}}latin")
    name = str(font.get("typeface", "")) if font is not None else ""
    if name and not name.startswith("+"):
        fonts = etree.SubElement(written, f"{{{W}}}rFonts")
        for kind in ("ascii", "eastAsia", "hAnsi"):
            fonts.set(f"{{{W}}}{kind}", name)
    for mark in ("b", "i"):
        if source.get(mark) in ("1", "true"):
            etree.SubElement(written, f"{{{W}}}{mark}")
    colour = source.find(f"{{{A}}}solidFill/{{{A}}}srgbClr")
    if colour is not None:
        _value(written, "color", str(colour.get("val", "auto")))
    elif light:
        _value(written, "color", "FFFFFF")
    if (size := whole_number(source.get("sz"), 6)) is not None:
        _value(written, "sz", str(size // 50))
    return written


def _value(parent: etree._Element, name: str, value: str) -> None:
    etree.SubElement(parent, f"{{{W}}}{name}").set(f"{{{W}}}val", value)


def _extent(place: etree._Element | None) -> etree._Element | None:
    return None if place is None else place.find(_EXT)


def _size(extent: etree._Element | None) -> tuple[int, int]:
    if extent is None:
        return 0, 0
    return _length(extent.get("cx")), _length(extent.get("cy"))


def _reach(tree: etree._Element) -> tuple[int, int]:
    """Measure how far the outermost shapes reach."""
    corners = [(1, 1)]
    for place in _outer_places(tree):
        off, ext = place.find(_OFF), place.find(_EXT)
        if off is not None and ext is not None:
            wide, high = _size(ext)
            corners.append((_length(off.get("x")) + wide, _length(off.get("y")) + high))
    return max(c[0] for c in corners), max(c[1] for c in corners)


def _outer_places(tree: etree._Element) -> Iterator[etree._Element]:
    for child in tree.iterchildren(_SP, _GROUP):
        place = child.find(f"*/{_XFRM}")
        if place is not None:
            yield place


def _length(value: object) -> int:
    return whole_number(value) or 0
