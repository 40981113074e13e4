"""The pages of an OFD file and of its redacted output as drawings, findings placed on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from redact.ofd.file import OfdFile, ReadPage
from redact.ofd.geometry import POINTS, Rect, spread
from redact.ofd.items import PictureItem
from redact.page.glyphs import Box
from redact.preview.held_pictures import WHOLE, HeldPictures
from redact.preview.ofd_sketch import Sketches
from redact.preview.pdf_pages import bars_on, pictured, waiting_for
from redact.preview.pictures import PagePairs, PictureOrder, Place, place_in


def ofd_pairs(original: bytes, output: bytes, order: PictureOrder) -> PagePairs:
    """Draw as many pages as allowed, those with a finding first, each beside its output.

    ``output`` may be empty. A mark gets no place where the text there is another. Raises
    ``ReviewError`` as reading does, and where there is no font to draw with.
    """
    draft = OfdFile(original, pictured=order.pictured)
    before = Sketches(draft.pages)
    after = Sketches(OfdFile(output, pictured=False).pages) if output else None
    waiting = waiting_for(order.marks)
    held = HeldPictures()
    held.add(draft.pictures, draft.pictured)
    marked = held.marked(order.marks)
    places: dict[int, tuple[Place, ...]] = {}
    pictures: dict[int, tuple[Place, ...]] = {}
    for number, read in enumerate(draft.pages, 1):
        size = before.size(number)
        text = ((bar.number, bar.box) for bar in bars_on(read.blocks, waiting))
        found = (place_in(*each, size) for each in (*text, *_in_pictures(read, marked)))
        if placed := tuple(filter(None, found)):
            places[number] = placed
        whole = (place_in(i.picture.number, _on_page(i, WHOLE), size) for i in _items(read))
        pictures[number] = tuple(filter(None, whole)) if order.pictured else ()
    shown = pictured(before, after, places, (), order.allowance, pictures=pictures)
    return PagePairs(shown, len(before), len(after) if after else 0, sketched=True)


def _in_pictures(
    read: ReadPage, marked: Mapping[int, tuple[int, Sequence[Box]]]
) -> Iterator[tuple[int, Box]]:
    """Give findings and boxes in the pictures of a page."""
    by_picture: dict[int, list[tuple[int, Box]]] = {}
    for finding, (picture, boxes) in marked.items():
        by_picture.setdefault(picture, []).extend((finding, box) for box in boxes)
    for item in _items(read):
        for finding, box in by_picture.get(item.picture.number, ()):
            yield finding, _on_page(item, box)


def _items(read: ReadPage) -> Iterator[PictureItem]:
    return (item for item in read.page.items if isinstance(item, PictureItem))


def _on_page(item: PictureItem, box: Box) -> Box:
    """Lead a box, as shares of a picture, to points of its page."""
    place = Rect(box.x0, box.top, box.x1 - box.x0, box.bottom - box.top)
    x, y, wide, high = spread(place, item.matrix)
    return Box(*(side * POINTS for side in (x, y, x + wide, y + high)))
