from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.record.chinese_lines import break_lines


def measure(text: str) -> float:
    """Count half a character for what is ASCII."""
    return sum(0.5 if c < "\x80" else 1 for c in text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("同意公开", ["同意公开"]),
        ("依法应当公开信息", ["依法应当公", "开信息"]),
        ("银行账号（删除）", ["银行账号", "（删除）"]),
        ("内容属实的，同意", ["内容属实", "的，同意"]),
        ("按条例办理）。完", ["按条例办", "理）。完"]),
        ("工号 officer-07 办", ["工号", "officer-07", "办"]),
        ("abcdefghijklmn", ["abcdefghij", "klmn"]),
    ],
)
def test_lines_end_and_begin_where_a_printer_would_let_them(text: str, lines: list[str]) -> None:
    assert list(break_lines(text, 5, measure)) == lines


@given(st.text(st.sampled_from("中文（）。，“”ab1 "), max_size=80))
def test_no_line_is_too_wide_and_no_character_is_lost(text: str) -> None:
    lines = list(break_lines(text, 6, measure))
    assert all(measure(line) <= 6 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
