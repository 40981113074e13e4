"""The pictures of an office file on the rendered pages of its draft and of its output."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from redact.page.glyphs import Box
from redact.page.raster import PdfRaster
from redact.preview.held_pictures import WHOLE, HeldPictures, held_pictures
from redact.preview.pdf_pages import size_of
from redact.preview.picture_frames import Frames, Shows, picture_frames
from redact.preview.picture_sheets import picture_sheets
from redact.preview.pictures import Allowance, PagePair, PictureOrder
from redact.preview.twins import Twin, twin_of
from review.errors import ReviewError


class RenderedPictures:
    """Know the pictures of a draft and the twins that tell where draft and output show them.

    Nothing of it fails a preview: without twins there are no frames.
    """

    def __init__(self, original: bytes, output: bytes, order: PictureOrder) -> None:
        self._held = HeldPictures()
        self._draft = self._output = Twin(b"", (), frozenset())
        if order.pictured:
            with suppress(ReviewError):
                self._prepare(original, output, order)
        self.files = [(self._draft.data, order.written), (self._output.data, order.written)]
        self._marked = self._held.marked(order.marks)
        self._order, self._redacted = order, output

    def _prepare(self, original: bytes, output: bytes, order: PictureOrder) -> None:
        data = original
        if order.format != order.written:
            from redact.legacy import convert

            data = convert(original, f".{order.format}", order.written)
        self._held = held_pictures(order.written, data)
        self._draft = twin_of(data, self._held.parts())
        if output:
            self._output = twin_of(output, list(self._held.written.values()))

    def on_draft(self, before: PdfRaster, twins: Sequence[bytes]) -> Frames:
        """Frame pictures and findings on the pages of the draft; ``twins`` are rendered."""
        shows: dict[str, list[tuple[int, Box | None]]] = {}
        for number, uses in self._held.uses.items():
            for part, crop in uses:
                cut = Box(crop.left, crop.top, 1 - crop.right, 1 - crop.bottom)
                shown = None if part in self._draft.turned else cut
                shows.setdefault(part, []).append((number, shown))
        return self._frames(before, twins[0], self._draft, shows)

    def on_output(self, after: PdfRaster, twins: Sequence[bytes]) -> Frames:
        """Frame them on the pages of the output, of which every picture is shown as a whole."""
        shows = {part: [(number, WHOLE)] for number, part in self._held.written.items()}
        return self._frames(after, twins[1], self._output, shows)

    def sheets(self, shown: Sequence[PagePair]) -> tuple[PagePair, ...]:
        """Show the pictures with findings that no shown page frames, as far as there is room."""
        framed = {place.number for pair in shown for place in pair.places}
        pages, most = self._order.allowance
        left = Allowance(pages - len(shown), most - sum(map(size_of, shown)))
        return picture_sheets(self._held, self._order.marks, framed, self._redacted, left)

    def _frames(self, shown: PdfRaster, twin: bytes, made: Twin, shows: Shows) -> Frames:
        if not twin:
            return Frames()
        with PdfRaster(twin) as raster:
            return picture_frames(shown, raster, made.parts, shows, self._marked)
