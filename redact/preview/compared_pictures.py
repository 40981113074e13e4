"""Compare what pages show before and after anyone's redaction: pictures, scans, drawn bars.

The places to be hidden are those that the reader of the original knows; what is seen there is told
by pixels alone (``redact.verify.see_through``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from io import BytesIO
from typing import TYPE_CHECKING
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
from review.errors import ReviewError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

    Grey = NDArray[np.uint8]

_DPI = 110
_MOST_PICTURES = 60
_LEAST_SIDE = 32
_HEADS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")


def compared(
    original: bytes, published: bytes, format: str, marks: Sequence[Mark]
) -> tuple[Seen, ...]:
    """Look at what stands in the places of ``marks``, and at what differs beside them.

    Of pages beyond the fortieth only that they were left out is told. Raises ``ReviewError`` as
    reading does.
    """
    if format == "image":
        return tuple(_of_sheets(original, published, marks))
    if format == "pdf":
        return tuple(_of_pages(original, published, marks))
    return tuple(_of_parts(original, published))


def _of_sheets(original: bytes, published: bytes, marks: Sequence[Mark]) -> Iterator[Seen]:
    before, after = list(open_sheets(original)), list(open_sheets(published))
    places = places_of_sheets(before, marks)
    pairs = zip(before[:MOST_COMPARED], after, strict=False)
    for number, (old, new) in enumerate(pairs, 1):
        yield from _told(number, old.image, new.image, places)


def _of_pages(original: bytes, published: bytes, marks: Sequence[Mark]) -> Iterator[Seen]:
    source = open_source(original)
    with ExitStack() as stack:
        before = stack.enter_context(PdfRaster(source.data))
        after = stack.enter_context(PdfRaster(published))
        places = places_of_pages(source.data, before, marks, MOST_COMPARED)
        for number in range(1, min(len(before), len(after), MOST_COMPARED) + 1):
            pair = before.sight(number, _DPI), after.sight(number, _DPI)
            yield from _told(number, *pair, places)
        yield from _left_out(max(len(before), len(after)), MOST_COMPARED)


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


def _of_parts(original: bytes, published: bytes) -> Iterator[Seen]:
    """Compare the pictures within office files, each with that of the original it comes from."""
    old, new = _pictures(original), _pictures(published)
    yield from _left_out(max(len(old), len(new)), _MOST_PICTURES)
    left = list(old)
    for number, picture in enumerate(new[:_MOST_PICTURES], 1):
        found = sights_between(left, picture)
        if found is None:
            yield Seen(number, Sight.OTHER, 1)
            continue
        left.pop(found.place)
        for sight, count in found.sights.items():
            yield Seen(number, sight, count)
    if len(new) < len(old):
        yield Seen(0, Sight.OTHER, len(old) - len(new))


def _pictures(data: bytes) -> list[Known]:
    """Open the pictures of a package, in the order of their names; what cannot be opened not.

    No more of them than one beyond those that are compared.
    """
    found: list[Known] = []
    try:
        with ZipFile(BytesIO(data)) as package:
            for name in sorted(package.namelist()):
                with package.open(name) as part:
                    head = part.read(4)
                if head.startswith(_HEADS) and not name.startswith(("docProps/", "Thumbnails/")):
                    found += _opened(package.read(name))
                if len(found) > _MOST_PICTURES:
                    break
    except (BadZipFile, OSError):
        return []
    return found


def _opened(data: bytes) -> list[Known]:
    try:
        picture = open_picture(data)
    except ReviewError:
        return []
    return [known(_grey(picture))] if min(picture.size) >= _LEAST_SIDE else []


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
