"""Search and replace with python-docx and openpyxl, as scripts in offices do it carefully."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import reduce
from importlib.metadata import version
from itertools import chain
from typing import Any

from bench.redactors import MASK, Redact

TITLE = "python-docx / openpyxl 查找替换"


def load() -> tuple[str, Redact]:
    """Import both libraries."""
    return f"{version('python-docx')} / {version('openpyxl')}", redact


def redact(data: bytes, form: str, values: Sequence[str]) -> bytes:
    """Replace values in all paragraphs, headers and footers too, or in cells and their comments."""
    return (_docx if form == "docx" else _xlsx)(data, values)


def _docx(data: bytes, values: Sequence[str]) -> bytes:
    from docx import Document
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    document, output = Document(io.BytesIO(data)), io.BytesIO()
    stories: list[Any] = [document.element.body]
    for section in document.sections:
        stories += [section.header._element, section.footer._element]
    for element in chain.from_iterable(story.iter(qn("w:p")) for story in stories):
        paragraph = Paragraph(element, document)
        changed = _without(paragraph.text, values)
        if changed != paragraph.text:
            paragraph.text = changed
    document.save(output)
    return output.getvalue()


def _xlsx(data: bytes, values: Sequence[str]) -> bytes:
    from openpyxl import load_workbook

    book, output = load_workbook(io.BytesIO(data)), io.BytesIO()
    for sheet in book.worksheets:
        sheet.title = _without(sheet.title, values).replace("*", "x")
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = _without(cell.value, values)
                if cell.comment:
                    cell.comment.text = _without(cell.comment.text, values)
    book.save(output)
    return output.getvalue()


def _without(text: str, values: Sequence[str]) -> str:
    return reduce(lambda left, value: left.replace(value, MASK), values, text)
