from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.approval import SIGN_OFF, Step
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
    await_decision,
    move,
    quarantine,
    record_scan,
    release,
)
from review.change import Change, Place, Treatment
from review.deciding import (
    allowed_decisions,
    approve_by_policy,
    consent_by_silence,
    decide,
    reclassify,
    revise,
)
from review.document import Span
from review.errors import NotAllowedError
from review.finding import Entity
from review.plan import Verdict
from review.staffing import StaffRole

HEAD = Step("unit_head", "承办部门负责人", StaffRole.UNIT_HEAD, 3)
SECRECY = Step("secrecy", "保密审查", StaffRole.SECRECY, 3)
SIGNATORY = Step("signatory", "签发", StaffRole.SIGNATORY, 3, same_person=("unit_head",))
CHAIN = (HEAD, SECRECY, SIGNATORY)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DIGESTS = Digests(("s",), "p", ("q",), ("r",))
OTHER = Digests(("s",), "p", ("q",), ("tampered",))
OFFICERS = st.sampled_from(["1001", "2002", "3003", "4004"])

Act = Callable[[Case], Case]


def new_case(attribute: Attribute = Attribute.PROACTIVE) -> Case:
    submission = Submission("general", attribute, "1001")
    return Case("C1", submission, (Draft("a.txt", "s", "txt", 1),), "p", NOW)


def approval(officer: str, decision: Decision, digests: Digests = DIGESTS) -> Approval:
    return Approval(officer, "reviewer", NOW, decision, "理由", digests)


def waiting(verdict: Verdict = Verdict.FLAGGED, attribute: Attribute = Attribute.PROACTIVE) -> Case:
    scanned = record_scan(new_case(attribute), verdict, DIGESTS, "")
    return await_decision(scanned, (SIGN_OFF,), NOW)


def change(officer: str, treatment: Treatment) -> Change:
    return Change(Entity.PERSON, (Place(0, Span(0, 2)),), treatment, "理由", officer, NOW)


def decided(case: Case, officer: str, decision: Decision, digests: Digests) -> Case:
    """Decide at whatever step the case waits, as the desk would."""
    given_ = replace(approval(officer, decision, digests), step=case.step.key)
    if decision is Decision.REVISE:
        treatment = Treatment.LAWFUL if officer == "2002" else Treatment.REMOVE
        made = replace(DIGESTS, redacted=(f"r{len(case.changes) + 1}",))
        return revise(case, given_, (change(officer, treatment),), made, "题", "secrecy")
    if decision is Decision.RECLASSIFY:
        later = list(Attribute)[(list(Attribute).index(case.submission.attribute) + 1) % 3]
        return reclassify(case, given_, replace(case.submission, attribute=later), CHAIN)
    return decide(case, given_)


STEPS: st.SearchStrategy[Act] = st.one_of(
    st.sampled_from(Verdict).map(lambda v: lambda c: record_scan(c, v, DIGESTS, "题")),
    st.just(lambda c: quarantine(c, "存疑")),
    st.just(lambda c: await_decision(c, CHAIN, NOW)),
    st.builds(
        lambda officer, decision, tampered: (
            lambda c: decided(c, officer, decision, OTHER if tampered else (c.digests or DIGESTS))
        ),
        OFFICERS,
        st.sampled_from(Decision),
        st.booleans(),
    ),
    st.just(lambda c: approve_by_policy(c, NOW, "规则")),
    st.just(release),
)


@given(st.sampled_from(Attribute), st.lists(STEPS, max_size=24))
def test_whatever_is_tried_only_what_was_rightly_approved_is_released(
    attribute: Attribute, steps: list[Act]
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
    assert set().union(*TRANSITIONS.values()) == set(State)


@given(st.lists(STEPS, max_size=14))
def test_what_was_approved_once_is_never_forgotten(steps: list[Act]):
    case = new_case()
    for step in steps:
        before = case
        try:
            case = step(case)
        except NotAllowedError:
            assert case == before
        assert case.approvals[: len(before.approvals)] == before.approvals
        assert (case.id, case.submission.officer, case.drafts) == (
            before.id,
            before.submission.officer,
            before.drafts,
        )


ANSWERS = st.lists(st.tuples(OFFICERS, st.sampled_from(Decision)), max_size=30)


@given(ANSWERS)
def test_a_release_has_the_consent_of_every_step_each_by_another_person(
    answers: list[tuple[str, Decision]],
):
    case = await_decision(record_scan(new_case(), Verdict.FLAGGED, DIGESTS, ""), CHAIN, NOW)
    weakened: dict[str, str] = {}
    for officer, decision in answers:
        try:
            after = decided(case, officer, decision, case.digests or DIGESTS)
        except NotAllowedError:
            continue
        if decision is Decision.REVISE and officer == "2002":
            weakened[after.digests.redacted[0]] = officer  # type: ignore[union-attr]
        case = after
    if case.state is not State.APPROVED:
        return
    agreed = {a.step: a.officer for a in case.approvals if a.decision is Decision.APPROVE}
    assert set(agreed) == {step.key for step in case.chain}
    assert "1001" not in agreed.values()
    assert agreed["secrecy"] not in (agreed["unit_head"], agreed["signatory"])
    for redacted, officer in weakened.items():
        order = [d.redacted[0] for d in [a.digests for a in case.approvals]]
        later = case.approvals[order.index(redacted) :] if redacted in order else ()
        assert any(a.officer != officer and a.decision is Decision.APPROVE for a in later)


def at_last_step(*takers: str) -> Case:
    case = await_decision(record_scan(new_case(), Verdict.FLAGGED, DIGESTS, ""), CHAIN, NOW)
    for officer in takers:
        case = decided(case, officer, Decision.APPROVE, DIGESTS)
    return case


def test_one_person_takes_two_steps_only_where_the_chain_permits():
    case = at_last_step("2002", "3003")
    with pytest.raises(NotAllowedError, match="保密审查"):
        decided(case, "3003", Decision.APPROVE, DIGESTS)
    assert decided(case, "2002", Decision.APPROVE, DIGESTS).state is State.APPROVED


def test_sending_back_a_step_asks_that_step_again():
    case = decided(at_last_step("2002", "3003"), "4004", Decision.SEND_BACK, DIGESTS)
    assert case.step is SECRECY
    assert decided(case, "3003", Decision.APPROVE, DIGESTS).step is SIGNATORY


def test_a_weakening_goes_back_to_the_step_that_must_agree_and_needs_another_person():
    case = decided(at_last_step("2002", "3003"), "2002", Decision.REVISE, DIGESTS)
    assert (case.step, case.weakened_by) == (SECRECY, ("2002",))
    assert case.digests is not None
    agreed = decided(case, "3003", Decision.APPROVE, case.digests)
    assert (agreed.step, agreed.weakened_by) == (SIGNATORY, ())


def test_in_a_chain_of_one_step_a_weakening_needs_a_second_reviewer():
    asked = waiting()
    weakening = approval("2002", Decision.REVISE)
    case = revise(asked, weakening, (change("2002", Treatment.LAWFUL),), OTHER, "题", "")
    with pytest.raises(NotAllowedError, match="另一人"):
        decide(case, approval("2002", Decision.APPROVE, OTHER))
    assert decide(case, approval("3003", Decision.APPROVE, OTHER)).state is State.APPROVED


def test_hiding_more_needs_no_second_reviewer_but_a_look_at_the_new_bytes():
    more = (change("2002", Treatment.REMOVE),)
    case = revise(waiting(), approval("2002", Decision.REVISE), more, OTHER, "题", "")
    with pytest.raises(NotAllowedError, match="不一致"):
        decide(case, approval("2002", Decision.APPROVE, DIGESTS))
    assert decide(case, approval("2002", Decision.APPROVE, OTHER)).state is State.APPROVED


def test_a_document_that_becomes_public_again_needs_another_person():
    held = waiting(attribute=Attribute.ON_REQUEST)
    declared = replace(held.submission, attribute=Attribute.PROACTIVE)
    case = reclassify(held, approval("2002", Decision.RECLASSIFY), declared, (SIGN_OFF,))
    with pytest.raises(NotAllowedError, match="另一人"):
        decide(case, approval("2002", Decision.APPROVE))


def test_every_joint_unit_is_heard_or_silent_in_time():
    ask = Step("consult", "会签单位", StaffRole.UNIT_HEAD, 15, asked=("2002", "3003"))
    scanned = record_scan(new_case(), Verdict.FLAGGED, DIGESTS, "")
    case = await_decision(scanned, (ask, SIGN_OFF), NOW)
    with pytest.raises(NotAllowedError, match="会签"):
        decided(case, "4004", Decision.APPROVE, DIGESTS)
    half = decided(case, "2002", Decision.APPROVE, DIGESTS)
    assert half.step is ask
    with pytest.raises(NotAllowedError, match="已经答复"):
        decided(half, "2002", Decision.APPROVE, DIGESTS)
    assert decided(half, "3003", Decision.APPROVE, DIGESTS).step is SIGN_OFF
    assert consent_by_silence(half, NOW).step is SIGN_OFF
    with pytest.raises(NotAllowedError):
        consent_by_silence(consent_by_silence(half, NOW), NOW)


@given(st.sampled_from([Verdict.BLOCKED, Verdict.QUARANTINED]), st.sampled_from(Attribute))
def test_a_blocked_or_quarantined_case_is_never_approved(verdict: Verdict, attribute: Attribute):
    case = waiting(verdict, attribute)
    assert allowed_decisions(case) == (Decision.RETURN, Decision.WITHHOLD)
    with pytest.raises(NotAllowedError):
        decide(case, approval("2002", Decision.APPROVE))


@given(st.sampled_from(Decision))
def test_nobody_decides_on_his_own_draft(decision: Decision):
    case = waiting()
    with pytest.raises(NotAllowedError):
        decide(case, approval("1001", decision))


@given(st.sampled_from(Decision))
def test_nobody_decides_in_the_name_of_the_policy(decision: Decision):
    case = waiting()
    with pytest.raises(NotAllowedError):
        decide(case, approval(POLICY_OFFICER, decision))


def test_a_withheld_draft_is_not_released_by_the_policy_alone():
    case = record_scan(new_case(Attribute.WITHHELD), Verdict.CLEAN, DIGESTS, "")
    with pytest.raises(NotAllowedError):
        approve_by_policy(case, NOW, "规则")


def test_a_case_that_waits_for_a_person_is_not_passed_by_the_policy():
    case = waiting(Verdict.CLEAN)
    with pytest.raises(NotAllowedError):
        approve_by_policy(case, NOW, "规则")
