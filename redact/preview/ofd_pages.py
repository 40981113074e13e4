"""The pages of an OFD file and of its redacted output as drawings, findings placed on them."""

from __future__ import annotations

from redact.ofd.file import OfdFile
from redact.preview.ofd_sketch import Sketches
from redact.preview.pdf_pages import bars_on, pictured, waiting_for
from redact.preview.pictures import PagePairs, PictureOrder, Place, place_in


def ofd_pairs(original: bytes, output: bytes, order: PictureOrder) -> PagePairs:
    """Draw as many pages as allowed, those with a finding first, each beside its output.

    ``output`` may be empty. A mark gets no place where the text there is another. Raises
    ``ReviewError`` as reading does, and where there is no font to draw with.
    """
    draft = OfdFile(original, pictured=False)
    before = Sketches(draft.pages)
    after = Sketches(OfdFile(output, pictured=False).pages) if output else None
    waiting = waiting_for(order.marks)
    places: dict[int, tuple[Place, ...]] = {}
    for number, read in enumerate(draft.pages, 1):
        size = before.size(number)
        found = (place_in(bar.number, bar.box, size) for bar in bars_on(read.blocks, waiting))
        if placed := tuple(filter(None, found)):
            places[number] = placed
    shown = pictured(before, after, places, (), order.allowance)
    return PagePairs(shown, len(before), len(after) if after else 0, sketched=True)
