"""Wrong passwords cost time: more each time, and nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from flows.gateway.throttle import FORGET, PATIENCE, Throttle

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


@pytest.fixture
def throttle() -> Throttle:
    return Throttle()


def fail(throttle: Throttle, number: str, place: str, times: int) -> None:
    for _ in range(times):
        throttle.failed(number, place, NOON)


def test_the_first_slips_cost_nothing(throttle: Throttle) -> None:
    fail(throttle, "lin", "10.0.0.1", 2)
    assert throttle.reserve("lin", "10.0.0.1", NOON) == 0


def test_each_further_failure_doubles_the_wait_up_to_a_minute(throttle: Throttle) -> None:
    waits = []
    for _ in range(12):
        throttle.failed("lin", "10.0.0.1", NOON)
        waits.append(throttle._counts["lin at 10.0.0.1"].free_at - NOON)
    assert [wait.total_seconds() for wait in waits] == [
        0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60,
    ]  # fmt: skip
    assert throttle.reserve("lin", "10.0.0.1", NOON) > PATIENCE
    assert throttle.reserve("lin", "10.0.0.1", after(61)) == 0


def test_attempts_at_the_same_moment_queue_up(throttle: Throttle) -> None:
    fail(throttle, "lin", "10.0.0.1", 4)
    waits = [throttle.reserve("lin", "10.0.0.1", NOON) for _ in range(4)]
    assert waits == [2, 4, 6, 8]


def test_a_stranger_elsewhere_locks_nobody_out(throttle: Throttle) -> None:
    fail(throttle, "lin", "10.0.0.66", 1000)
    assert throttle.reserve("lin", "10.0.0.66", NOON) > PATIENCE
    assert throttle.reserve("lin", "10.0.0.1", NOON) <= 4
    assert throttle.reserve("guo", "10.0.0.66", NOON) <= 2


def test_letters_of_either_case_are_one_number(throttle: Throttle) -> None:
    fail(throttle, "LIN", "10.0.0.1", 9)
    assert throttle.reserve("lin", "10.0.0.1", NOON) > PATIENCE


def test_the_right_password_and_time_wipe_the_slate(throttle: Throttle) -> None:
    fail(throttle, "lin", "10.0.0.1", 5)
    throttle.succeeded("lin", "10.0.0.1")
    assert throttle.reserve("lin", "10.0.0.1", NOON) == 0
    fail(throttle, "lin", "10.0.0.1", 50)
    later = NOON + FORGET + timedelta(minutes=2)
    assert throttle.reserve("lin", "10.0.0.1", later) == 0


def test_made_up_numbers_do_not_fill_the_memory(throttle: Throttle) -> None:
    for number in range(30_000):
        throttle.failed(f"u{number}", f"10.0.{number % 250}.{number // 250}", NOON)
    assert len(throttle._counts) <= 10_003
