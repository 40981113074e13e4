"""The pages of an office file and of its redacted output, as LibreOffice shows them."""

from __future__ import annotations

from contextlib import ExitStack

from redact.page.raster import PdfRaster
from redact.preview.pdf_pages import pictured
from redact.preview.pictures import MOST_RENDERED, PagePairs, PictureOrder
from redact.preview.rendered_likeness import uneven_pages
from redact.preview.rendered_marks import MarkedText, places_of
from redact.preview.rendering import CLIPPING, inks_of, render
from redact.verify.verifier import seen_on_pages


def rendered_pairs(original: bytes, output: bytes, order: PictureOrder) -> PagePairs:
    """Render draft and output at once, picture their pages and compare them.

    ``output`` may be empty. Raises ``ReviewError`` where LibreOffice does not show them.
    """
    drawn, written = render([(original, order.format), (output, order.written)])
    with ExitStack() as stack:
        before = stack.enter_context(PdfRaster(drawn))
        after = stack.enter_context(PdfRaster(written)) if written else None
        inks = inks_of(before)
        marked = MarkedText(order.texts, inks, clipped=order.format in CLIPPING)
        sizes = [before.size(number) for number in range(1, len(before) + 1)]
        places = places_of(marked, order.marks, sizes)
        if after is None:
            shown = pictured(before, None, places, (), order.allowance)
            return PagePairs(shown, len(before), cut=len(before) == MOST_RENDERED)
        edited = {mark.block for mark in order.marks if mark.edited}
        touched = {sign for block in edited for sign in marked.signs(block).values()}
        uneven = uneven_pages(before, after, inks, touched)
        pages = [after.text(n) for n in range(1, min(len(after), MOST_RENDERED) + 1)]
        shown = pictured(before, after, places, uneven, order.allowance)
        complaints = seen_on_pages(pages, order.allowed)
        cut = MOST_RENDERED in (len(before), len(after))
        return PagePairs(shown, len(before), len(after), cut, uneven, complaints)
