"""The pictures that an OpenDocument file shows, read and rebuilt like those of office packages."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from redact.notes import Notes
from redact.odf.package import DRAW, FO, XLINK, OdfPackage
from redact.odf.tree import drop
from redact.ooxml.picture import Pictures
from redact.pictures.crop import WHOLE

IMAGE = f"{{{DRAW}}}image"
_HREF = f"{{{XLINK}}}href"
_LINK = {"type": "simple", "show": "embed", "actuate": "onLoad"}
LINK_ATTRIBUTES = frozenset({_HREF, *(f"{{{XLINK}}}{name}" for name in _LINK)})
_CLIP = f"{{{FO}}}clip"
_CUT = re.compile(r"[1-9]")
_EFFECTS = {
    "contrast": "0%", "luminance": "0%", "red": "0%", "green": "0%", "blue": "0%",
    "gamma": "100%", "color-inversion": "false", "color-mode": "standard",
}  # fmt: skip


class OdtPictures(Pictures):
    """Collect the pictures of one file; while they are read, each is referred to by its id."""

    def __init__(self, package: OdfPackage, notes: Notes) -> None:
        super().__init__(package.data, "Pictures", notes)
        self._package = package

    def keep(self, image: etree._Element, properties: etree._Element | None) -> bool:
        """Make an element show a picture of ours; False where it cannot be shown as read.

        ``properties`` are those of the frame's style. A picture of which margins are cut away is
        not kept: what nobody saw would be shown.
        """
        name = str(image.get(_HREF, "")).removeprefix("./")
        clip = str(properties.get(_CLIP, "")) if properties is not None else ""
        if _CUT.search(clip) or not self._package.has(name):
            return False
        picture = self.take(name, WHOLE, None)
        if picture is None:
            return False
        for child in list(image):
            drop(child)
        image.attrib.clear()
        _refer(image, picture.relation)
        return True

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
    """Drop what could make faint writing in a picture plain that nobody has read."""
    for name, neutral in _EFFECTS.items():
        value = properties.attrib.pop(f"{{{DRAW}}}{name}", neutral)
        if value not in (neutral, "1"):
            notes.add("picture_effects_dropped")


def _refer(image: etree._Element, name: str) -> None:
    image.set(_HREF, name)
    for attribute, value in _LINK.items():
        image.set(f"{{{XLINK}}}{attribute}", value)
