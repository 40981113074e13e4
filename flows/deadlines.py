"""By when a waiting case must be decided: the law's limits and its step's, in working days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from flows.casefiles import CaseFiles
from flows.store import BEIJING
from flows.workdays import add_workdays, unknown_year, workdays_until
from review.case import Case, State
from review.errors import ReviewError
from review.limits import Deadline, Limit, first_deadline, statutory_limits


class Deadlines:
    """Look up the deadlines of cases; the dates that documents bear are read once."""

    def __init__(self, files: CaseFiles) -> None:
        self._files = files
        self._made: dict[tuple[str, ...], date | None] = {}

    def of(self, case: Case) -> Deadline | None:
        """Give the deadline of a case that waits for a person, None for any other."""
        if case.state is not State.AWAITING:
            return None
        return first_deadline(_limits(case, self._made_on(case)), _add)

    def _made_on(self, case: Case) -> date | None:
        """Read the day on which the document was made; a record without one gives none."""
        key = (case.id, *(draft.sha256 for draft in case.drafts))
        if key not in self._made:
            try:
                text = self._files.record(case.id, "findings").get("made_on")
                self._made[key] = date.fromisoformat(text) if text else None
            except (ReviewError, AttributeError, TypeError, ValueError):
                self._made[key] = None
        return self._made[key]


def _limits(case: Case, made_on: date | None) -> Iterator[Limit]:
    yield from statutory_limits(case.submission, made_on, beijing_day(case.created_at))


def _add(start: date, days: int) -> tuple[date, bool]:
    end = add_workdays(start, days)
    return end.day, end.estimated


def beijing_day(at: datetime) -> date:
    """Give the calendar day of a moment where the offices are."""
    return at.astimezone(BEIJING).date()


def deadline_json(deadline: Deadline | None, today: date) -> dict[str, Any] | None:
    """Lay a deadline out for machines; ``workdays_left`` is negative once it is over."""
    if deadline is None:
        return None
    return {
        "day": deadline.day.isoformat(),
        "ground": deadline.ground,
        "estimated": deadline.estimated,
        "overdue": deadline.is_over(today),
        "workdays_left": workdays_until(today, deadline.day),
    }


def deadline_words(deadline: Deadline, today: date) -> str:
    """Say how a case stands to its deadline, on one short line."""
    left = workdays_until(today, deadline.day)
    if deadline.is_over(today):
        standing = f"已超期 {-left} 个工作日" if left else "已超期"
    elif deadline.day == today:
        standing = "今天到期"
    else:
        standing = f"还有 {left} 个工作日"
    guess = f"；{unknown_year(deadline.day.year)}" if deadline.estimated else ""
    return f"{deadline.day.isoformat()} {standing}{guess}"
