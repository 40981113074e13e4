"""Read one picture of a file with all that it shows, and read it again when painted over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redact.ocr.places import LEAST_PARTED
from redact.ocr.recall import afresh, recall
from redact.pictures.file import on_paper, open_pixels
from redact.pictures.proof import shows_covered
from redact.pictures.text import PicturePlace, places_in

if TYPE_CHECKING:
    from PIL.Image import Image

_LEAST_SIDE, _LEAST_LONG = 5, 20
"""Pixels of the sides below which nothing can be written in a picture: lines, dots, fillings."""

_LEAST_READ = 8
"""Pixels of a side below which people may still read what no machine does."""

_THIN, _PIECE = 8, 500
"""Length by width from which the recogniser reads margins, too, and length that costs a unit."""

_PIXELS = 4_000_000
"""Pixels that cost as much as a small picture, to decode and to hold."""


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """Hold the paragraphs of a picture, and whether a person must look at it."""

    places: list[PicturePlace]
    doubtful: bool = False


def cost_of(image: Image) -> int:
    """Reckon what reading a picture costs: one that is cut into parts is searched several times."""
    if _is_blank(image):
        return 0
    short, long = sorted(image.size)
    searches = 4 if long >= LEAST_PARTED else 1
    if long > _THIN * short:
        searches = max(searches, long // _PIECE)
    return max(searches, image.width * image.height // _PIXELS) * (1 if image.mode == "RGB" else 2)


def _is_blank(image: Image) -> bool:
    """Tell whether nothing can be written in a picture: too flat for letters, or of one colour."""
    short, long = sorted(image.size)
    small = short < _LEAST_SIDE or (short < _LEAST_READ and long < _LEAST_LONG)
    return small or all(low == high for low, high in _extremes(image))


def _extremes(image: Image) -> list[tuple[int, int]]:
    return [image.getchannel(band).getextrema() for band in image.getbands()]  # type: ignore[misc]


def read_places(part: str, image: Image) -> ReadPicture | None:
    """Read a picture, one with transparent parts on white and on black paper.

    None where it cannot be read on this machine: then nobody knows what it shows.
    """
    if _is_blank(image):
        return ReadPicture([])
    if min(image.size) < _LEAST_READ:
        return ReadPicture([], doubtful=True)
    found: list[PicturePlace] = []
    doubtful = False
    for paper in ("white",) if image.mode == "RGB" else ("white", "black"):
        try:
            seen = on_paper(image, paper)
            read = recall(seen)
            places = places_in(part, read, seen)
        except Exception:  # whatever the recogniser lacks or throws, the picture is unread
            return None
        doubtful = doubtful or bool(read.doubts)
        known = {place.text for place in found}
        found += [place for place in places if place.text not in known]
    return ReadPicture(found, doubtful)


def still_shows(data: bytes, places: Sequence[PicturePlace]) -> bool:
    """Tell whether a painted picture still shows a stretch of what was painted over."""
    with afresh():
        again = read_places("", open_pixels(data))
    if again is None:
        return True
    return shows_covered(again.places, places)
