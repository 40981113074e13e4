"""Embedded files of slides: kept with what people see of them, or only what people see of them."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from redact.notes import Notes
from redact.ooxml.attached import PartAttachments
from redact.ooxml.parts import A, P, R
from redact.ooxml.tree import drop

OLE_URI = "http://schemas.openxmlformats.org/presentationml/2006/ole"
OBJECT, PICTURE = f"{{{P}}}oleObj", f"{{{P}}}pic"
KEPT = frozenset({f"{{{R}}}id", "progId"})
_EMBED, _FILL, _SHAPE = f"{{{P}}}embed", f"{{{P}}}blipFill", f"{{{P}}}spPr"
_BLANK = (
    f'<p:pic xmlns:p="{P}" xmlns:a="{A}"><p:nvPicPr><p:cNvPr id="1" name="x"/><p:cNvPicPr/>'
    "<p:nvPr/></p:nvPicPr><p:blipFill><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>"
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln w="9525"><a:solidFill>'
    '<a:srgbClr val="A6A6A6"/></a:solidFill><a:prstDash val="dash"/></a:ln></p:spPr></p:pic>'
)


def settle_object(frame: etree._Element, notes: Notes, attached: PartAttachments) -> bool:
    """Keep the embedded file that a frame of a slide shows, or its picture alone in its place.

    False where neither can be shown.
    """
    inner = next(frame.iter(OBJECT), None)
    if inner is None:
        return False
    picture = inner.find(PICTURE)
    fill = picture.find(_FILL) if picture is not None and is_whole(picture) else None
    seen = fill is not None and attached.pictures.keep(fill)
    if attached.keep_slide_object(inner):
        notes.add("object_kept")
        for child in list(inner):
            drop(child)
        etree.SubElement(inner, _EMBED)
        inner.append(picture if seen and picture is not None else etree.fromstring(_BLANK))
        _place(inner[1], frame)
        return True
    notes.add("object_pictured" if seen else "object_dropped")
    parent = frame.getparent()
    if not seen or picture is None or parent is None:
        return False
    _place(picture, frame)
    parent.replace(frame, picture)
    return True


def blank_picture(picture: etree._Element) -> bool:
    """Empty the picture of an embedded file; False where a picture stands for itself."""
    owner = picture.getparent()
    if owner is None or owner.tag != OBJECT:
        return False
    blank = etree.fromstring(_BLANK)
    place = picture.find(f"{_SHAPE}/{{{A}}}xfrm")
    if place is not None:
        blank.find(_SHAPE).insert(0, place)  # type: ignore[union-attr]
    owner.replace(picture, blank)
    return True


def is_whole(picture: etree._Element) -> bool:
    """Tell whether a picture has the properties that the schema asks for."""
    names = picture.find(f"{{{P}}}nvPicPr")
    return names is not None and all(
        names.find(f"{{{P}}}{name}") is not None for name in ("cNvPr", "cNvPicPr", "nvPr")
    )


def _place(picture: etree._Element, frame: etree._Element) -> None:
    """Let a picture stand where its frame stands."""
    place, shape = frame.find(f"{{{P}}}xfrm"), picture.find(_SHAPE)
    if shape is None:
        shape = etree.SubElement(picture, _SHAPE)
    if place is None:
        return
    for old in shape.findall(f"{{{A}}}xfrm"):
        shape.remove(old)
    own = etree.Element(f"{{{A}}}xfrm")
    for name in ("off", "ext"):
        found = place.find(f"{{{A}}}{name}")
        if found is not None:
            own.append(deepcopy(found))
    shape.insert(0, own)
