"""The desk: every step that a case takes, from the draft to the released package.

The command line, the watched folder and the Prefect flow all call it; it owns no thread and no
server. Each step looks first at what the store already holds, so that a step done twice (a worker
killed between two lines, a flow resumed from its first) has the effect of one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime

from flows.actors import SYSTEM, UNKNOWN
from flows.beijing import beijing_day
from flows.cases.advice import take_down_day
from flows.cases.answer import REFUSED, Answer, Judge, asked_events, gave
from flows.cases.decisions import Decisions, digest_data
from flows.cases.published import MANIFEST, RELEASED
from flows.cases.registrar import Registrar
from flows.cases.results import Results
from flows.cases.screening import NOT_THE_CASES_FAULT, Screening
from flows.copies.findings_record import CaseRecord, describe_scan
from flows.durable import locked
from flows.people.staff import StaffRegister
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Incoming
from flows.reminding.deadlines import is_step_over
from flows.rules.rulebook import Rulebook
from flows.store.casefiles import CaseFiles
from flows.store.store import CaseStore
from review import case as cases
from review.audit import Head, Value
from review.case import Attribute, Case, State, Submission
from review.deciding import consent_by_silence
from review.document import Note
from review.errors import (
    NotAllowedError,
    PolicyInvalidError,
    ReviewError,
    UnsafeOutputError,
)
from review.policy import Policy
from review.release import build_package
from review.timing import planned_day

APPROVED = ("case_approved", "case_approved_by_policy")
"""The audit actions that the package of a case rests on."""

_UNDER_WAY = (State.AWAITING, State.APPROVED)


class Desk:
    """Move cases along with the given store, files, staff and pipeline.

    ``pipeline`` works under the rules in force; with ``rules`` each case keeps those that it began
    with.
    """

    def __init__(
        self,
        store: CaseStore,
        files: CaseFiles,
        staff: StaffRegister,
        pipeline: Callable[[], Pipeline],
        now: Callable[[], datetime],
        rules: Rulebook | None = None,
    ) -> None:
        self.store = store
        self.files = files
        self.staff = staff
        self._pipeline = pipeline
        self._now = now
        self._rules = rules
        self._results = Results(files)
        self._screening = Screening(store, self._results, self._under, self._at_hand, now)
        self._registrar = Registrar(store, files, staff, pipeline, now)
        judge = Judge(store, staff)
        self._decisions = Decisions(store, files, judge, self._at_hand, self._under, now)

    def submit(self, incoming: Sequence[Incoming], submission: Submission) -> tuple[Case, bool]:
        """Open a case for one draft with its attachments.

        Returns the case and whether it is new: the same bytes in the same category open no second
        one. Raises a ``ReviewError`` before anything is written where a file cannot be used.
        """
        return self._registrar.submit(incoming, submission)

    def resubmit(self, case_id: str, incoming: Sequence[Incoming], officer: str) -> Case:
        """Take the corrected drafts of a case that was sent back, by the officer who handed it in.

        Raises a ``ReviewError`` before anything is written where the case was not sent back or a
        file cannot be used. The same files again change nothing once they are taken.
        """
        with self._alone(case_id) as case:
            return self._registrar.resubmit(case, incoming, officer)

    def attribute_of(self, case_id: str) -> Attribute | None:
        """Give the attribute that a case was settled with, which a forwarding of it bears, too.

        None before it is settled; raises ``WrongUsageError`` where there is no such case.
        """
        return self._registrar.attribute_of(case_id)

    def rules_in_force(self) -> Policy:
        """Give the rules in force; the audit chain names them from now on."""
        return self._pipeline().policy

    def pipeline_in_force(self) -> Pipeline:
        """Give the pipeline under the rules in force, to look at a draft that is no case yet."""
        return self._pipeline()

    def rules_of(self, case: Case) -> Policy:
        """Give the rules that a case began with; those in force where they are lost."""
        return self._at_hand(case).policy

    def _under(self, case: Case) -> Pipeline:
        """Give the pipeline under the rules that a case began with.

        Raises ``UnsafeOutputError`` where they are lost.
        """
        return self._rules.of(case.policy) if self._rules else self._pipeline()

    def _at_hand(self, case: Case) -> Pipeline:
        """Give the pipeline for what publishes nothing: a case whose rules are lost goes back."""
        try:
            return self._under(case)
        except UnsafeOutputError:
            return self._pipeline()

    def _outdated(self, case: Case) -> tuple[Note, ...]:
        """Note that an open case goes on under rules that are no longer in force."""
        with suppress(PolicyInvalidError):
            if self._rules and case.state in _UNDER_WAY and case.policy != self._rules.digest():
                return (Note("policy_replaced", "规则已更新，本件仍按送审时的原规则办理。"),)
        return ()

    @contextmanager
    def _alone(self, case_id: str) -> Iterator[Case]:
        """Hold a case against every other run of it and give it as it stands now."""
        folder = self.files.case_dir(self.store.get(case_id).id)
        with locked(folder / ".lock"):
            yield self.store.get(case_id)

    def scan(self, case_id: str) -> Case:
        """Take a registered case to the point where a person (or the policy) decides."""
        with self._alone(case_id) as case:
            return self._screening.take(case)

    def record(self, case_id: str) -> CaseRecord:
        """Load what the scan of a case found, everything personal masked.

        Raises ``UnsafeOutputError`` where the record is not one.
        """
        case = self.store.get(case_id)
        record = self._results.record(case)
        return replace(record, notes=(*record.notes, *self._outdated(case)))

    def revealed(self, case: Case) -> CaseRecord:
        """Scan the source again and describe it in clear; nothing of it is stored."""
        try:
            scan = self._under(case).scan(
                self._results.incoming(case), case.submission.category, case.changes
            )
        except ReviewError:
            return self.record(case.id)
        return describe_scan(scan, (), reveal=True)

    def asked(self, case_id: str) -> tuple[int, str]:
        """Say how often a case has asked for an answer, and why it refused the last if it did."""
        asked = asked_events(self.store, case_id)
        refused = asked and asked[-1].action == REFUSED
        return len(asked), str(asked[-1].data["reason"]) if refused else ""

    def refuse(self, case_id: str, reason: str, *, officer: str = SYSTEM) -> None:
        """Put a refused answer into the audit chain; the case waits on."""
        self.store.record(
            actor=officer, action=REFUSED, at=self._now(), case=case_id, data={"reason": reason}
        )

    def decide(self, case_id: str, answer: Answer) -> Case:
        """Let a person decide a waiting case; the answer that decided it changes nothing again.

        Raises ``NotAllowedError`` with what to mend when the person, the code, the opinion or the
        case does not permit it; the refusal is in the audit chain then and the case stands as it
        stood.
        """
        with self._alone(case_id) as case:
            if any(gave(answer, approval) for approval in case.approvals):
                return case
            try:
                return self._decisions.take(case, answer)
            except (NotAllowedError, UnsafeOutputError) as refusal:
                self.refuse(case.id, refusal.message, officer=self._actor(answer.officer))
                raise NotAllowedError(refusal.message) from None

    def lapse(self, case_id: str) -> Case:
        """Take the silence of joint units for consent once their time is over; else do nothing."""
        with self._alone(case_id) as case:
            waiting = case.state is State.AWAITING and case.step.asked
            if not waiting or not is_step_over(case, self._now()):
                return case
            silent = consent_by_silence(case, self._now())
            return self._save(case, silent, "step_silent", {"step": case.step.key})

    def _actor(self, officer: str) -> str:
        """Keep what was typed as a staff number out of the chain unless it is one."""
        return officer if any(officer == member.id for member in self.staff.list()) else UNKNOWN

    def release(self, case_id: str) -> Case:
        """Write the package of an approved case and mark it released.

        A package that no longer is what was approved sends the case into quarantine.
        """
        with self._alone(case_id) as case:
            if case.state is not State.APPROVED:
                return case
            try:
                manifest = self._publish(case)
            except NOT_THE_CASES_FAULT:
                raise
            except ReviewError as error:
                return self._screening.set_aside(case, error)
            data = digest_data(case) | {MANIFEST: manifest}
            return self._save(case, cases.release(case), RELEASED, data)

    def _publish(self, case: Case) -> str:
        """Write the package; gives the SHA-256 of its manifest."""
        category = self._under(case).policy.category(case.submission.category)
        self._results.check_shown(case)
        record = self._results.record(case)
        approved_on = beijing_day(case.approvals[-1].at)
        publish_on = planned_day(case.submission, approved_on)
        package = build_package(
            case,
            category,
            record.document_number,
            record.counts,
            self._results.outputs(case),
            self._head_at_approval(case),
            publish_on,
            take_down_day(category, record.display, publish_on),
        )
        self.files.publish(package)
        return hashlib.sha256(package.manifest).hexdigest()

    def _head_at_approval(self, case: Case) -> Head:
        """Give the chain's head at the approval: the same however often this runs."""
        approvals = [e for e in self.store.events(case.id) if e.action in APPROVED]
        if not approvals:
            raise UnsafeOutputError("审计链中没有该件的批准记录，已停止发布，请报告审计员。")
        return Head(approvals[-1].seq, approvals[-1].digest)

    def _save(self, before: Case, after: Case, action: str, data: Mapping[str, Value]) -> Case:
        self.store.save(
            after, was=before.state, actor=SYSTEM, action=action, at=self._now(), data=data
        )
        return after
