"""What a text goes on from an automatic number is told, ordinary numbering is not."""

from __future__ import annotations

import pytest

from redact.numbering import may_run_on, runs_on


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("138", "00138000 张某"),
        ("138.", " 0013 8000"),
        ("１３９1", "3780001"),
        ("430121", "19811106947X"),
        ("电话13800138000", "（值班）"),
    ],
)
def test_digits_that_go_on_from_the_number_are_told(label: str, text: str) -> None:
    assert may_run_on(label)
    assert runs_on(label, text)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("1.", "2026年5月"),
        ("12、", "13800138000"),
        ("第1条", "20260001"),
        ("〔2026〕1号", "3月"),
        ("100.", "2026年补助"),
        ("101", "号楼"),
        ("138", ""),
    ],
)
def test_ordinary_numbering_is_not_told(label: str, text: str) -> None:
    assert not runs_on(label, text)
