"""The desk: every step that a case takes, from the draft to the released package.

The command line, the watched folder and the Prefect flow all call it; it owns no thread and no
server. Each step looks first at what the store already holds, so that a step done twice (a worker
killed between two lines, a flow resumed from its first) has the effect of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import PurePath

from flows.advice import case_notes, take_down_day
from flows.answer import REFUSED, WAITING, Answer, Judge, gave
from flows.casefiles import CaseFiles
from flows.declaration import declared_texts, require_channels, require_grounds
from flows.durable import locked
from flows.findings_record import CaseRecord, describe_scan
from flows.freetext import holds_personal, known_values
from flows.pipeline import Incoming, Pipeline, Scan
from flows.review_copy import review_copy
from flows.rulebook import Rulebook
from flows.staff import UNKNOWN, StaffRegister
from flows.store import BEIJING, CaseStore, DuplicateCaseError
from review import case as cases
from review.audit import Head, Value
from review.case import Case, Digests, Draft, State, Submission
from review.document import Note, Severity
from review.errors import (
    AuditBrokenError,
    NotAllowedError,
    PolicyInvalidError,
    ReviewError,
    UnavailableError,
    UnsafeOutputError,
    WrongUsageError,
)
from review.plan import Verdict
from review.policy import OnClean, Policy
from review.release import build_package, count_findings
from review.staffing import StaffRole
from review.timing import planned_day

SYSTEM = "system"
"""The actor of what the machine does by itself."""

APPROVED = ("case_approved", "case_approved_by_policy")
"""The audit actions that the package of a case rests on."""

_UNDER_WAY = (State.AWAITING, State.APPROVED)

_NOT_THE_CASES_FAULT = (UnavailableError, AuditBrokenError, PolicyInvalidError, NotAllowedError)


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
        self._judge = Judge(store, staff, self._is_personal)

    def submit(self, incoming: Sequence[Incoming], submission: Submission) -> tuple[Case, bool]:
        """Open a case for one draft with its attachments.

        Returns the case and whether it is new: the same bytes in the same category open no second
        one. Raises a ``ReviewError`` before anything is written where a file cannot be used.
        """
        if not incoming:
            raise WrongUsageError("没有要送审的文件。")
        require_grounds(submission)
        pipeline = self._pipeline()
        require_channels(submission, pipeline.policy.category(submission.category))
        self.staff.require(submission.officer, StaffRole.OFFICER)
        known = self.store.find_duplicate(
            tuple(item.sha256 for item in incoming), submission.category
        )
        if known is not None:
            return known, False
        drafts = tuple(self._draft(pipeline, item) for item in incoming)
        self._check_texts(pipeline, incoming, submission)
        at = self._now()
        case = Case(self.store.next_id(at), submission, drafts, pipeline.policy.digest, at)
        for index, item in enumerate(incoming):
            self.files.put_source(case.id, index, item.name, item.data)
        data: dict[str, Value] = {
            "sources": tuple(draft.sha256 for draft in drafts),
            "category": submission.category,
            "attribute": submission.attribute.value,
            "policy": case.policy,
        }
        try:
            self.store.add(case, actor=submission.officer, at=at, data=data)
        except DuplicateCaseError as known_now:  # handed in twice at the same moment
            return self.store.get(known_now.case), False
        return case, True

    def _draft(self, pipeline: Pipeline, item: Incoming) -> Draft:
        """Read a file once, so that what cannot be used is refused while the officer is there."""
        try:
            form = pipeline.read(item).format
        except ReviewError as error:
            if error.exit_code != 6:
                raise
            form = PurePath(item.name).suffix.lstrip(".").lower()
        neutral = f"draft{PurePath(item.name).suffix.lower()}"
        return Draft(neutral, item.sha256, form, len(item.data))

    def _check_texts(
        self, pipeline: Pipeline, incoming: Sequence[Incoming], submission: Submission
    ) -> None:
        """Refuse personal data in what is declared: store and manifest keep every word of it."""
        texts = declared_texts(submission)
        if texts and holds_personal(
            pipeline, texts, known_values(pipeline, incoming, submission.category)
        ):
            raise WrongUsageError("理由、依据或公开渠道中含有个人信息，请改写后重新送审。")

    def rules_in_force(self) -> Policy:
        """Give the rules in force; the audit chain names them from now on."""
        return self._pipeline().policy

    def _under(self, case: Case) -> Pipeline:
        """Give the pipeline under the rules that a case began with.

        Raises ``UnsafeOutputError`` where they are lost.
        """
        return self._rules.of(case.policy) if self._rules else self._pipeline()

    def _outdated(self, case_id: str) -> tuple[Note, ...]:
        """Note that an open case goes on under rules that are no longer in force."""
        case = self.store.get(case_id)
        with suppress(PolicyInvalidError):
            if self._rules and case.state in _UNDER_WAY and case.policy != self._rules.digest():
                return (Note("policy_replaced", "规则已更新，本件仍按送审时的原规则办理。"),)
        return ()

    def _is_personal(self, case: Case, text: str) -> bool:
        try:
            pipeline = self._under(case)
        except UnsafeOutputError:  # its rules are lost: it can still be sent back
            pipeline = self._pipeline()
        known = known_values(pipeline, self._incoming(case), case.submission.category)
        return holds_personal(pipeline, (text,), known)

    @contextmanager
    def _alone(self, case_id: str) -> Iterator[Case]:
        """Hold a case against every other run of it and give it as it stands now."""
        folder = self.files.case_dir(self.store.get(case_id).id)
        with locked(folder / ".lock"):
            yield self.store.get(case_id)

    def scan(self, case_id: str) -> Case:
        """Take a registered case to the point where a person (or the policy) decides."""
        with self._alone(case_id) as case:
            if case.state is State.REGISTERED:
                case = self._scan_registered(case)
            if case.state in (State.FLAGGED, State.BLOCKED, State.QUARANTINED):
                return self._save(case, cases.await_decision(case), WAITING)
            if case.state is State.CLEAN:
                return self._pass_clean(case)
            return case

    def _scan_registered(self, case: Case) -> Case:
        try:
            pipeline = self._under(case)
            scan = pipeline.scan(self._incoming(case), case.submission.category)
            return self._record_scan(case, pipeline, scan)
        except _NOT_THE_CASES_FAULT:
            raise
        except ReviewError as error:
            return self._quarantine(case, error.message, error.code)
        except Exception as error:  # a detector that fails is never "no findings"
            return self._quarantine(
                case, "检测时出现内部错误，请管理员检查。", type(error).__name__
            )

    def _quarantine(self, case: Case, note: str, code: str) -> Case:
        self.files.put_record(case.id, "findings", CaseRecord(note=note).pack())
        return self._save(case, cases.quarantine(case, note), "case_quarantined", {"error": code})

    def _incoming(self, case: Case) -> list[Incoming]:
        return [Incoming(*self.files.source(case.id, i)) for i in range(len(case.drafts))]

    def _record_scan(self, case: Case, pipeline: Pipeline, scan: Scan) -> Case:
        publishable = scan.verdict in cases.PUBLISHABLE
        outputs = pipeline.redact(scan) if publishable else ()
        for index, output in enumerate(outputs):
            self.files.put_output(case.id, index, output.name, output.data)
        notes = case_notes(pipeline, scan, case.submission, self._today())
        written = (note for output in outputs for note in output.notes)
        record = describe_scan(scan, (*notes, *written))
        doubtful = any(note.severity is Severity.PERSON for note in record.notes)
        judged = Verdict.FLAGGED if doubtful and scan.verdict is Verdict.CLEAN else scan.verdict
        digests = Digests(
            source=tuple(file.incoming.sha256 for file in scan.files),
            policy=pipeline.policy.digest,
            plans=tuple(file.plan.digest for file in scan.files),
            redacted=tuple(output.sha256 for output in outputs),
        )
        self.files.put_record(case.id, "findings", record.pack())
        self.files.put_review_copy(case.id, review_copy(scan, f"案件 {case.id}"))
        after = cases.record_scan(case, judged, digests, record.title)
        counts = count_findings(r for file in scan.files for r in file.rulings)
        data: dict[str, Value] = {
            "verdict": judged.value,
            "policy": digests.policy,
            "plans": digests.plans,
            "redacted": digests.redacted,
            "findings": sum(n for by in counts.values() for n in by.values()),
        }
        return self._save(case, after, "case_scanned", data)

    def _pass_clean(self, case: Case) -> Case:
        category = self._under(case).policy.category(case.submission.category)
        needs_person = case.submission.attribute is not cases.Attribute.PROACTIVE
        if category.on_clean is OnClean.SIGN_OFF or needs_person:
            return self._save(case, cases.await_decision(case), WAITING)
        reason = f"未发现需要处理的内容，按“{category.title}”类别规则直接公开。"
        approved = cases.approve_by_policy(case, self._now(), reason)
        return self._save(case, approved, "case_approved_by_policy", _digest_data(approved))

    def record(self, case_id: str) -> CaseRecord:
        """Load what the scan of a case found, everything personal masked.

        Raises ``UnsafeOutputError`` where the record is not one.
        """
        packed = self.files.record(case_id, "findings")
        try:
            record = CaseRecord.unpack(packed)
        except (AttributeError, KeyError, TypeError, ValueError):
            raise UnsafeOutputError("该件的检测记录已损坏，已停止办理，请重新送审。") from None
        return replace(record, notes=(*record.notes, *self._outdated(case_id)))

    def revealed(self, case: Case) -> CaseRecord:
        """Scan the source again and describe it in clear; nothing of it is stored."""
        try:
            scan = self._under(case).scan(self._incoming(case), case.submission.category)
        except ReviewError:
            return self.record(case.id)
        return describe_scan(scan, (), reveal=True)

    def refusals(self, case_id: str) -> list[str]:
        """List why answers to a waiting case were refused; their number numbers its rounds."""
        events = self.store.events(case_id)
        return [str(event.data["reason"]) for event in events if event.action == REFUSED]

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
                return self._decide(case, answer)
            except NotAllowedError as refusal:
                self.refuse(case.id, refusal.message, officer=self._actor(answer.officer))
                raise

    def _decide(self, case: Case, answer: Answer) -> Case:
        if case.state is not State.AWAITING:
            raise NotAllowedError("该件已经办结，这份答复没有采用。")
        decided = self._judge.judge(case, answer)
        self.store.save(
            decided,
            was=case.state,
            actor=answer.officer,
            action=f"case_{decided.state.value}",
            at=self._now(),
            data=_digest_data(decided),
        )
        return decided

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
                self._publish(case)
            except _NOT_THE_CASES_FAULT:
                raise
            except ReviewError as error:
                held = self._quarantine(case, error.message, error.code)
                return self._save(held, cases.await_decision(held), WAITING)
            return self._save(case, cases.release(case), "case_released", _digest_data(case))

    def _publish(self, case: Case) -> None:
        category = self._under(case).policy.category(case.submission.category)
        record = self.record(case.id)
        outputs = [self.files.output(case.id, index) for index in range(len(case.drafts))]
        approved_on = case.approvals[-1].at.astimezone(BEIJING).date()
        publish_on = planned_day(case.submission, approved_on)
        package = build_package(
            case,
            category,
            record.document_number,
            record.counts,
            outputs,
            self._head_at_approval(case),
            publish_on,
            take_down_day(category, record.display, publish_on),
        )
        self.files.publish(package)

    def _today(self) -> date:
        return self._now().astimezone(BEIJING).date()

    def _head_at_approval(self, case: Case) -> Head:
        """Give the chain's head at the approval: the same however often this runs."""
        approvals = [e for e in self.store.events(case.id) if e.action in APPROVED]
        if not approvals:
            raise UnsafeOutputError("审计链中没有该件的批准记录，已停止发布，请报告审计员。")
        return Head(approvals[-1].seq, approvals[-1].digest)

    def _save(
        self, before: Case, after: Case, action: str, data: Mapping[str, Value] | None = None
    ) -> Case:
        self.store.save(
            after, was=before.state, actor=SYSTEM, action=action, at=self._now(), data=data or {}
        )
        return after


def _digest_data(case: Case) -> dict[str, Value]:
    """Name the bytes that a step rested on."""
    if case.digests is None:
        return {}
    return {
        "sources": case.digests.source,
        "policy": case.digests.policy,
        "plans": case.digests.plans,
        "redacted": case.digests.redacted,
    }
