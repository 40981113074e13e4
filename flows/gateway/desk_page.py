"""The lists on the desk page: what waits for a person, and what he handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flows.beijing import beijing_day, beijing_minute
from flows.cases.desk import Desk
from flows.cases.waiting import Waiting, record_of, waiting_for
from flows.people.staff import Staff
from flows.reminding.deadlines import deadline_words
from flows.state_names import STATE_NAMES
from policies.names import VERDICT_NAMES
from review.case import Case

MOST_OWN = 200
_UNREAD = "（尚未检测）"
_WEAKENED = "您的修改减弱了保护，等另一人同意；您可以再修改或退回"


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Hold one line of what waits; the last four are addresses, empty where none is yet.

    ``note`` tells somebody who weakened a protection that another has to agree.
    """

    id: str
    title: str
    number: str
    category: str
    verdict: str
    step: str
    note: str
    since: str
    deadline: str
    late: bool
    run: str
    copy: str
    summary: str
    marked: Sequence[str]


@dataclass(frozen=True, slots=True)
class OwnRow:
    """Hold one line of what a person handed in; ``reason`` is what the last decision said."""

    id: str
    title: str
    number: str
    category: str
    state: str
    reason: str
    since: str
    copy: str
    marked: Sequence[str]


def waiting_rows(
    desk: Desk, staff: Staff, runs: Mapping[str, str], now: datetime
) -> Sequence[WaitingRow]:
    """Lay out what somebody may decide; ``runs`` gives the run that holds the form of a case."""
    today = beijing_day(now)
    return [_waiting(desk, staff, each, runs, today) for each in waiting_for(desk, staff)]


def own_rows(desk: Desk, staff: Staff) -> tuple[Sequence[OwnRow], int]:
    """Lay out the newest cases that somebody handed in; tells how many older ones there are."""
    cases = desk.store.list_of(staff.id)
    shown = cases[: -MOST_OWN - 1 : -1]
    return [_own(desk, case) for case in shown], len(cases) - len(shown)


def _waiting(
    desk: Desk, staff: Staff, waiting: Waiting, runs: Mapping[str, str], today: date
) -> WaitingRow:
    case, record, deadline = waiting.case, waiting.record, waiting.deadline
    run = runs.get(case.id)
    return WaitingRow(
        id=case.id,
        title=record.title or "（未识别标题）",
        number=record.document_number,
        category=record.category or _UNREAD,
        verdict=VERDICT_NAMES[case.verdict] if case.verdict else "",
        step=case.step.title,
        note=_WEAKENED if staff.id in case.weakened_by else "",
        since=beijing_minute(waiting.since),
        deadline=deadline_words(deadline, today) if deadline else "",
        late=deadline is not None and deadline.is_over(today),
        run=f"/runs/flow-run/{run}" if run else "",
        copy=_copy(desk, case),
        summary=f"/cases/{case.id}/summary" if run else "",
        marked=_marked(desk, case),
    )


def _own(desk: Desk, case: Case) -> OwnRow:
    record = record_of(desk, case)
    return OwnRow(
        id=case.id,
        title=record.title or "（未识别标题）",
        number=record.document_number,
        category=record.category or _UNREAD,
        state=STATE_NAMES[case.state],
        reason=case.approvals[-1].reason if case.approvals else case.note,
        since=beijing_minute(case.created_at),
        copy=_copy(desk, case),
        marked=_marked(desk, case),
    )


def _copy(desk: Desk, case: Case) -> str:
    return (
        f"/cases/{case.id}/review.html"
        if desk.files.review_copy(case.id, case.version).exists()
        else ""
    )


def _marked(desk: Desk, case: Case) -> Sequence[str]:
    """Link to the highlighted drafts."""
    copies = desk.files.marked_copies(case.id, case.version)
    return [f"/cases/{case.id}/{path.name}" for path in copies]
