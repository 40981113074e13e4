"""The pages of a picture file and of its redacted output as small pictures, findings on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from redact.pictures.format import read_pages
from redact.pictures.pages import Sheet, open_sheets
from redact.pictures.text import PicturePlace
from redact.preview.picture_marks import boxes_of
from redact.preview.pictures import (
    Mark,
    PagePair,
    PagePairs,
    PictureOrder,
    Place,
    place_in,
)
from redact.preview.small_picture import TEXT_PER_BYTE, scaled


def page_pairs(original: bytes, output: bytes, order: PictureOrder) -> PagePairs:
    """Picture as many pages as allowed, in their order, each beside its output.

    ``output`` may be empty. A mark gets no place where the text there is another. Raises
    ``ReviewError`` as reading does.
    """
    before = list(open_sheets(original))
    after = list(open_sheets(output)) if output else []
    places = places_of_sheets(before, order.marks)
    shown: list[PagePair] = []
    left = order.allowance.bytes
    for number, sheet in islice(enumerate(before, 1), order.allowance.pages):
        written = scaled(after[number - 1].image) if number <= len(after) else None
        placed = tuple(places.get(number, ()))
        pair = PagePair(number, scaled(sheet.image), written, placed, placed if written else ())
        left -= int(sum(len(p.data) for p in (pair.before, pair.after) if p) * TEXT_PER_BYTE)
        if left < 0:
            break
        shown.append(pair)
    return PagePairs(tuple(shown), len(before), len(after))


def places_of_sheets(sheets: Sequence[Sheet], marks: Sequence[Mark]) -> Mapping[int, list[Place]]:
    """Read the pages again until every mark has its block."""
    wanted: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        wanted[mark.block].append(mark)
    found: dict[int, list[Place]] = defaultdict(list)
    index = 0
    last = max(wanted, default=-1)
    pages = read_pages(sheets) if wanted else ()
    for number, page in enumerate(pages, 1):
        for place in page.places:
            for mark in wanted.get(index, ()):
                found[number] += _framed(mark, place, page.sheet)
            index += 1
        if index > last:
            break
    return found


def _framed(mark: Mark, place: PicturePlace, sheet: Sheet) -> Iterator[Place]:
    for box in boxes_of(mark, place):
        if framed := place_in(mark.number, box, sheet.image.size):
            yield framed
