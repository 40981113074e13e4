"""Whose turn a waiting case is, and who is told when it stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flows.staff import Staff
from review.case import Case
from review.staffing import StaffRole


@dataclass(frozen=True, slots=True)
class Turn:
    """Name the step that a case waits at, who takes it, and who is over them when it is late."""

    key: str
    title: str
    takers: frozenset[StaffRole]
    higher: frozenset[StaffRole]


def turn_of(case: Case) -> Turn:
    """Give the step that a case waits at."""
    return Turn("review", "审核", frozenset({StaffRole.REVIEWER}), frozenset())


def addressees(case: Case, people: Iterable[Staff], *, late: bool) -> tuple[Staff, ...]:
    """Choose who is told of a deadline.

    Those whose turn it is; once it is ``late`` also those who may stand in, those of the next
    step and the officer who handed the case in. Who may not decide is left out of the former.
    """
    turn = turn_of(case)
    roles = turn.takers | turn.higher if late else turn.takers
    drafter = case.submission.officer
    return tuple(
        each
        for each in people
        if not each.disabled and (late if each.id == drafter else bool(each.roles & roles))
    )
