from __future__ import annotations

import pytest

from detectors.tables.latin_heads import in_chinese


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("xm", "姓名"),
        ("NAME", "姓名"),
        ("id_no", "身份证号"),
        ("idCard", "身份证号"),
        ("Phone No.", "联系电话"),
        ("student_name", "学生姓名"),
        ("jhr_phone", "监护人联系电话"),
    ],
)
def test_a_head_in_latin_letters_is_told_in_chinese(head: str, told: str) -> None:
    assert in_chinese(head) == told


@pytest.mark.parametrize("text", ["", "12", "A0017", "姓名", "www.example.gov.cn", "GDP", "xm1024"])
def test_other_texts_stay(text: str) -> None:
    assert in_chinese(text) == text
