"""Addresses of machines are found, section numbers and versions are not."""

from __future__ import annotations

import pytest

from detectors.numbers.ip import IpRecognizer

RECOGNIZER = IpRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("服务器IP是192.168.1.100的", ["192.168.1.100"]),
        ("访问来源: 8.8.8.8", ["8.8.8.8"]),
        ("登录10.0.0.1查看", ["10.0.0.1"]),
        ("地址fe80::1ff:fe23:4567:890a在", ["fe80::1ff:fe23:4567:890a"]),
        ("2001:db8:0:0:0:0:2:1", ["2001:db8:0:0:0:0:2:1"]),
    ],
)
def test_finds(found, text, expected):
    assert found(RECOGNIZER, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1.2.3.4 总则",
        "3.1.2.1",
        "版本4.0.0.1",
        "V5.1.2.3",
        "时间12:30:45",
        "300.1.1.1",
        "1.2.3.4.5",
        "2018.5.6",
        "比例1:2:3",
    ],
)
def test_passes_over(found, text):
    assert found(RECOGNIZER, text) == []
