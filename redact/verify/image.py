"""Re-read picture files for the verifier: nothing but pixels in them, and what the pixels say."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from redact.verify.drawn import text_of
from redact.verify.pictures import (
    LONGEST,
    holds_only_pixels,
    lines_in_picture,
    lines_in_pixels,
)
from redact.verify.views import UNREADABLE, Kind, Reading, View, drawn_view, printed

if TYPE_CHECKING:
    from numpy.typing import NDArray

MORE_THAN_PIXELS = "输出图片里除了画面还有其他数据，请转人工处理。"

_LONGER = 1.6
"""Length by width from which a picture is read piece by piece, or its writing grows too small."""

_OVERLAP = 0.15

_BMP_HEAD = 54
_BMP_INFO = 40

_TIFF_TAGS = frozenset(
    {254, 256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 282, 283, 284, 292, 293, 296, 317, 339}
)
"""Size, shades, packing, strips and density of a page (TIFF 6.0, section 8); no text, no maker."""

_TIFF_STRIPS, _TIFF_LENGTHS = 273, 279
_TIFF_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8}
_TIFF_ENTRY = 12
_MOST_PAGES = 100
_PICTURE_HEAD = re.compile(rb"\xff\xd8\xff[\xc0-\xfe]|\x89PNG\r\n\x1a\n")
_MOST_PREVIEWS = 4
_ALIGNMENT = 32
"""Bytes that a page of a TIFF file may hold between its parts."""


def read_image(output: bytes) -> Reading:
    """Look whether a picture file holds only pixels, and read the text of each of its pages.

    Of one that holds more, previews within it are read, too: they show what was there before.
    """
    beside: list[View] = []
    plain = _holds_only_pixels(output)
    if not plain:
        texts = (*printed(output), *_previews(output))
        beside.append(View(Kind.ASIDE, tuple(("图片附带的数据", text) for text in texts)))
    complaints = () if plain else (MORE_THAN_PIXELS,)
    pages = _pages(output)
    if not pages:
        return Reading(tuple(beside), complaints or (UNREADABLE,))
    views = [
        drawn_view([(f"第{number}页图片", lines_in_pixels(piece))])
        for number, page in enumerate(pages, 1)
        for piece in _pieces(page)
    ]
    return Reading((*beside, *views), complaints)


def _previews(data: bytes) -> Iterator[str]:
    """Read pictures that lie within another, as a camera's preview does (Exif, IFD 1)."""
    starts = [match.start() for match in _PICTURE_HEAD.finditer(data, 1)]
    for start in starts[:_MOST_PREVIEWS]:
        with suppress(Exception):  # chance bytes: that there is more is a complaint already
            yield text_of(lines_in_picture(data[start:]))


def _pages(output: bytes) -> list[NDArray[np.uint8]]:
    import cv2

    _, pages = cv2.imdecodemulti(np.frombuffer(output, np.uint8), cv2.IMREAD_COLOR)
    return [np.asarray(page, np.uint8) for page in pages or ()]


def _pieces(page: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    """Cut a very long or wide page into overlapping pieces; each is a view by itself."""
    along = int(np.argmax(page.shape[:2]))
    long, short = page.shape[along], page.shape[1 - along]
    if long <= max(_LONGER * short, LONGEST):
        yield page
        return
    # A strip one line high must not be cut into squares: no number would be whole in any of them.
    side = max(short, LONGEST)
    step = max(int(side * (1 - _OVERLAP)), 1)
    for start in range(0, max(long - round(side * _OVERLAP), 1), step):
        cut = slice(start, start + side)
        yield np.ascontiguousarray(page[cut] if along == 0 else page[:, cut])


def _holds_only_pixels(data: bytes) -> bool:
    if data.startswith(b"BM"):
        return _bmp_is_plain(data)
    if data.startswith((b"II*\0", b"MM\0*")):
        try:
            return _tiff_is_plain(data)
        except struct.error:  # an offset that points outside
            return False
    return holds_only_pixels(data)


def _bmp_is_plain(data: bytes) -> bool:
    """Reckon the length of a bitmap from its head: nothing stands behind its pixels."""
    if len(data) < _BMP_HEAD:
        return False
    size, _, start, info, wide, high, _, bits = struct.unpack_from("<IIIIiiHH", data, 2)
    row = (wide * bits + 31) // 32 * 4
    palette = 4 << bits if bits <= 8 else 0
    plain = info == _BMP_INFO and start == _BMP_HEAD + palette
    return bool(plain and size == len(data) == start + row * abs(high))


def _tiff_is_plain(data: bytes) -> bool:
    """Walk the pages: known tags only, and no bytes that none of them accounts for."""
    order = "<" if data.startswith(b"II") else ">"
    (position,) = struct.unpack_from(f"{order}I", data, 4)
    held = 8
    pages = 0
    while position:
        pages += 1
        (count,) = struct.unpack_from(f"{order}H", data, position)
        held += 2 + _TIFF_ENTRY * count + 4
        entries = {}
        for number in range(count):
            tag, kind, length = struct.unpack_from(
                f"{order}HHI", data, position + 2 + _TIFF_ENTRY * number
            )
            size = _TIFF_SIZES.get(kind)
            if tag not in _TIFF_TAGS or size is None:
                return False
            place = position + 2 + _TIFF_ENTRY * number + 8
            if size * length > 4:
                held += size * length
                (place,) = struct.unpack_from(f"{order}I", data, place)
            entries[tag] = order, kind, length, place
        held += sum(_values(data, *entries[_TIFF_LENGTHS])) if _TIFF_LENGTHS in entries else 0
        (position,) = struct.unpack_from(f"{order}I", data, position + 2 + _TIFF_ENTRY * count)
        if pages > _MOST_PAGES:
            return False
    return pages > 0 and len(data) - held <= _ALIGNMENT * pages


def _values(data: bytes, order: str, kind: int, length: int, place: int) -> tuple[int, ...]:
    return struct.unpack_from(f"{order}{length}{'H' if kind == 3 else 'I'}", data, place)
