from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.case import (
    POLICY_OFFICER,
    TRANSITIONS,
    Approval,
    Attribute,
    Case,
    Decision,
    Digests,
    Draft,
    State,
    Submission,
    allowed_decisions,
    approve_by_policy,
    await_decision,
    decide,
    move,
    quarantine,
    record_scan,
    release,
)
from review.errors import NotAllowedError
from review.plan import Verdict

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DIGESTS = Digests(("s",), "p", ("q",), ("r",))
OTHER = Digests(("s",), "p", ("q",), ("tampered",))
OFFICERS = st.sampled_from(["1001", "2002"])

Step = Callable[[Case], Case]


def new_case(attribute: Attribute = Attribute.PROACTIVE) -> Case:
    submission = Submission("general", attribute, "1001")
    return Case("C1", submission, (Draft("a.txt", "s", "txt", 1),), "p", NOW)


def approval(officer: str, decision: Decision, digests: Digests = DIGESTS) -> Approval:
    return Approval(officer, "reviewer", NOW, decision, "理由", digests)


STEPS: st.SearchStrategy[Step] = st.one_of(
    st.sampled_from(Verdict).map(lambda v: lambda c: record_scan(c, v, DIGESTS, "题")),
    st.just(lambda c: quarantine(c, "存疑")),
    st.just(await_decision),
    st.builds(
        lambda officer, decision, digests: (
            lambda c: decide(c, approval(officer, decision, digests))
        ),
        OFFICERS,
        st.sampled_from(Decision),
        st.sampled_from([DIGESTS, OTHER]),
    ),
    st.just(lambda c: approve_by_policy(c, NOW, "规则")),
    st.just(release),
)


@given(st.sampled_from(Attribute), st.lists(STEPS, max_size=14))
def test_whatever_is_tried_only_what_was_rightly_approved_is_released(
    attribute: Attribute, steps: list[Step]
):
    case, path = new_case(attribute), [State.REGISTERED]
    for step in steps:
        try:
            case = step(case)
        except NotAllowedError:
            continue
        path.append(case.state)
    if case.state not in (State.APPROVED, State.RELEASED):
        return
    last = case.approvals[-1]
    assert last.decision is Decision.APPROVE
    assert last.digests == case.digests
    assert last.officer != case.submission.officer
    assert case.verdict in (Verdict.CLEAN, Verdict.FLAGGED)
    assert case.submission.attribute is not Attribute.WITHHELD
    assert State.BLOCKED not in path
    assert State.QUARANTINED not in path
    if last.officer == POLICY_OFFICER:
        assert case.verdict is Verdict.CLEAN
        assert State.AWAITING not in path


@given(st.sampled_from(State), st.sampled_from(State))
def test_a_step_that_is_not_in_the_table_is_refused(start: State, end: State):
    case = replace(new_case(), state=start)
    if end in TRANSITIONS[start]:
        assert move(case, end) == replace(case, state=end)
    else:
        with pytest.raises(NotAllowedError):
            move(case, end)


def test_every_state_is_reached_and_every_state_has_its_row():
    assert set(TRANSITIONS) == set(State)
    assert set().union(*TRANSITIONS.values()) == set(State) - {State.REGISTERED}


@given(st.lists(STEPS, max_size=14))
def test_what_was_approved_once_is_never_forgotten(steps: list[Step]):
    case = new_case()
    for step in steps:
        before = case
        try:
            case = step(case)
        except NotAllowedError:
            assert case == before
        assert case.approvals[: len(before.approvals)] == before.approvals
        assert (case.id, case.submission, case.drafts) == (
            before.id,
            before.submission,
            before.drafts,
        )


@given(st.sampled_from([Verdict.BLOCKED, Verdict.QUARANTINED]), st.sampled_from(Attribute))
def test_a_blocked_or_quarantined_case_is_never_approved(verdict: Verdict, attribute: Attribute):
    case = await_decision(record_scan(new_case(attribute), verdict, DIGESTS, ""))
    assert allowed_decisions(case) == (Decision.RETURN, Decision.WITHHOLD)
    with pytest.raises(NotAllowedError):
        decide(case, approval("2002", Decision.APPROVE))


@given(st.sampled_from(Decision))
def test_nobody_decides_on_his_own_draft(decision: Decision):
    case = await_decision(record_scan(new_case(), Verdict.FLAGGED, DIGESTS, ""))
    with pytest.raises(NotAllowedError):
        decide(case, approval("1001", decision))


@given(st.sampled_from(Decision))
def test_nobody_decides_in_the_name_of_the_policy(decision: Decision):
    case = await_decision(record_scan(new_case(), Verdict.FLAGGED, DIGESTS, ""))
    with pytest.raises(NotAllowedError):
        decide(case, approval(POLICY_OFFICER, decision))


def test_a_withheld_draft_is_not_released_by_the_policy_alone():
    case = record_scan(new_case(Attribute.WITHHELD), Verdict.CLEAN, DIGESTS, "")
    with pytest.raises(NotAllowedError):
        approve_by_policy(case, NOW, "规则")


def test_a_case_that_waits_for_a_person_is_not_passed_by_the_policy():
    case = await_decision(record_scan(new_case(), Verdict.CLEAN, DIGESTS, ""))
    with pytest.raises(NotAllowedError):
        approve_by_policy(case, NOW, "规则")
