"""Papers of the forces are told by 字第 or their name."""

from __future__ import annotations

import pytest

from detectors.numbers.military_id import MilitaryIdRecognizer

RECOGNIZER = MilitaryIdRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("武字第87654321号", ["87654321"]),
        ("义务兵证12345678在", ["12345678"]),
        ("军官证号：军字第12345678号", ["12345678"]),
        ("士兵证：2012345678", ["2012345678"]),
    ],
)
def test_finds(found, text, expected):
    assert found(RECOGNIZER, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "军字第1234567号",
        "号码是12345678",
        "江府字第12345678号",
        "武装部〔2018〕3号",
    ],
)
def test_passes_over(found, text):
    assert found(RECOGNIZER, text) == []


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("军官证号", "12345678", ["12345678"]),
    ],
)
def test_header_governs_the_cell(found, header, cell, expected):
    assert found(RECOGNIZER, cell, header) == expected
