"""What a file may be taken for: its kind by its content, its format by the ending of its name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from redact.sniff import sniff
from review.errors import (
    BrokenInputError,
    InputError,
    TooLargeInputError,
    UnknownFormatError,
)

MAX_BYTES = 100 * 1024 * 1024

WRITTEN_AS: Mapping[str, str] = {
    "doc": "docx",
    "xls": "xlsx",
    "ppt": "pptx",
    "odp": "pptx",
}
"""Formats that are converted: what comes out of them."""

SUFFIXES: Mapping[str, str] = {
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
"""Kinds of files by the endings that their names may have."""

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
    "ole": (
        "这个旧版 Office 文件不完整、已损坏或版本太老，"
        "请用原软件打开检查、另存为 .docx、.xlsx 或 PDF 后再提交。"
    ),
    "odf": "这种 OpenDocument 文件暂不支持，请另存为 .odt、.ods 或 PDF 后再提交。",
    "macro": "含宏的文件不能公开，请另存为不含宏的 .docx 或 .xlsx 后再提交。",
    "zip": "这是压缩包，请解压后把里面的文件分别提交。",
    "archive": "这是压缩包，请解压后把里面的文件分别提交。",
    "heic": "这是手机拍的 HEIC 或 AVIF 图片，请在手机或电脑上另存为 JPEG（.jpg）后再提交。",
    "media": "音频、视频不能提交审查。",
    "message": (
        "电子邮件和单个文件的网页（.eml、.msg、.mht）暂不支持，"
        "请把正文另存为 .docx、.html 或 PDF，附件取出后分别提交。"
    ),
    "vector": "矢量图（.svg、.wmf、.emf）暂不支持，请另存为 PNG 图片或 PDF 后再提交。",
    "foreign": "这种文件暂不支持，请用原软件另存为 .docx、.xlsx、.pptx、.ofd 或 PDF 后再提交。",
    "xml": "XML 文件暂不支持，请另存为 .docx、.xlsx 或 PDF 后再提交。",
    "flat": (
        "写成单个 XML 的 OpenDocument 文件（.fodt 等）暂不支持，"
        "请用 LibreOffice 另存为 .odt、.ods 或 .odp 后再提交。"
    ),
    "program": "这是程序文件，不能提交审查。",
}

_ADVICE_BY_SUFFIX: Mapping[str, str] = {
    suffix: kind
    for kind, suffixes in {
        "macro": ".docm .dotm .xlsm .xltm .xlam .pptm .potm .ppsm",
        "message": ".eml .msg .mht .mhtml",
        "vector": ".svg .wmf .emf",
        "foreign": ".xlsb .pages .numbers .key .xps .oxps .vsd .vsdx .epub .ceb .cebx .uof",
        "xml": ".xml",
    }.items()
    for suffix in suffixes.split()
}


def written_suffix(format: str, name: str) -> str:
    """Give the ending of the file that is written for a draft of this ``format`` and ``name``."""
    if format in WRITTEN_AS:
        return f".{WRITTEN_AS[format]}"
    suffix = PurePath(name).suffix.lower()
    return ".png" if suffix in _WEB_IMAGES else suffix


def known_suffix(name: str) -> str:
    """Give the ending of a file name where it is that of a format, else nothing."""
    suffix = PurePath(name).suffix.lower()
    return suffix if suffix in SUFFIXES else ""


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
    kind = sniff(data)
    claimed = SUFFIXES.get(suffix)
    if advice := _ADVICE.get(_ADVICE_BY_SUFFIX.get(suffix, kind)):
        raise UnknownFormatError(advice)
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
    return UnknownFormatError(f"认不出这是什么文件，目前支持：{'、'.join(SUFFIXES)}。")
