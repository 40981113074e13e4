from __future__ import annotations

from datetime import date, timedelta

import pytest

from review.case import Attribute, Submission
from review.limits import Deadline, Limit, first_deadline, statutory_limits

HANDED_IN = date(2026, 3, 5)


def limits(category: str = "general", made_on: date | None = None) -> list[Limit]:
    submission = Submission(category, Attribute.PROACTIVE, "zhou")
    return list(statutory_limits(submission, made_on, HANDED_IN))


def plain(start: date, days: int) -> tuple[date, bool]:
    """Count every day, so that the tests need no calendar."""
    return start + timedelta(days), False


def test_what_is_published_proactively_has_twenty_working_days_from_its_making() -> None:
    (limit,) = limits(made_on=date(2026, 2, 27))
    assert (limit.start, limit.days) == (date(2026, 2, 27), 20)
    assert "第二十六条" in limit.ground


@pytest.mark.parametrize("made_on", [None, date(2026, 3, 6)])
def test_without_a_date_or_with_one_to_come_the_hand_in_counts(made_on: date | None) -> None:
    assert limits(made_on=made_on)[0].start == HANDED_IN


def test_a_service_guide_has_one_working_day_besides() -> None:
    assert [limit.days for limit in limits("service_guide")] == [20, 1]


def test_a_penalty_decision_has_seven_working_days_besides() -> None:
    twenty, seven = limits("administrative_penalty", made_on=date(2026, 2, 27))
    assert (twenty.days, seven.days) == (20, 7)
    assert seven.start == date(2026, 2, 27)
    assert "国办发〔2018〕118号" in seven.ground


@pytest.mark.parametrize("attribute", [Attribute.ON_REQUEST, Attribute.WITHHELD])
def test_what_is_not_published_has_no_limit_for_publishing(attribute: Attribute) -> None:
    submission = Submission("general", attribute, "zhou", "理由", "依据")
    assert not list(statutory_limits(submission, None, HANDED_IN))


def test_the_limit_that_ends_first_counts_with_its_ground() -> None:
    own = Limit(date(2026, 3, 5), 3, "环节时限")
    found = first_deadline([Limit(date(2026, 2, 27), 20, "条例"), own], plain)
    assert found == Deadline(date(2026, 3, 8), "环节时限")


def test_without_limits_there_is_no_deadline() -> None:
    assert first_deadline([], plain) is None


def test_an_estimate_is_handed_on() -> None:
    found = first_deadline([Limit(HANDED_IN, 1, "条例")], lambda start, _: (start, True))
    assert found is not None
    assert found.estimated


def test_the_last_day_itself_is_in_time() -> None:
    deadline = Deadline(date(2026, 3, 6), "条例")
    assert not deadline.is_over(date(2026, 3, 6))
    assert deadline.is_over(date(2026, 3, 7))
