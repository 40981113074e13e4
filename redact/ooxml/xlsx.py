"""Workbooks (xlsx): every cell is read as people see it, only values are written."""

from __future__ import annotations

from redact.ooxml.format import OfficeFormat
from redact.ooxml.kinds import XLSX


class XlsxFormat(OfficeFormat):
    """Read and rewrite xlsx files."""

    name = "xlsx"
    suffixes = (".xlsx",)
    kind = XLSX
