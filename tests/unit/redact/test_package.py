"""A package is opened within limits, refused with a reason, and built the same every time."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest

from redact import package
from redact.package import StreamedXml, build_package, open_package, parse_xml
from review.errors import (
    BrokenInputError,
    EncryptedInputError,
    TooLargeInputError,
    UnknownFormatError,
)

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


def test_what_was_built_opens_again() -> None:
    parts = {"a/b.xml": b"<x/>", "[Content_Types].xml": b"<y/>"}
    assert open_package(build_package(parts)) == parts


def test_building_is_deterministic_and_dateless() -> None:
    parts = {"b": b"2", "[Content_Types].xml": b"0", "a": b"1"}
    built = build_package(parts)
    assert built == build_package(dict(reversed(parts.items())))
    with zipfile.ZipFile(io.BytesIO(built)) as archive:
        assert [i.filename for i in archive.infolist()] == ["[Content_Types].xml", "a", "b"]
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("data", "error", "hint"),
    [
        (b"", BrokenInputError, "空"),
        (b"PK\x03\x04garbage", BrokenInputError, "损坏"),
        (zipped(("a", b"x" * 5000))[:-30], BrokenInputError, "损坏"),
        (b"%PDF-1.7", UnknownFormatError, "扩展名"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedInputError, "密码"),
        (OLE + "WordDocument".encode("utf-16-le"), UnknownFormatError, "docx"),
        (OLE + "Workbook".encode("utf-16-le"), UnknownFormatError, "xlsx"),
        (OLE, UnknownFormatError, "另存"),
        (zipped(("a", b"1"), ("a", b"2")), BrokenInputError, "重复"),
        (zipped(("a", b"1"), ("A", b"2")), BrokenInputError, "重复"),
        (zipped(("/a", b"1")), BrokenInputError, "越界"),
        (zipped(("x/../../a", b"1")), BrokenInputError, "越界"),
        (zipped(("x\\a", b"1")), BrokenInputError, "越界"),
        (zipped(("c:/a", b"1")), BrokenInputError, "越界"),
        (zipped(("a", b"1" * 99), method=zipfile.ZIP_LZMA), BrokenInputError, "损坏"),
        (zipped(("a", bytes(10_000_000))), TooLargeInputError, "压缩比"),
        (zipped(*((str(n), b"") for n in range(2001))), TooLargeInputError, "拆分"),
    ],
    # Archives bear the time of day: names of their own keep the tests' names the same.
    ids=range(17),
)
def test_bad_input_is_refused_with_a_sentence(
    data: bytes, error: type[BrokenInputError], hint: str
) -> None:
    with pytest.raises(error) as caught:
        open_package(data)
    assert hint in caught.value.message
    assert caught.value.message.endswith("。")


def test_a_part_or_a_whole_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped(("a", b"123456"), ("b", b"123456"))
    monkeypatch.setattr(package, "MAX_PART", 5)
    with pytest.raises(TooLargeInputError):
        open_package(data)
    monkeypatch.setattr(package, "MAX_PART", 100)
    monkeypatch.setattr(package, "MAX_TOTAL", 11)
    with pytest.raises(TooLargeInputError):
        open_package(data)


def test_too_many_parts_are_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PARTS", 1)
    with pytest.raises(TooLargeInputError, match="部件超过 1 个"):
        open_package(zipped(("a", b"1"), ("b", b"2")))


def test_a_password_on_an_entry_is_told() -> None:
    data = bytearray(zipped(("a", b"1")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    with pytest.raises(EncryptedInputError):
        open_package(bytes(data))


def test_a_damaged_entry_is_broken() -> None:
    data = bytearray(zipped(("a", b"hello hello"), method=zipfile.ZIP_STORED))
    data[data.index(b"hello")] ^= 1
    with pytest.raises(BrokenInputError):
        open_package(bytes(data))


@pytest.mark.parametrize("coding", ["utf-8", "utf-16", "utf-16-be", "utf-32", "utf-7"])
def test_a_dtd_is_refused_in_every_coding(coding: str) -> None:
    head = f'<?xml version="1.0" encoding="{coding}"?>'
    text = head + '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
    with pytest.raises(BrokenInputError, match="DTD"):
        parse_xml(text.encode(coding))


@pytest.mark.parametrize("data", [b"", b"<x>", b"<x>&undefined;</x>", b"\xff<x/>", b"<x/>tail"])
def test_malformed_xml_is_broken(data: bytes) -> None:
    with pytest.raises(BrokenInputError):
        parse_xml(data)


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(BrokenInputError):
        parse_xml(b"<x>" * 100_000 + b"</x>" * 100_000)


def test_comments_and_instructions_are_not_read() -> None:
    root = parse_xml(b"<x>a<!-- b --><?c d?>e</x>")
    assert "".join(root.itertext()) == "ae"


def test_streamed_children_are_given_one_by_one_and_forgotten() -> None:
    rows = "".join(f"<r n='{n}'><c/></r>" for n in range(50))
    data = f"<a><r n='x'/><s>{rows}</s><t><s><r n='y'/></s></t></a>".encode()
    streamed = StreamedXml(data, "s", "r")
    assert [(row.get("n"), len(row)) for row in streamed] == [(str(n), 1) for n in range(50)]
    assert len(streamed.root.find("s")) <= 1
    assert [row.get("n") for row in streamed.root.iter("r") if row.get("n")] == ["x", "y"]


@pytest.mark.parametrize(
    "data",
    [b"<a><s><r/></s>", b"<!DOCTYPE a><a/>", b"", b"<a><s><r>&x;</r></s></a>", b"<a>\xff</a>"],
)
def test_streaming_refuses_what_parsing_refuses(data: bytes) -> None:
    with pytest.raises(BrokenInputError):
        parse_xml(data)
    with pytest.raises(BrokenInputError):
        list(StreamedXml(data, "s", "r"))
