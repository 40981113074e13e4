"""Make a copy of a draft, in its own format, with every finding highlighted."""

from __future__ import annotations

from redact.preview.highlights import HighlightOrder


def highlighted(data: bytes, order: HighlightOrder) -> bytes:
    """Highlight the findings of a draft in a copy of its own format; raises ``ReviewError``."""
    if order.format == "pdf":
        from redact.preview.pdf_highlight import highlighted_pdf

        return highlighted_pdf(data, order)
    from redact.preview.docx_highlight import highlighted_docx

    return highlighted_docx(data, order)
