"""Which formats there are, and what a file really is, whatever its name says."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO
from pathlib import PurePath

from review.errors import (
    BrokenInputError,
    EncryptedInputError,
    InputError,
    TooLargeInputError,
    UnknownFormatError,
)
from review.ports import Format

MAX_BYTES = 100 * 1024 * 1024


def _txt() -> Format:
    from redact.plain.text import TextFormat

    return TextFormat()


def _markdown() -> Format:
    from redact.plain.text import TextFormat

    return TextFormat("md", (".md", ".markdown"))


def _csv() -> Format:
    from redact.plain.csv_table import CsvFormat

    return CsvFormat()


def _html() -> Format:
    from redact.html.page import HtmlFormat

    return HtmlFormat()


def _pdf() -> Format:
    from redact.pdf.format import PdfFormat

    return PdfFormat()


def _docx() -> Format:
    from redact.ooxml.docx import DocxFormat

    return DocxFormat()


def _xlsx() -> Format:
    from redact.ooxml.xlsx import XlsxFormat

    return XlsxFormat()


def _pptx() -> Format:
    from redact.ooxml.pptx import PptxFormat

    return PptxFormat()


def _odt() -> Format:
    from redact.odf.format import ODT

    return ODT


def _ods() -> Format:
    from redact.odf.format import ODS

    return ODS


def _ofd() -> Format:
    from redact.ofd.format import OfdFormat

    return OfdFormat()


def _image() -> Format:
    from redact.pictures.format import ImageFormat

    return ImageFormat()


def _converted(name: str) -> Format:
    from redact.legacy import ConvertedFormat

    suffixes = tuple(suffix for suffix, kind in _SUFFIXES.items() if kind == name)
    return ConvertedFormat(name, suffixes, FORMATS[WRITTEN_AS[name]])


WRITTEN_AS: Mapping[str, str] = {
    "doc": "docx",
    "xls": "xlsx",
    "ppt": "pptx",
    "odp": "pptx",
}
"""Formats that are converted: what comes out of them."""

FORMATS: Mapping[str, Callable[[], Format]] = {
    "txt": _txt,
    "md": _markdown,
    "csv": _csv,
    "html": _html,
    "docx": _docx,
    "xlsx": _xlsx,
    "pptx": _pptx,
    "odt": _odt,
    "ods": _ods,
    "pdf": _pdf,
    "ofd": _ofd,
    "image": _image,
    **{name: partial(_converted, name) for name in WRITTEN_AS},
}
"""Makers of the formats by name; each imports its libraries only when called."""

_SUFFIXES: Mapping[str, str] = {
    ".txt": "txt",
    ".md": "md",
    ".markdown": "md",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".pdf": "pdf",
    ".ofd": "ofd",
    ".doc": "doc",
    ".wps": "doc",
    ".dot": "doc",
    ".rtf": "doc",
    ".odt": "odt",
    ".xls": "xls",
    ".et": "xls",
    ".ods": "ods",
    ".ppt": "ppt",
    ".dps": "ppt",
    ".pptx": "pptx",
    ".odp": "odp",
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".bmp": "bmp",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".gif": "gif",
    ".webp": "webp",
}

_IMAGES = frozenset({"png", "jpeg", "bmp", "tiff", "gif", "webp"})
"""Kinds of picture files, all of the format ``image``."""

_WEB_IMAGES = frozenset({".gif", ".webp"})
"""Endings of picture files that are written as png."""

_TEXT_FORMATS = frozenset({"txt", "md", "csv", "html"})

_KINDS: Mapping[str, str] = {
    "text": "纯文本",
    "docx": "Word 文档（.docx）",
    "xlsx": "Excel 工作簿（.xlsx）",
    "pdf": "PDF 文件（.pdf）",
    "ofd": "OFD 版式文件（.ofd）",
    "html": "网页（.html）",
    "doc": "旧版 Word 或 WPS 文字文件（.doc、.wps、.rtf）",
    "xls": "旧版 Excel 或 WPS 表格文件（.xls、.et）",
    "ppt": "旧版演示文稿（.ppt、.dps）",
    "pptx": "演示文稿（.pptx）",
    "odt": "OpenDocument 文字文件（.odt）",
    "ods": "OpenDocument 表格文件（.ods）",
    "odp": "OpenDocument 演示文稿（.odp）",
    "png": "PNG 图片（.png）",
    "jpeg": "JPEG 图片（.jpg）",
    "bmp": "BMP 图片（.bmp）",
    "tiff": "TIFF 图片（.tif）",
    "gif": "GIF 图片（.gif）",
    "webp": "WebP 图片（.webp）",
}

_ADVICE: Mapping[str, str] = {
    "ole": "这是旧版 Office 文件，请用原软件另存为 .docx、.xlsx 或 PDF 后再提交。",
    "odf": "这种 OpenDocument 文件暂不支持，请另存为 .odt、.ods 或 PDF 后再提交。",
    "macro": "含宏的文件不能公开，请另存为不含宏的 .docx 或 .xlsx 后再提交。",
    "zip": "这是压缩包，请解压后把里面的文件分别提交。",
    "archive": "这是压缩包，请解压后把里面的文件分别提交。",
    "heic": "这是手机拍的 HEIC 或 AVIF 图片，请在手机或电脑上另存为 JPEG（.jpg）后再提交。",
    "media": "音频、视频不能提交审查。",
    "mhtml": "单个文件的网页（.mht）暂不支持，请另存为 .html 或 .docx 后再提交。",
    "xml": "XML 文件暂不支持，请另存为 .docx、.xlsx 或 PDF 后再提交。",
    "flat": (
        "写成单个 XML 的 OpenDocument 文件（.fodt 等）暂不支持，"
        "请用 LibreOffice 另存为 .odt、.ods 或 .odp 后再提交。"
    ),
    "program": "这是程序文件，不能提交审查。",
}

_ADVICE_BY_SUFFIX: Mapping[str, str] = {
    ".docm": "macro", ".xlsm": "macro", ".dotm": "macro",
    ".mht": "mhtml", ".mhtml": "mhtml", ".xml": "xml",
}  # fmt: skip

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x89PNG\r\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"),
    (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"{\\rtf", "doc"), (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"), (b"Rar!\x1a\x07", "archive"), (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"), (b"\x7fELF", "program"), (b"MZ\x90\0", "program"),
)  # fmt: skip

_ZIP_PARTS: tuple[tuple[str, str], ...] = (
    ("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("OFD.xml", "ofd"),
    ("META-INF/manifest.xml", "odf"),
)  # fmt: skip

_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"),
)  # fmt: skip

_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis"})
_ODF = re.compile(rb"application/vnd\.oasis\.opendocument\.([a-z\-]+)")
_LONGEST_TYPE = 100
_EOCD = b"PK\x05\x06"
_MAX_ENTRIES = 10_000
_HEAD = 4096


def get_format(name: str) -> Format:
    """Make the format of this name; raises ``UnknownFormatError`` if there is none."""
    if name not in FORMATS:
        raise UnknownFormatError(f"不支持这种格式，目前支持：{'、'.join(FORMATS)}。")
    return FORMATS[name]()


def written_suffix(format: str, name: str) -> str:
    """Give the ending of the file that is written for a draft of this ``format`` and ``name``."""
    if format in WRITTEN_AS:
        return f".{WRITTEN_AS[format]}"
    suffix = PurePath(name).suffix.lower()
    return ".png" if suffix in _WEB_IMAGES else suffix


def identify(name: str, data: bytes) -> str:
    """Tell the format of a file by its content, and insist that its name agrees.

    Raises ``UnknownFormatError``, ``EncryptedInputError``, ``BrokenInputError`` or
    ``TooLargeInputError``, each saying what the file is and what to do.
    """
    if not data:
        raise BrokenInputError("文件是空的（0 字节），请检查后重新提交。")
    if len(data) > MAX_BYTES:
        raise TooLargeInputError(
            f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请拆成几个文件后分别提交。"
        )
    suffix = PurePath(name).suffix.lower()
    kind = _sniff(data)
    claimed = _SUFFIXES.get(suffix)
    if kind in _ADVICE:
        raise UnknownFormatError(_ADVICE[kind])
    if suffix in _ADVICE_BY_SUFFIX:
        raise UnknownFormatError(_ADVICE[_ADVICE_BY_SUFFIX[suffix]])
    if kind == claimed or (kind == "text" and claimed in _TEXT_FORMATS):
        return "image" if kind in _IMAGES else claimed
    raise _mismatch(kind, claimed)


def _mismatch(kind: str, claimed: str | None) -> InputError:
    if kind in _KINDS:
        return UnknownFormatError(
            f"文件的扩展名与内容不符或不受支持：内容是{_KINDS[kind]}，请改用正确的扩展名后再提交。"
        )
    if claimed:
        return BrokenInputError("文件已损坏，或内容与扩展名不符，请用原软件重新另存后再提交。")
    return UnknownFormatError(f"认不出这是什么文件，目前支持：{'、'.join(_SUFFIXES)}。")


def _sniff(data: bytes) -> str:
    """Give the kind of a file: a key of ``_KINDS`` or ``_ADVICE``, or ``binary``."""
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
    if _has_stream(data, "EncryptedPackage"):
        raise EncryptedInputError("文件设有打开密码，请取消密码后重新提交。")
    return next((kind for name, kind in _OLE_STREAMS if _has_stream(data, name)), "ole")


def _has_stream(data: bytes, name: str) -> bool:
    entry = name.encode("utf-16-le").ljust(64, b"\0")
    return entry in data
