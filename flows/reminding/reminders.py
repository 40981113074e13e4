"""Send reminders of deadlines, each once by every channel.

The audit chain is the memory. What it says was sent is never sent again, what failed is tried
again after growing pauses, and no failure touches a case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from flows.actors import SYSTEM
from flows.beijing import beijing_day
from flows.people.staff import Staff, StaffRegister
from flows.reminding.deadlines import Deadlines
from flows.reminding.notice import Channel, UnsentError
from flows.reminding.reminder import Reminder, kind_of
from flows.store.store import CaseStore
from review.audit import Value
from review.case import Case, State

SENT, FAILED = "reminder_sent", "reminder_failed"
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=5), timedelta(days=1)
_AT_ONCE = datetime.min.replace(tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)


class Reminders:
    """Send what is due by the given channels; ``desk_url`` is where people decide.

    ``_not_before`` spares a reading of the chain a minute; all that it knows stands there.
    """

    def __init__(
        self,
        store: CaseStore,
        staff: StaffRegister,
        deadlines: Deadlines,
        channels: Sequence[Channel],
        desk_url: str,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._staff = staff
        self._deadlines = deadlines
        self._channels = channels
        self._desk_url = desk_url
        self._now = now
        self._not_before: dict[tuple[Value, ...], datetime] = {}

    def send_due(self) -> int:
        """Send every reminder that is due and not sent yet; returns how many went out.

        Raises a ``ReviewError`` where the store cannot be used; the next call goes on from there.
        """
        people = self._staff.list()
        return sum(
            self._send(reminder, channel, people)
            for case in self._store.list((State.AWAITING,))
            for reminder in self._reminders(case)
            for channel in self._channels
        )

    def _reminders(self, case: Case) -> Iterator[Reminder]:
        """Yield what every deadline of a case asks for; one day asks once, whatever its grounds."""
        first = {deadline.day: deadline for deadline in reversed(self._deadlines.all(case))}
        for deadline in first.values():
            if kind := kind_of(deadline, beijing_day(self._now())):
                yield Reminder(case, kind, deadline)

    def _send(self, reminder: Reminder, channel: Channel, people: Sequence[Staff]) -> bool:
        at, case, data = self._now(), reminder.case.id, reminder.data(channel)
        key = (case, *data.values())
        told = reminder.addressees(people)
        notice = reminder.notice(told, beijing_day(at), self._desk_url)
        if at < self._not_before.get(key, _AT_ONCE) or not channel.reaches(notice):
            return False
        failures, self._not_before[key] = self._remember(case, data)
        if at < self._not_before[key]:
            return False
        try:
            channel.send(notice)
        except UnsentError as error:
            self._not_before[key] = at + _pause(failures + 1)
            self._record(FAILED, case, data | {"reason": str(error)}, at)
            return False
        self._not_before[key] = _NEVER
        self._record(SENT, case, data | {"to": tuple(each.id for each in told)}, at)
        return True

    def _record(self, action: str, case: str, data: Mapping[str, Value], at: datetime) -> None:
        self._store.record(actor=SYSTEM, action=action, at=at, case=case, data=data)

    def _remember(self, case_id: str, data: Mapping[str, Value]) -> tuple[int, datetime]:
        """Read from the chain how often a reminder failed and from when on it may be sent."""
        failures, not_before = 0, _AT_ONCE
        for event in self._store.events(case_id):
            if event.action not in (SENT, FAILED) or not data.items() <= event.data.items():
                continue
            if event.action == SENT:
                return failures, _NEVER
            failures += 1
            not_before = event.at + _pause(failures)
        return failures, not_before


def _pause(failures: int) -> timedelta:
    """Wait five minutes after the first failure, ten after the second, a day at the most."""
    return min(_FIRST_PAUSE * (1 << min(failures - 1, 12)), _LONGEST_PAUSE)
