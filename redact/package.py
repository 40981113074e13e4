"""The zip package under office files: opened within limits, parsed without DTD, built anew."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import islice
from typing import Any

from lxml import etree

from review.errors import (
    BrokenInputError,
    EncryptedInputError,
    InputError,
    TooLargeInputError,
    UnknownFormatError,
)

MAX_PART = 100_000_000
MAX_TOTAL = 300_000_000
MAX_RATIO = 200
MAX_PARTS = 2_000
_PACKED = (".png", ".jpeg")

_OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP_MAGIC = b"PK\x03\x04"
_EMPTY_ZIP_MAGIC = b"PK\x05\x06"
_OLD_STREAMS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "Workbook", "Book"))
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_MEDIA_TYPE = "mimetype"
_FIRST = ("[Content_Types].xml", _MEDIA_TYPE)
_EPOCH = (1980, 1, 1, 0, 0, 0)

_BROKEN = "文件已损坏或不完整，请用办公软件打开检查、重新保存后再提交。"
_DTD = "文件内含不允许的 DTD 声明，不能处理，请重新另存后再提交。"
_SAFELY: Mapping[str, Any] = {
    "resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False,
    "remove_comments": True, "remove_pis": True,
}  # fmt: skip
STRICT = "http://purl.oclc.org/ooxml/"
"""What the names of ISO/IEC 29500-1 (strict) begin with, which nothing here reads."""
_UNREADABLE = (etree.XMLSyntaxError, ValueError, LookupError)
_MISLEADING = "文件结构异常（压缩包内有重复或越界的名称），不能处理，请重新另存后再提交。"


def open_package(data: bytes) -> dict[str, bytes]:
    """Inflate a package into part name → bytes, without the leading slash.

    Raises ``EncryptedInputError``, ``UnknownFormatError`` (old binary formats, other files),
    ``TooLargeInputError`` (beyond 100 MB a part, 300 MB in all, ratio 200, 2,000 parts) and
    ``BrokenInputError`` (cut off, damaged, duplicate or escaping names).
    """
    _check_magic(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            return {e.filename: archive.read(e) for e in entries if not e.is_dir()}
    except InputError:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        OSError,
        RuntimeError,  # covers NotImplementedError: a compression nobody uses for documents
        ValueError,
        OverflowError,
    ) as error:
        raise BrokenInputError(_BROKEN) from error


def build_package(parts: Mapping[str, bytes]) -> bytes:
    """Write parts into a package, byte for byte the same for the same parts.

    What readers sniff at comes first: content types, or the media type, which OpenDocument wants
    uncompressed. No entry bears a date.
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda n: (n not in _FIRST, n)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            # Packed twice, a blank picture would look like a bomb to those who open the file.
            plain = name == _MEDIA_TYPE or name.endswith(_PACKED)
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts[name])
    return buffer.getvalue()


def parse_xml(data: bytes) -> etree._Element:
    """Parse one part; raises ``BrokenInputError`` for malformed XML and for any DTD.

    Raises ``UnknownFormatError`` for names of the strict kind, below which nothing would be found.
    Comments and processing instructions are dropped; entities are never resolved.
    """
    _refuse_doctype(data)
    try:
        root = etree.fromstring(data, etree.XMLParser(**_SAFELY))
    except _UNREADABLE as error:
        raise BrokenInputError(_BROKEN) from error
    return _readable(root)


class StreamedXml:
    """Parse one part as ``parse_xml`` does, and forget the many children of one element on the way.

    Iterating gives those of the name ``tag`` in children of the root named ``within``, one after
    another; what has been given is gone from the tree. ``root`` is whole when all were given.
    """

    def __init__(self, data: bytes, within: str, tag: str) -> None:
        _refuse_doctype(data)
        self._events = etree.iterparse(BytesIO(data), tag=tag, **_SAFELY)
        self._within = within

    def __iter__(self) -> Iterator[etree._Element]:
        try:
            for _, element in self._events:
                above = list(islice(element.iterancestors(), 3))
                if len(above) != 2 or above[0].tag != self._within:
                    continue
                yield element
                element.clear()
                for earlier in list(element.itersiblings(preceding=True)):
                    above[0].remove(earlier)
        except _UNREADABLE as error:
            raise BrokenInputError(_BROKEN) from error
        _readable(self.root)

    @property
    def root(self) -> etree._Element:
        """Give the root once all was given."""
        root: etree._Element = self._events.root
        return root


def _refuse_doctype(data: bytes) -> None:
    if any(mark in data for mark in _DOCTYPES):
        raise BrokenInputError(_DTD)


def _readable(root: etree._Element) -> etree._Element:
    document = root.getroottree().docinfo
    if document.internalDTD is not None or document.doctype:
        raise BrokenInputError(_DTD)
    if str(root.tag).startswith(f"{{{STRICT}"):
        raise UnknownFormatError(
            "这是“Strict Open XML”格式，请另存为普通的 docx、xlsx 或 pptx 后重新提交。"
        )
    return root


def write_xml(root: etree._Element) -> bytes:
    """Serialise one part as UTF-8 with declaration, unused namespaces left out."""
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _check_magic(data: bytes) -> None:
    if not data:
        raise BrokenInputError("文件是空的，请检查后重新提交。")
    if data.startswith(_OLE_MAGIC):
        if _ENCRYPTED_STREAM in data:
            raise EncryptedInputError("文件设有打开密码，请去掉密码后重新提交。")
        if any(stream in data for stream in _OLD_STREAMS):
            raise UnknownFormatError(
                "这是旧版 Office 格式，请用办公软件另存为 docx 或 xlsx 后重新提交。"
            )
        raise UnknownFormatError("无法识别文件类型，请另存为 docx 或 xlsx 后重新提交。")
    if not data.startswith((_ZIP_MAGIC, _EMPTY_ZIP_MAGIC)):
        raise UnknownFormatError("文件内容与扩展名不符，请另存为 docx 或 xlsx 后重新提交。")


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_PARTS:
        raise TooLargeInputError(
            f"文件里的幻灯片、图片等部件超过 {MAX_PARTS} 个，请拆分成几个文件后再提交。"
        )
    if sum(e.file_size for e in entries) > MAX_TOTAL:
        raise TooLargeInputError("文件解压后过大，请拆分成几个文件后再提交。")
    seen: set[str] = set()
    for entry in entries:
        # Part names compare without case (OPC), so two that differ by case alone are one name.
        folded = entry.filename.casefold()
        if folded in seen or _escapes(entry.filename):
            raise BrokenInputError(_MISLEADING)
        seen.add(folded)
        if entry.flag_bits & 0x1:
            raise EncryptedInputError("文件设有密码，请去掉密码后重新提交。")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BrokenInputError(_BROKEN)
        if entry.file_size > MAX_PART or entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise TooLargeInputError("文件解压后过大或压缩比异常，请重新另存或拆分后再提交。")


def _escapes(name: str) -> bool:
    pieces = name.split("/")
    return name.startswith("/") or "\\" in name or ":" in pieces[0] or ".." in pieces
