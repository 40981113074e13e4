"""Frames and shapes: text and pictures that were read stay; the rest leaves an empty frame."""

from __future__ import annotations

from lxml import etree

from redact.notes import Notes
from redact.odf.package import DR3D, DRAW, FO, LOEXT, STYLE, TABLE, TEXT, XLINK, OdfPackage
from redact.odf.pictures import OdtPictures, drop_effects
from redact.odf.tree import drop, has_text, to_span

_FRAME, _TEXT_BOX, _IMAGE = (f"{{{DRAW}}}{n}" for n in ("frame", "text-box", "image"))
_OBJECTS = tuple(
    f"{{{DRAW}}}{n}" for n in ("object", "object-ole", "plugin", "applet", "floating-frame")
)
_CHART = "application/vnd.oasis.opendocument.chart"
_HREF, _STYLE_NAME = f"{{{XLINK}}}href", f"{{{DRAW}}}style-name"
_BORDER = "0.5pt dashed #a6a6a6"
_FILL = f"{{{DRAW}}}fill"
_FORMATS = (f"{{{STYLE}}}graphic-properties", f"{{{LOEXT}}}graphic-properties")
_BULLET = "•"


def empty_frames(
    root: etree._Element, package: OdfPackage, pictures: OdtPictures, notes: Notes
) -> None:
    """Replace what cannot be redacted in frames; what lies outside frames goes."""
    kept: set[etree._Element] = set()
    styles = {
        str(style.get(f"{{{STYLE}}}name", "")): style
        for style in root.iter(f"{{{STYLE}}}style")
        if style.get(f"{{{STYLE}}}family") == "graphic"
    }
    for frame in list(root.iter(_FRAME)):
        if frame.find(_TEXT_BOX) is None and frame.find(f"{{{TABLE}}}table") is None:
            name = str(frame.get(_STYLE_NAME, ""))
            style = styles.get(name)
            images = frame.iterchildren(_IMAGE)
            picture = next((i for i in images if pictures.keep(i, name, style)), None)
            if picture is None:
                _note_content(frame, package, notes)
                _put_box(frame, style.find(_FORMATS[0]) if style is not None else None)
            else:
                kept.add(picture)
                if any(child.tag in _OBJECTS for child in frame):
                    notes.add("object_pictured")
        for child in list(frame):
            if child.tag in (_IMAGE, *_OBJECTS) and child not in kept:
                drop(child)
    for picture in list(root.iter(_IMAGE)):
        if picture not in kept:
            notes.add("picture_dropped")
            drop(picture)
    for control in list(root.iter(f"{{{DRAW}}}control", *_OBJECTS)):
        notes.add("object_dropped")
        drop(control)
    for scene in list(root.iter(f"{{{DR3D}}}scene")):
        notes.add("drawing_dropped")
        drop(scene)
    for link in reversed(list(root.iter(f"{{{DRAW}}}a"))):
        notes.add("links_dropped")
        _unwrap(link)


def empty_fills(root: etree._Element, notes: Notes) -> None:
    """Drop pictures from fills, backgrounds and bullets of the styles under ``root``."""
    for properties in root.iter(*_FORMATS):
        drop_effects(properties, notes)
        if properties.get(_FILL) == "bitmap":
            notes.add("picture_dropped")
            properties.set(_FILL, "none")
    for background in list(root.iter(f"{{{STYLE}}}background-image", f"{{{DRAW}}}fill-image")):
        if background.get(_HREF) is not None or len(background):
            notes.add("picture_dropped")
        drop(background)
    for bullet in list(root.iter(f"{{{TEXT}}}list-level-style-image")):
        notes.add("picture_dropped")
        bullet.tag = f"{{{TEXT}}}list-level-style-bullet"
        bullet.set(f"{{{TEXT}}}bullet-char", _BULLET)


def frame_picture(image: etree._Element) -> None:
    """Make the frame of a picture that is not to be shown after all an empty box."""
    frame = image.getparent()
    assert frame is not None
    _put_box(frame, None)
    drop(image)


def _note_content(frame: etree._Element, package: OdfPackage, notes: Notes) -> None:
    """Tell what a frame without text of its own shows."""
    shown = [child for child in frame if child.tag in _OBJECTS]
    if not shown:
        notes.add("picture_dropped")
    for child in shown:
        chart = package.media_type_of(str(child.get(_HREF, ""))) == _CHART
        notes.add("chart_dropped" if chart else "object_dropped")
    if any(has_text(child) for child in frame if child.tag in (_IMAGE, *_OBJECTS)):
        notes.add("content_dropped")


def _put_box(frame: etree._Element, properties: etree._Element | None) -> None:
    """Turn a frame into an empty text box of its size, with a thin border by its own style."""
    box = etree.Element(_TEXT_BOX)
    etree.SubElement(box, f"{{{TEXT}}}p")
    frame.insert(0, box)
    if properties is not None:
        properties.set(f"{{{FO}}}border", _BORDER)


def _unwrap(link: etree._Element) -> None:
    parent = link.getparent()
    assert parent is not None
    if parent.tag in (f"{{{TEXT}}}p", f"{{{TEXT}}}h", f"{{{TEXT}}}span"):
        to_span(link)
        return
    for child in list(link):
        link.addprevious(child)
    drop(link)
