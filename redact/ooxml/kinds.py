"""The kinds of office files that may lie in each other, and what takes each apart."""

from __future__ import annotations

from redact.ooxml.book import BookFile
from redact.ooxml.embedded import Kind, Nested
from redact.ooxml.show import ShowFile
from redact.ooxml.wordfile import WordFile

_TYPE = "application/vnd.openxmlformats-officedocument."

DOCX = Kind("docx", f"{_TYPE}wordprocessingml.document", "Word.Document.12", WordFile)
XLSX = Kind("xlsx", f"{_TYPE}spreadsheetml.sheet", "Excel.Sheet.12", BookFile)
PPTX = Kind("pptx", f"{_TYPE}presentationml.presentation", "PowerPoint.Show.12", ShowFile)
OUTERMOST = Nested((DOCX, XLSX, PPTX))
"""For a file that lies in no other."""
