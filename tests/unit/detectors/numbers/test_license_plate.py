"""Plates of five and six signs are found beside Chinese."""

from __future__ import annotations

import pytest

from detectors.numbers.license_plate import LicensePlateRecognizer

RECOGNIZER = LicensePlateRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("车牌京A12345号", ["京A12345"]),
        ("驾驶粤J·12345号车", ["粤J·12345"]),
        ("京AD12345", ["京AD12345"]),
        ("车牌号苏A·128356长期停在", ["苏A·128356"]),
        ("电动自行车号牌云B·T23456", ["云B·T23456"]),
        ("骑电动车粤AZ12345X逆行", ["粤AZ12345X"]),
        ("粤J12345D在", ["粤J12345D"]),
        ("粤J1234挂", ["粤J1234挂"]),
        ("粤Ｊ１２３４５", ["粤Ｊ１２３４５"]),
        ("粵J12345", ["粵J12345"]),
        ("粤J 12345", ["粤J 12345"]),
        ("粤Z1234港", ["粤Z1234港"]),
        ("（车架号：LSVAU2180N2145237）", ["LSVAU2180N2145237"]),
        ("驾驶证档案编号430802159934。", ["430802159934"]),
        ("档案编号：430802159934，准驾车型C1", ["430802159934"]),
    ],
)
def test_finds(found, text, expected):
    assert found(RECOGNIZER, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "新ABCDE",
        "合同编号沪A123456号",
        "京G45高速",
        "川A级景区",
        "豫AB1234567",
        "云CPU20181",
        "卷宗档案编号：430802159934",
        "驾驶证档案编号：43080215****",
    ],
)
def test_passes_over(found, text):
    assert found(RECOGNIZER, text) == []


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("车牌号码", "J12345", ["J12345"]),
        ("车牌号", "/", []),
        ("驾驶证档案编号", "430802159934", ["430802159934"]),
    ],
)
def test_header_governs_the_cell(found, header, cell, expected):
    assert found(RECOGNIZER, cell, header) == expected
