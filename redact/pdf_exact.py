"""Redaction glyph by glyph: what is removed goes, everything else stays where it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from redact.pdf_doubt import DoubtError
from redact.pdf_edit import edits_here
from redact.pdf_gap import Gap, exact_gaps_of
from redact.pdf_glyphs import Box
from redact.pdf_likeness import Planned, check_likeness
from redact.pdf_raster import PdfRaster
from redact.pdf_reader import PageText
from redact.pdf_rewrite import RewrittenPdf
from redact.pdf_stamp import stamps_of
from review.document import BlockKind
from review.errors import ReviewError
from review.plan import Edit

MAX_EXACT_PAGES = 200
"""Pages beyond which a file is not held in memory glyph by glyph."""

_MOST_DRAWINGS = 30


def rewritten(data: bytes, pages: Sequence[PageText], edits: Mapping[int, Sequence[Edit]]) -> bytes:
    """Rewrite a plain pdf; raises ``DoubtError`` where that cannot be shown to be exact."""
    try:
        with PdfRaster(data) as before:
            written, bare, plans = _written(data, pages, edits, before)
            with PdfRaster(bare) as after:
                if len(before) != len(pages) or len(after) != len(pages):
                    raise DoubtError("page count")
                for page, planned in zip(pages, plans, strict=True):
                    check_likeness(page.number, before, after, planned)
    except (DoubtError, ReviewError):
        raise
    except Exception as error:
        # Objects of any type stand where another was to be expected: nothing is certain then.
        raise DoubtError("object that is not as it should be") from error
    return written


def _written(
    data: bytes,
    pages: Sequence[PageText],
    edits: Mapping[int, Sequence[Edit]],
    raster: PdfRaster,
) -> tuple[bytes, bytes, list[Planned]]:
    import pikepdf

    output, plans = RewrittenPdf(), list[Planned]()
    with pikepdf.open(BytesIO(data)) as pdf:
        if "/OCProperties" in pdf.Root:
            raise DoubtError("optional content")
        for page, source in zip(pages, pdf.pages, strict=True):
            gaps = _gaps(page, edits)
            _check_drawings(page, gaps)
            stamps = stamps_of(page, raster, gaps, edits)
            plans.append(output.add_page(source, page, gaps, stamps))
        return *output.save(), plans


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
