"""One reminder of a deadline: which it is, whom it tells, what it says. Nothing personal in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flows.people.staff import Staff
from flows.reminding.addressees import addressees
from flows.reminding.deadlines import deadline_json, deadline_words
from flows.reminding.notice import Channel, Notice
from flows.reminding.workdays import add_workdays
from review.audit import Value
from review.case import Case
from review.limits import Deadline
from review.staffing import STAFF_ROLE_NAMES


class Kind(StrEnum):
    """Say why somebody is reminded: the deadline is near, or it is gone."""

    DUE = "due"
    OVERDUE = "overdue"


_SUBJECTS: Mapping[Kind, str] = {
    Kind.DUE: "【信息公开审查】案件 {case} 即将到期",
    Kind.OVERDUE: "【信息公开审查】案件 {case} 已超期",
}


def kind_of(deadline: Deadline, today: date) -> Kind | None:
    """Tell which reminder a deadline asks for, none before the last working day ahead of it."""
    if deadline.is_over(today):
        return Kind.OVERDUE
    return Kind.DUE if today >= add_workdays(deadline.day, -1).day else None


@dataclass(frozen=True, slots=True)
class Reminder:
    """Name one reminder; it goes out once by each channel."""

    case: Case
    kind: Kind
    deadline: Deadline

    def data(self, channel: Channel) -> dict[str, Value]:
        """Give what the chain says of it; no two reminders of a case share it."""
        return {
            "kind": self.kind.value,
            "deadline": self.deadline.day.isoformat(),
            "step": self.case.step.key,
            "channel": channel.name,
        }

    def addressees(self, people: Iterable[Staff]) -> tuple[Staff, ...]:
        """Choose whom it tells."""
        return addressees(self.case, people, late=self.kind is Kind.OVERDUE)

    def notice(self, told: Iterable[Staff], today: date, desk_url: str) -> Notice:
        """Write it; ``desk_url`` is where people decide."""
        case, step = self.case, self.case.step
        subject = _SUBJECTS[self.kind].format(case=case.id)
        title = case.title or "（未识别标题）"
        text = (
            f"案件 {case.id}《{title}》正等待“{step.title}”环节办理。\n"
            f"期限：{deadline_words(self.deadline, today)}。\n"
            f"依据：{self.deadline.ground}。\n"
            f"{self._request()}\n"
            f"办理地址：{desk_url}\n\n"
            "此件由系统自动发出，请勿回复。\n"
        )
        fields = {
            "id": self._id(),
            "kind": self.kind.value,
            "case": case.id,
            "title": title,
            "step": step.title,
            "deadline": deadline_json(self.deadline, today),
            "url": desk_url,
        }
        return Notice(subject, text, tuple(s.notify for s in told if s.notify), fields)

    def _request(self) -> str:
        step = self.case.step
        if self.kind is Kind.DUE:
            silence = "；逾期不答复视为同意（政府信息公开条例第三十四条）" if step.asked else ""
            return f"请在期限前办理{silence}。"
        names = "、".join(STAFF_ROLE_NAMES[role] for role in step.stand_in)
        return "请尽快办理。" + (f"超过本环节限期后可由{names}代办。" if names else "")

    def _id(self) -> str:
        """Name it for a receiver that may get it twice: the same for the same reminder."""
        known = (self.case.id, self.kind, self.deadline.day.isoformat(), self.case.step.key)
        return hashlib.sha256("\n".join(known).encode()).hexdigest()[:32]
