"""Metafiles and vector graphics written record by record: what is seen, and what lies beside it."""

from __future__ import annotations

import struct

_WIDE, _HIGH = 800, 200
"""Units of a tenth of a millimetre."""


def emf(seen: str, beside: str = "", *, under: str = "") -> bytes:
    """Write an EMF of one line of text; ``beside`` stands in a comment and far outside.

    ``under`` is written first and covered by a white box.
    """
    records = [
        _record(17, struct.pack("<I", 8)),  # SETMAPMODE anisotropic
        _record(9, struct.pack("<2i", _WIDE, _HIGH)),  # SETWINDOWEXTEX
        _record(11, struct.pack("<2i", 302, 76)),  # SETVIEWPORTEXTEX
        _record(70, struct.pack("<I", len(beside.encode("utf-16-le"))) + _words(beside)),
        _font(),
        _record(37, struct.pack("<I", 1)),  # SELECTOBJECT
    ]
    if under:
        records += [
            _text(under, 20, 40),
            _record(37, struct.pack("<I", 0x80000000)),  # the white brush
            _record(37, struct.pack("<I", 0x80000008)),  # no pen
            _record(43, struct.pack("<4i", 0, 0, _WIDE, _HIGH)),  # RECTANGLE
        ]
    records += (
        [_text(seen, 20, 40), _text(beside, 9_000, 9_000)] if beside else [_text(seen, 20, 40)]
    )
    records.append(_record(14, struct.pack("<3I", 0, 16, 20)))
    size = 88 + sum(map(len, records))
    head = struct.pack(
        "<2I8i4s3I2H3I4i",
        1, 88, 0, 0, 302, 76, 0, 0, 10 * _WIDE, 10 * _HIGH, b" EMF", 0x10000, size,
        len(records) + 1, 2, 0, 0, 0, 0, 1_209, 907, 320, 240,
    )  # fmt: skip
    return head + b"".join(records)


def wmf(beside: str = "", *, placeable: bool = True) -> bytes:
    """Write a WMF of a black bar; ``beside`` stands in an escape record."""
    body = beside.encode("gb18030")
    records = [
        _short(0x0103, struct.pack("<H", 8)),
        _short(0x020B, struct.pack("<2h", 0, 0)),
        _short(0x020C, struct.pack("<2h", _HIGH, _WIDE)),
        _short(0x0626, struct.pack("<2H", 15, len(body)) + body + b"\0" * (len(body) % 2)),
        _short(0x02FC, struct.pack("<HIH", 0, 0, 0)),  # CREATEBRUSHINDIRECT, black
        _short(0x012D, struct.pack("<H", 0)),
        _short(0x041B, struct.pack("<4h", 120, 700, 60, 100)),  # RECTANGLE
        _short(0x0000, b""),
    ]
    words = sum(map(len, records)) // 2 + 9
    head = struct.pack("<3HIHIH", 1, 9, 0x300, words, 1, max(map(len, records)) // 2, 0)
    front = struct.pack("<IH4hHI", 0x9AC6CDD7, 0, 0, 0, _WIDE, _HIGH, 254, 0)
    check = 0
    for (word,) in struct.iter_unpack("<H", front):
        check ^= word
    return (front + struct.pack("<H", check) if placeable else b"") + head + b"".join(records)


def svg(seen: str, beside: str = "", extra: str = "") -> bytes:
    """Write an SVG of one line of text; ``beside`` stands where nobody sees it."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="80mm" height="20mm" viewBox="0 0 800 200"><title>{beside}</title>'
        f"<!-- {beside} --><desc>{beside}</desc>"
        f'<text x="20" y="100" font-size="80" font-family="Noto Sans CJK SC">{seen}</text>'
        f'<text x="9000" y="90" font-size="80">{beside}</text>{extra}</svg>'
    ).encode()


def _record(kind: int, body: bytes) -> bytes:
    body += b"\0" * (-len(body) % 4)
    return struct.pack("<2I", kind, len(body) + 8) + body


def _short(kind: int, body: bytes) -> bytes:
    return struct.pack("<IH", len(body) // 2 + 3, kind) + body


def _words(text: str) -> bytes:
    return text.encode("utf-16-le")


def _font() -> bytes:
    face = _words("Noto Sans CJK SC").ljust(64, b"\0")
    shape = struct.pack("<5i8B", -80, 0, 0, 0, 400, 0, 0, 0, 134, 0, 0, 0, 0)
    return _record(82, struct.pack("<I", 1) + shape + face + b"\0" * 232)


def _text(text: str, x: int, y: int) -> bytes:
    coded = _words(text)
    offset = 76
    padded = coded + b"\0" * (-len(coded) % 4)
    widths = b"".join(struct.pack("<I", 80 if c > "\x7f" else 45) for c in text)
    return _record(
        84,
        struct.pack("<4iI2f", 0, 0, -1, -1, 2, 1.0, 1.0)
        + struct.pack("<2i3I4iI", x, y, len(text), offset, 0, 0, 0, -1, -1, offset + len(padded))
        + padded
        + widths,
    )
