"""The pictures of an office package: read, blackened where the plan says so, written anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from lxml import etree

from redact.containers import Container, TextPlace
from redact.notes import Notes
from redact.ooxml import A, Graph, Part, R, V
from redact.ooxml_tree import drop
from redact.picture_crop import (
    Colour,
    Crop,
    clear_colour,
    cleared,
    crop_of,
    crop_of_image,
    cropped,
    fraction,
)
from review.document import BlockKind, picture_mark
from review.errors import InputError

if TYPE_CHECKING:
    from PIL.Image import Image

    from redact.picture_text import PicturePlace

EMBED = f"{{{R}}}embed"
IMAGE = f"{{{V}}}imagedata"
MAX_COST = 48
"""What reading the pictures of one file may cost; those beyond it are dropped, as unread ones are.

A unit is half a second of an idle processor, some three of a crowded one; writing reads twice.
"""

_NAME = "rIdP{}"
_JPEG = b"\xff\xd8"


@dataclass(slots=True)
class PictureMark:
    """Stand for a picture as a whole: a plan that takes this text out takes the picture out."""

    picture: Picture
    text: str

    def put(self, text: str) -> None:
        self.picture.wanted = False


@dataclass(slots=True)
class Picture:
    """Hold one picture of the output: its pixels, its text and what becomes of it.

    ``kind`` is ``png`` or ``jpeg``; ``data`` is what will be shown, None as long as it is not
    written and for a picture that is not to be shown.
    """

    number: int
    image: Image
    kind: str
    places: list[PicturePlace]
    wanted: bool = True
    data: bytes | None = None

    @property
    def relation(self) -> str:
        """Give the id under which every part of the output refers to the picture."""
        return _NAME.format(self.number)


class Pictures:
    """Collect the pictures that one package shows, each once, however often it is used.

    Two uses that cut away different margins are two pictures; two files of the same pixels are one.
    """

    def __init__(
        self, data: Callable[[str], bytes], folder: str, notes: Notes, depth: int = 0
    ) -> None:
        self._data = data
        self._folder = folder
        self._notes = notes
        self._left = MAX_COST >> (3 * depth)
        self._known: dict[tuple[str, Crop, Colour | None], Picture | None] = {}
        self._seen: dict[bytes, Picture] = {}

    def of(self, graph: Graph, part: str) -> PartPictures:
        """Give the pictures as one part refers to them."""
        targets = {
            r.id: r.target for r in graph.relationships(part) if r.kind == "image" and r.target
        }
        return PartPictures(self, targets, self._notes)

    def containers(self, roots: Iterable[etree._Element]) -> Iterator[TextPlace]:
        """List each picture that parts of the output show and the text in it, line by line.

        A picture that went with what was around it is forgotten.
        """
        used = {each for root in roots for each in self.references(root)}
        for key, picture in self._known.items():
            if picture is not None and picture.relation not in used:
                self._known[key] = None
        for picture in self._kept():
            mark = PictureMark(picture, picture_mark(picture.number))
            yield Container(self._part(picture.number), [mark], BlockKind.PICTURE)
            yield from picture.places

    def settle(self) -> frozenset[str]:
        """Blacken and write the pictures; returns the ids of those that will not be shown."""
        for picture in self._kept():
            picture.data = _written(picture) if picture.wanted else None
        gone = frozenset(p.relation for p in self._kept() if p.data is None)
        if gone:
            self._notes.add("picture_dropped")
        return gone

    def relations(self, root: etree._Element) -> dict[str, tuple[str, str]]:
        """List the pictures that a part of the output refers to, as relationships."""
        used = self.references(root)
        return {p.relation: ("image", self._name(p)) for p in self._kept() if p.relation in used}

    def parts(self) -> dict[str, Part]:
        """Give the written pictures."""
        return {
            self._name(picture): Part(f"image/{picture.kind}", picture.data, {})
            for picture in self._kept()
            if picture.data is not None
        }

    def references(self, root: etree._Element) -> set[str]:
        """List the ids of the pictures that a part of the output refers to."""
        return {str(element.get(_REFERENCES[element.tag])) for element in root.iter(*_REFERENCES)}

    def knows(self, relation: str) -> bool:
        """Tell whether an id is that of a picture of the output."""
        return any(picture.relation == relation for picture in self._kept())

    def take(self, target: str, crop: Crop, clear: Colour | None) -> Picture | None:
        """Read a picture; None where it cannot be shown as read."""
        key = (target, crop, clear)
        if key not in self._known:
            self._known[key] = self._read(target, crop, clear)
            self._notes.add("picture_read" if self._known[key] else "picture_dropped")
        return self._known[key]

    def _read(self, target: str, crop: Crop, clear: Colour | None) -> Picture | None:
        from redact.picture_file import is_turned, open_pixels

        data = self._data(target)
        try:
            image = cleared(cropped(open_pixels(data), crop), clear)
        except InputError:
            return None
        if is_turned(data):
            # Office programs do not agree on whether they turn it; a person sees what is right.
            self._notes.add("picture_doubtful")
        digest = sha256(f"{image.mode} {image.size}".encode() + image.tobytes()).digest()
        if digest not in self._seen:
            kind = "jpeg" if data.startswith(_JPEG) and image.mode == "RGB" else "png"
            if (picture := self._recognised(image, kind)) is None:
                return None
            self._seen[digest] = picture
        return self._seen[digest]

    def _recognised(self, image: Image, kind: str) -> Picture | None:
        from redact.picture_reading import cost_of, read_places

        number = len(self._seen) + 1
        self._left -= cost_of(image)
        if self._left < 0:
            return None
        read = read_places(self._part(number), image)
        if read is None:
            return None
        if read.doubtful:
            self._notes.add("picture_doubtful")
        return Picture(number, image, kind, read.places)

    def _kept(self) -> list[Picture]:
        kept = {p.number: p for p in self._known.values() if p is not None}
        return list(kept.values())

    def _part(self, number: int) -> str:
        return f"{self._folder}/image{number}"

    def _name(self, picture: Picture) -> str:
        return f"{self._part(picture.number)}.{picture.kind}"


def _written(picture: Picture) -> bytes | None:
    """Write a picture; None where what was painted over can still be read in it."""
    from redact.picture_file import encode_picture, paint_over
    from redact.picture_reading import still_shows
    from redact.picture_text import covered_boxes

    boxes = covered_boxes(picture.places)
    data = encode_picture(paint_over(picture.image, boxes), picture.kind)
    return None if boxes and still_shows(data, picture.places) else data


_REFERENCES = {f"{{{A}}}blip": EMBED, IMAGE: f"{{{R}}}id"}
_FADING = ("alphaModFix", "grayscl", "lum")
_WHOLE = 100_000


@dataclass(frozen=True, slots=True)
class PartPictures:
    """Know the pictures of a package by the relationships of one of its parts."""

    pictures: Pictures
    targets: dict[str, str]
    notes: Notes

    def keep(self, fill: etree._Element) -> bool:
        """Make a picture fill (``blipFill`` of any kind) show a picture of ours, if it can.

        What the source cuts away is cut from the pixels.
        """
        blip = fill.find(f"{{{A}}}blip")
        target = self.targets.get(str(blip.get(EMBED, ""))) if blip is not None else None
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
        target = self.targets.get(str(image.get(f"{{{R}}}id", "")))
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
    for element in list(root.iter(*_REFERENCES)) if gone else ():
        if element.get(_REFERENCES[element.tag]) in gone:
            frame(element)


def _strengthens(effect: etree._Element) -> bool:
    contrast, opacity = str(effect.get("contrast", "0")), str(effect.get("amt", "0"))
    faded = opacity.isascii() and opacity.isdigit() and int(opacity) <= _WHOLE
    return not contrast.startswith(("-", "0")) or not (faded or opacity.endswith("%"))
