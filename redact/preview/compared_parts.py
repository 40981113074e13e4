"""Compare the pictures within office files and web pages, each with the one it was made from.

Bars are as planned where the reader of the original knows something to hide; whatever else
differs is told.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile, ZipFile

import numpy as np

from redact.html.pictures import pictures_of
from redact.html.tree import parse
from redact.pictures.file import on_paper, open_picture
from redact.plain.encoding import decode
from redact.preview.held_pictures import WHOLE, held_pictures
from redact.preview.pictures import Mark, Place, place_in
from redact.verify.see_through import Known, known, sights_between
from redact.verify.shades import Area
from redact.verify.sight import Seen, Sight
from review.errors import BrokenInputError, ReviewError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

    Grey = NDArray[np.uint8]

MOST_PICTURES = 60
"""Pictures of one file that are compared; from the next one on people are told so."""

_LEAST_SIDE = 32
_HEADS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_DRAWN = re.compile(
    r"(?:^|/)(?:media|Pictures|ObjectReplacements)/.|\.(?:[ew]m[fz]|svgz?|webp|wdp|jxr)$",
    re.IGNORECASE,
)
"""Names of parts that are pictures, of whatever kind."""
_THUMBNAILS = ("docProps/", "Thumbnails/")

_Hidden = Mapping[bytes, Sequence[Place]]
"""What is to be hidden in a picture, by the digest of its shades."""


class _Pictures(NamedTuple):
    """Hold the pictures of a file that can be compared, and the digests of the others."""

    opened: list[Known]
    others: Counter[bytes]

    def __len__(self) -> int:
        return len(self.opened) + self.others.total()


def compared_parts(
    original: bytes, published: bytes, format: str, marks: Sequence[Mark]
) -> Iterator[Seen]:
    """Tell what shows through in the places of ``marks``, and what differs beside them."""
    old = _pictures(original, format, _hidden(original, format, marks))
    new = _pictures(published, format, {})
    most = max(len(old.opened), len(new.opened))
    if most > MOST_PICTURES:
        yield Seen(MOST_PICTURES + 1, Sight.BEYOND, most - MOST_PICTURES)
    left = list(old.opened)
    for number, picture in enumerate(new.opened[:MOST_PICTURES], 1):
        found = sights_between(left, picture)
        if found is None:
            yield Seen(number, Sight.OTHER, 1)
            continue
        left.pop(found.place)
        for sight, count in found.sights.items():
            yield Seen(number, sight, count)
    if changed := (new.others - old.others).total():
        yield Seen(0, Sight.UNSEEN, changed)
    if len(new) < len(old):
        yield Seen(0, Sight.OTHER, len(old) - len(new))


def _hidden(original: bytes, format: str, marks: Sequence[Mark]) -> _Hidden:
    """Find the marks in the pictures as they were read; one that is cut to be read has none."""
    found: defaultdict[bytes, list[Place]] = defaultdict(list)
    if not marks:
        return found
    held = held_pictures(format, original)
    for finding, (number, boxes) in held.marked(marks).items():
        digest = _digest(grey(on_paper(held.pictures[number].image, "white")))
        # The whole picture stands for what nobody has found in it.
        placed = (place_in(finding, box, (1.0, 1.0)) for box in boxes if box is not WHOLE)
        found[digest] += filter(None, placed)
    return found


def _digest(picture: Grey) -> bytes:
    return hashlib.sha256(repr(picture.shape).encode() + picture.tobytes()).digest()


def _pictures(data: bytes, format: str, hidden: _Hidden) -> _Pictures:
    """Open the pictures of a file, in the order of their names.

    No more of them than one beyond those that are compared. Drawings, what is too small and what
    does not open is only known again where it is the same, byte for byte.
    """
    found = _Pictures([], Counter())
    parts = pictures_of(parse(decode(data).text)) if format == "html" else _parts(data)
    for part in parts:
        _take(part, found, hidden)
        if len(found.opened) > MOST_PICTURES:
            break
    return found


def _parts(data: bytes) -> Iterator[bytes]:
    try:
        with ZipFile(BytesIO(data)) as package:
            for name in sorted(package.namelist()):
                with package.open(name) as part:
                    head = part.read(4)
                drawn = head.startswith(_HEADS) or _DRAWN.search(name)
                if drawn and not name.startswith(_THUMBNAILS):
                    yield package.read(name)
    except (BadZipFile, OSError) as error:
        raise BrokenInputError(
            "文件已损坏，其中的图片无法读取，请用原软件另存后再提交。"
        ) from error


def _take(data: bytes, found: _Pictures, hidden: _Hidden) -> None:
    try:
        picture = open_picture(data)
    except ReviewError:
        picture = None
    if picture is None or min(picture.size) < _LEAST_SIDE:
        found.others[hashlib.sha256(data).digest()] += 1
        return
    shades = grey(picture)
    places = hidden.get(_digest(shades), ()) if hidden else ()
    found.opened.append(known(shades, [area_of(place, shades) for place in places]))


def grey(picture: Image) -> Grey:
    """Give the shades of a picture row by row."""
    return np.asarray(picture.convert("L"))


def area_of(place: Place, page: Grey) -> Area:
    """Give a place in pixels."""
    high, wide = page.shape
    return Area(
        int(place.left * wide),
        int(place.top * high),
        round((place.left + place.width) * wide),
        round((place.top + place.height) * high),
    )
