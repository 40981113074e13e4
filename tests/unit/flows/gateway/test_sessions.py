"""A session ends: by leaving, by half an hour of nothing, by ten hours in all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from flows.gateway.sessions import IDLE, WHOLE, Sessions
from flows.people.passwords import Standing
from flows.people.staff import Staff
from review.staffing import StaffRole

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LIN = Standing(Staff("lin", frozenset({StaffRole.REVIEWER}), disabled=False, locked=False), "m")
SECOND = timedelta(seconds=1)


@pytest.fixture
def sessions() -> Sessions:
    return Sessions()


def test_a_token_names_its_session_and_no_other_does(sessions: Sessions) -> None:
    token = sessions.begin(LIN, NOON)
    found = sessions.find(token, NOON)
    assert found is not None
    assert (found.officer, found.mark) == ("lin", "m")
    assert sessions.begin(LIN, NOON) != token
    assert sessions.find(token[:-1], NOON) is None
    assert sessions.find("", NOON) is None


def test_the_token_itself_is_not_kept(sessions: Sessions) -> None:
    token = sessions.begin(LIN, NOON)
    assert token not in repr(vars(sessions))
    assert len(token) >= 43


def test_half_an_hour_of_nothing_ends_it_and_use_prolongs_it(sessions: Sessions) -> None:
    token = sessions.begin(LIN, NOON)
    sessions.touch(token, NOON + IDLE)
    assert sessions.find(token, NOON + IDLE + IDLE) is not None
    assert sessions.find(token, NOON + IDLE + IDLE + SECOND) is None
    assert sessions.find(token, NOON + IDLE) is None, "what is over stays over"


def test_ten_hours_end_it_however_busy(sessions: Sessions) -> None:
    token = sessions.begin(LIN, NOON)
    at = NOON
    while at < NOON + WHOLE:
        at += IDLE
        sessions.touch(token, at)
    assert sessions.find(token, NOON + WHOLE) is not None
    assert sessions.find(token, NOON + WHOLE + SECOND) is None


def test_leaving_ends_one_and_a_new_password_ends_all(sessions: Sessions) -> None:
    first, second = sessions.begin(LIN, NOON), sessions.begin(LIN, NOON)
    sessions.end(first)
    assert sessions.find(first, NOON) is None
    assert sessions.find(second, NOON) is not None
    sessions.end_all("lin")
    assert sessions.find(second, NOON) is None
