"""Who is told when a waiting case nears its deadline, and who besides when it is over."""

from __future__ import annotations

from collections.abc import Iterable

from flows.people.staff import Staff
from review.case import Case


def addressees(case: Case, people: Iterable[Staff], *, late: bool) -> tuple[Staff, ...]:
    """Choose who is told of a deadline.

    Those whose turn it is: who was asked, or who has the role of the step. Once it is ``late``
    also those who may stand in for them, those of the next step and the officer who handed the
    case in, who is never asked to decide it himself.
    """
    active = [each for each in people if not each.disabled]
    drafter = case.submission.officer
    takers = {each.id for each in active if _takes(case, each)}
    over = {each.id for each in active if _is_over(case, each)} | {drafter} if late else set()
    told = (takers - {drafter}) | over
    return tuple(each for each in active if each.id in told)


def _takes(case: Case, person: Staff) -> bool:
    step = case.step
    return person.id in step.asked if step.asked else step.role in person.roles


def _is_over(case: Case, person: Staff) -> bool:
    following = case.chain[case.at_step + 1 : case.at_step + 2]
    return not person.roles.isdisjoint((*case.step.stand_in, *(step.role for step in following)))
