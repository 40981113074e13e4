"""How long a log-in waits: longer with every wrong password, never for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

PATIENCE = 10.0
"""Seconds that an attempt is held; one that would wait longer is told to come back."""

FORGET = timedelta(minutes=15)
_MOST_KEYS = 10_000


@dataclass(slots=True)
class _Count:
    failures: int
    free_at: datetime


@dataclass(frozen=True, slots=True)
class _Line:
    """Name whom a count holds up: the first ``free`` failures cost nothing, each more doubles."""

    key: str
    free: int
    most: float

    def delay(self, failures: int) -> float:
        over = failures - self.free
        return 0.0 if over < 0 else min(self.most, 2.0 ** min(over, 16))


class Throttle:
    """Count wrong passwords by number and place, by number and by place.

    Only number and place together can hold somebody up for long, so that a stranger elsewhere
    locks nobody out; ``place`` is an address, or a browser in which this number has logged in.
    """

    def __init__(self) -> None:
        self._counts: dict[str, _Count] = {}

    def reserve(self, number: str, place: str, now: datetime) -> float:
        """Give the seconds to wait before a password is looked at; attempts queue up.

        More than ``PATIENCE`` means that it is not to be looked at.
        """
        waits = [self._wait(line, now) for line in _lines(number, place)]
        longest = max(waits)
        if longest <= PATIENCE:
            for line in _lines(number, place):
                if (count := self._counts.get(line.key)) is not None:
                    count.free_at = max(count.free_at, now) + _seconds(line.delay(count.failures))
        return longest

    def failed(self, number: str, place: str, now: datetime) -> None:
        """Count a wrong password."""
        if len(self._counts) >= _MOST_KEYS:
            self._forget(lambda count: count.free_at < now - FORGET)
        for line in _lines(number, place):
            count = self._counts.setdefault(line.key, _Count(0, now))
            count.failures += 1
            count.free_at = max(count.free_at, now + _seconds(line.delay(count.failures)))

    def succeeded(self, number: str, place: str) -> None:
        """Forget what was wrong before at the place where the right password came from."""
        self._counts.pop(_lines(number, place)[0].key, None)

    def _wait(self, line: _Line, now: datetime) -> float:
        count = self._counts.get(line.key)
        if count is None:
            return 0.0
        if count.free_at < now - FORGET:
            del self._counts[line.key]
            return 0.0
        # A line that many stand in holds each of them for a moment only.
        return min(max(0.0, (count.free_at - now).total_seconds()), max(line.most, 0.0))

    def _forget(self, stale: Callable[[_Count], bool]) -> None:
        for key in [key for key, count in self._counts.items() if stale(count)]:
            del self._counts[key]
        if len(self._counts) >= _MOST_KEYS:
            self._counts.clear()


def _lines(number: str, place: str) -> tuple[_Line, ...]:
    folded = number.strip().lower()[:64]
    return (
        _Line(f"{folded} at {place}", 3, 60.0),
        _Line(f"{folded} at", 10, 4.0),
        _Line(f"at {place}", 20, 2.0),
    )


def _seconds(number: float) -> timedelta:
    return timedelta(seconds=number)
