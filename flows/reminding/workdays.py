"""Working days in China: the State Council's holidays and make-up days, kept by a library.

Time limits count working days and leave out the day they start from. A year whose arrangement the
library does not hold is counted by plain weekdays, and the answer says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_NATIONAL_DAY = (10, 1)
"""A holiday in every year: a year that the library knows has it."""


@dataclass(frozen=True, slots=True)
class Workday:
    """Hold the day that a count ends on; ``estimated`` where a year on the way is not known."""

    day: date
    estimated: bool

    @property
    def note(self) -> str:
        """Warn in Chinese that the day is an estimate; empty where it is none."""
        return unknown_year(self.day.year) if self.estimated else ""


def is_covered(year: int) -> bool:
    """Tell whether the holidays of a year are known."""
    from chinese_calendar.constants import holidays

    return date(year, *_NATIONAL_DAY) in holidays


def unknown_year(year: int) -> str:
    """Say that a year is counted by plain weekdays."""
    return f"{year} 年的放假安排尚未收录，按一般工作日估算"


def is_workday(day: date) -> bool:
    """Tell whether offices work on a day: a weekday no holiday, or a weekend day made up for."""
    from chinese_calendar.constants import holidays, workdays

    return day in workdays or (day.weekday() < 5 and day not in holidays)


def add_workdays(start: date, days: int) -> Workday:
    """Give the ``days``-th working day after ``start``, before it where ``days`` is negative.

    ``start`` itself does not count. Linear in ``days``.
    """
    step = _DAY if days > 0 else -_DAY
    day, left, known = start, abs(days), True
    while left:
        day += step
        left -= is_workday(day)
        known = known and is_covered(day.year)
    return Workday(day, not known)


def workdays_until(start: date, end: date) -> int:
    """Count the working days after ``start`` up to and with ``end``; negative where it is past."""
    if end < start:
        return -workdays_until(end, start)
    span = (end - start).days
    return sum(is_workday(start + n * _DAY) for n in range(1, span + 1))
