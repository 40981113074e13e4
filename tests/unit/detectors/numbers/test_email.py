"""Mail addresses are found from the @ outwards."""

from __future__ import annotations

import pytest

from detectors.numbers.email import EmailRecognizer

RECOGNIZER = EmailRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请发送到zhang@test.com查收", ["zhang@test.com"]),
        ("邮箱：ｚｈａｎｇ＠test.com。", ["ｚｈａｎｇ＠test.com"]),
        ("邮箱zhang.san+a@mail.test.com.cn；", ["zhang.san+a@mail.test.com.cn"]),
        ("zhang @ test.com", ["zhang @ test.com"]),
    ],
)
def test_finds(found, text, expected):
    assert found(RECOGNIZER, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "@所有人",
        "单价@5元",
        "a@b",
        "user@localhost",
    ],
)
def test_passes_over(found, text):
    assert found(RECOGNIZER, text) == []


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("电子邮箱", "zhangsan#test.com", ["zhangsan#test.com"]),
        ("电子邮箱", "无", []),
    ],
)
def test_header_governs_the_cell(found, header, cell, expected):
    assert found(RECOGNIZER, cell, header) == expected
