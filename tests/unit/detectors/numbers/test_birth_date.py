"""A birthday is a date with words of birth or the person beside it."""

from __future__ import annotations

import pytest

from detectors.numbers.birth_date import BirthDateRecognizer

RECOGNIZER = BirthDateRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("出生日期1990年03月07日在", ["1990年03月07日"]),
        ("生日是90年3月", ["90年3月"]),
        ("生于1990.03.07", ["1990.03.07"]),
        ("张三，1990年3月7日出生，", ["1990年3月7日"]),
        ("1990年3月生，汉族", ["1990年3月"]),
        ("一九九〇年三月七日出生", ["一九九〇年三月七日"]),
        ("男，汉族，1990年3月7日，住", ["1990年3月7日"]),
        ("张三（1990年3月7日）身份证110101199003078670", ["1990年3月7日"]),
        ("出 生 年 月：1990 年 3 月", ["1990 年 3 月"]),
        ("出生日期：19900307", ["19900307"]),
        ("出生年月：1990年", ["1990年"]),
    ],
)
def test_finds(found, text, expected):
    assert found(RECOGNIZER, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2018年5月6日印发",
        "2018年出生人口12万人",
        "2018年5月生效",
        "2018年3月生产",
        "女，2018年3月至2019年5月任",
        "2018年出生缺陷防治",
        "女，2018年结婚",
        "2018年5月6日，身份证110101199003078670",
        "学生于2018年5月入学",
        "罗先生于1998年加入某公司",
    ],
)
def test_passes_over(found, text):
    assert found(RECOGNIZER, text) == []


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("出生日期", "32874", ["32874"]),
        ("出生年月", "1990.03", ["1990.03"]),
        ("出生日期", "不详", []),
        ("出生地", "江门1990", []),
    ],
)
def test_header_governs_the_cell(found, header, cell, expected):
    assert found(RECOGNIZER, cell, header) == expected
