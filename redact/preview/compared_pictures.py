"""Compare what pages show before and after anyone's redaction: pictures, scans, drawn bars.

The places to be hidden are those that the reader of the original knows; what is seen there is told
by pixels alone (``redact.verify.see_through``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from redact.page.raster import PdfRaster
from redact.pdf.source import open_source
from redact.pictures.pages import open_sheets
from redact.preview.compared_parts import area_of, compared_parts, grey
from redact.preview.image_pages import places_of_sheets
from redact.preview.pdf_pages import places_of_pages
from redact.preview.pictures import Mark, Place
from redact.verify.see_through import sights
from redact.verify.sight import MOST_COMPARED, Seen, Sight

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 110


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
    return tuple(compared_parts(original, published, format, marks))


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
    before = grey(old)
    areas = [area_of(place, before) for place in places.get(number, ())]
    for sight, count in sights(before, grey(new), areas).items():
        yield Seen(number, sight, count)
