"""Redaction glyph by glyph: what is removed goes, everything else stays where it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from redact.pdf_doubt import DoubtError
from redact.pdf_edit import edits_here
from redact.pdf_gap import Gap, gaps_of
from redact.pdf_likeness import check_likeness
from redact.pdf_raster import PdfRaster
from redact.pdf_reader import PageText
from redact.pdf_rewrite import RewrittenPdf
from review.plan import Edit

MAX_EXACT_PAGES = 300
"""Pages beyond which a file is not held in memory glyph by glyph."""


def rewritten(data: bytes, pages: Sequence[PageText], edits: Mapping[int, Sequence[Edit]]) -> bytes:
    """Rewrite a plain pdf; raises ``DoubtError`` where that cannot be shown to be exact."""
    import pikepdf

    output = RewrittenPdf()
    gaps: list[Sequence[Gap]] = []
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if "/OCProperties" in pdf.Root:
                raise DoubtError("optional content")
            for page, source in zip(pages, pdf.pages, strict=True):
                gaps.append(_gaps(page, edits))
                output.add_page(source, page, gaps[-1])
            written, bare = output.save()
    except (KeyError, ValueError, TypeError, AttributeError, pikepdf.PdfError) as error:
        # Objects of any type stand where another was to be expected: nothing is certain then.
        raise DoubtError("object that is not as it should be") from error
    with PdfRaster(data) as before, PdfRaster(bare) as after:
        if len(before) != len(pages) or len(after) != len(pages):
            raise DoubtError("page count")
        for page, places in zip(pages, gaps, strict=True):
            check_likeness(page.number, before, after, page.covers, places)
    return written


def _gaps(page: PageText, edits: Mapping[int, Sequence[Edit]]) -> list[Gap]:
    return [
        gap
        for block in page.blocks
        for gap in gaps_of(block, edits_here(block, edits.get(block.index, ())))
    ]
