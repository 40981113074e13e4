"""Social-security and medical-insurance numbers need their label."""

from __future__ import annotations

import pytest

from detectors.numbers.social_security import SocialSecurityRecognizer

RECOGNIZER = SocialSecurityRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("社保号：4407001234567。", ["4407001234567"]),
        ("医保卡号A12345678在", ["A12345678"]),
        ("社会保障卡号 12345678 9012", ["12345678 9012"]),
        ("（学籍号G440703201801011234）", ["G440703201801011234"]),
        ("《出生医学证明》编号：U360087654", ["U360087654"]),
        ("遗失出生医学证明,编号U360087654,声明作废", ["U360087654"]),
        ("吴定芳 11010119900307867011 80", ["11010119900307867011"]),
        ("证号11010119900307867044B1。", ["11010119900307867044B1"]),
        ("新生儿尹一诺，出生证编号U360087654", ["U360087654"]),
        ("店长的健康证编号360733202600417，过期", ["360733202600417"]),
    ],
)
def test_finds(found, text, expected):
    assert found(RECOGNIZER, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "社保卡号110101199003078670",
        "社保卡办理",
        "11010119900307867090",
        "110101199003078670113",
        "12345678901",
    ],
)
def test_passes_over(found, text):
    assert found(RECOGNIZER, text) == []


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("社保卡号", "A12345678", ["A12345678"]),
        ("医保号", "无", []),
    ],
)
def test_header_governs_the_cell(found, header, cell, expected):
    assert found(RECOGNIZER, cell, header) == expected
