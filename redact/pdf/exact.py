"""Redaction glyph by glyph: what is removed goes, everything else stays where it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from types import TracebackType

from redact.page.doubt import DoubtError
from redact.page.edit import edits_here
from redact.page.gap import Gap, exact_gaps_of
from redact.page.glyphs import Box
from redact.page.raster import PdfRaster
from redact.pdf.likeness import Pages, Planned, check_likeness
from redact.pdf.reader import PageText
from redact.pdf.rewrite import RewrittenPdf
from redact.pdf.stamp import stamps_of
from review.document import BlockKind
from review.errors import ReviewError
from review.plan import Edit

MAX_EXACT_PAGES = 200
"""Pages beyond which a file is not held in memory."""

_MOST_DRAWINGS = 30


class ExactRewriting:
    """Rewrite a plain pdf page by page, keeping of each no more than the output needs.

    Whatever cannot be shown to be exact raises ``DoubtError``.
    """

    def __init__(self, data: bytes, raster: PdfRaster) -> None:
        import pikepdf

        self._raster = raster
        with _certain():
            self._pdf = pikepdf.open(BytesIO(data))
            if "/OCProperties" in self._pdf.Root:
                raise DoubtError("optional content")
            self._left = iter(self._pdf.pages)
        self._output, self._plans = RewrittenPdf(), list[Planned]()

    def __enter__(self) -> ExactRewriting:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pdf.close()

    def add(self, page: PageText, edits: Mapping[int, Sequence[Edit]]) -> None:
        """Take over the next page."""
        if len(self._plans) == MAX_EXACT_PAGES:
            raise DoubtError("too many pages")
        with _certain():
            gaps = _gaps(page, edits)
            _check_drawings(page, gaps)
            stamps = stamps_of(page, self._raster, gaps, edits)
            self._plans.append(self._output.add_page(next(self._left), page, gaps, stamps))

    def finished(self) -> bytes:
        """Write the file once all pages are taken over, and look whether it is alike."""
        with _certain():
            written, bare = self._output.save()
            count = len(self._plans)
            with PdfRaster(bare) as empty, PdfRaster(written) as finished:
                if not len(self._raster) == len(empty) == len(finished) == count:
                    raise DoubtError("page count")
                pages = Pages(self._raster, empty, finished)
                for number, planned in enumerate(self._plans, 1):
                    check_likeness(number, pages, planned)
        return written


@contextmanager
def _certain() -> Iterator[None]:
    try:
        yield
    except (DoubtError, ReviewError):
        raise
    except Exception as error:
        # Objects of any type stand where another was to be expected: nothing is certain then.
        raise DoubtError("object that is not as it should be") from error


def _check_drawings(page: PageText, gaps: Sequence[Gap]) -> None:
    """Refuse drawn shapes that may be letters where nobody reads them or they may be hidden."""
    edge = Box(0, 0, page.width, page.height)
    if len(page.drawings) > _MOST_DRAWINGS:
        raise DoubtError("drawing")
    for shape in page.drawings:
        if not shape.touches(edge) or any(shape.touches(gap.box) for gap in gaps):
            raise DoubtError("drawing in a gap or outside the page")


def _gaps(page: PageText, edits: Mapping[int, Sequence[Edit]]) -> list[Gap]:
    return [
        gap
        for block in page.blocks
        if block.kind is not BlockKind.PICTURE
        for gap in exact_gaps_of(block, edits_here(block, edits.get(block.index, ())))
    ]
