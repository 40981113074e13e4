"""What a registered case comes to: scanned, and put before the people who decide on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from flows.actors import SYSTEM
from flows.beijing import beijing_day
from flows.cases.answer import WAITING
from flows.cases.decisions import chain_of, digest_data
from flows.cases.results import Results
from flows.cases.rounds import carried_over, since_before
from flows.copies.findings_record import CaseRecord
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Look, Scan
from flows.store.store import CaseStore
from review import case as cases
from review.audit import Value
from review.case import Attribute, Case, State
from review.deciding import approve_by_policy
from review.errors import (
    AuditBrokenError,
    NotAllowedError,
    PolicyInvalidError,
    ReviewError,
    UnavailableError,
    UnsafeOutputError,
)
from review.policy import OnClean

NOT_THE_CASES_FAULT = (UnavailableError, AuditBrokenError, PolicyInvalidError, NotAllowedError)
"""Errors after which a case stays where it is, to be taken up again."""


class Screening:
    """Scan cases with the given store, results and pipelines.

    ``under`` gives the pipeline under the rules that a case began with, ``at_hand`` one for what
    publishes nothing, where those are lost.
    """

    def __init__(
        self,
        store: CaseStore,
        results: Results,
        under: Callable[[Case], Pipeline],
        at_hand: Callable[[Case], Pipeline],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._results = results
        self._under = under
        self._at_hand = at_hand
        self._now = now

    def take(self, case: Case) -> Case:
        """Take a registered case to the point where a person (or the policy) decides."""
        if case.state is State.REGISTERED:
            case = self._scan_registered(case)
        if case.state in (State.FLAGGED, State.BLOCKED, State.QUARANTINED):
            return self._wait(case)
        if case.state is State.CLEAN:
            return self._pass_clean(case)
        return case

    def set_aside(self, case: Case, error: ReviewError) -> Case:
        """Put a case that could not be released before the people who decide on it."""
        return self._wait(self._quarantine(case, error.message, error.code))

    def _scan_registered(self, case: Case) -> Case:
        try:
            pipeline = self._under(case)
            look = pipeline.look(self._results.incoming(case), case.submission.category)
            begun, scan, since = self._compared(case, pipeline, look)
            return self._keep(begun, pipeline, scan, since)
        except NOT_THE_CASES_FAULT:
            raise
        except ReviewError as error:
            return self._quarantine(case, error.message, error.code)
        except Exception as error:  # a detector that fails is never "no findings"
            return self._quarantine(
                case, "检测时出现内部错误，请管理员检查。", type(error).__name__
            )

    def _keep(self, case: Case, pipeline: Pipeline, scan: Scan, since: tuple[str, ...]) -> Case:
        """Write and prove the files of a scan; what fails is set aside with all that was found."""
        today = beijing_day(self._now())
        try:
            result = self._results.keep(case, pipeline, scan, today, since)
        except UnsafeOutputError as failure:
            kept = self._results.keep_unproven(case, pipeline, scan, failure, today, since)
            held = cases.quarantine(case, failure.message, kept.digests, kept.record.title)
            told = kept.data | {"error": failure.code}
            return self._save(case, held, "case_quarantined", told)
        after = cases.record_scan(case, result.verdict, result.digests, result.record.title)
        return self._save(case, after, "case_scanned", result.data)

    def _compared(
        self, case: Case, pipeline: Pipeline, look: Look
    ) -> tuple[Case, Scan, tuple[str, ...]]:
        """Hide again what people had hidden in the round before, and tell what differs from it."""
        scan = pipeline.judge(look)
        if case.round == 1:
            return case, scan, ()
        category = case.submission.category
        before = pipeline.scan(self._results.incoming_before(case), category, case.earlier)
        begun = replace(case, changes=carried_over(before, scan, case))
        if begun.changes:
            scan = pipeline.judge(look, begun.changes)
        return begun, scan, since_before(before, scan, case)

    def _quarantine(self, case: Case, note: str, code: str) -> Case:
        self._results.put_record(case, replace(self._known(case), note=note))
        return self._save(case, cases.quarantine(case, note), "case_quarantined", {"error": code})

    def _known(self, case: Case) -> CaseRecord:
        """Give what is on record of a case as it was written, if only its category."""
        try:
            self._results.check_shown(case)
            return self._results.record(case)
        except ReviewError:
            category = self._at_hand(case).policy.category(case.submission.category)
            return CaseRecord(category=category.title)

    def _wait(self, case: Case) -> Case:
        """Hand a case to the first step of the chain that the policy has for it."""
        waiting = cases.await_decision(
            case, chain_of(self._at_hand(case).policy, case, case.submission), self._now()
        )
        return self._save(case, waiting, WAITING, {"step": waiting.step.key})

    def _pass_clean(self, case: Case) -> Case:
        category = self._under(case).policy.category(case.submission.category)
        needs_person = case.submission.attribute is not Attribute.PROACTIVE
        if category.on_clean is OnClean.SIGN_OFF or needs_person or case.submission.joint:
            return self._wait(case)
        reason = f"未发现需要处理的内容，按“{category.title}”类别规则直接公开。"
        approved = approve_by_policy(case, self._now(), reason)
        return self._save(case, approved, "case_approved_by_policy", digest_data(approved))

    def _save(self, before: Case, after: Case, action: str, data: Mapping[str, Value]) -> Case:
        self._store.save(
            after, was=before.state, actor=SYSTEM, action=action, at=self._now(), data=data
        )
        return after
