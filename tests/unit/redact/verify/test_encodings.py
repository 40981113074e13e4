"""Removed values must not live on in an encoding that anyone can undo."""

from __future__ import annotations

import base64
import io
import time
import zipfile
from urllib.parse import quote

import pytest

from redact.verify.encodings import decoded_views
from redact.verify.verifier import IndependentVerifier
from redact.verify.views import Kind, View

NAME, NUMBER = "钱文海", "11010519491231002X"
SENTENCE = f"申请人：{NAME}，身份证号{NUMBER}。"


def verify(text: str, *values: str, format: str = "txt") -> tuple[str, ...]:
    return IndependentVerifier().verify(format, text.encode(), dict.fromkeys(values, 0))


def b64(text: str, encoding: str = "utf-8") -> str:
    return base64.b64encode(text.encode(encoding)).decode()


@pytest.mark.parametrize(
    "encoded",
    [
        b64(NAME),
        b64(NAME, "gb18030"),
        b64(SENTENCE, "utf-16-le"),
        b64(SENTENCE).rstrip("="),
        base64.urlsafe_b64encode(SENTENCE.encode()).decode(),
        "\n".join(b64(SENTENCE)[n : n + 20] for n in range(0, 200, 20)),
        "x" + b64(SENTENCE),
        b64(b64(SENTENCE)),
        NAME.encode().hex(),
        NAME.encode("gb18030").hex().upper(),
        " ".join(f"{byte:02x}" for byte in NAME.encode()),
        "".join(f"\\x{byte:02x}" for byte in NAME.encode()),
        quote(NAME),
        quote(NAME.encode("gb18030")),
        "".join(f"={byte:02X}" for byte in NAME.encode()),
        "".join(f"&#{ord(sign)};" for sign in NAME),
        f"{NAME[0]}&#x{ord(NAME[1]):x};{NAME[2]}",
        NAME.encode("unicode_escape").decode(),
        " ".join(f"U+{ord(sign):04X}" for sign in NAME),
        "、".join(f"U+{ord(sign):04X}" for sign in NAME),
        "+" + b64(NAME, "utf-16-be").rstrip("=") + "-",
        "".join(chr(0xE0000 + ord(sign)) for sign in NUMBER),
        b64(NUMBER),
    ],
)
def test_an_encoded_value_is_found_and_its_place_named(encoded: str) -> None:
    complaints = verify(f"备注：{encoded}。", NAME, NUMBER)
    assert any("正文" in each for each in complaints), encoded


def test_a_short_name_is_found_where_the_encoding_leaves_no_doubt() -> None:
    assert verify(f"备注：{b64('王伟')}。", "王伟")


@pytest.mark.parametrize(
    "text",
    [
        "本通知自2026年1月1日起施行，统一社会信用代码91329826MA3304188F。",
        "See https://www.example.gov.cn/zwgk/2026/index_20260101.html?id=38271&page=2 for details.",
        "校验值 d41d8cd98f00b204e9800998ecf8427e，合同编号 HT-2026-00001234-ABCDEFGH。",
        "a=b&c=d 100% of R&D +86-0596-1234567 C++-based",
    ],
)
def test_plain_official_text_holds_nothing_encoded(text: str) -> None:
    assert verify(text, NAME, NUMBER, "王伟", "欧阳建国", "13800131234") == ()


def test_what_the_plan_keeps_may_stand_encoded_once() -> None:
    text = f"链接 http://www.example.gov.cn/{quote(NAME)}"
    assert IndependentVerifier().verify("txt", text.encode(), {NAME: 1}) == ()
    assert IndependentVerifier().verify("txt", text.encode(), {NAME: 0})


def test_an_attribute_of_a_part_is_decoded_too() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("word/document.xml", f"<d a='{b64(SENTENCE)}'/>")
    found = IndependentVerifier().verify("docx", buffer.getvalue(), {NAME: 0})
    assert found == ("正文的标记（编码的内容）仍能读到应隐去的内容。",)


def test_a_workbook_within_a_document_is_opened() -> None:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", f"<r><c><is>{NAME}</is></c></r>")
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "<d/>")
        package.writestr("word/embeddings/a.xlsx", inner.getvalue())
    found = IndependentVerifier().verify("docx", outer.getvalue(), {NAME: 0})
    assert any("内的" in each and "仍能读到" in each for each in found)


def found(text: str) -> bool:
    views = decoded_views([_view(text)])
    return any(NAME in told for view in views for _, told in view.texts)


def test_character_references_are_undone_whatever_the_reader_of_the_format_leaves() -> None:
    assert found("".join(f"&#{ord(sign)};" for sign in NAME))
    assert found(f"{NAME[0]}&#x{ord(NAME[1]):x};{NAME[2]}")


def test_encodings_within_encodings_end() -> None:
    text = SENTENCE
    for _ in range(12):
        text = b64(text)
    assert found(b64(SENTENCE))
    assert not found(text)


def _view(text: str) -> View:
    return View(Kind.PAGES, (("正文", text),))


def test_decoding_takes_time_in_proportion() -> None:
    def took(size: int) -> float:
        text = (b64(SENTENCE) + " abcdef0123 %41%42 & a=b \\u4e00 ")[:100] * (size // 100)
        start = time.process_time()
        decoded_views([_view(text + "a" * size + "%" * size + "&" * size)])
        return time.process_time() - start

    took(1000)
    assert took(160_000) < 30 * max(took(20_000), 0.02)
