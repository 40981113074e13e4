"""What is told of lacking people agrees with what becomes of cases, tried out on all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from review import case as cases
from review.approval import Approvals, ChainRule, Step
from review.case import Approval, Attribute, Case, Decision, Digests, State, Submission
from review.deciding import decide
from review.errors import NotAllowedError
from review.manning import Member, able_to_take, lacks
from review.plan import Verdict
from review.staffing import DECIDING, StaffRole

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DIGESTS = Digests(("a" * 64,), "b" * 64, (), ("c" * 64,))
ROLES = sorted(DECIDING)[:3]
KEYS = "abcdefgh"


@st.composite
def chains(draw: st.DrawFn, most: int) -> Approvals:
    """Draw the steps of one chain, some of which an earlier taker may take again."""
    keys = KEYS[: draw(st.integers(1, most))]
    steps = {
        key: Step(
            key,
            key,
            draw(st.sampled_from(ROLES)),
            3,
            tuple(draw(st.sets(st.sampled_from(ROLES), max_size=1))),
            tuple(draw(st.sets(st.sampled_from(keys), max_size=2))),
        )
        for key in keys
    }
    return Approvals(steps, (ChainRule(tuple(keys), ""),))


@st.composite
def offices(draw: st.DrawFn, most: int) -> tuple[Member, ...]:
    roles = st.frozensets(st.sampled_from([StaffRole.OFFICER, *ROLES]), min_size=1)
    return tuple(
        Member(f"p{n}", draw(roles), draw(st.booleans())) for n in range(draw(st.integers(0, most)))
    )


def is_decided(chain: Sequence[Step], takers: Sequence[str], drafter: str) -> bool:
    """Take a case through its steps with these people."""
    submission = Submission("general", Attribute.PROACTIVE, drafter)
    case = Case(
        "1", submission, (), "b" * 64, NOON, State.FLAGGED, verdict=Verdict.FLAGGED, digests=DIGESTS
    )
    case = cases.await_decision(case, chain, NOON)
    for officer, step in zip(takers, chain, strict=True):
        approval = Approval(officer, step.role, NOON, Decision.APPROVE, "", DIGESTS, case.step.key)
        try:
            case = decide(case, approval)
        except NotAllowedError:
            return False
    return case.state is State.APPROVED


def hanging(approvals: Approvals, people: Sequence[Member]) -> set[str]:
    """Try every way to go through the chain for the drafts of every officer, and of a stranger."""
    chain = tuple(approvals.steps.values())
    able = [sorted(able_to_take(step, people)) for step in chain]
    officers = [p.id for p in people if StaffRole.OFFICER in p.roles]
    return {
        drafter
        for drafter in ["stranger", *officers]
        if not any(is_decided(chain, takers, drafter) for takers in product(*able))
    }


@given(chains(most=4), offices(most=4))
def test_it_is_told_exactly_whose_cases_would_hang(
    approvals: Approvals, people: tuple[Member, ...]
) -> None:
    found = lacks(approvals, people)
    hang = hanging(approvals, people)
    assert any(not lack.drafters for lack in found) == ("stranger" in hang)
    if "stranger" not in hang:
        assert {drafter for lack in found for drafter in lack.drafters} == hang


@given(chains(most=8), offices(most=7))
def test_enrolling_who_is_told_to_be_lacking_is_enough(
    approvals: Approvals, people: tuple[Member, ...]
) -> None:
    found = lacks(approvals, people)
    more = [Member(f"new{n}", frozenset({lack.wanting.role})) for n, lack in enumerate(found)]
    assert lacks(approvals, (*people, *more)) == ()


@given(chains(most=4), offices(most=4), st.sampled_from(ROLES))
def test_one_more_person_never_makes_cases_hang(
    approvals: Approvals, people: tuple[Member, ...], role: StaffRole
) -> None:
    if not lacks(approvals, people):
        assert lacks(approvals, (*people, Member("new", frozenset({role})))) == ()
