"""A passport number needs the word: project codes share its shape."""

from __future__ import annotations

import pytest

from detectors.numbers.passport import PassportRecognizer

RECOGNIZER = PassportRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("护照E12345678号", ["E12345678"]),
        ("护照号码：EA1234567，", ["EA1234567"]),
        ("Passport No. P1234567", ["P1234567"]),
        ("護照號碼：E12345678", ["E12345678"]),
    ],
)
def test_finds(found, text, expected):
    assert found(RECOGNIZER, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "项目编号E20180012",
        "G20180001",
        "护照办理指南",
    ],
)
def test_passes_over(found, text):
    assert found(RECOGNIZER, text) == []


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("护照号码", "E12345678", ["E12345678"]),
        ("护照号码", "", []),
    ],
)
def test_header_governs_the_cell(found, header, cell, expected):
    assert found(RECOGNIZER, cell, header) == expected
