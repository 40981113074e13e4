"""What waits for whom: the one place that says whose turn a case is and who may look into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from flows.cases.desk import Desk
from flows.copies.findings_record import CaseRecord
from flows.people.staff import Staff
from flows.reminding.deadlines import Deadlines
from review.case import Case, State
from review.deciding import barred
from review.errors import ReviewError
from review.limits import Deadline
from review.staffing import DECIDING, StaffRole


@dataclass(frozen=True, slots=True)
class Waiting:
    """Hold a case that waits for somebody, since when, and by when it must be decided."""

    case: Case
    record: CaseRecord
    since: datetime
    deadline: Deadline | None


def waiting_for(desk: Desk, staff: Staff) -> tuple[Waiting, ...]:
    """List what somebody may decide now, the earliest deadline first."""
    mine = [case for case in desk.store.list({State.AWAITING}) if may_decide(case, staff)]
    if not mine:
        return ()
    return tuple(sorted(_waiting(desk, mine), key=_order))


def may_decide(case: Case, staff: Staff) -> bool:
    """Tell whether the step that a case waits at is one that somebody may take, or stand in for."""
    if DECIDING.isdisjoint(staff.roles) or barred(case, staff.id):
        return False
    step = case.step
    return bool(step.asked) or not {step.role, *step.stand_in}.isdisjoint(staff.roles)


def _takes_part(case: Case, staff: Staff) -> bool:
    """Tell whether somebody takes a step of a case, now, before or later."""
    steps = case.chain or (case.step,)
    roles = {role for step in steps for role in (step.role, *step.stand_in)}
    asked = {officer for step in steps for officer in step.asked}
    return staff.id in asked or not (roles & DECIDING).isdisjoint(staff.roles)


def may_read(case: Case, staff: Staff) -> bool:
    """Tell whether somebody may open the review copy, which shows the draft in clear."""
    own = case.submission.officer == staff.id
    return own or StaffRole.AUDITOR in staff.roles or _takes_part(case, staff)


def _waiting(desk: Desk, cases: list[Case]) -> Iterator[Waiting]:
    deadlines = Deadlines(desk.files)
    for case in cases:
        begun = case.waiting_since or case.created_at
        yield Waiting(case, record_of(desk, case), begun, deadlines.of(case))


def _order(waiting: Waiting) -> tuple[date, str]:
    return (waiting.deadline.day if waiting.deadline else date.max, waiting.case.id)


def record_of(desk: Desk, case: Case) -> CaseRecord:
    """Load what the scan found; a case without a sound record still shows that it is there."""
    try:
        return desk.record(case.id)
    except ReviewError:
        return CaseRecord()
