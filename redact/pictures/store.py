"""The pictures of one file: read, blackened where the plan says so, written anew from pixels."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from redact.containers import Container
from redact.notes import Notes
from redact.pictures.crop import WHOLE, Colour, Crop, cleared, cropped, emptied
from redact.pictures.drawings import Drawings, is_drawing
from review.document import BlockKind, picture_mark
from review.errors import InputError

if TYPE_CHECKING:
    from PIL.Image import Image

    from redact.pictures.text import PicturePlace

MAX_COST = 48
"""What reading the pictures of one file may cost; those beyond it are dropped, as unread ones are.

A unit is half a second of an idle processor, some three of a crowded one; writing reads twice.
"""

Use = tuple[str, Crop, Colour | None, tuple[Crop, ...]]
"""A picture by its name, what is cut away, which colour is clear, what is covered."""

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


class PictureStore:
    """Collect the pictures that one file shows, each once, however often it is used.

    Two uses that cut away different margins are two pictures; two files of the same pixels are one.
    ``data`` gives the bytes of a picture by the name that the file has for it; ``folder`` begins
    the names of the parts that people are told. Without ``drawings`` no drawing is shown.
    """

    def __init__(
        self,
        data: Callable[[str], bytes],
        folder: str,
        notes: Notes,
        depth: int = 0,
        drawings: Drawings | None = None,
    ) -> None:
        self._data = data
        self._folder = folder
        self._notes = notes
        self._drawings = drawings or Drawings(tuple)
        self._left = MAX_COST >> (3 * depth)
        self._known: dict[Use, Picture | None] = {}
        self._seen: dict[bytes, Picture] = {}

    def places(self, used: Collection[str]) -> Iterator[Container | PicturePlace]:
        """List the pictures of these ids and the text in each, line by line.

        A picture that went with what was around it is forgotten.
        """
        for key, picture in self._known.items():
            if picture is not None and picture.relation not in used:
                self._known[key] = None
        for picture in self._kept():
            mark = PictureMark(picture, picture_mark(picture.number))
            yield Container(self.part_of(picture), [mark], BlockKind.PICTURE)
            yield from picture.places

    def part_of(self, picture: Picture) -> str:
        """Give the part that people are told for a picture."""
        return self._part(picture.number)

    def name_of(self, picture: Picture) -> str:
        """Name the part of the output that a picture becomes."""
        return f"{self.part_of(picture)}.{picture.kind}"

    def settle(self) -> frozenset[str]:
        """Blacken and write the pictures; returns the ids of those that will not be shown."""
        for picture in self._kept():
            picture.data = _written(picture) if picture.wanted else None
        gone = [picture for picture in self._kept() if picture.data is None]
        for picture in gone:
            self._notes.add("picture_dropped" if picture.wanted else "picture_taken_out")
        return frozenset(picture.relation for picture in gone)

    def take(
        self,
        target: str,
        crop: Crop = WHOLE,
        clear: Colour | None = None,
        covered: tuple[Crop, ...] = (),
    ) -> Picture | None:
        """Read a picture; None where it cannot be shown as read.

        ``covered`` are areas of what is left that something else lies over; they are emptied.
        """
        use = (target, crop, clear, covered)
        if use not in self._known:
            self._known[use] = self._read(use)
            self._notes.add("picture_read" if self._known[use] else "picture_dropped")
        return self._known[use]

    def uses(self) -> Iterator[tuple[str, Crop, Picture | None]]:
        """Tell which pictures were taken: name, what is cut away, None where none is shown."""
        for (target, crop, *_), picture in self._known.items():
            yield target, crop, picture

    def _read(self, use: Use) -> Picture | None:
        target, crop, clear, covered = use
        data = self._data(target)
        opened = self._drawn(data) if is_drawing(data) else self._opened(data)
        if opened is None:
            return None
        image = emptied(cleared(cropped(opened, crop), clear), covered)
        digest = sha256(f"{image.mode} {image.size}".encode() + image.tobytes()).digest()
        if digest not in self._seen:
            kind = "jpeg" if data.startswith(_JPEG) and image.mode == "RGB" else "png"
            if (picture := self._recognised(image, kind)) is None:
                return None
            self._seen[digest] = picture
        return self._seen[digest]

    def _drawn(self, data: bytes) -> Image | None:
        drawn = self._drawings.picture(data)
        self._notes.add("drawing_pictured" if drawn else "drawing_not_pictured")
        return drawn

    def _opened(self, data: bytes) -> Image | None:
        from redact.pictures.file import has_more_pages, is_turned, open_pixels

        try:
            opened = open_pixels(data)
        except InputError:
            return None
        # Office programs do not agree on whether they turn it; a person sees what is right.
        if has_more_pages(data) or is_turned(data):
            self._notes.add("picture_doubtful")
        return opened

    def _recognised(self, image: Image, kind: str) -> Picture | None:
        from redact.pictures.reading import cost_of, read_places

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


def _written(picture: Picture) -> bytes | None:
    """Write a picture; None where what was painted over can still be read in it."""
    from redact.pictures.file import encode_picture, paint_over
    from redact.pictures.reading import still_shows
    from redact.pictures.text import covered_boxes

    boxes = covered_boxes(picture.places)
    data = encode_picture(paint_over(picture.image, boxes), picture.kind)
    return None if boxes and still_shows(data, picture.places) else data
