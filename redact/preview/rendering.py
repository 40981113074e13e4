"""Office files as a renderer shows them: draft and output turned into pdf by LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from redact.libreoffice import convert_all
from redact.page.fold import fold
from redact.page.glyphs import Box
from redact.page.raster import PdfRaster
from redact.preview.pictures import MOST_RENDERED
from review.errors import BrokenInputError

SECONDS = 45
"""What LibreOffice may take for draft and output together."""

_MODULES = {
    "writer": ("docx", "doc", "odt"),
    "calc": ("xlsx", "xls", "ods"),
    "impress": ("pptx", "ppt", "odp"),
}
_RANGE = f'{{"PageRange":{{"type":"string","value":"1-{MOST_RENDERED}"}}}}'
_FILTERS = {
    format: f"pdf:{module}_pdf_Export:{_RANGE}"
    for module, formats in _MODULES.items()
    for format in formats
}
RENDERED = frozenset(_FILTERS)
"""The formats that LibreOffice shows."""

CLIPPING = frozenset(_MODULES["calc"])
"""The formats of which a cell shows no more than it has room for."""

_WIDE_GAP = 2.0


class Ink(NamedTuple):
    """Hold one folded sign of a rendering, the page that shows it and where."""

    sign: str
    page: int
    box: Box


class Line(NamedTuple):
    """Hold a stretch of signs that stand beside each other: first, one behind the last, place."""

    start: int
    end: int
    page: int
    box: Box


def render(
    files: Sequence[tuple[bytes, str]], further: Sequence[tuple[bytes, str]] = ()
) -> list[bytes]:
    """Turn (bytes, format) each into a pdf of its first pages; what is a pdf stays.

    ``further`` files come last, empty where time does not suffice for them. Raises
    ``BrokenInputError`` where LibreOffice does not show one of the others.
    """
    every = [*files, *further]
    office = [n for n, (data, format) in enumerate(every) if data and format != "pdf"]
    shown = [data for data, _ in every]
    if office:
        chosen = [(every[n][0], f".{every[n][1]}") for n in office]
        made = convert_all(chosen, "pdf", _FILTERS[every[office[0]][1]], SECONDS)
        for number, data in zip(office, made, strict=True):
            if not data and number < len(files):
                raise BrokenInputError("LibreOffice 没能画出这个文件的页面，请取出文件核对。")
            shown[number] = data
    return shown


def inks_of(raster: PdfRaster) -> list[Ink]:
    """List the signs of the first pages in the order in which they are read."""
    pages = range(1, min(len(raster), MOST_RENDERED) + 1)
    return [
        Ink(sign, page, box)
        for page in pages
        for character, box in raster.characters(page)
        for sign in fold(character)
    ]


def text_of(inks: Sequence[Ink]) -> str:
    """Join the signs."""
    return "".join(ink.sign for ink in inks)


def lines_of(inks: Sequence[Ink]) -> Iterator[Line]:
    """Cut the signs where a line, a cell or a page ends."""
    start = 0
    for position, (ink, following) in enumerate(pairwise(inks), 1):
        if not follows(ink, following):
            yield _line(inks, start, position)
            start = position
    if inks:
        yield _line(inks, start, len(inks))


def follows(ink: Ink, following: Ink) -> bool:
    """Tell whether one sign stands beside another as in a line of text."""
    here, there = ink.box, following.box
    height = max(here.bottom - here.top, there.bottom - there.top)
    common = min(here.bottom, there.bottom) - max(here.top, there.top)
    level = common > min(here.bottom - here.top, there.bottom - there.top) / 2
    near = -height / 2 < there.x0 - here.x1 < _WIDE_GAP * height
    return ink.page == following.page and level and near


def _line(inks: Sequence[Ink], start: int, end: int) -> Line:
    box = inks[start].box
    for ink in inks[start + 1 : end]:
        box = box.around(ink.box)
    return Line(start, end, inks[start].page, box)
