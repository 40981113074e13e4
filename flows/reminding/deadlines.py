"""By when a waiting case must be decided: the law's limits and its step's, in working days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from flows.beijing import beijing_day
from flows.reminding.workdays import add_workdays, unknown_year, workdays_until
from flows.store.casefiles import CaseFiles, findings_name
from review.case import Case, State
from review.errors import ReviewError
from review.limits import Deadline, Limit, statutory_limits


class Deadlines:
    """Look up the deadlines of cases; the dates that documents bear are read once."""

    def __init__(self, files: CaseFiles) -> None:
        self._files = files
        self._made: dict[tuple[str, str], date | None] = {}

    def of(self, case: Case) -> Deadline | None:
        """Give the first deadline of a case that waits for a person, None for any other."""
        return next(iter(self.all(case)), None)

    def all(self, case: Case) -> list[Deadline]:
        """Give every deadline of a waiting case, by day: the law's and that of its step."""
        if case.state is not State.AWAITING:
            return []
        law = statutory_limits(case.submission, self._made_on(case), beijing_day(case.created_at))
        return sorted(map(_deadline, (*law, *step_limit(case))), key=lambda each: each.day)

    def _made_on(self, case: Case) -> date | None:
        """Read the day on which the document was made; a record without one gives none."""
        key = (case.id, findings_name(case.version))
        if key not in self._made:
            try:
                self._made[key] = _day(self._files.record(*key))
            except ReviewError:  # not there yet, or a disk that may come back: asked again
                return None
        return self._made[key]


def _day(record: Any) -> date | None:
    try:
        return date.fromisoformat(record["made_on"])
    except (KeyError, TypeError, ValueError):
        return None


def step_limit(case: Case) -> Iterator[Limit]:
    """Yield the limit that the chain sets for the step at which a case waits."""
    if case.waiting_since is not None:
        step, began = case.step, beijing_day(case.waiting_since)
        yield Limit(began, step.days, f"“{step.title}”环节限 {step.days} 个工作日（审批流程）")


def is_step_over(case: Case, at: datetime) -> bool:
    """Tell whether the working days of the step that a case waits at are gone."""
    return any(_deadline(each).is_over(beijing_day(at)) for each in step_limit(case))


def _deadline(limit: Limit) -> Deadline:
    end = add_workdays(limit.start, limit.days)
    return Deadline(end.day, limit.ground, end.estimated)


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
