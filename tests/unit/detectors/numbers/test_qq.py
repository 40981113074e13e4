"""QQ numbers are found beside their label."""

from __future__ import annotations

import pytest

from detectors.numbers.qq import QqRecognizer

RECOGNIZER = QqRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("QQ：12345678，", ["12345678"]),
        ("ＱＱ号码12345678在", ["12345678"]),
        ("QQ群123456789", ["123456789"]),
        ("qq 123456", ["123456"]),
    ],
)
def test_finds(found, text, expected):
    assert found(RECOGNIZER, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "QQ邮箱",
        "QQ：123",
        "QQ12345678@test.com",
        "2018年12345678",
    ],
)
def test_passes_over(found, text):
    assert found(RECOGNIZER, text) == []


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("QQ", "12345678", ["12345678"]),
    ],
)
def test_header_governs_the_cell(found, header, cell, expected):
    assert found(RECOGNIZER, cell, header) == expected
