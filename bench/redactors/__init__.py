"""The tools whose redaction is compared: one small module each, run in a process of its own.

A module has ``TITLE`` and ``load()``, which gives the version and a function that takes a file,
its format and the values that must go, and gives the file without them. Each tool is told exactly
what to remove: this measures what stays in the file, not what is found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Redact = Callable[[bytes, str, Sequence[str]], bytes]

MASK = "***"
FORMATS = {
    "ours": ("docx", "xlsx", "pdf"),
    "plain": ("docx", "xlsx"),
    "libreoffice": ("docx", "xlsx"),
    "pymupdf": ("pdf",),
    "pdf_redactor": ("pdf",),
}
"""What each tool redacts; ours first."""
