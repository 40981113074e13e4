"""Permits for Hong Kong, Macao and Taiwan need their name beside them."""

from __future__ import annotations

import pytest

from detectors.numbers.travel_permit import TravelPermitRecognizer

RECOGNIZER = TravelPermitRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("港澳居民来往内地通行证H1234567890号", ["H1234567890"]),
        ("台胞证：12345678，", ["12345678"]),
        ("往来港澳通行证C12345678", ["C12345678"]),
        ("往来台湾通行证T12345678", ["T12345678"]),
    ],
)
def test_finds(found, text, expected):
    assert found(RECOGNIZER, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "H1234567890",
        "通行证办理须知",
        "C12345678",
    ],
)
def test_passes_over(found, text):
    assert found(RECOGNIZER, text) == []


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("港澳通行证号", "C12345678", ["C12345678"]),
    ],
)
def test_header_governs_the_cell(found, header, cell, expected):
    assert found(RECOGNIZER, cell, header) == expected
