"""Which formats there are: a new one is one file, one line here and its endings in ``kinds``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from redact.kinds import SUFFIXES, WRITTEN_AS
from review.errors import UnknownFormatError
from review.ports import Format


def _txt() -> Format:
    from redact.plain.text import TextFormat

    return TextFormat()


def _markdown() -> Format:
    from redact.plain.text import TextFormat

    return TextFormat("md", (".md", ".markdown"))


def _csv() -> Format:
    from redact.plain.csv_table import CsvFormat

    return CsvFormat()


def _html() -> Format:
    from redact.html.page import HtmlFormat

    return HtmlFormat()


def _pdf() -> Format:
    from redact.pdf.format import PdfFormat

    return PdfFormat()


def _docx() -> Format:
    from redact.ooxml.docx import DocxFormat

    return DocxFormat()


def _xlsx() -> Format:
    from redact.ooxml.xlsx import XlsxFormat

    return XlsxFormat()


def _pptx() -> Format:
    from redact.ooxml.pptx import PptxFormat

    return PptxFormat()


def _odt() -> Format:
    from redact.odf.format import ODT

    return ODT


def _ods() -> Format:
    from redact.odf.format import ODS

    return ODS


def _ofd() -> Format:
    from redact.ofd.format import OfdFormat

    return OfdFormat()


def _image() -> Format:
    from redact.pictures.format import ImageFormat

    return ImageFormat()


def _converted(name: str) -> Format:
    from redact.legacy import ConvertedFormat

    suffixes = tuple(suffix for suffix, kind in SUFFIXES.items() if kind == name)
    return ConvertedFormat(name, suffixes, FORMATS[WRITTEN_AS[name]])


FORMATS: Mapping[str, Callable[[], Format]] = {
    "txt": _txt,
    "md": _markdown,
    "csv": _csv,
    "html": _html,
    "docx": _docx,
    "xlsx": _xlsx,
    "pptx": _pptx,
    "odt": _odt,
    "ods": _ods,
    "pdf": _pdf,
    "ofd": _ofd,
    "image": _image,
    **{name: partial(_converted, name) for name in WRITTEN_AS},
}
"""Makers of the formats by name; each imports its libraries only when called."""


def get_format(name: str) -> Format:
    """Make the format of this name; raises ``UnknownFormatError`` if there is none."""
    if name not in FORMATS:
        raise UnknownFormatError(f"不支持这种格式，请另存为其中一种：{'、'.join(FORMATS)}。")
    return FORMATS[name]()
