from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from flows.reminding.workdays import Workday, add_workdays, is_covered, is_workday, workdays_until


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 3, 5), True),  # a Thursday
        (date(2026, 3, 7), False),  # a Saturday
        (date(2026, 1, 1), False),  # New Year
        (date(2026, 1, 4), True),  # a Sunday made up for
        (date(2026, 2, 14), True),  # a Saturday made up for before Spring Festival
        (date(2026, 2, 23), False),  # a Monday of Spring Festival
    ],
)
def test_offices_work_on_weekdays_and_make_up_days_and_rest_on_holidays(
    day: date, works: bool
) -> None:
    assert is_workday(day) is works


def test_the_day_a_limit_starts_on_does_not_count() -> None:
    assert add_workdays(date(2026, 3, 5), 1) == Workday(date(2026, 3, 6), False)
    assert add_workdays(date(2026, 3, 6), 1) == Workday(date(2026, 3, 9), False)


def test_no_days_is_the_day_itself() -> None:
    assert add_workdays(date(2026, 3, 7), 0) == Workday(date(2026, 3, 7), False)


def test_twenty_working_days_leave_out_spring_festival_and_count_the_make_up_days() -> None:
    # 9 holidays from 15 to 23 February 2026; the Saturdays 14 and 28 are worked.
    assert add_workdays(date(2026, 2, 9), 20).day == date(2026, 3, 13)


def test_counting_back_finds_the_last_working_day_before() -> None:
    assert add_workdays(date(2026, 3, 9), -1).day == date(2026, 3, 6)
    assert add_workdays(date(2026, 2, 24), -1).day == date(2026, 2, 14)


def test_a_year_without_known_holidays_is_counted_by_weekdays_and_says_so() -> None:
    found = add_workdays(date(2089, 9, 30), 1)
    assert found == Workday(date(2089, 10, 3), True)
    assert found.note == "2089 年的放假安排尚未收录，按一般工作日估算"


def test_a_count_that_ends_in_a_known_year_warns_of_nothing() -> None:
    assert add_workdays(date(2026, 3, 5), 5).note == ""


def test_a_year_is_known_only_with_the_whole_of_its_holidays() -> None:
    assert is_covered(2026)
    assert not is_covered(2089)
    assert not is_covered(1999)


def test_days_left_count_down_to_the_end_and_below_nothing_once_it_is_past() -> None:
    friday, monday = date(2026, 3, 6), date(2026, 3, 9)
    assert workdays_until(friday, monday) == 1
    assert workdays_until(friday, friday) == 0
    assert workdays_until(monday, friday) == -1
    assert workdays_until(friday, date(2026, 3, 8)) == 0


def test_adding_and_counting_agree() -> None:
    start = date(2025, 12, 20)
    for days in range(1, 60):
        assert workdays_until(start, add_workdays(start, days).day) == days


def test_the_library_is_loaded_at_the_first_question_only() -> None:
    code = "import flows.reminding.workdays, sys; sys.exit('chinese_calendar' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
