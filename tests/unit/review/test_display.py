"""公示期: a list comes down when its own period is over, never later than its category permits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.display import DisplayPeriod, display_period, take_down_on
from review.document import plain_document
from review.policy import Category

ROSTER = Category("roster", "救助名单", (), take_down_days=10)
NOTICE = Category("notice", "任前公示", ())
UP = date(2026, 3, 9)


def add_days(day: date, days: int) -> date:
    return day + timedelta(days=days)


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("公示期为5个工作日。", DisplayPeriod(days=5, working=True)),
        ("公示期限：七天", DisplayPeriod(days=7)),
        ("公示时间为期五天。", DisplayPeriod(days=5)),
        ("公示时间共 10 日", DisplayPeriod(days=10)),
        (
            "公示期自2026年3月9日起至2026年3月15日止。",
            DisplayPeriod(date(2026, 3, 9), date(2026, 3, 15)),
        ),
        ("公示时间：2026年7月6日至7月14日", DisplayPeriod(date(2026, 7, 6), date(2026, 7, 14))),
        ("公示时间：2026年7月6日—14日", DisplayPeriod(date(2026, 7, 6), date(2026, 7, 14))),
        ("公示期：2026年12月28日至1月4日", DisplayPeriod(date(2026, 12, 28), date(2027, 1, 4))),
    ],
)
def test_the_announced_period_is_read(line: str, period: DisplayPeriod) -> None:
    assert display_period(plain_document(["名单", line]), ROSTER) == period


@pytest.mark.parametrize(
    "line",
    [
        "公示期不少于7天。",
        "公示期满后3日内办理。",
        "公示期间接受监督。",
        "公示日期：2026年3月9日",
        "2026年公示30人",
        "公示时间：2026年2月30日至3月5日",
    ],
)
def test_other_words_announce_none(line: str) -> None:
    assert display_period(plain_document(["名单", line]), ROSTER) is None


def test_a_category_without_limit_needs_the_word_in_the_title() -> None:
    line = "公示期为5个工作日。"
    assert display_period(plain_document(["干部任前公示", line]), NOTICE) is not None
    assert display_period(plain_document(["干部任用办法", line]), NOTICE) is None


@pytest.mark.parametrize(
    ("period", "down"),
    [
        (None, date(2026, 3, 19)),
        (DisplayPeriod(days=7), date(2026, 3, 16)),
        (DisplayPeriod(days=10), date(2026, 3, 19)),
        (DisplayPeriod(days=30), date(2026, 3, 19)),
        (DisplayPeriod(days=5, working=True), date(2026, 3, 15)),
        (DisplayPeriod(UP, date(2026, 3, 13)), date(2026, 3, 14)),
        (DisplayPeriod(UP, UP), date(2026, 3, 10)),
        (DisplayPeriod(date(2026, 3, 1), date(2026, 3, 8)), date(2026, 3, 19)),
    ],
)
def test_the_shorter_of_both_counts(period: DisplayPeriod | None, down: date) -> None:
    assert take_down_on(ROSTER, period, UP, add_days) == down


def test_without_limit_and_period_it_stays() -> None:
    assert take_down_on(NOTICE, None, UP, add_days) is None
    assert take_down_on(NOTICE, DisplayPeriod(days=7), UP, add_days) == date(2026, 3, 16)


@given(
    st.integers(1, 400),
    st.builds(
        DisplayPeriod,
        end=st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
        days=st.integers(1, 400),
        working=st.booleans(),
    ),
)
def test_nothing_stays_longer_than_its_category_or_comes_down_before_it_is_up(
    days: int, period: DisplayPeriod
) -> None:
    category = Category("roster", "名单", (), take_down_days=days)
    down = take_down_on(category, period, UP, add_days)
    assert down is not None
    assert UP < down <= UP + timedelta(days=days)
