"""The pictures that a file shows, as they were read: pixels, text and use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from redact.containers import TextPlace
from redact.page.glyphs import Box
from redact.pictures.crop import Crop
from redact.pictures.store import Picture, PictureMark, PictureStore
from redact.pictures.text import PicturePlace
from redact.preview.picture_marks import boxes_of
from redact.preview.pictures import Mark


class _Pictured(Protocol):
    """What is a file taken apart, whatever its format."""

    @property
    def containers(self) -> Sequence[TextPlace]: ...

    @property
    def pictures(self) -> Sequence[PictureStore]: ...


WHOLE = Box(0.0, 0.0, 1.0, 1.0)
"""A whole picture as shares of itself."""


class Use(NamedTuple):
    """Say which part of the package is shown and what of it, cut as the picture was read."""

    part: str
    crop: Crop


@dataclass(slots=True)
class HeldPictures:
    """Know the pictures of a file: how they are used, what of them stands in which block.

    ``pictures`` go by their own numbers, those of files within by numbers behind them. ``uses`` and
    ``written`` tell of those that are not within another file the parts of the draft that show
    each, and the part of the output that will. ``unread`` are parts that no picture of the output
    shows.
    """

    pictures: dict[int, Picture] = field(default_factory=dict)
    uses: dict[int, list[Use]] = field(default_factory=dict)
    written: dict[int, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    texts: dict[int, list[tuple[int, PicturePlace]]] = field(default_factory=dict)
    """By the number of a picture the blocks in it, each with what was read."""

    _blocks: dict[int, tuple[int, PicturePlace | None]] = field(default_factory=dict)

    def parts(self) -> list[str]:
        """List the parts of the draft that show pictures, each once."""
        shown = (use.part for uses in self.uses.values() for use in uses)
        return list(dict.fromkeys((*shown, *self.unread)))

    def is_within(self, number: int) -> bool:
        """Tell whether a picture belongs to a file within the file."""
        return number not in self.uses

    def marked(self, marks: Sequence[Mark]) -> Mapping[int, tuple[int, list[Box]]]:
        """Give for the findings in pictures the number of the picture and boxes as shares of it.

        The whole picture stands for what is not found in it.
        """
        found: dict[int, tuple[int, list[Box]]] = {}
        for mark in marks:
            if mark.block in self._blocks:
                number, text = self._blocks[mark.block]
                boxes = self._shares(number, boxes_of(mark, text)) if text is not None else []
                found.setdefault(mark.number, (number, []))[1].extend(boxes or [WHOLE])
        return found

    def _shares(self, number: int, boxes: Iterable[Box]) -> list[Box]:
        wide, high = self.pictures[number].image.size
        return [Box(b.x0 / wide, b.top / high, b.x1 / wide, b.bottom / high) for b in boxes]

    def add(self, stores: Sequence[PictureStore], places: Iterable[tuple[int, TextPlace]]) -> None:
        """Take over the pictures of a file, then of those within, and its texts by their blocks."""
        own, *within = stores
        for part, crop, picture in own.uses():
            if picture is None:
                self.unread.append(part)
                continue
            self.pictures[picture.number] = picture
            self.uses.setdefault(picture.number, []).append(Use(part, crop))
            self.written[picture.number] = own.name_of(picture)
        behind = max(self.pictures, default=0) + 1
        inner = {id(p): p for store in within for _, _, p in store.uses() if p is not None}
        self.pictures.update(enumerate(inner.values(), behind))
        self._number(places)

    def _number(self, places: Iterable[tuple[int, TextPlace]]) -> None:
        numbers = {id(picture): number for number, picture in self.pictures.items()}
        # What shows a text of a file within hands out the very list of its signs.
        known = {
            id(text.segments): (number, text)
            for number, picture in self.pictures.items()
            for text in picture.places
        }
        for block, place in places:
            mark = next(iter(place.segments), None)
            if isinstance(mark, PictureMark):
                self._blocks[block] = numbers[id(mark.picture)], None
            elif id(place.segments) in known:
                number, text = self._blocks[block] = known[id(place.segments)]
                self.texts.setdefault(number, []).append((block, text))


def held_pictures(format: str, data: bytes) -> HeldPictures:
    """Read the pictures of a draft; raises ``InputError`` as reading does."""
    held = HeldPictures()
    if format == "ofd":
        from redact.ofd.file import OfdFile

        drawn = OfdFile(data)
        held.add(drawn.pictures, drawn.pictured)
        return held
    file = _opened(format, data)
    held.add(file.pictures, enumerate(file.containers))
    return held


def _opened(format: str, data: bytes) -> _Pictured:
    if format == "html":
        from redact.html.page import WebPage
        from redact.plain.encoding import decode

        return WebPage(decode(data))
    if format in ("odt", "ods"):
        from redact.odf.format import ODS, ODT

        return (ODT if format == "odt" else ODS).open(data)
    from redact.ooxml.kinds import OUTERMOST

    kind = next(kind for kind in OUTERMOST.kinds if kind.suffix == format)
    return kind.open(data, OUTERMOST)
