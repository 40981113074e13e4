"""What a pdf may demand of memory and time, checked before anything parses it."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from review.errors import BrokenInputError, TooLargeInputError

if TYPE_CHECKING:
    import pikepdf

MAX_PAGES = 2_000
MAX_PAGE_POINTS = 14_400
"""Longest side of a page in points (ISO 32000, annex C)."""

MAX_STREAM_BYTES = 200_000_000
MAX_CONTENT_BYTES = 20_000_000
MAX_CONTENT_RATIO = 200
"""Content that packs better than this says the same thing over and over: a bomb."""

MAX_INFLATED_BYTES = 1_000_000_000
MAX_PACKED_BYTES = 1_000_000
"""Packed size of an LZW or run-length stream, whose inflated size is not counted beforehand."""

MAX_IMAGE_PIXELS = 200_000_000
MAX_STREAMS = 200_000

_SMALL_CONTENT = 2_000_000

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_CHUNK = 65_536
_SYNCED = b"\0\0\xff\xff"
"""How a zlib stream ends that was flushed and never closed: Acrobat writes filled-in fields so."""

_IMAGE_FILTERS = frozenset({"/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"})


def check_raw_streams(data: bytes) -> None:
    """Inflate every compressed stream of a file piece by piece, keeping nothing.

    A file that inflates beyond the limits raises ``TooLargeInputError`` before a parser sees it.
    """
    left = MAX_INFLATED_BYTES
    for match in _STREAM.finditer(data):
        start = match.end()
        if _is_zlib(data[start : start + 2]):
            left -= _inflated_size(memoryview(data)[start:], MAX_STREAM_BYTES, strict=False)
        if left < 0:
            raise _too_large()


def check_objects(pdf: pikepdf.Pdf) -> None:
    """Look at each stream's filters and size as the parser sees them."""
    import pikepdf

    left = MAX_INFLATED_BYTES
    for number, item in enumerate(pdf.objects):
        if number > MAX_STREAMS:
            raise _too_large()
        if not isinstance(item, pikepdf.Stream):
            continue
        if item.get("/Subtype") == "/Image":
            _check_image(item)
        left -= _check_stream(item)
        if left < 0:
            raise _too_large()


def check_pages(pdf: pikepdf.Pdf) -> None:
    """Check the number of pages; raises ``BrokenInputError`` when there is none."""
    if len(pdf.pages) == 0:
        raise BrokenInputError("PDF 里没有页面，请用原软件重新导出后再提交。")
    if len(pdf.pages) > MAX_PAGES:
        raise TooLargeInputError(f"PDF 超过 {MAX_PAGES} 页，请拆成几个文件后分别提交。")


def _check_image(image: pikepdf.Stream) -> None:
    pixels = int(image.get("/Width", 0)) * int(image.get("/Height", 0))
    if pixels > MAX_IMAGE_PIXELS:
        raise TooLargeInputError("PDF 里有过大的图片，请降低图片分辨率后重新导出。")


def _check_stream(stream: pikepdf.Stream) -> int:
    """Follow a stream's chain of filters and return the inflated size."""
    body = bytes(stream.read_raw_bytes())
    limit = MAX_STREAM_BYTES if stream.get("/Subtype") == "/Image" else MAX_CONTENT_BYTES
    if "/Length1" in stream or stream.get("/Subtype") in ("/CIDFontType0C", "/OpenType"):
        limit = MAX_STREAM_BYTES
    filters = list(_filters(stream))
    for position, name in enumerate(filters):
        if name in _IMAGE_FILTERS:
            break
        if name in ("/FlateDecode", "/Fl"):
            if limit == MAX_CONTENT_BYTES:
                limit = min(limit, max(_SMALL_CONTENT, MAX_CONTENT_RATIO * len(body)))
            size = _inflated_size(memoryview(body), limit, strict=True)
            if position == len(filters) - 1:
                return size
            body = _inflate(body)
        elif name in ("/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85"):
            body = _from_ascii(body, name)
        elif len(body) > MAX_PACKED_BYTES:
            raise _too_large()
    if len(body) > limit:
        raise _too_large()
    return len(body)


def _filters(stream: pikepdf.Stream) -> Iterator[str]:
    import pikepdf

    found = stream.get("/Filter")
    if isinstance(found, pikepdf.Array):
        yield from (str(name) for name in found)
    elif found is not None:
        yield str(found)


def _from_ascii(body: bytes, name: str) -> bytes:
    text = b"".join(body.split())
    try:
        if name in ("/ASCIIHexDecode", "/AHx"):
            digits = text.split(b">")[0]
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        return base64.a85decode(text.removeprefix(b"<~").split(b"~")[0])
    except ValueError as error:
        raise _damaged() from error


def _is_zlib(head: bytes) -> bool:
    return len(head) == 2 and head[0] & 0x0F == 8 and int.from_bytes(head) % 31 == 0


def _inflate(body: bytes) -> bytes:
    """Inflate what ``_inflated_size`` found to be whole and within the limit."""
    return zlib.decompressobj().decompress(body, MAX_STREAM_BYTES)


def _inflated_size(body: memoryview, limit: int, *, strict: bool) -> int:
    """Count what a zlib stream inflates to, in flat memory.

    A damaged stream counts as far as it goes, or is refused where ``strict``: readers would drop
    the rest of a page without a word. One that was flushed and not closed lacks a checksum only.
    """
    machine = zlib.decompressobj()
    size = 0
    try:
        for start in range(0, len(body), _CHUNK):
            feed: bytes | memoryview = body[start : start + _CHUNK]
            while feed and not machine.eof:
                size += len(machine.decompress(feed, _CHUNK * 16))
                if size > limit:
                    raise _too_large()
                feed = machine.unconsumed_tail
            if machine.eof:
                return size
    except zlib.error as error:
        if strict:
            raise _damaged() from error
        return size
    if strict and len(body) and bytes(body[-len(_SYNCED) :]) != _SYNCED:
        raise _damaged()
    return size


def _damaged() -> BrokenInputError:
    return BrokenInputError("PDF 内容已损坏，请用原软件重新导出后再提交。")


def _too_large() -> TooLargeInputError:
    return TooLargeInputError(
        "PDF 解压后的内容或图片过大，请降低图片分辨率、重新导出或拆分后再提交。"
    )
