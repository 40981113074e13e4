"""What the staff register says of the chains: who is lacking, and where one person stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flows.people.staff import Staff
from review.approval import Approvals
from review.manning import Member, lacks, single_handed, single_handed_sentence

NOBODY_ENROLLED = "没有登记人员，未核对各环节有没有人办；登记请用 review staff add。"


@dataclass(frozen=True, slots=True)
class Manning:
    """Hold sentences in Chinese: with ``problems`` cases hang, with ``notices`` they may."""

    problems: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def manning(approvals: Approvals, staff: Sequence[Staff]) -> Manning:
    """Check the chains against the register; nothing is told of an empty one."""
    if not staff:
        return Manning()
    people = [_member(each) for each in staff]
    problems = _once(lack.sentence() for lack in lacks(approvals, people))
    alone = _once(single_handed_sentence(step) for step in single_handed(approvals, people))
    return Manning(problems, alone)


def _member(staff: Staff) -> Member:
    return Member(staff.id, staff.roles, not (staff.disabled or staff.locked))


def _once(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentences))
