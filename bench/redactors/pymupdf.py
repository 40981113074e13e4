"""PyMuPDF: search, redaction annotations applied, then its own cleaning (scrub)."""

from __future__ import annotations

from collections.abc import Sequence

from bench.redactors import Redact

TITLE = "PyMuPDF（apply_redactions 与 scrub）"


def load() -> tuple[str, Redact]:
    """Import the library."""
    import pymupdf

    return pymupdf.VersionBind, _redact


def _redact(data: bytes, form: str, values: Sequence[str]) -> bytes:
    import pymupdf

    with pymupdf.open(stream=data, filetype=form) as document:
        for page in document:
            for value in values:
                for place in page.search_for(value):
                    page.add_redact_annot(place, fill=(0, 0, 0))
            page.apply_redactions()
        document.scrub()
        saved: bytes = document.tobytes(garbage=4, clean=True, deflate=True)
        return saved
