"""The time of the offices: by its days limits run and cases are numbered."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))


def beijing_day(at: datetime) -> date:
    """Give the calendar day of a moment where the offices are."""
    return at.astimezone(BEIJING).date()


def beijing_minute(at: datetime) -> str:
    """Write a moment as people read it, to the minute."""
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
