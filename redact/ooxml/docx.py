"""Text documents (docx): every text of the normalised trees is read and written back."""

from __future__ import annotations

from redact.ooxml.format import OfficeFormat
from redact.ooxml.kinds import DOCX


class DocxFormat(OfficeFormat):
    """Read and rewrite docx files."""

    name = "docx"
    suffixes = (".docx",)
    kind = DOCX
