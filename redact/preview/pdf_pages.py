"""The pages of a pdf and of its redacted output as small pictures, findings placed on them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, NamedTuple, Protocol

from redact.page.block import TextBlock
from redact.page.edit import bars_over
from redact.page.fold import fold
from redact.page.glyphs import Box
from redact.page.raster import POINTS_PER_INCH, PdfRaster
from redact.pdf.reader import PageText, pages_of
from redact.pdf.scan import MachineReader
from redact.pdf.source import open_source
from redact.preview.pictures import (
    Allowance,
    Mark,
    PagePair,
    PagePairs,
    PagePicture,
    PictureOrder,
    Place,
    place_in,
)
from redact.preview.small_picture import TEXT_PER_BYTE, compressed
from review.document import BlockKind
from review.errors import TooLargeInputError

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 80
"""An upright A4 page fills its half of the review copy."""

MOST_PIXELS = 2_000_000
"""Pixels of one picture; a larger page is rendered more coarsely."""

_MOST_READ = 12
"""Scanned pages whose findings are framed: reading one takes seconds, and people wait."""

Places = Mapping[int, tuple[Place, ...]]
"""Where findings stand, by the number of the page."""

_NOWHERE: Places = {}


def page_pairs(original: bytes, output: bytes, order: PictureOrder) -> PagePairs:
    """Picture as many pages as allowed, those with a finding first, each beside its output.

    ``output`` may be empty. A mark gets no place where the text there is another, or where a
    second reader does not see it. Raises ``ReviewError`` as reading does.
    """
    source = open_source(original)
    with ExitStack() as stack:
        before = stack.enter_context(PdfRaster(source.data))
        after = stack.enter_context(PdfRaster(output)) if output else None
        places = places_of_pages(source.data, before, order.marks, order.allowance.pages)
        shown = pictured(before, after, places, (), order.allowance)
        return PagePairs(shown, len(before), len(after) if after else 0)


class Pages(Protocol):
    """Show the pages of a file, which count from 1."""

    def __len__(self) -> int: ...

    def size(self, number: int) -> tuple[float, float]: ...

    def sight(self, number: int, dpi: float) -> Image: ...


def pictured(
    before: Pages,
    after: Pages | None,
    places: Places,
    further: Sequence[int],
    allowance: Allowance,
    placed: Places | None = None,
    pictures: Places = _NOWHERE,
) -> tuple[PagePair, ...]:
    """Picture as many pages as allowed: those with places, then ``further``, then the others.

    ``placed`` are the places on the pages of the output, the same where it keeps them.
    """
    sides = places, places if placed is None else placed, pictures
    first = dict.fromkeys((*places, *further))
    rest = (number for number in range(1, len(before) + 1) if number not in first)
    shown: list[PagePair] = []
    left = allowance.bytes
    for number in (*first, *rest):
        if len(shown) == allowance.pages:
            break
        pair = _pair(number, before, after, sides)
        left -= size_of(pair)
        if left < 0:
            break
        shown.append(pair)
    return tuple(sorted(shown))


def _pair(number: int, before: Pages, after: Pages | None, sides: Sequence[Places]) -> PagePair:
    written = _picture(after, number) if after and number <= len(after) else None
    places, placed, pictures = (side.get(number, ()) for side in sides)
    return PagePair(
        number, _picture(before, number), written, places, placed if written else (), pictures
    )


def size_of(pair: PagePair) -> int:
    """Give the bytes that two pictures need in a page of text."""
    data = len(pair.before.data) + (len(pair.after.data) if pair.after else 0)
    return int(data * TEXT_PER_BYTE)


def places_of_pages(data: bytes, raster: PdfRaster, marks: Sequence[Mark], most: int) -> Places:
    """Find the marks on at most so many pages, in the order of the pages."""
    waiting = waiting_for(marks)
    found: dict[int, tuple[Place, ...]] = {}
    if not waiting or not most:
        return found
    for page in _read_pages(data, raster):
        if places := tuple(_on_page(page, waiting, raster)):
            found[page.number] = places
        if len(found) == most or not waiting:
            break
    return found


def _read_pages(data: bytes, raster: PdfRaster) -> Iterator[PageText]:
    """Read pages until too many had to be read by machine; the rest get no frames."""
    with suppress(TooLargeInputError):
        yield from pages_of(data, raster, MachineReader(_MOST_READ))


def waiting_for(marks: Sequence[Mark]) -> dict[int, list[Mark]]:
    """Group marks by their block."""
    waiting: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        waiting[mark.block].append(mark)
    return waiting


class MarkedBar(NamedTuple):
    """Hold a line of a finding on a page: number, place, text and the kind of its block."""

    number: int
    box: Box
    text: str
    kind: BlockKind


def bars_on(blocks: Sequence[TextBlock], waiting: dict[int, list[Mark]]) -> Iterator[MarkedBar]:
    """Find what of the marks stands in a page's blocks; what ends here waits no longer."""
    for block in blocks:
        characters = block.characters if block.index in waiting else []
        later: list[Mark] = []
        for mark in waiting.pop(block.index, ()):
            start = max(mark.start - block.offset, 0)
            end = min(mark.end - block.offset, len(characters))
            here = "".join(c for c, _, _ in characters[start:end])
            skipped = start + block.offset - mark.start
            if here == mark.text[skipped : skipped + len(here)]:
                for bar in bars_over(characters[start:end]):
                    yield MarkedBar(mark.number, bar.box, bar.text, block.kind)
            if mark.end > block.offset + len(characters):
                later.append(mark)
        if later:
            waiting[block.index] = later


def _on_page(page: PageText, waiting: dict[int, list[Mark]], raster: PdfRaster) -> Iterator[Place]:
    """Place what of the marks stands on this page, text where a second reader sees it, too."""
    bars = list(bars_on(page.blocks, waiting))
    text = [b for b in bars if not page.machine_read and b.kind is not BlockKind.PICTURE]
    seen = raster.text_in(page.number, [bar.box for bar in text]) if text else []
    unseen = {
        bar
        for bar, shown in zip(text, seen, strict=True)
        if Counter(fold(bar.text)) - Counter(fold(shown))
    }
    size = page.width, page.height
    places = (place_in(bar.number, bar.box, size) for bar in bars if bar not in unseen)
    yield from filter(None, places)


def _picture(pages: Pages, number: int) -> PagePicture:
    width, height = pages.size(number)
    finest = POINTS_PER_INCH * (MOST_PIXELS / (width * height)) ** 0.5
    return compressed(pages.sight(number, min(DPI, finest)))
