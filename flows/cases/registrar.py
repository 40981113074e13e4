"""Where drafts become cases: checked as a whole before anything of them is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import PurePath

from flows.cases.declaration import (
    declared_texts,
    require_channels,
    require_grounds,
)
from flows.cases.freetext import holds_personal, known_values
from flows.people.staff import StaffRegister
from flows.processing.pipeline import Pipeline
from flows.processing.readings import pack_readings
from flows.processing.scanned import Incoming
from flows.store.casefiles import CaseFiles
from flows.store.store import CaseStore, DuplicateCaseError
from review import case as cases
from review.attribute_proposal import ATTRIBUTE_NAMES
from review.audit import Value
from review.case import Attribute, Case, Draft, State, Submission
from review.errors import NotAllowedError, ReviewError, WrongUsageError
from review.staffing import DECIDING, StaffRole

_SETTLED = frozenset({State.APPROVED, State.RELEASED, State.WITHHELD})


class Registrar:
    """Open cases, and take corrected drafts for those that were sent back."""

    def __init__(
        self,
        store: CaseStore,
        files: CaseFiles,
        staff: StaffRegister,
        pipeline: Callable[[], Pipeline],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._files = files
        self._staff = staff
        self._pipeline = pipeline
        self._now = now

    def submit(self, incoming: Sequence[Incoming], submission: Submission) -> tuple[Case, bool]:
        """Open a case; returns it and whether it is new. Raises a ``ReviewError``."""
        pipeline = self._declared(incoming, submission)
        known = self._store.find_duplicate(_sources(incoming), submission.category)
        if known is not None:
            return known, False
        drafts = tuple(self._draft(pipeline, item) for item in incoming)
        self._check_texts(pipeline, incoming, submission)
        at = self._now()
        case = Case(self._store.next_id(at), submission, drafts, pipeline.policy.digest, at)
        self._keep(case, incoming, pipeline)
        data = _data(case) | {
            "category": submission.category,
            "attribute": submission.attribute.value,
        }
        try:
            self._store.add(case, actor=submission.officer, at=at, data=data)
        except DuplicateCaseError as known_now:  # handed in twice at the same moment
            return self._store.get(known_now.case), False
        return case, True

    def resubmit(self, case: Case, incoming: Sequence[Incoming], officer: str) -> Case:
        """Begin another round of a case; raises a ``ReviewError``."""
        if officer != case.submission.officer:
            raise NotAllowedError("只有原送审人可以重新提交这个案件，请交原送审人办理。")
        taken = tuple(draft.sha256 for draft in case.drafts) == _sources(incoming)
        if case.round > 1 and case.state is not State.RETURNED and taken:
            return case
        if case.state is not State.RETURNED:
            raise NotAllowedError(
                "只有退回修改的案件可以重新提交；请用 review show 查看现在的状态。"
            )
        if taken:
            raise WrongUsageError("与退回的文件完全相同；请按退回的意见改正后再提交。")
        pipeline = self._declared(incoming, case.submission)
        known = self._store.find_duplicate(_sources(incoming), case.submission.category)
        if known is not None:
            raise WrongUsageError(f"同样的文件已经以案件 {known.id} 送审，请先办结该案。")
        drafts = tuple(self._draft(pipeline, item) for item in incoming)
        again = cases.resubmit(case, drafts, pipeline.policy.digest)
        self._files.drop_sources(case.id, again.draft_version)  # left by a try that crashed
        self._keep(again, incoming, pipeline)
        self._store.save(
            again,
            was=State.RETURNED,
            actor=officer,
            action="case_resubmitted",
            at=self._now(),
            data=_data(again),
        )
        return again

    def attribute_of(self, case_id: str) -> Attribute | None:
        """Give the attribute that a case was settled with, None before it is."""
        case = self._store.get(case_id)
        if case.state not in _SETTLED:
            return None
        return Attribute.WITHHELD if case.state is State.WITHHELD else case.submission.attribute

    def _declared(self, incoming: Sequence[Incoming], submission: Submission) -> Pipeline:
        """Check who declares what before any file is read; gives the pipeline in force."""
        if not incoming:
            raise WrongUsageError("没有要送审的文件，请写上文件的路径后再试。")
        require_grounds(submission)
        pipeline = self._pipeline()
        require_channels(submission, pipeline.policy.category(submission.category))
        self._staff.require(submission.officer, StaffRole.OFFICER)
        self._check_joint(submission)
        self._check_forwarded(submission)
        return pipeline

    def _check_joint(self, submission: Submission) -> None:
        """Ask only people of other units who can answer (条例第三十四条)."""
        for officer in submission.joint:
            if officer == submission.officer:
                raise WrongUsageError("会签单位的办理人不能是送审人自己，请改正 --joint。")
            if not self._staff.get(officer).roles & DECIDING:
                raise WrongUsageError(
                    f"工号 {officer} 不能答复会签：请先登记为承办部门负责人等审批角色。"
                )

    def _check_forwarded(self, submission: Submission) -> None:
        """Let a forwarded document bear the attribute of what it forwards, where that has one."""
        if not submission.forwards:
            return
        attribute = self.attribute_of(submission.forwards)
        if attribute not in (None, submission.attribute):
            raise WrongUsageError(
                f"转发件的公开属性随被转发的文件：案件 {submission.forwards} 是"
                f"“{ATTRIBUTE_NAMES[attribute]}”，请照此填写。"
            )

    def _draft(self, pipeline: Pipeline, item: Incoming) -> Draft:
        """Read a file once, so that what cannot be used is refused while the officer is there."""
        try:
            form = pipeline.read(item).format
        except ReviewError as error:
            if error.exit_code != 6:
                raise
            form = PurePath(item.name).suffix.lstrip(".").lower()
        neutral = f"draft{PurePath(item.name).suffix.lower()}"
        kept = pack_readings(pipeline.readings(item))
        readings = hashlib.sha256(kept).hexdigest() if kept else ""
        return Draft(neutral, item.sha256, form, len(item.data), readings)

    def _check_texts(
        self, pipeline: Pipeline, incoming: Sequence[Incoming], submission: Submission
    ) -> None:
        """Refuse personal data in what is declared: store and manifest keep every word of it."""
        texts = declared_texts(submission)
        if texts and holds_personal(
            pipeline, texts, known_values(lambda: pipeline.scan(incoming, submission.category))
        ):
            raise WrongUsageError("理由、依据或公开渠道中含有个人信息，请改写后重新送审。")

    def _keep(self, case: Case, incoming: Sequence[Incoming], pipeline: Pipeline) -> None:
        for index, item in enumerate(incoming):
            self._files.put_source(case.id, index, item.name, item.data, case.draft_version)
            if readings := pack_readings(pipeline.readings(item)):
                self._files.put_readings(case.id, index, readings, case.draft_version)


def _sources(incoming: Sequence[Incoming]) -> tuple[str, ...]:
    return tuple(item.sha256 for item in incoming)


def _data(case: Case) -> dict[str, Value]:
    return {"sources": tuple(draft.sha256 for draft in case.drafts), "policy": case.policy}
