"""The pictures that an office file shows, as they were read: pixels, text and use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from redact.page.glyphs import Box
from redact.pictures.crop import Crop
from redact.pictures.store import Picture, PictureMark
from redact.pictures.text import PicturePlace
from redact.preview.picture_marks import boxes_of
from redact.preview.pictures import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from redact.containers import TextPlace
    from redact.ooxml.picture import Pictures

WHOLE = Box(0.0, 0.0, 1.0, 1.0)
"""A whole picture as shares of itself."""


class Use(NamedTuple):
    """Say which part of the package is shown and what of it, cut as the picture was read."""

    part: str
    crop: Crop


class PictureFile(Protocol):
    """Stand for a file whose texts are in the order of the blocks of its document."""

    containers: list[TextPlace]

    @property
    def pictures(self) -> Pictures:
        """Give the pictures that it shows."""
        ...


@dataclass(slots=True)
class HeldPictures:
    """Know the pictures of a file: how they are used, what of them stands in which block.

    ``uses`` and ``written`` go by the picture's number: the parts of the draft that show it, and
    the part of the output that will. ``unread`` are parts that no picture of the output shows.
    """

    uses: dict[int, list[Use]] = field(default_factory=dict)
    written: dict[int, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    _numbers: dict[int, int] = field(default_factory=dict)
    _texts: dict[int, PicturePlace] = field(default_factory=dict)
    _pictures: dict[int, Picture] = field(default_factory=dict)

    def parts(self) -> list[str]:
        """List the parts of the draft that show pictures, each once."""
        shown = (use.part for uses in self.uses.values() for use in uses)
        return list(dict.fromkeys((*shown, *self.unread)))

    def marked(self, mark: Mark) -> tuple[int, list[Box]] | None:
        """Give the number of a mark's picture and its lines as shares of it; None elsewhere.

        The whole picture stands for what is not found in it.
        """
        number = self._numbers.get(mark.block)
        if number is None:
            return None
        text = self._texts.get(mark.block)
        wide, high = self._pictures[number].image.size
        boxes = boxes_of(mark, text) if text is not None else []
        shares = [Box(b.x0 / wide, b.top / high, b.x1 / wide, b.bottom / high) for b in boxes]
        return number, shares or [WHOLE]

    def add(self, file: PictureFile) -> None:
        """Take over the pictures of a file and number its blocks."""
        for part, crop, picture in file.pictures.uses():
            if picture is None:
                self.unread.append(part)
                continue
            self.uses.setdefault(picture.number, []).append(Use(part, crop))
            self.written[picture.number] = file.pictures.name_of(picture)
            self._pictures[picture.number] = picture
        parts = {file.pictures.part_of(p): n for n, p in self._pictures.items()}
        for index, (part, text) in enumerate(_pictured(file.containers)):
            if part in parts:
                self._numbers[index] = parts[part]
                if text is not None:
                    self._texts[index] = text


def _pictured(containers: Sequence[TextPlace]) -> Iterator[tuple[str, PicturePlace | None]]:
    """Tell of each text which picture it was read in, and where the signs stand."""
    for place in containers:
        if isinstance(place, PicturePlace):
            yield place.part, place
        else:
            mark = next(iter(place.segments), None)
            yield (place.block(0).location.part if isinstance(mark, PictureMark) else "", None)


def held_pictures(format: str, data: bytes) -> HeldPictures:
    """Read the pictures of a draft of an office format; raises ``InputError`` as reading does."""
    held = HeldPictures()
    held.add(_OPENED[format](data))
    return held


def _word(data: bytes) -> PictureFile:
    from redact.ooxml.kinds import OUTERMOST
    from redact.ooxml.wordfile import WordFile

    return WordFile(data, OUTERMOST)


def _book(data: bytes) -> PictureFile:
    from redact.ooxml.book import BookFile
    from redact.ooxml.kinds import OUTERMOST

    return BookFile(data, OUTERMOST)


def _show(data: bytes) -> PictureFile:
    from redact.ooxml.kinds import OUTERMOST
    from redact.ooxml.show import ShowFile

    return ShowFile(data, OUTERMOST)


def _text(data: bytes) -> PictureFile:
    from redact.odf.format import ODT

    return ODT.open(data)


def _sheets(data: bytes) -> PictureFile:
    from redact.odf.format import ODS

    return ODS.open(data)


_OPENED: dict[str, Callable[[bytes], PictureFile]] = {
    "docx": _word,
    "xlsx": _book,
    "pptx": _show,
    "odt": _text,
    "ods": _sheets,
}
