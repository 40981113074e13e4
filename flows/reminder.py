"""One reminder of a deadline: which it is, whom it tells, what it says. Nothing personal in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flows.addressees import addressees, turn_of
from flows.deadlines import deadline_json, deadline_words
from flows.notice import Channel, Notice
from flows.staff import Staff
from flows.workdays import add_workdays
from review.audit import Value
from review.case import Case
from review.limits import Deadline


class Kind(StrEnum):
    """Say why somebody is reminded: the deadline is near, or it is gone."""

    DUE = "due"
    OVERDUE = "overdue"


_SUBJECTS: Mapping[Kind, str] = {
    Kind.DUE: "【信息公开审查】案件 {case} 即将到期",
    Kind.OVERDUE: "【信息公开审查】案件 {case} 已超期",
}
_REQUESTS: Mapping[Kind, str] = {
    Kind.DUE: "请在期限前办理。",
    Kind.OVERDUE: "请尽快办理；办理人不能到岗的，请由可以代办的人员办理。",
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
            "step": turn_of(self.case).key,
            "channel": channel.name,
        }

    def addressees(self, people: Iterable[Staff]) -> tuple[Staff, ...]:
        """Choose whom it tells."""
        return addressees(self.case, people, late=self.kind is Kind.OVERDUE)

    def notice(self, told: Iterable[Staff], today: date, desk_url: str) -> Notice:
        """Write it; ``desk_url`` is where people decide."""
        case, step = self.case, turn_of(self.case).title
        subject = _SUBJECTS[self.kind].format(case=case.id)
        title = case.title or "（未识别标题）"
        text = (
            f"案件 {case.id}《{title}》正等待“{step}”环节办理。\n"
            f"期限：{deadline_words(self.deadline, today)}。\n"
            f"依据：{self.deadline.ground}。\n"
            f"{_REQUESTS[self.kind]}\n"
            f"办理地址：{desk_url}\n\n"
            "此件由系统自动发出，请勿回复。\n"
        )
        fields = {
            "id": self._id(),
            "kind": self.kind.value,
            "case": case.id,
            "title": title,
            "step": step,
            "deadline": deadline_json(self.deadline, today),
            "url": desk_url,
        }
        return Notice(subject, text, tuple(s.notify for s in told if s.notify), fields)

    def _id(self) -> str:
        """Name it for a receiver that may get it twice: the same for the same reminder."""
        known = (self.case.id, self.kind, self.deadline.day.isoformat(), turn_of(self.case).key)
        return hashlib.sha256("\n".join(known).encode()).hexdigest()[:32]
