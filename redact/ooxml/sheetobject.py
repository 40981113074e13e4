"""Embedded files of sheets: kept behind what people see of them, or only what people see of them.

A kept file needs a shape of the old drawing language (VML) that holds its place and its picture;
a picture alone joins the drawing layer of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from redact.counts import whole_number
from redact.notes import Notes
from redact.ooxml.attached import SHEET_OBJECT, PartAttachments
from redact.ooxml.parts import XDR, A, O, Part, R, S, V
from redact.ooxml.picture import IMAGE
from redact.package import write_xml

X = "urn:schemas-microsoft-com:office:excel"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_RID, _RELATION = f"{{{R}}}id", f"{{{O}}}relid"
_SHAPE_ID = "_x0000_s"
_EMU_PER_PIXEL = 9_525
_PROPERTIES, _ANCHOR = f"{{{S}}}objectPr", f"{{{S}}}anchor"
_CORNERS, _PLACES = ("from", "to"), ("col", "colOff", "row", "rowOff")
_MOST_SHAPES = 1_024
"""Numbers of shapes that one sheet may use; each sheet has a range of its own."""

_FIRST_ID = 10_000
_LINE = (
    '<a:noFill/><a:ln w="9525"><a:solidFill><a:srgbClr val="A6A6A6"/></a:solidFill>'
    '<a:prstDash val="dash"/></a:ln>'
)
_RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
_FRAME = (
    '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="{id}" name="对象 {id}"/><xdr:cNvSpPr/></xdr:nvSpPr>'
    f"<xdr:spPr>{_RECTANGLE}{_LINE}</xdr:spPr></xdr:sp>"
)
_PICTURE = (
    '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{id}" name="对象 {id}"/><xdr:cNvPicPr/></xdr:nvPicPr>'
    "<xdr:blipFill><a:blip/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>"
    f"<xdr:spPr>{_RECTANGLE}</xdr:spPr></xdr:pic>"
)
_SHAPE = (
    f'<v:shape xmlns:v="{V}" xmlns:o="{O}" xmlns:x="{X}" id="{_SHAPE_ID}{{id}}" '
    'style="position:absolute;width:100pt;height:50pt;z-index:1" filled="t" fillcolor="white" '
    'stroked="f" strokecolor="#a6a6a6"><v:imagedata/>'
    '<x:ClientData ObjectType="Pict"><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:CF>Pict'
    "</x:CF><x:AutoPict/></x:ClientData></v:shape>"
)

Anchor = tuple[int, ...]
"""Column, its offset, row, its offset of the first corner, then of the second; offsets in EMU."""


@dataclass(frozen=True, slots=True)
class SheetObjects:
    """Hold the embedded files of one sheet, their shapes, and the pictures that stand alone."""

    files: etree._Element = field(default_factory=lambda: etree.Element(f"{{{S}}}oleObjects"))
    shapes: etree._Element = field(default_factory=lambda: etree.Element("xml"))
    pictures: list[etree._Element] = field(default_factory=list)

    def __bool__(self) -> bool:
        return len(self.files) > 0

    def markup(self) -> str:
        """Write the files as a sheet lists them."""
        listed = "".join(
            f'<oleObject progId="{e.get("progId")}" shapeId="{e.get("shapeId")}" '
            f'r:id="{e.get(_RID)}"/>'
            for e in self.files
        )
        return f"<oleObjects>{listed}</oleObjects>"

    def part(self, relations: Mapping[str, tuple[str, str]], gone: frozenset[str]) -> Part:
        """Write the shapes; one whose picture will not be shown gets a line around it."""
        for image in list(self.shapes.iter(IMAGE)):
            shape, relation = image.getparent(), str(image.attrib.pop(_RID))
            assert shape is not None
            if relation in gone:
                _outline(shape, image)
            else:
                image.set(_RELATION, relation)
        return Part(VML_TYPE, write_xml(self.shapes), relations)


class Place(NamedTuple):
    """Say where an object stands and what shows it; ``attached`` knows the picture by its id."""

    anchor: Anchor
    image: str
    attached: PartAttachments


Shapes = Mapping[str, Place]
"""The places that a drawing of the old language gives to the objects of a sheet, by number."""


def read_objects(
    sheet: etree._Element, number: int, attached: PartAttachments, shapes: Shapes, notes: Notes
) -> SheetObjects:
    """Settle the embedded files of the sheet of this number (counted from 1)."""
    found = SheetObjects()
    for index, inner in enumerate(_listed(sheet)):
        place = _place(inner, attached) or shapes.get(str(inner.get("shapeId", "")))
        if place is None or index >= _MOST_SHAPES:
            notes.add("object_dropped")
        elif (kept := attached.keep_sheet_object(inner)) is not None:
            notes.add("object_kept")
            kept.set("shapeId", str(number * _MOST_SHAPES + index + 1))
            found.files.append(kept)
            found.shapes.append(_shape(str(kept.get("shapeId")), place))
        else:
            found.pictures.append(_alone(_FIRST_ID + index, place, notes))
    previews = {str(properties.get(_RID, "")) for properties in sheet.iter(_PROPERTIES)}
    if any(k == "image" and i not in previews for k, i in attached.targets):
        notes.add("picture_dropped")
    attached.note_unshown(sheet)
    return found


def read_shapes(drawing: etree._Element, attached: PartAttachments) -> Shapes:
    """Read where a drawing of the old language puts objects; ``attached`` is of its part."""
    found: dict[str, Place] = {}
    for shape in drawing.iter(f"{{{V}}}shape"):
        image, told = shape.find(IMAGE), shape.findtext(f"{{{X}}}ClientData/{{{X}}}Anchor")
        numbers = _counts((told or "").split(","))
        if len(numbers) == len(_CORNERS) * len(_PLACES):
            anchor = (n * (_EMU_PER_PIXEL if i % 2 else 1) for i, n in enumerate(numbers))
            name = "" if image is None else str(image.get(_RELATION) or image.get(_RID) or "")
            identity = str(shape.get("id", "")).removeprefix(_SHAPE_ID)
            found[identity] = Place(tuple(anchor), name, attached)
    return found


def _listed(sheet: etree._Element) -> list[etree._Element]:
    """List each object once, in the spelling that says where it stands if there is one."""
    objects: dict[str, etree._Element] = {}
    for inner in sheet.iter(SHEET_OBJECT):
        relation = str(inner.get(_RID, ""))
        if relation not in objects or objects[relation].find(_PROPERTIES) is None:
            objects[relation] = inner
    return list(objects.values())


def _place(inner: etree._Element, attached: PartAttachments) -> Place | None:
    properties = inner.find(_PROPERTIES)
    if properties is None:
        return None
    numbers = _counts(
        properties.findtext(f"{_ANCHOR}/{{{S}}}{corner}/{{{XDR}}}{name}") or ""
        for corner in _CORNERS
        for name in _PLACES
    )
    return Place(numbers, str(properties.get(_RID, "")), attached) if numbers else None


def _counts(texts: Iterable[str]) -> tuple[int, ...]:
    """Read the numbers of an anchor; none where any of them is no plain number."""
    numbers = [whole_number(text.strip(), 8) for text in texts]
    known = tuple(number for number in numbers if number is not None)
    return known if len(known) == len(numbers) else ()


def _shape(identity: str, place: Place) -> etree._Element:
    """Write the shape of a kept file, with its picture where that was read."""
    pixels = (n // _EMU_PER_PIXEL if i % 2 else n for i, n in enumerate(place.anchor))
    told = ", ".join(map(str, pixels))
    shape = etree.fromstring(_SHAPE.format(id=identity, anchor=told))
    picture = shape[0]
    picture.set(_RID, place.image)
    if not place.attached.pictures.keep_image(picture):
        _outline(shape, picture)
    return shape


def _outline(shape: etree._Element, image: etree._Element) -> None:
    shape.remove(image)
    shape.set("stroked", "t")


def _alone(identity: int, place: Place, notes: Notes) -> etree._Element:
    """Write what is left of a file that is not understood: its picture, or an empty frame."""
    element, seen = picture_at(identity, place)
    notes.add("object_pictured" if seen else "object_dropped")
    return element


def picture_at(identity: int, place: Place) -> tuple[etree._Element, bool]:
    """Write a picture that lies over cells; an empty frame and False where it cannot be shown."""
    corners = "".join(
        f"<xdr:{corner}>"
        + "".join(f"<xdr:{n}>{v}</xdr:{n}>" for n, v in zip(_PLACES, values, strict=True))
        + f"</xdr:{corner}>"
        for corner, values in zip(_CORNERS, (place.anchor[:4], place.anchor[4:]), strict=True)
    )
    start = f'<xdr:twoCellAnchor xmlns:xdr="{XDR}" xmlns:a="{A}" xmlns:r="{R}">{corners}'
    end = "<xdr:clientData/></xdr:twoCellAnchor>"
    element = etree.fromstring(start + _PICTURE.format(id=identity) + end)
    fill = next(element.iter(f"{{{XDR}}}blipFill"))
    fill[0].set(f"{{{R}}}embed", place.image)
    if place.attached.pictures.keep(fill):
        return element, True
    return etree.fromstring(start + _FRAME.format(id=identity) + end), False
