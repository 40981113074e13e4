"""Fills of shapes by a picture: kept where the picture can be shown, else turned into a colour."""

from __future__ import annotations

from lxml import etree

from redact.notes import Notes
from redact.ooxml.blip import PartPictures
from redact.ooxml.parts import A
from redact.ooxml.tree import drop


def empty_fills(root: etree._Element, notes: Notes, pictures: PartPictures | None = None) -> None:
    """Turn picture fills into a plain one, unless the picture can be shown.

    A fill list of a theme needs its number of entries.
    """
    for fill in list(root.iter(f"{{{A}}}blipFill")):
        if pictures is None or not pictures.keep(fill):
            notes.add("picture_dropped")
            _make_plain(fill)
    for bullet in list(root.iter(f"{{{A}}}buBlip")):
        notes.add("picture_dropped")
        drop(bullet)
    for blip in list(root.iter(f"{{{A}}}blip")):
        if pictures is None or not pictures.shows(blip):
            drop(blip)


def make_plain_fill(blip: etree._Element) -> bool:
    """Make the fill that a picture stands in a plain one; False where it is no fill of a shape."""
    fill = blip.getparent()
    if fill is None or fill.tag != f"{{{A}}}blipFill":
        return False
    _make_plain(fill)
    return True


def _make_plain(fill: etree._Element) -> None:
    parent = fill.getparent()
    assert parent is not None
    plain = etree.Element(f"{{{A}}}solidFill")
    etree.SubElement(plain, f"{{{A}}}schemeClr").set("val", _plain_colour(parent))
    parent.replace(fill, plain)


def _plain_colour(parent: etree._Element) -> str:
    return "phClr" if etree.QName(parent).localname.endswith("FillStyleLst") else "bg1"
