"""Drawings that are no pixels (EMF, WMF, SVG, StarView): drawn by LibreOffice, then read as seen.

Whatever else such a file holds (text under other text, comments, programs, a second version of
itself) is not in the picture that takes its place.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from redact.libreoffice import convert_all, program
from redact.pictures.drawing_size import Size, size_of, unpacked
from redact.pictures.file import on_paper, without_hidden
from review.errors import BrokenInputError

if TYPE_CHECKING:
    from PIL.Image import Image

    from redact.page.raster import PdfRaster

MOST = 48
"""Drawings of one file; those beyond are dropped, as unread pictures are."""

MOST_BYTES = 30_000_000
SECONDS = 60
DPI = 300
"""Dots an inch; formulas are small, and what was sharp in print shall stay so."""

_POINTS_PER_CM = 72 / 2.54
_OFF = 2.0
"""Points by which a page may differ from what was asked for."""

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_WHITE = (255, 255)


class Drawings:
    """Draw the drawings of one file, all in one go as soon as the first is wanted.

    ``parts`` gives whatever the file holds; what is no drawing is passed over.
    """

    def __init__(self, parts: Callable[[], Iterable[bytes]]) -> None:
        self._parts = parts
        self._drawn: dict[bytes, Image] | None = None

    def picture(self, data: bytes) -> Image | None:
        """Give one as pixels; None where it cannot be drawn on this machine."""
        if self._drawn is None:
            known = dict.fromkeys(part for part in self._parts() if is_drawing(part))
            self._drawn = _draw(list(known))
        return self._drawn.get(data)


def is_drawing(data: bytes) -> bool:
    """Tell a drawing that is understood from pictures of pixels and from everything else."""
    return size_of(unpacked(data)) is not None


def _draw(files: Sequence[bytes]) -> dict[bytes, Image]:
    """Draw files as the pages of one document."""
    chosen: list[bytes] = []
    pages: list[tuple[bytes, Size]] = []
    left = MOST_BYTES
    for data in files:
        plain = unpacked(data)
        size = size_of(plain)
        left -= len(plain)
        if size is not None and left >= 0 and len(pages) < MOST:
            chosen.append(data)
            pages.append((plain, size))
    if not pages or program() is None:
        return {}
    (pdf,) = convert_all([(_document(pages), ".fodg")], "pdf", "pdf:draw_pdf_Export", SECONDS)
    pictures = _pictures(pdf, [size for _, size in pages]) if pdf else []
    # What shows nothing was not understood; as a picture it would vanish without a word.
    return {d: p for d, p in zip(chosen, pictures, strict=False) if not _is_empty(p)}


def _pictures(pdf: bytes, sizes: Sequence[Size]) -> list[Image]:
    """Render the pages; none where they are not those that were asked for."""
    from redact.page.raster import PdfRaster

    try:
        with PdfRaster(pdf) as raster:
            if len(raster) != len(sizes):
                return []
            asked = _largest(sizes)
            return [_page(raster, number, asked, size) for number, size in enumerate(sizes, 1)]
    except BrokenInputError:
        return []


def _page(raster: PdfRaster, number: int, asked: Size, size: Size) -> Image:
    """Render one page, and cut away what is behind the drawing."""
    wide, high = raster.size(number)
    if max(abs(wide - asked.wide * _POINTS_PER_CM), abs(high - asked.high * _POINTS_PER_CM)) > _OFF:
        raise BrokenInputError("图形没有按原来的大小画出，请另存为 PNG 后再提交。")
    page = raster.on_nothing(number, DPI)
    right, bottom = page.width * size.wide / asked.wide, page.height * size.high / asked.high
    return without_hidden(page.crop((0, 0, max(round(right), 1), max(round(bottom), 1))))


def _largest(sizes: Iterable[Size]) -> Size:
    """Give the size of the pages: LibreOffice draws all pages of a document alike."""
    wide, high = zip(*sizes, strict=True)
    return Size(max(wide), max(high))


def _is_empty(picture: Image) -> bool:
    """Tell whether a picture shows nothing on white paper."""
    return all(low_high == _WHITE for low_high in on_paper(picture, "white").getextrema())


def _document(pages: Sequence[tuple[bytes, Size]]) -> bytes:
    """Write a document with a page for each drawing, which stands in its corner."""
    page = _largest(size for _, size in pages)
    drawn = "".join(
        f'<draw:page draw:name="p{n}" draw:master-page-name="M"><draw:frame svg:x="0cm" '
        f'svg:y="0cm" svg:width="{size.wide}cm" svg:height="{size.high}cm"><draw:image>'
        f"<office:binary-data>{base64.b64encode(data).decode()}</office:binary-data></draw:image>"
        "</draw:frame></draw:page>"
        for n, (data, size) in enumerate(pages)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="{_SPACE}office:1.0" '
        f'xmlns:style="{_SPACE}style:1.0" xmlns:draw="{_SPACE}drawing:1.0" '
        f'xmlns:svg="{_SPACE}svg-compatible:1.0" xmlns:fo="{_SPACE}xsl-fo-compatible:1.0" '
        'office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.graphics">'
        '<office:styles><style:style style:name="standard" style:family="graphic"/></office:styles>'
        '<office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties '
        f'fo:margin="0cm" fo:page-width="{page.wide}cm" fo:page-height="{page.high}cm"/>'
        "</style:page-layout></office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="M" style:page-layout-name="L"/></office:master-styles>'
        f"<office:body><office:drawing>{drawn}</office:drawing></office:body></office:document>"
    ).encode()
