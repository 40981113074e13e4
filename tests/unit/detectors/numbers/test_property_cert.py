"""Certificates of houses and land are found with their whole number."""

from __future__ import annotations

import pytest

from detectors.numbers.property_cert import PropertyCertRecognizer

RECOGNIZER = PropertyCertRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("粤（2018）江门市不动产权第0012345号房屋", ["粤（2018）江门市不动产权第0012345号"]),
        ("持粤房地权证江门字第0100012345号", ["粤房地权证江门字第0100012345号"]),
        ("江国用（2010）第123456号", ["江国用（2010）第123456号"]),
        ("房产证号：C1234567，", ["C1234567"]),
    ],
)
def test_finds(found, text, expected):
    assert found(RECOGNIZER, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "不动产权登记办法第12条",
        "江府字第12345号",
        "不动产权第三方评估",
    ],
)
def test_passes_over(found, text):
    assert found(RECOGNIZER, text) == []


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("不动产权证号", "0012345", ["0012345"]),
    ],
)
def test_header_governs_the_cell(found, header, cell, expected):
    assert found(RECOGNIZER, cell, header) == expected
