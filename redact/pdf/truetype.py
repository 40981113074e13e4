"""A TrueType program cut down to chosen glyphs in a chosen order, byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from redact.page.doubt import DoubtError

_WORDS, _SCALE, _MORE, _SCALES, _MATRIX = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
_INSTRUCTIONS = ("cvt ", "fpgm", "prep")
_MAX_GLYPHS = 65_535
_DATE = 3_786_912_000
"""Any fixed day, counted in seconds from 1904: the same input must give the same bytes."""

_HEAD, _HHEA, _MAXP = 54, 36, 32
"""Lengths of tables that have nothing behind their fields."""


class TrueType:
    """Read the tables of a TrueType program that pdf readers draw from."""

    def __init__(self, tables: Mapping[str, bytes]) -> None:
        self._tables = tables
        (self.count,) = struct.unpack_from(">H", tables["maxp"], 4)
        (long,) = struct.unpack_from(">h", tables["head"], 50)
        loca = tables["loca"]
        if long:
            self._places = struct.unpack(f">{len(loca) // 4}I", loca[: len(loca) // 4 * 4])
        else:
            short = struct.unpack(f">{len(loca) // 2}H", loca[: len(loca) // 2 * 2])
            self._places = tuple(2 * place for place in short)

    def glyph(self, number: int) -> bytes:
        """Give the outline of a glyph, empty if it has none."""
        if number + 1 >= len(self._places):
            return b""
        return self._tables["glyf"][self._places[number] : self._places[number + 1]]

    def metric(self, number: int) -> bytes:
        """Give the advance and left bearing of a glyph."""
        (full,) = struct.unpack_from(">H", self._tables["hhea"], 34)
        hmtx = self._tables["hmtx"]
        if number < full:
            return hmtx[4 * number : 4 * number + 4].ljust(4, b"\0")
        at = 4 * full + 2 * (number - full)
        return hmtx[4 * full - 4 : 4 * full - 2].ljust(2, b"\0") + hmtx[at : at + 2].ljust(2, b"\0")

    def with_glyphs(self, numbers: Sequence[int]) -> bytes:
        """Build a program of an empty glyph 0 and then these; parts that they use come last."""
        order = list(numbers)
        place: dict[int, int] = {}
        for position, number in enumerate(order, 1):
            place.setdefault(number, position)
        outlines = []
        for number in order:  # grows while parts are found
            outline, parts = self.glyph(number), []
            if len(outline) >= 10 and outline[:2] >= b"\x80":
                parts = list(_parts(outline))
            for at, part in parts:
                if part not in place:
                    order.append(part)
                    place[part] = len(order)
                outline = outline[:at] + struct.pack(">H", place[part]) + outline[at + 2 :]
            if len(order) > _MAX_GLYPHS - 1:
                raise DoubtError("too many glyphs")
            outlines.append(outline)
        return self._assembled(outlines, [self.metric(number) for number in order])

    def _assembled(self, outlines: Sequence[bytes], metrics: Sequence[bytes]) -> bytes:
        glyf, places = bytearray(), [0, 0]
        for outline in outlines:
            glyf += outline + bytes(-len(outline) % 4)
            places.append(len(glyf))
        count = len(outlines) + 1
        head = bytearray(self._tables["head"][:_HEAD])
        head[8:12] = bytes(4)
        struct.pack_into(">qq", head, 20, _DATE, _DATE)
        struct.pack_into(">h", head, 50, 1)
        hhea, maxp = (
            bytearray(self._tables["hhea"][:_HHEA]),
            bytearray(self._tables["maxp"][:_MAXP]),
        )
        struct.pack_into(">H", hhea, 34, count)
        struct.pack_into(">H", maxp, 4, count)
        tables = {
            "glyf": bytes(glyf) or bytes(4), "head": bytes(head), "hhea": bytes(hhea),
            "hmtx": bytes(4) + b"".join(metrics), "loca": struct.pack(f">{len(places)}I", *places),
            "maxp": bytes(maxp),
        }  # fmt: skip
        tables |= {t: self._tables[t] for t in _INSTRUCTIONS if t in self._tables}
        return _program(tables)


def _parts(outline: bytes) -> list[tuple[int, int]]:
    """List where a composite glyph names its parts, and which."""
    found = []
    at = 10
    while True:
        flags, part = struct.unpack_from(">HH", outline, at)
        found.append((at + 2, part))
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _SCALES else 8 if flags & _MATRIX else 0
        if not flags & _MORE:
            return found


def _program(tables: Mapping[str, bytes]) -> bytes:
    power = len(tables).bit_length() - 1
    span = 16 << power
    header = struct.pack(">IHHHH", 0x00010000, len(tables), span, power, 16 * len(tables) - span)
    directory, body = b"", b""
    start = len(header) + 16 * len(tables)
    for tag, data in sorted(tables.items()):
        padded = data + bytes(-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sIII", tag.encode(), checksum, start + len(body), len(data))
        body += padded
    return header + directory + body
