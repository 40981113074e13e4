"""Credit codes are told by their check sign, or by their label."""

from __future__ import annotations

import pytest

from detectors.numbers.uscc import UsccRecognizer

RECOGNIZER = UsccRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("社会组织代码52100000500000784G在", ["52100000500000784G"]),
        ("机关代码111000000000123600", ["111000000000123600"]),
        ("统一社会信用代码：91110000600037341N", ["91110000600037341N"]),
        ("９１４４０３００７１５２６７２６ＸＧ", ["９１４４０３００７１５２６７２６ＸＧ"]),
        ("914403007152 6726XG", ["914403007152 6726XG"]),
    ],
)
def test_finds(found, text, expected):
    assert found(RECOGNIZER, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "91110000600037341N",
        "合同编号：JH2018050612345678",
        "型号ABCDEFGH1234567890",
        "110101199003078670",
    ],
)
def test_passes_over(found, text):
    assert found(RECOGNIZER, text) == []


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("统一社会信用代码", "9144030071526726XX", ["9144030071526726XX"]),
    ],
)
def test_header_governs_the_cell(found, header, cell, expected):
    assert found(RECOGNIZER, cell, header) == expected
