"""Presentations (pptx): every text of slides, layouts and masters is read and written back."""

from __future__ import annotations

from redact.ooxml.format import OfficeFormat
from redact.ooxml.kinds import PPTX


class PptxFormat(OfficeFormat):
    """Read and rewrite pptx files."""

    name = "pptx"
    suffixes = (".pptx",)
    kind = PPTX
