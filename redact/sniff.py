"""What a file really is, whatever its name says: by its first bytes and its members."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO

from redact.compound import root_names
from review.errors import EncryptedInputError, TooLargeInputError

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x89PNG\r\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"),
    (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"{\\rtf", "doc"), (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"), (b"Rar!\x1a\x07", "archive"), (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"), (b"\x7fELF", "program"), (b"MZ\x90\0", "program"),
)  # fmt: skip

_ZIP_PARTS: tuple[tuple[str, str], ...] = (
    ("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("OFD.xml", "ofd"),
    ("META-INF/manifest.xml", "odf"), ("Index/Document.iwa", "foreign"), ("visio/", "foreign"),
)  # fmt: skip

_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "message"),
)  # fmt: skip

_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis"})
_ODF = re.compile(rb"application/vnd\.oasis\.opendocument\.([a-z\-]+)")
_MAIL = re.compile(rb"^(?:MIME-Version|Content-Transfer-Encoding):", re.MULTILINE | re.IGNORECASE)
"""Mails and web archives hold their words in codes that no reader of plain text sees through."""
_LONGEST_TYPE = 100
_EOCD = b"PK\x05\x06"
_MAX_ENTRIES = 10_000
_HEAD = 4096


def sniff(data: bytes) -> str:
    """Give the kind of a file, ``text``, or ``binary`` where nothing tells what it is.

    Raises ``EncryptedInputError`` and ``TooLargeInputError``.
    """
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if kind is not None:
        look_inside = {"zip": _sniff_zip, "ole": _sniff_ole}.get(kind)
        return look_inside(data) if look_inside else kind
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if b"\0" in head[:64]:
        if head.startswith(b"BM"):
            return "bmp"
        if head.startswith(b"RIFF"):
            return "webp" if head[8:12] == b"WEBP" else "media"
        if head[4:8] == b"ftyp":
            return "heic" if head[8:12] in _HEIC else "media"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    if b"\0" in head:
        return "binary"
    return _sniff_markup(head)


def _sniff_markup(head: bytes) -> str:
    if _MAIL.search(head):
        return "message"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return "html"
    if not start.startswith(b"<?xml"):
        return "text"
    return "flat" if b"opendocument" in head.lower() else "xml"


def _sniff_zip(data: bytes) -> str:
    """Tell what a zip package holds by its member names; an unreadable one is ``binary``."""
    end = data.rfind(_EOCD)
    if end < 0 or len(data) < end + 22:
        return "binary"
    if struct.unpack_from("<H", data, end + 10)[0] > _MAX_ENTRIES:
        raise TooLargeInputError("压缩包里的文件过多，请用原软件重新另存后再提交。")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            opened = _open_document(archive)
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, OSError, EOFError):
        return "binary"
    if opened is not None:
        return opened
    for start, kind in _ZIP_PARTS:
        if any(name.casefold().startswith(start.casefold()) for name in names):
            return kind
    return "zip"


def _open_document(archive: zipfile.ZipFile) -> str | None:
    """Tell the kind of an OpenDocument package by the member that says it."""
    said = archive.NameToInfo.get("mimetype")
    if said is None or said.file_size > _LONGEST_TYPE:
        return None
    match = _ODF.fullmatch(archive.read(said).strip())
    if match is None:
        return None
    return {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp"}.get(match[1], "odf")


def _sniff_ole(data: bytes) -> str:
    """Tell an encrypted package from the old binary formats by the names of its streams."""
    names = root_names(data)

    def holds(name: str) -> bool:
        return _has_stream(data, name) if names is None else name.casefold() in names

    if holds("EncryptedPackage"):
        raise EncryptedInputError("文件设有打开密码，请取消密码后重新提交。")
    return next((kind for name, kind in _OLE_STREAMS if holds(name)), "ole")


def _has_stream(data: bytes, name: str) -> bool:
    entry = name.encode("utf-16-le").ljust(64, b"\0")
    return entry in data
