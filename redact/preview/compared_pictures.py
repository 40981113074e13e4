"""Compare what pages show before and after anyone's redaction: pictures, scans, drawn bars.

The places to be hidden are those that the reader of the original knows; what is seen there is told
by pixels alone (``redact.verify.see_through``).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile, ZipFile

import numpy as np

from redact.page.raster import PdfRaster
from redact.pdf.source import open_source
from redact.pictures.file import open_picture
from redact.pictures.pages import open_sheets
from redact.preview.image_pages import places_of_sheets
from redact.preview.pdf_pages import places_of_pages
from redact.preview.pictures import Mark, Place
from redact.verify.see_through import Known, known, sights, sights_between
from redact.verify.shades import Area
from redact.verify.sight import MOST_COMPARED, Seen, Sight
from review.errors import BrokenInputError, ReviewError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

    Grey = NDArray[np.uint8]

_DPI = 110
_MOST_PICTURES = 60
_LEAST_SIDE = 32
_HEADS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_DRAWN = re.compile(
    r"(?:^|/)(?:media|Pictures|ObjectReplacements)/.|\.(?:[ew]m[fz]|svgz?|webp|wdp|jxr)$",
    re.IGNORECASE,
)
"""Names of parts that are pictures, of whatever kind."""
_THUMBNAILS = ("docProps/", "Thumbnails/")


def compared(
    original: bytes, published: bytes, format: str, marks: Sequence[Mark]
) -> tuple[Seen, ...]:
    """Look at what stands in the places of ``marks``, and at what differs beside them.

    Of what was not compared so (pages beyond the fortieth, drawings) only that is told. Raises
    ``ReviewError`` as reading does.
    """
    if format == "image":
        return tuple(_of_sheets(original, published, marks))
    if format == "pdf":
        return tuple(_of_pages(original, published, marks))
    return tuple(_of_parts(original, published))


def _of_sheets(original: bytes, published: bytes, marks: Sequence[Mark]) -> Iterator[Seen]:
    before, after = list(open_sheets(original)), list(open_sheets(published))
    places = places_of_sheets(before, marks)
    last = min(len(before), len(after), MOST_COMPARED)
    for number, (old, new) in enumerate(zip(before[:last], after[:last], strict=True), 1):
        yield from _told(number, old.image, new.image, places)
    yield from _left_out(max(len(before), len(after)), last)


def _of_pages(original: bytes, published: bytes, marks: Sequence[Mark]) -> Iterator[Seen]:
    source = open_source(original)
    with ExitStack() as stack:
        before = stack.enter_context(PdfRaster(source.data))
        after = stack.enter_context(PdfRaster(published))
        places = places_of_pages(source.data, before, marks, MOST_COMPARED)
        last = min(len(before), len(after), MOST_COMPARED)
        for number in range(1, last + 1):
            pair = before.sight(number, _DPI), after.sight(number, _DPI)
            yield from _told(number, *pair, places)
        yield from _left_out(max(len(before), len(after)), last)


def _left_out(number: int, most: int) -> Iterator[Seen]:
    """Tell from which page or picture on nothing was compared: unseen is not unchanged."""
    if number > most:
        yield Seen(most + 1, Sight.BEYOND, number - most)


def _told(
    number: int, old: Image, new: Image, places: Mapping[int, Sequence[Place]]
) -> Iterator[Seen]:
    before = _grey(old)
    areas = [_area(place, before) for place in places.get(number, ())]
    for sight, count in sights(before, _grey(new), areas).items():
        yield Seen(number, sight, count)


class _Pictures(NamedTuple):
    """Hold the pictures of a package that can be compared, and the digests of the others."""

    opened: list[Known]
    others: Counter[bytes]

    def __len__(self) -> int:
        return len(self.opened) + self.others.total()


def _of_parts(original: bytes, published: bytes) -> Iterator[Seen]:
    """Compare the pictures within office files, each with that of the original it comes from."""
    old, new = _pictures(original), _pictures(published)
    yield from _left_out(max(len(old.opened), len(new.opened)), _MOST_PICTURES)
    left = list(old.opened)
    for number, picture in enumerate(new.opened[:_MOST_PICTURES], 1):
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


def _pictures(data: bytes) -> _Pictures:
    """Open the pictures of a package, in the order of their names.

    No more of them than one beyond those that are compared. Drawings, what is too small and what
    does not open is only known again where it is the same, byte for byte.
    """
    found = _Pictures([], Counter())
    try:
        with ZipFile(BytesIO(data)) as package:
            for name in sorted(package.namelist()):
                with package.open(name) as part:
                    head = part.read(4)
                drawn = head.startswith(_HEADS) or _DRAWN.search(name)
                if drawn and not name.startswith(_THUMBNAILS):
                    _take(package.read(name), found)
                if len(found.opened) > _MOST_PICTURES:
                    break
    except (BadZipFile, OSError) as error:
        raise BrokenInputError(
            "文件已损坏，其中的图片无法读取，请用原软件另存后再提交。"
        ) from error
    return found


def _take(data: bytes, found: _Pictures) -> None:
    try:
        picture = open_picture(data)
    except ReviewError:
        picture = None
    if picture is None or min(picture.size) < _LEAST_SIDE:
        found.others[hashlib.sha256(data).digest()] += 1
    else:
        found.opened.append(known(_grey(picture)))


def _grey(picture: Image) -> Grey:
    return np.asarray(picture.convert("L"))


def _area(place: Place, page: Grey) -> Area:
    high, wide = page.shape
    return Area(
        int(place.left * wide),
        int(place.top * high),
        round((place.left + place.width) * wide),
        round((place.top + place.height) * high),
    )
