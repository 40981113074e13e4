"""Elements that show a picture: made to show one of ours, whatever markup they stand in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from redact.counts import whole_number
from redact.notes import Notes
from redact.ooxml.crop import clear_colour, crop_of, crop_of_image, fraction
from redact.ooxml.parts import A, R
from redact.ooxml.picture import EMBED, REFERENCES, Pictures
from redact.ooxml.tree import drop

_FADING = ("alphaModFix", "grayscl", "lum")
_WHOLE = 100_000


@dataclass(frozen=True, slots=True)
class PartPictures:
    """Know the pictures of a package by the relationships of one of its parts."""

    pictures: Pictures
    targets: Mapping[tuple[str, str], str]
    notes: Notes

    def keep(self, fill: etree._Element) -> bool:
        """Make a picture fill (``blipFill`` of any kind) show a picture of ours, if it can.

        What the source cuts away is cut from the pixels.
        """
        blip = fill.find(f"{{{A}}}blip")
        target = self._target(blip.get(EMBED)) if blip is not None else None
        if blip is None or target is None:
            return False
        crop, margins = crop_of(fill.find(f"{{{A}}}srcRect"))
        picture = self.pictures.take(target, crop, clear_colour(blip))
        if picture is None:
            return False
        self._tidy(blip)
        blip.attrib.clear()
        blip.set(EMBED, picture.relation)
        for old in fill.findall(f"{{{A}}}srcRect"):
            drop(old)
        if margins:
            blip.addnext(etree.Element(f"{{{A}}}srcRect", margins))
        return True

    def shows(self, blip: etree._Element) -> bool:
        """Tell whether an element shows a picture of ours; any other could name anything."""
        return self.pictures.knows(str(blip.get(EMBED, "")))

    def keep_image(self, image: etree._Element) -> bool:
        """Do the same for a VML picture (``v:imagedata``)."""
        target = self._target(image.get(f"{{{R}}}id"))
        if target is None:
            return False
        picture = self.pictures.take(target, crop_of_image(image), None)
        if picture is None:
            return False
        kept = {n: str(image.get(n)) for n in ("gain", "blacklevel") if image.get(n) is not None}
        image.attrib.clear()
        # A gain that strengthens faint writing would show what nobody has read.
        if fraction(kept.get("gain", "0")) <= 1:
            for name, value in kept.items():
                image.set(name, value)
        image.set(f"{{{R}}}id", picture.relation)
        return True

    def _target(self, identity: object) -> str | None:
        """Name the part of a picture file; None for what is outside the package or no picture."""
        return self.targets.get(("image", str(identity)))

    def _tidy(self, blip: etree._Element) -> None:
        """Keep the effects that only fade a picture; one that strengthens could show the unread."""
        for effect in list(blip):
            name = etree.QName(effect).localname
            if name in _FADING and not _strengthens(effect):
                continue
            if name not in ("extLst", "clrChange"):
                self.notes.add("picture_effects_dropped")
            blip.remove(effect)


def drop_pictures(
    root: etree._Element,
    gone: frozenset[str],
    frame: Callable[[etree._Element], None],
) -> None:
    """Give ``frame`` every picture element of a part whose picture will not be shown."""
    for element in list(root.iter(*REFERENCES)) if gone else ():
        if element.get(REFERENCES[element.tag]) in gone:
            frame(element)


def _strengthens(effect: etree._Element) -> bool:
    contrast, opacity = str(effect.get("contrast", "0")), str(effect.get("amt", "0"))
    share = whole_number(opacity)
    faded = share is not None and share <= _WHOLE
    return not contrast.startswith(("-", "0")) or not (faded or opacity.endswith("%"))
