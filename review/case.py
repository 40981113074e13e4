"""A case: one document (with its attachments) on its way from draft to release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from review.errors import NotAllowedError
from review.plan import Verdict


class Attribute(StrEnum):
    """Give the disclosure attribute (公开属性) that the drafter proposes."""

    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"
    WITHHELD = "withheld"


class State(StrEnum):
    """Say where a case stands."""

    REGISTERED = "registered"
    SCANNED = "scanned"
    FLAGGED = "flagged"
    CLEAN = "clean"
    BLOCKED = "blocked"
    QUARANTINED = "quarantined"
    AWAITING = "awaiting"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHHELD = "withheld"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.REGISTERED: frozenset({State.SCANNED, State.QUARANTINED}),
    State.SCANNED: frozenset({State.FLAGGED, State.CLEAN, State.BLOCKED, State.QUARANTINED}),
    State.FLAGGED: frozenset({State.AWAITING, State.QUARANTINED}),
    State.CLEAN: frozenset({State.AWAITING, State.APPROVED, State.QUARANTINED}),
    State.BLOCKED: frozenset({State.AWAITING}),
    State.QUARANTINED: frozenset({State.AWAITING}),
    State.AWAITING: frozenset({State.APPROVED, State.RETURNED, State.WITHHELD}),
    State.APPROVED: frozenset({State.RELEASED, State.QUARANTINED}),
    State.RETURNED: frozenset(),
    State.WITHHELD: frozenset(),
    State.RELEASED: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}

PUBLISHABLE = frozenset({Verdict.CLEAN, Verdict.FLAGGED})
"""Verdicts that a person may approve; the others can only be sent back or withheld."""


class Decision(StrEnum):
    """Give what a reviewer decides: 同意公开, 退回修改, 不予公开."""

    APPROVE = "approve"
    RETURN = "return"
    WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True)
class Digests:
    """Bind a decision to bytes: SHA-256 of each source and redacted file, of policy and plans."""

    source: tuple[str, ...]
    policy: str
    plans: tuple[str, ...]
    redacted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Approval:
    """Record who decided what, when, why and on which bytes.

    ``officer`` is a staff number; ``role`` the role under which he decided; ``policy`` as officer
    means that the category's policy released a clean case without a person.
    """

    officer: str
    role: str
    at: datetime
    decision: Decision
    reason: str
    digests: Digests


POLICY_OFFICER = "policy"


@dataclass(frozen=True, slots=True)
class Draft:
    """Describe one file of a case; ``name`` is the checked name, never the officer's own."""

    name: str
    sha256: str
    format: str
    size: int


@dataclass(frozen=True, slots=True)
class Submission:
    """Hold what the officer declares when he hands in a draft."""

    category: str
    attribute: Attribute
    officer: str
    reason: str = ""
    basis: str = ""
    channels: tuple[str, ...] = ()
    publish_on: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """Hold the state of one case; every change goes through a function of this module."""

    id: str
    submission: Submission
    drafts: tuple[Draft, ...]
    policy: str
    created_at: datetime
    state: State = State.REGISTERED
    title: str = ""
    verdict: Verdict | None = None
    note: str = ""
    digests: Digests | None = None
    approvals: tuple[Approval, ...] = ()


def move(case: Case, state: State) -> Case:
    """Take a case one legal step further; raises ``NotAllowedError`` on any other."""
    if state not in TRANSITIONS[case.state]:
        raise NotAllowedError(f"案件现在是“{case.state}”，不能改为“{state}”。")
    return replace(case, state=state)


def record_scan(case: Case, verdict: Verdict, digests: Digests, title: str) -> Case:
    """Put the outcome of a scan on the case: registered → scanned → its verdict."""
    scanned = move(case, State.SCANNED)
    judged = move(scanned, State(verdict.value))
    return replace(judged, verdict=verdict, digests=digests, title=title)


def quarantine(case: Case, note: str) -> Case:
    """Set a case aside because something could not be shown to be safe; ``note`` says what."""
    held = move(case, State.QUARANTINED)
    return replace(held, verdict=Verdict.QUARANTINED, note=note)


def await_decision(case: Case) -> Case:
    """Hand a case to a person."""
    return move(case, State.AWAITING)


def allowed_decisions(case: Case) -> tuple[Decision, ...]:
    """List what a person may decide: a blocked or quarantined case can never be approved."""
    if case.verdict in PUBLISHABLE and case.submission.attribute is not Attribute.WITHHELD:
        return tuple(Decision)
    return (Decision.RETURN, Decision.WITHHOLD)


_OUTCOME: Mapping[Decision, State] = {
    Decision.APPROVE: State.APPROVED,
    Decision.RETURN: State.RETURNED,
    Decision.WITHHOLD: State.WITHHELD,
}


def decide(case: Case, approval: Approval) -> Case:
    """Record a person's decision on a waiting case.

    Raises ``NotAllowedError`` when the person handed the draft in himself or gives the policy's
    name for his own, when the verdict does not permit the decision, or when the decision was
    taken on other bytes than the case holds.
    """
    if approval.officer == POLICY_OFFICER:
        raise NotAllowedError("规则不能代替审核人作出决定，请用本人工号审批。")
    if approval.officer == case.submission.officer:
        raise NotAllowedError("送审人不能审批自己提交的文件，请由其他审核人办理。")
    if approval.decision not in allowed_decisions(case):
        raise NotAllowedError("该件已被拦截或隔离，不能同意公开，只能退回修改或不予公开。")
    if approval.digests != case.digests:
        raise NotAllowedError("审批所依据的文件与当前文件不一致，请重新打开案件后再审。")
    decided = move(case, _OUTCOME[approval.decision])
    return replace(decided, approvals=(*case.approvals, approval))


def approve_by_policy(case: Case, at: datetime, reason: str) -> Case:
    """Pass a clean case whose category needs no sign-off; raises ``NotAllowedError`` otherwise.

    A case that already waits for a person, or whose drafter wants it withheld, is not passed.
    """
    if case.state is not State.CLEAN or case.verdict is not Verdict.CLEAN or case.digests is None:
        raise NotAllowedError("只有未发现问题的文件才能按规则直接公开。")
    if Decision.APPROVE not in allowed_decisions(case):
        raise NotAllowedError("该件拟不予公开，不能按规则直接公开，请由审核人决定。")
    approval = Approval(POLICY_OFFICER, "policy", at, Decision.APPROVE, reason, case.digests)
    return replace(move(case, State.APPROVED), approvals=(*case.approvals, approval))


def release(case: Case) -> Case:
    """Mark an approved case as released."""
    return move(case, State.RELEASED)
