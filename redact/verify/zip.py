"""Unpack a zip package byte for byte, so that nothing can lie between its entries unseen."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from redact.verify.views import MAX_INFLATED

MAX_PART = 100 * 1024 * 1024
MAX_PARTS = 2_000

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_DESCRIPTOR_FLAG = 0x08
_DESCRIPTOR_SIZES = (0, 12, 16)
_END_SIZE = 22


class PackageError(Exception):
    """Say that a package is not built as an honest writer builds it."""


@dataclass(frozen=True, slots=True)
class Package:
    """Hold the inflated parts by name, and the bytes of the package that belong to no part."""

    parts: tuple[tuple[str, bytes], ...]
    margins: tuple[bytes, ...]


def unpack(data: bytes) -> Package:
    """Inflate every entry; raises ``PackageError`` where bytes are left over or told twice."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        infos = sorted(package.infolist(), key=lambda info: info.header_offset)
        comment, directory = package.comment, package.start_dir
    names = [info.filename for info in infos]
    if len(infos) > MAX_PARTS or len({name.casefold() for name in names}) != len(names):
        raise PackageError
    parts: list[tuple[str, bytes]] = []
    margins = [comment] if comment else []
    position = total = 0
    for number, info in enumerate(infos):
        following = infos[number + 1].header_offset if number + 1 < len(infos) else directory
        body, local_extra = _body(data, info, position, following)
        total += len(body)
        if total > MAX_INFLATED:
            raise PackageError
        parts.append((info.filename, body))
        margins.extend(extra for extra in (info.comment, info.extra, local_extra) if extra)
        position = following
    _check_directory(data, infos, directory, len(comment))
    return Package(tuple(parts), tuple(margins))


def _body(data: bytes, info: zipfile.ZipInfo, position: int, following: int) -> tuple[bytes, bytes]:
    """Inflate one entry that must fill the bytes from ``position`` up to ``following``."""
    if info.header_offset != position:
        raise PackageError
    header = _LOCAL.unpack_from(data, position)
    signature, flags, method, name_length, extra_length = (header[i] for i in (0, 2, 3, 9, 10))
    start = position + _LOCAL.size + name_length + extra_length
    end = start + info.compress_size
    name = data[position + _LOCAL.size :][:name_length]
    described = _DESCRIPTOR_SIZES if flags & _DESCRIPTOR_FLAG else (0,)
    honest = (
        signature == _LOCAL_SIGNATURE
        and not flags & 0x01
        and method == info.compress_type
        and name == info.orig_filename.encode("utf-8" if flags & 0x800 else "cp437")
        and following - end in described
    )
    if not honest:
        raise PackageError
    body = _inflate(data[start:end], method)
    if len(body) != info.file_size or zlib.crc32(body) != info.CRC:
        raise PackageError
    return body, data[start - extra_length : start]


def _inflate(packed: bytes, method: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return packed
    if method != zipfile.ZIP_DEFLATED:
        raise PackageError
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    body = inflater.decompress(packed, MAX_PART)
    if not inflater.eof or inflater.unused_data or inflater.unconsumed_tail:
        raise PackageError
    return body


def _check_directory(
    data: bytes, infos: list[zipfile.ZipInfo], directory: int, comment_length: int
) -> None:
    """Refuse bytes between or behind the records of the central directory."""
    records = sum(
        46
        + len(info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437"))
        + len(info.extra)
        + len(info.comment)
        for info in infos
    )
    if directory + records + _END_SIZE + comment_length != len(data):
        raise PackageError
