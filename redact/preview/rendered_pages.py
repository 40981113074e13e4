"""The pages of an office file and of its redacted output, as LibreOffice shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from redact.page.raster import PdfRaster
from redact.preview.pdf_pages import Places, pictured
from redact.preview.picture_frames import Frames
from redact.preview.pictures import MOST_RENDERED, Mark, PagePairs, PictureOrder, Place, box_in
from redact.preview.rendered_likeness import uneven_pages
from redact.preview.rendered_marks import MarkedText, places_of
from redact.preview.rendered_pictures import RenderedPictures
from redact.preview.rendering import CLIPPING, inks_of, render
from redact.preview.running_text import RunningText
from redact.verify.verifier import seen_on_pages


def rendered_pairs(original: bytes, output: bytes, order: PictureOrder) -> PagePairs:
    """Render draft and output at once, picture their pages and compare them.

    ``output`` may be empty. Raises ``ReviewError`` where LibreOffice does not show them.
    """
    held = RenderedPictures(original, output, order)
    files = [(original, order.format), (output, order.written)]
    drawn, written, *twins = render(files, held.files)
    with ExitStack() as stack:
        raster = stack.enter_context(PdfRaster(drawn))
        frames = held.on_draft(raster, twins)
        before = _Side(raster, order.format, order.texts, order.marks, order.running, frames)
        if not written:
            shown = pictured(raster, None, before.places, (), order.allowance, {}, before.pictures)
            cut = len(raster) == MOST_RENDERED
            return PagePairs(shown, len(raster), cut=cut, sheets=held.sheets(shown))
        other = stack.enter_context(PdfRaster(written))
        frames = held.on_output(other, twins)
        after = _Side(other, order.written, order.becomes, order.became, order.running, frames)
        pairs = _compared(before, after, order)
        return pairs._replace(sheets=held.sheets(pairs.shown))


class _Side:
    """Hold the pages of draft or output, its signs and the places of findings and pictures."""

    def __init__(
        self,
        raster: PdfRaster,
        format: str,
        texts: Sequence[str],
        marks: Sequence[Mark],
        running: Sequence[int],
        frames: Frames,
    ) -> None:
        self.raster = raster
        self.inks = inks_of(raster)
        clipped = format in CLIPPING
        self.running = RunningText(texts, running, self.inks, marks, clipped=clipped)
        apart = frozenset(running)
        held = ["" if block in apart else text for block, text in enumerate(texts)]
        self.marked = MarkedText(held, self.inks, clipped=clipped)
        sizes = [raster.size(number) for number in range(1, len(raster) + 1)]
        edited = {mark.number for mark in marks if mark.edited}
        self.painted = {
            page: [box_in(place, sizes[page - 1]) for place in places if place.number in edited]
            for page, places in frames.findings.items()
        }
        own = [mark for mark in marks if mark.block not in apart]
        places = _joined(places_of(self.marked, own, sizes), self.running.places(sizes))
        self.places = _joined(places, frames.findings)
        self.pictures = _joined({}, frames.pictures)


def _compared(before: _Side, after: _Side, order: PictureOrder) -> PagePairs:
    edited = {mark.block for mark in order.marks if mark.edited}
    touched = {sign for block in edited for sign in before.marked.signs(block).values()}
    touched.update(before.running.edited())
    painted = before.painted, after.painted
    uneven = uneven_pages(before.raster, after.raster, before.inks, after.inks, touched, painted)
    pages = [after.raster.text(n) for n in range(1, min(len(after.raster), MOST_RENDERED) + 1)]
    shown = pictured(
        before.raster, after.raster, before.places, uneven, order.allowance, after.places,
        before.pictures,
    )  # fmt: skip
    complaints = seen_on_pages(pages, order.allowed)
    total, written = len(before.raster), len(after.raster)
    return PagePairs(shown, total, written, MOST_RENDERED in (total, written), uneven, complaints)


def _joined(places: Places, further: Mapping[int, Sequence[Place]]) -> Places:
    numbers = sorted({*places, *further})
    return {n: (*places.get(n, ()), *further.get(n, ())) for n in numbers}
