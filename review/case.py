"""A case: one document (with its attachments) on its way from draft to release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from review.approval import SIGN_OFF, Step
from review.change import Change
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
    State.RETURNED: frozenset({State.REGISTERED}),
    State.WITHHELD: frozenset(),
    State.RELEASED: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}

PUBLISHABLE = frozenset({Verdict.CLEAN, Verdict.FLAGGED})
"""Verdicts that a person may approve; the others can only be sent back or withheld."""


class Decision(StrEnum):
    """Give what a person decides at a step.

    同意公开, 退回修改, 不予公开 lead on or end the case; 退回上一步, 改变公开属性 and 修改处理
    (findings decided otherwise, more text hidden) lead to another round.
    """

    APPROVE = "approve"
    RETURN = "return"
    WITHHOLD = "withhold"
    SEND_BACK = "send_back"
    RECLASSIFY = "reclassify"
    REVISE = "revise"


@dataclass(frozen=True, slots=True)
class Digests:
    """Bind a decision to bytes: SHA-256 of each source and redacted file, of policy and plans.

    ``shown`` is that of all that people see beside them: record of findings, review copy, names.
    """

    source: tuple[str, ...]
    policy: str
    plans: tuple[str, ...]
    redacted: tuple[str, ...]
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """Record who decided what at which step, when, why and on which bytes.

    ``officer`` is a staff number; ``role`` the role under which he decided; ``policy`` as officer
    means that the category's policy released a clean case without a person. ``wording``,
    ``timing`` and ``channel`` are his words on 内容表述, 公开时机 and 公开方式.
    """

    officer: str
    role: str
    at: datetime
    decision: Decision
    reason: str
    digests: Digests
    step: str = SIGN_OFF.key
    wording: str = ""
    timing: str = ""
    channel: str = ""


POLICY_OFFICER = "policy"


@dataclass(frozen=True, slots=True)
class Draft:
    """Describe one file of a case; ``name`` is the checked name, never the officer's own.

    ``readings`` is the SHA-256 of what machines read in its pictures, empty where they have none.
    """

    name: str
    sha256: str
    format: str
    size: int
    readings: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """Hold what the officer declares when he hands in a draft, or a reviewer in his place.

    ``forwards`` is the case whose document this one forwards (转发); ``joint`` are the staff
    numbers of the other units of a joint document (联合发文), who are asked first.
    """

    category: str
    attribute: Attribute
    officer: str
    reason: str = ""
    basis: str = ""
    channels: tuple[str, ...] = ()
    publish_on: date | None = None
    forwards: str = ""
    joint: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """Hold the state of one case; every change goes through a function of this module.

    ``chain`` are the steps it goes through and ``at_step`` the one it waits at, since
    ``waiting_since``. ``changes`` are what people decided otherwise than the policy proposes;
    ``weakened_by`` are those of them who weakened a protection and to which nobody else has agreed
    yet. ``round`` counts how often the draft was handed in; ``earlier`` are the changes of the
    round before, which are offered again.
    """

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
    chain: tuple[Step, ...] = ()
    at_step: int = 0
    waiting_since: datetime | None = None
    changes: tuple[Change, ...] = ()
    weakened_by: tuple[str, ...] = ()
    round: int = 1
    earlier: tuple[Change, ...] = ()

    @property
    def step(self) -> Step:
        """Give the step that the case waits at."""
        return self.chain[self.at_step] if self.chain else SIGN_OFF

    @property
    def draft_version(self) -> str:
        """Name the files as they were handed in this time; empty the first time."""
        return "" if self.round == 1 else f"r{self.round}"

    @property
    def draft_version_before(self) -> str:
        """Name the files as they were handed in the time before."""
        return "" if self.round <= 2 else f"r{self.round - 1}"

    @property
    def version(self) -> str:
        """Name what was made of the files: another for each round and each change."""
        return self.draft_version + (f"c{len(self.changes)}" if self.changes else "")

    @property
    def turn(self) -> str:
        """Name what people are asked now: another after each decision, step and round."""
        return f"{self.round}.{len(self.approvals)}.{self.at_step}"


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


def resubmit(case: Case, drafts: Sequence[Draft], policy: str) -> Case:
    """Begin another round of a case that was sent back, with corrected drafts.

    It goes by the rules in force now, whose digest is ``policy``. What was said stays on record.
    """
    again = move(case, State.REGISTERED)
    return replace(
        again,
        drafts=tuple(drafts),
        policy=policy,
        round=case.round + 1,
        earlier=case.changes,
        changes=(),
        weakened_by=_weakened_terms(case),
        chain=(),
        at_step=0,
        waiting_since=None,
        verdict=None,
        digests=None,
        title="",
        note="",
    )


def _weakened_terms(case: Case) -> tuple[str, ...]:
    """Name who chose terms that show more and found nobody to agree: the terms outlive a round."""
    chose = {a.officer for a in case.approvals if a.decision is Decision.RECLASSIFY}
    return tuple(officer for officer in case.weakened_by if officer in chose)


def quarantine(case: Case, note: str, digests: Digests | None = None, title: str = "") -> Case:
    """Set a case aside because something could not be shown to be safe; ``note`` says what.

    ``digests`` and ``title`` are what a scan gave, where it came so far.
    """
    held = move(case, State.QUARANTINED)
    if digests is None and case.digests:  # the record that people had seen bears the note now
        digests = replace(case.digests, shown="")
    title = title or case.title
    return replace(held, verdict=Verdict.QUARANTINED, note=note, digests=digests, title=title)


def await_decision(case: Case, chain: Sequence[Step], at: datetime) -> Case:
    """Hand a case to the people of its chain, the first step first."""
    waiting = move(case, State.AWAITING)
    return replace(waiting, chain=tuple(chain), at_step=0, waiting_since=at)


def release(case: Case) -> Case:
    """Mark an approved case as released."""
    return move(case, State.RELEASED)
