"""Whether an answer decides a case: the right person, a fresh code, an opinion fit to be kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.declaration import MAX_LENGTH
from flows.staff import STEP_SECONDS, StaffRegister
from flows.store import CaseStore
from review import case as cases
from review.case import Approval, Case, Decision, Digests
from review.errors import NotAllowedError
from review.staffing import StaffRole

REFUSED = "answer_refused"
"""The audit action that counts the answers a waiting case has refused."""

WAITING = "case_waiting"


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what a person filled into the form; ``at`` is the server's time of the answer."""

    decision: Decision
    reason: str
    officer: str
    code: str
    at: datetime


class Judge:
    """Judge answers with the given store and staff.

    ``is_personal`` tells whether a text about a case holds personal data.
    """

    def __init__(
        self, store: CaseStore, staff: StaffRegister, is_personal: Callable[[Case, str], bool]
    ) -> None:
        self._store = store
        self._staff = staff
        self._is_personal = is_personal

    def judge(self, case: Case, answer: Answer) -> Case:
        """Give the case as decided; raises ``NotAllowedError`` with what to mend."""
        if case.digests is None and answer.decision is Decision.APPROVE:
            raise NotAllowedError("该件没有可公开的版本，只能退回修改或不予公开。")
        digests = case.digests or Digests(tuple(d.sha256 for d in case.drafts), case.policy, (), ())
        waiting = case if case.digests else replace(case, digests=digests)
        role = StaffRole.REVIEWER
        approval = Approval(
            answer.officer, role.value, answer.at, answer.decision, answer.reason, digests
        )
        decided = cases.decide(waiting, approval)
        self._staff.require(answer.officer, role)
        self._check_time(case, answer)
        self._check_opinion(case, answer)
        self._staff.check_code(answer.officer, answer.code, at=answer.at)
        return decided

    def _check_time(self, case: Case, answer: Answer) -> None:
        """Refuse an answer that lay ready before there was anything to answer.

        Whoever can write to Prefect's database could have put it there while an overseen code was
        good, for a case that nobody had seen. One step of the code allows for clocks that differ.
        """
        events = self._store.events(case.id)
        asked = [event.at for event in events if event.action in (WAITING, REFUSED)]
        if asked and answer.at < asked[-1] - timedelta(seconds=STEP_SECONDS):
            raise NotAllowedError("这份答复早于现在的审批表，请重新填写。")

    def _check_opinion(self, case: Case, answer: Answer) -> None:
        """Refuse an opinion with personal data in it: store and manifest keep every word of it."""
        if answer.decision is not Decision.APPROVE and not answer.reason.strip():
            raise NotAllowedError("退回修改或不予公开时，请在“意见”中写明理由。")
        if len(answer.reason) > MAX_LENGTH:
            raise NotAllowedError(f"“意见”不能超过 {MAX_LENGTH} 字，请写简短些。")
        if answer.reason.strip() and self._is_personal(case, answer.reason):
            raise NotAllowedError("“意见”中含有个人信息，请改写后再提交。")


def gave(answer: Answer, approval: Approval) -> bool:
    """Tell whether an approval is this very answer, decided before a crash."""
    return (approval.officer, approval.decision, approval.reason, approval.at) == (
        answer.officer,
        answer.decision,
        answer.reason,
        answer.at,
    )
