"""Whether an answer decides a case: the right person, a fresh code, an opinion fit to be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flows.cases.declaration import MAX_LENGTH
from flows.people.one_time_codes import STEP_SECONDS
from flows.people.staff import StaffRegister
from flows.reminding.deadlines import is_step_over
from flows.store.store import CaseStore
from review.approval import Step
from review.audit import AuditEvent
from review.case import Approval, Attribute, Case, Decision, Digests
from review.change import Treatment
from review.deciding import check_decision
from review.errors import NotAllowedError
from review.staffing import STAFF_ROLE_NAMES, StaffRole

REFUSED = "answer_refused"
"""The audit action of an answer that a waiting case has refused."""

WAITING = "case_waiting"
STEP_ENDS = frozenset(
    {"step_agreed", "step_sent_back", "step_silent", "case_reclassified", "case_revised"}
)
"""The audit actions after which a waiting case asks again: another step, or another version."""

CHANGED = "打开审批表以后案件有了变化，这份答复没有采用；请刷新网页，重新打开审批表再审。"
"""What an answer is told that is about another step, version or list than stands now."""

_ASKED = STEP_ENDS | {WAITING, REFUSED}


@dataclass(frozen=True, slots=True)
class Wish:
    """Ask for one finding, by its number in the list, to be decided otherwise."""

    number: int
    treatment: Treatment
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what a person filled into the form; ``at`` is the server's time of the answer.

    ``further`` names the record that holds the text to be hidden besides, which may be personal.
    ``attribute`` and what follows it are the terms of publication that he wants; None and empty
    leave them as they are. ``turn`` is what the case asked when the form was opened; empty where
    the form does not tell.
    """

    decision: Decision
    reason: str
    officer: str
    code: str
    at: datetime
    wishes: tuple[Wish, ...] = ()
    further: str = ""
    attribute: Attribute | None = None
    basis: str = ""
    channels: tuple[str, ...] = ()
    publish_on: date | None = None
    wording: str = ""
    timing: str = ""
    channel: str = ""
    turn: str = ""

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """List what was written by hand, each under the name of its field in the form."""
        written = (
            ("意见", self.reason),
            ("对内容表述的意见", self.wording),
            ("对公开时机的意见", self.timing),
            ("对公开方式的意见", self.channel),
            *((f"逐项修改（序号 {wish.number}）的理由", wish.reason) for wish in self.wishes),
        )
        return tuple((field, text) for field, text in written if text.strip())


def asked_events(store: CaseStore, case_id: str) -> list[AuditEvent]:
    """List the events after which a case asked for an answer; the last began what it asks now."""
    return [event for event in store.events(case_id) if event.action in _ASKED]


class Judge:
    """Judge answers with the given store and staff."""

    def __init__(self, store: CaseStore, staff: StaffRegister) -> None:
        self._store = store
        self._staff = staff

    def judge(
        self, case: Case, answer: Answer, is_personal: Callable[[Iterable[str]], bool]
    ) -> tuple[Case, Approval]:
        """Give the case and the approval that the answer amounts to.

        ``is_personal`` tells whether texts about the case hold personal data. Raises
        ``NotAllowedError`` with what to mend. The code is spent last.
        """
        if answer.turn not in ("", case.turn):
            raise NotAllowedError(CHANGED)
        if case.digests is None and answer.decision is Decision.APPROVE:
            raise NotAllowedError("该件没有可公开的版本，只能退回修改或不予公开。")
        digests = case.digests or Digests(tuple(d.sha256 for d in case.drafts), case.policy, (), ())
        waiting = case if case.digests else replace(case, digests=digests)
        approval = Approval(
            answer.officer, case.step.role.value, answer.at, answer.decision, answer.reason,
            digests, case.step.key, answer.wording, answer.timing, answer.channel,
        )  # fmt: skip
        check_decision(waiting, approval)
        role = self._role(case, answer)
        self._check_time(case, answer)
        self._check_texts(answer, is_personal)
        self._staff.check_code(answer.officer, answer.code, at=answer.at)
        return waiting, replace(approval, role=role.value)

    def _role(self, case: Case, answer: Answer) -> StaffRole:
        """Say under which role a person takes the step; raises ``NotAllowedError`` if none."""
        step, person = case.step, self._staff.get(answer.officer)
        if step.asked or step.role in person.roles:
            return step.role
        for role in step.stand_in:
            if role in person.roles:
                if self._may_stand_in(case, step, answer.at):
                    return role
                raise NotAllowedError(
                    f"“{step.title}”由{STAFF_ROLE_NAMES[step.role]}办理；"
                    "他们在限期内能办时，不由他人代办。"
                )
        raise NotAllowedError(
            f"该件现在等待“{step.title}”，须由{STAFF_ROLE_NAMES[step.role]}办理，您没有这个角色。"
        )

    def _may_stand_in(self, case: Case, step: Step, at: datetime) -> bool:
        """Tell whether nobody who should take the step can, or their time is over."""
        able = [
            person
            for person in self._staff.list()
            if step.role in person.roles
            and not (person.disabled or person.locked)
            and person.id != case.submission.officer
        ]
        return not able or is_step_over(case, at)

    def _check_time(self, case: Case, answer: Answer) -> None:
        """Refuse an answer that lay ready before there was anything to answer.

        Whoever can write to Prefect's database could have put it there while an overseen code was
        good, for a case that nobody had seen. One step of the code allows for clocks that differ.
        """
        asked = asked_events(self._store, case.id)
        if asked and answer.at < asked[-1].at - timedelta(seconds=STEP_SECONDS):
            raise NotAllowedError("这份答复早于现在的审批表，请重新填写。")

    def _check_texts(self, answer: Answer, is_personal: Callable[[Iterable[str]], bool]) -> None:
        """Refuse opinions with personal data in them: store and manifest keep every word."""
        explained = answer.decision is Decision.APPROVE or (answer.wishes and not answer.further)
        if not explained and not answer.reason.strip():
            raise NotAllowedError("除了“同意公开”，都要在“意见”中写明理由。")
        if (answer.wishes or answer.further) and answer.decision is not Decision.REVISE:
            raise NotAllowedError("填写了逐项修改或另外要隐去的文字的，结论请选“修改处理”。")
        if any(not wish.reason.strip() for wish in answer.wishes):
            raise NotAllowedError("逐项修改的每一项都要写明理由。")
        if any(len(text) > MAX_LENGTH for _, text in answer.texts):
            raise NotAllowedError(f"每一处意见不能超过 {MAX_LENGTH} 字，请写简短些。")
        if answer.texts and is_personal([text for _, text in answer.texts]):
            told = [f"“{field}”" for field, text in answer.texts if is_personal([text])]
            raise NotAllowedError(
                f"{'、'.join(told) or '几处意见合起来'}中有像个人信息的文字（姓名、号码、住址），"
                "请改用序号或身份来说（如“第 6 项”“该户”），再提交。"
            )


def gave(answer: Answer, approval: Approval) -> bool:
    """Tell whether an approval is this very answer, decided before a crash."""
    return (approval.officer, approval.decision, approval.reason, approval.at) == (
        answer.officer,
        answer.decision,
        answer.reason,
        answer.at,
    )
