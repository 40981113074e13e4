"""WeChat identifiers of persons are found, public accounts are not."""

from __future__ import annotations

import pytest

from detectors.numbers.wechat import WechatRecognizer

RECOGNIZER = WechatRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("微信号wxid_abc123在", ["wxid_abc123"]),
        ("我的微信：zhangsan_2024", ["zhangsan_2024"]),
        ("加我wx: test_user88吧", ["test_user88"]),
        ("微信13800138000", ["13800138000"]),
        ("微 信 号：zhangsan", ["zhangsan"]),
        ("vx：abc12345", ["abc12345"]),
    ],
)
def test_finds(found, text, expected):
    assert found(RECOGNIZER, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "微信公众号：jiangmenfabu",
        "微信支付",
        "微信Android客户端",
        "boxwx:1234567",
        "微信小程序yueshengshi",
    ],
)
def test_passes_over(found, text):
    assert found(RECOGNIZER, text) == []


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("微信号", "13800138000", ["13800138000"]),
    ],
)
def test_header_governs_the_cell(found, header, cell, expected):
    assert found(RECOGNIZER, cell, header) == expected
