from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from redact import kinds
from review.errors import (
    BrokenInputError,
    EncryptedInputError,
    InputError,
    TooLargeInputError,
    UnknownFormatError,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def package(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le").ljust(64, b"\0") + bytes(64)


def opened(kind: str, packing: int = zipfile.ZIP_STORED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
    return buffer.getvalue()


GOOD = [
    ("通知.txt", "通知".encode(), "txt"),
    ("通知.TXT", "通知".encode("utf-16"), "txt"),
    ("a.md", b"# a", "md"),
    ("a.markdown", b"# a", "md"),
    ("a.csv", "甲,乙".encode("gb18030"), "csv"),
    ("a.html", b"<p>x</p>", "html"),
    ("a.wps", ole("WordDocument"), "doc"),
    ("a.et", ole("Workbook"), "xls"),
    ("a.dps", ole("PowerPoint Document"), "ppt"),
    ("a.pptx", package("ppt/presentation.xml"), "pptx"),
    ("a.rtf", b"{\\rtf1}", "doc"),
    ("a.htm", b"<!DOCTYPE html><html>", "html"),
    ("a.docx", package("[Content_Types].xml", "word/document2.xml"), "docx"),
    ("dir.v1/a.xlsx", package("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    ("a.odt", opened("text"), "odt"),
    ("b.odt", opened("text", zipfile.ZIP_DEFLATED), "odt"),
    ("a.ods", opened("spreadsheet"), "ods"),
    ("a.odp", opened("presentation"), "odp"),
    ("a.pdf", b"\n%PDF-1.7\n", "pdf"),
    ("a.ofd", package("Doc_0/Document.xml", "OFD.xml"), "ofd"),
    ("a.OFD", package("ofd.xml", "doc_0/document.xml"), "ofd"),
]


@pytest.mark.parametrize(("name", "data", "expected"), GOOD, ids=[g[0] for g in GOOD])
def test_a_file_is_known_by_name_and_content(name: str, data: bytes, expected: str) -> None:
    assert kinds.identify(name, data) == expected


BAD: list[tuple[str, bytes, type[InputError], str]] = [
    ("a.docx", b"", BrokenInputError, "0 字节"),
    ("a.docx", b"%PDF-1.4", UnknownFormatError, "PDF"),
    ("a.pdf", package("word/document.xml"), UnknownFormatError, "docx"),
    ("a.docx", package("xl/workbook.xml"), UnknownFormatError, "xlsx"),
    ("a.pdf", "文字".encode(), UnknownFormatError, "纯文本"),
    ("a.txt", package("xl/workbook.xml"), UnknownFormatError, "xlsx"),
    ("a", b"text", UnknownFormatError, "纯文本"),
    ("a.log", b"text", UnknownFormatError, "纯文本"),
    ("a.docx", ole("EncryptedPackage"), EncryptedInputError, "密码"),
    ("a.docx", ole("WordDocument"), UnknownFormatError, "旧版 Word"),
    ("a.xls", OLE, UnknownFormatError, "旧版 Office"),
    ("a.docx", package("OFD.xml", "Doc_0/Document.xml"), UnknownFormatError, "OFD"),
    ("a.ofd", package("word/document.xml"), UnknownFormatError, "docx"),
    ("a.ofd", b"%PDF-1.4", UnknownFormatError, "PDF"),
    ("a.odt", package("mimetype", "META-INF/manifest.xml"), UnknownFormatError, "OpenDocument"),
    ("a.odt", opened("text-template"), UnknownFormatError, "OpenDocument"),
    ("a.odt", opened("spreadsheet"), UnknownFormatError, "ods"),
    ("a.doc", ole("Workbook"), UnknownFormatError, "旧版 Excel"),
    ("a.docm", package("word/document.xml"), UnknownFormatError, "宏"),
    ("a.zip", package("a.txt"), UnknownFormatError, "解压"),
    ("a.docx", package("a.txt"), UnknownFormatError, "解压"),
    ("a.rar", b"Rar!\x1a\x07\x00", UnknownFormatError, "解压"),
    ("a.heic", b"\0\0\0\x18ftypheic\0\0", UnknownFormatError, "HEIC"),
    ("a.docx", b"\xff\xd8\xff\xe0", UnknownFormatError, "图片"),
    ("a.mp4", b"\0\0\0\x18ftypisom\0\0", UnknownFormatError, "视频"),
    ("a.xls", b"<html><table>", UnknownFormatError, "网页"),
    ("a.mht", b"MIME-Version: 1.0", UnknownFormatError, "网页"),
    ("a.eml", b"Subject: x", UnknownFormatError, "电子邮件"),
    ("a.txt", b"From: x\r\nMIME-Version: 1.0\r\n\r\n=E8=81=94", UnknownFormatError, "电子邮件"),
    ("a.html", b"Content-Transfer-Encoding: base64\n\nPGh0bWw+", UnknownFormatError, "电子邮件"),
    ("a.msg", ole("__properties_version1.0"), UnknownFormatError, "附件取出"),
    ("a.doc", ole("__properties_version1.0"), UnknownFormatError, "附件取出"),
    ("a.svg", b"<svg/>", UnknownFormatError, "PNG"),
    ("a.pptm", package("ppt/presentation.xml"), UnknownFormatError, "宏"),
    ("a.xlsb", package("xl/workbook.bin"), UnknownFormatError, "另存为"),
    ("a.pages", package("Index/Document.iwa"), UnknownFormatError, "原软件另存"),
    ("a.docx", package("Index/Document.iwa"), UnknownFormatError, "原软件另存"),
    ("a.doc", b'<?xml version="1.0"?><w/>', UnknownFormatError, "XML"),
    (
        "a.fodt",
        b'<?xml version="1.0"?><o xmlns="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        UnknownFormatError,
        "单个 XML",
    ),
    ("a.exe", b"MZ\x90\x00", UnknownFormatError, "程序"),
    ("a.docx", package("word/document.xml")[:-30], BrokenInputError, "损坏"),
    ("a.txt", b"ab\0cd", BrokenInputError, "损坏"),
    ("a.bin", b"ab\0cd", UnknownFormatError, "认不出"),
]


@pytest.mark.parametrize(("name", "data", "error", "words"), BAD)
def test_every_other_file_is_refused_with_the_next_step(
    name: str, data: bytes, error: type[InputError], words: str
) -> None:
    with pytest.raises(error, match=words) as caught:
        kinds.identify(name, data)
    assert caught.value.message.endswith("。")
    assert name not in caught.value.message or len(name) < 3


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "MAX_BYTES", 10)
    with pytest.raises(TooLargeInputError):
        kinds.identify("a.txt", b"x" * 11)


def test_a_package_of_very_many_members_is_refused() -> None:
    data = package("word/document.xml")
    end = data.rfind(b"PK\x05\x06")
    swollen = data[: end + 10] + b"\xff\xff" + data[end + 12 :]
    with pytest.raises(TooLargeInputError):
        kinds.identify("a.docx", swollen)
