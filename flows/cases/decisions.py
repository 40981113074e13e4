"""What an answer does to a waiting case: the next step, the end, another version, other terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache

from flows.beijing import beijing_day
from flows.cases.answer import Answer, Judge
from flows.cases.declaration import require_channels
from flows.cases.freetext import holds_personal, known_values, names_nobody
from flows.cases.results import Result, Results
from flows.cases.revision import requested_changes
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Look
from flows.store.casefiles import CaseFiles, further_name
from flows.store.store import CaseStore
from review.approval import Step
from review.audit import Value
from review.case import Approval, Attribute, Case, Decision, State, Submission
from review.deciding import decide, reclassify, revise
from review.errors import NotAllowedError, UnsafeOutputError, WrongUsageError
from review.plan import Verdict
from review.policy import Policy


class Decisions:
    """Carry out what people decide, with the given store, files, judge and pipeline.

    ``at_hand`` gives a pipeline for what publishes nothing, where that of the case is lost.
    """

    def __init__(
        self,
        store: CaseStore,
        files: CaseFiles,
        judge: Judge,
        at_hand: Callable[[Case], Pipeline],
        pipeline: Callable[[Case], Pipeline],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._files = files
        self._results = Results(files)
        self._judge = judge
        self._at_hand = at_hand
        self._pipeline = pipeline
        self._now = now

    def take(self, case: Case, answer: Answer) -> Case:
        """Give the case as decided, kept with its event.

        Raises ``NotAllowedError`` with what to mend.
        """
        if case.state is not State.AWAITING:
            raise NotAllowedError("该件已经办结，这份答复没有采用。")
        if answer.decision is Decision.APPROVE:
            self._results.check_shown(case)
        look = cache(lambda: self._look(case))
        waiting, approval = self._judge.judge(case, answer, self._is_personal(case, look))
        data: dict[str, Value] = {"step": approval.step, "role": approval.role}
        if answer.decision is Decision.REVISE:
            decided, result = self._revised(waiting, approval, answer, look)
            data |= result.data
            action = "case_revised"
        elif answer.decision is Decision.RECLASSIFY:
            decided = self._reclassified(waiting, approval, answer)
            data["attribute"] = decided.submission.attribute.value
            action = "case_reclassified"
        else:
            decided = decide(self._with_terms(waiting, answer), approval)
            action = _step_action(answer.decision, decided.state)
        self._store.save(
            decided,
            was=case.state,
            actor=answer.officer,
            action=action,
            at=self._now(),
            data=digest_data(decided) | data,
        )
        return decided

    def _look(self, case: Case) -> Look:
        """Look into the drafts, once for all that an answer needs of them."""
        return self._at_hand(case).look(self._results.incoming(case), case.submission.category)

    def _is_personal(self, case: Case, look: Callable[[], Look]) -> Callable[[Iterable[str]], bool]:
        """Say how to tell texts with personal data; a draft lost or exchanged tells none."""
        at_hand = cache(lambda: self._at_hand(case))
        known = cache(lambda: known_values(lambda: at_hand().judge(look(), case.changes)))

        def is_personal(texts: Iterable[str]) -> bool:
            written = list(texts)
            # Detectors and draft are loaded only for words that may be about somebody.
            return not names_nobody(written) and holds_personal(at_hand(), written, known())

        return is_personal

    def _revised(
        self, case: Case, approval: Approval, answer: Answer, look: Callable[[], Look]
    ) -> tuple[Case, Result]:
        """Make the files anew with what a person changed; the step is asked again with them."""
        pipeline = self._pipeline(case)
        before = pipeline.judge(look(), case.changes)
        further = self._further(case, answer)
        changes = requested_changes(before, pipeline.policy, answer, further)
        if not changes:
            raise NotAllowedError("没有填写要修改的内容，请填写逐项修改或另外要隐去的文字。")
        after = replace(case, changes=(*case.changes, *changes))
        try:
            scan = pipeline.judge(look(), after.changes)
            today = beijing_day(self._now())
            since = self._results.record(case).since
            result = self._results.keep(after, pipeline, scan, today, since)
        except UnsafeOutputError as error:
            raise NotAllowedError(f"没有按修改重新处理：{error.message}") from None
        agreeing = pipeline.policy.approval.weakening
        title = result.record.title
        return revise(case, approval, changes, result.digests, title, agreeing), result

    def _further(self, case: Case, answer: Answer) -> str:
        """Load the text to be hidden besides, which the answer names and does not hold."""
        if not answer.further:
            return ""
        try:
            return str(self._files.record(case.id, further_name(answer.further))["text"])
        except WrongUsageError:
            raise NotAllowedError("另外要隐去的文字没有收到，请重新填写。") from None

    def _reclassified(self, case: Case, approval: Approval, answer: Answer) -> Case:
        """Change what was declared; the steps of the new attribute are gone through."""
        attribute = answer.attribute
        if attribute is None or attribute is case.submission.attribute:
            raise NotAllowedError("改变公开属性时，请选一个与现在不同的公开属性。")
        submission = replace(
            case.submission, attribute=attribute, reason=answer.reason, basis=answer.basis
        )
        if attribute is Attribute.WITHHELD and not answer.basis:
            raise NotAllowedError("改为不予公开，请在“依据”里选一条。")
        chain = chain_of(self._pipeline(case).policy, case, submission)
        return reclassify(case, approval, self._terms(case, submission, answer), chain)

    def _with_terms(self, case: Case, answer: Answer) -> Case:
        if answer.decision is not Decision.APPROVE:
            return case
        return replace(case, submission=self._terms(case, case.submission, answer))

    def _terms(self, case: Case, submission: Submission, answer: Answer) -> Submission:
        """Take over channels and day of publication where a person has set them."""
        wanted = replace(submission, publish_on=answer.publish_on or submission.publish_on)
        if not answer.channels:
            return wanted
        wanted = replace(wanted, channels=answer.channels)
        try:
            require_channels(wanted, self._pipeline(case).policy.category(submission.category))
        except WrongUsageError as error:
            raise NotAllowedError(error.message) from None
        return wanted


def _step_action(decision: Decision, state: State) -> str:
    """Name in the audit chain what ended a step, or the case with it."""
    if decision is Decision.SEND_BACK:
        return "step_sent_back"
    return "step_agreed" if state is State.AWAITING else f"case_{state.value}"


def chain_of(policy: Policy, case: Case, submission: Submission) -> tuple[Step, ...]:
    """Give the steps that the policy has for a case that is declared so."""
    verdict = case.verdict or Verdict.QUARANTINED
    return policy.approval.chain(
        submission.category, submission.attribute.value, verdict.value, submission.joint
    )


def digest_data(case: Case) -> dict[str, Value]:
    """Name the bytes that a step rested on."""
    if case.digests is None:
        return {}
    return {
        "sources": case.digests.source,
        "policy": case.digests.policy,
        "plans": case.digests.plans,
        "redacted": case.digests.redacted,
    }
