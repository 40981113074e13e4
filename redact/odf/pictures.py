"""The pictures that an OpenDocument file shows, read and rebuilt like those of office packages."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from redact.notes import Notes
from redact.odf.clips import CLIP, Clips, crop_of
from redact.odf.package import DRAW, XLINK, OdfPackage
from redact.odf.tree import drop
from redact.ooxml.picture import Pictures
from redact.pictures.crop import WHOLE, Crop
from redact.pictures.drawing_size import size_of, unpacked
from redact.pictures.drawings import Drawings
from redact.pictures.file import paper_size

IMAGE = f"{{{DRAW}}}image"
_HREF = f"{{{XLINK}}}href"
_LINK = {"type": "simple", "show": "embed", "actuate": "onLoad"}
LINK_ATTRIBUTES = frozenset({_HREF, *(f"{{{XLINK}}}{name}" for name in _LINK)})
_EFFECTS = {
    "contrast": "0%", "luminance": "0%", "red": "0%", "green": "0%", "blue": "0%",
    "gamma": "100%", "color-inversion": "false", "color-mode": "standard",
}  # fmt: skip


class OdtPictures(Pictures):
    """Collect the pictures of one file; while they are read, each is referred to by its id."""

    def __init__(self, package: OdfPackage, clips: Clips, notes: Notes) -> None:
        super().__init__(package.data, "Pictures", notes, drawings=Drawings(package.parts))
        self._package = package
        self._clips = clips

    def keep(self, image: etree._Element, style_name: str, style: etree._Element | None) -> bool:
        """Make an element show a picture of ours; False where it cannot be shown as read.

        ``style`` is that of the frame, None where the part itself has none of this name. What it
        cuts away is cut from the pixels.
        """
        name = str(image.get(_HREF, "")).removeprefix("./")
        if not self._package.has(name):
            return False
        crop = self._crop(self._package.data(name), self._clips.of(style_name, style))
        picture = self.take(name, crop) if crop is not None else None
        if picture is None:
            return False
        for child in list(image):
            drop(child)
        image.attrib.clear()
        _refer(image, picture.relation)
        return True

    def _crop(self, data: bytes, clip: str) -> Crop | None:
        if not clip:
            return WHOLE
        size = size_of(unpacked(data)) or paper_size(data)
        return None if size is None else crop_of(clip, size)

    def references(self, root: etree._Element) -> set[str]:
        """List the ids of the pictures that a part of the output refers to."""
        return {str(image.get(_HREF)) for image in root.iter(IMAGE)}

    def show(self, root: etree._Element, frame: Callable[[etree._Element], None]) -> None:
        """Refer to the written pictures by name; ``frame`` gets those not to be shown after all."""
        names = {relation: name for relation, (_, name) in self.relations(root).items()}
        written = self.parts()
        for image in list(root.iter(IMAGE)):
            name = names[str(image.get(_HREF))]
            if name in written:
                _refer(image, name)
            else:
                frame(image)


def drop_effects(properties: etree._Element, notes: Notes) -> None:
    """Drop what could make faint writing plain that nobody has read, and cuts, which are made."""
    properties.attrib.pop(CLIP, "")
    for name, neutral in _EFFECTS.items():
        value = properties.attrib.pop(f"{{{DRAW}}}{name}", neutral)
        if value not in (neutral, "1"):
            notes.add("picture_effects_dropped")


def _refer(image: etree._Element, name: str) -> None:
    image.set(_HREF, name)
    for attribute, value in _LINK.items():
        image.set(f"{{{XLINK}}}{attribute}", value)
