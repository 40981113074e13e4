"""Days are read however official documents write them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from review.dates import DAY, in_words, read_day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026年3月1日", date(2026, 3, 1)),
        ("2026年03月01日", date(2026, 3, 1)),
        ("2026-3-1", date(2026, 3, 1)),
        ("2026.12.31", date(2026, 12, 31)),
        ("二〇二六年三月一日", date(2026, 3, 1)),
        ("二○一八年十二月三十一日", date(2018, 12, 31)),
        ("二零二六年十月二十日", date(2026, 10, 20)),
        ("一九九九年十一月十一日", date(1999, 11, 11)),
    ],
)
def test_a_day_is_read(written: str, day: date) -> None:
    assert read_day(written) == day
    assert re.findall(DAY, f"自{written}起施行") == [written]


@pytest.mark.parametrize(
    "written",
    ["2026年2月30日", "2026年13月1日", "二〇二六年十三月一日", "二〇二六年一十十月一日", ""],
)
def test_what_no_calendar_has_is_no_day(written: str) -> None:
    assert read_day(written) is None


@pytest.mark.parametrize(
    "text", ["2026年3月", "20260301", "12026年3月1日", "1.2.3", "第2026-3-1234号"]
)
def test_other_figures_are_no_day(text: str) -> None:
    assert re.search(DAY, text) is None


def test_a_day_is_written_as_documents_do() -> None:
    assert in_words(date(2026, 3, 1)) == "2026年3月1日"
