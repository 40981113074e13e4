"""What lies in the root of a compound file ([MS-CFB]), the container of the old office formats."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

_HEADER = 512
_NO_SECTOR = 0xFFFFFFFA
"""This number and those above it name no sector."""

_ENTRY = 128
_NO_ENTRY = 0xFFFFFFFF


def root_names(data: bytes) -> frozenset[str] | None:
    """Name in small letters what the root holds, nothing of what is embedded in it.

    None where the directory cannot be followed. Names differ by more than their capitals.
    """
    try:
        entries = b"".join(_directory(data))
        return frozenset(_children(entries))
    except (struct.error, ValueError, IndexError):
        return None


def _directory(data: bytes) -> Iterator[bytes]:
    """Yield the sectors of the directory."""
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in (9, 12):
        raise ValueError("no size of sectors that there is")
    tables = list(_tables(data, 1 << shift))
    per_table = (1 << shift) // 4
    (number,) = struct.unpack_from("<I", data, 48)
    for _ in range(len(tables) * per_table):
        if number >= _NO_SECTOR:
            return
        yield _sector(data, number, 1 << shift)
        table = _numbers(_sector(data, tables[number // per_table], 1 << shift))
        number = table[number % per_table]
    raise ValueError("directory without an end")


def _tables(data: bytes, size: int) -> Iterator[int]:
    """Yield the numbers of the sectors that say which sector follows which."""
    numbers = _numbers(data[76:_HEADER])
    (following,) = struct.unpack_from("<I", data, 68)
    for _ in range(len(data) // size + 1):
        yield from (number for number in numbers if number < _NO_SECTOR)
        if following >= _NO_SECTOR:
            return
        *numbers, following = _numbers(_sector(data, following, size))
    raise ValueError("tables without an end")


def _children(entries: bytes) -> Iterator[str]:
    (first,) = struct.unpack_from("<I", entries, 76)
    waiting, seen = [first], {_NO_ENTRY}
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        start = number * _ENTRY
        length, _, _, left, right = struct.unpack_from("<HBBII", entries, start + 64)
        name = entries[start : start + max(0, min(length, 64) - 2)]
        yield name.decode("utf-16-le").casefold()
        waiting += left, right


def _sector(data: bytes, number: int, size: int) -> bytes:
    sector = data[(number + 1) * size : (number + 2) * size]
    if len(sector) < size:
        raise ValueError("sector beyond the end")
    return sector


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data)
