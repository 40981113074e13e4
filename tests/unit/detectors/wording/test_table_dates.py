"""A row of a table that ends before it begins waits for a person."""

from __future__ import annotations

from collections.abc import Sequence

from detectors.wording.wording import wording
from review.finding import Role
from tests.fakes.secrecy_drafts import draft


def told(*rows: Sequence[str]) -> list[tuple[str, Role]]:
    document = draft([tuple(row) for row in rows])
    return [(document.value(f.span), f.role) for f in wording(document)]


HEAD = ("项目", "开工日期", "竣工日期")


def test_a_row_that_ends_before_it_begins_is_told() -> None:
    rows = (("甲路", "2026年3月1日", "2026年9月1日"), ("乙路", "2026年5月1日", "2026年4月1日"))
    assert told(HEAD, *rows) == [("2026年4月1日", Role.REVIEW)]


def test_other_ways_of_writing_a_day_are_read() -> None:
    head = ("序号", "公示开始时间", "公示结束时间")
    assert told(head, ("1", "2026-05-10", "2026-05-04")) == [("2026-05-04", Role.REVIEW)]


def test_days_that_fit_and_days_that_are_none_are_left_alone() -> None:
    assert told(HEAD, ("甲路", "2026年3月1日", "2026年3月1日"), ("乙路", "待定", "2026年")) == []
    assert told(("项目", "受理日期", "办结日期"), ("甲", "2026年3月1日", "2025年3月1日")) == []
