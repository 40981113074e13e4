from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.commands.up import _reminding
from flows.compose import open_desk, open_reminders
from flows.people.staff import StaffRegister
from flows.reminding.deadlines import Deadlines
from flows.reminding.mail import read_mail
from flows.reminding.notice import Notice, UnsentError
from flows.reminding.reminders import FAILED, SENT, Reminders
from flows.store.casefiles import CaseFiles
from flows.store.store import CaseStore
from review.approval import Step
from review.audit import AuditEvent
from review.case import Attribute, Case, State, Submission
from review.errors import UnavailableError, WrongUsageError
from review.staffing import StaffRole
from tests.fakes.mail_server import mail_server

MADE_ON = "2026-03-02"  # twenty working days end on 30 March
EARLIER = datetime(2026, 3, 26, 16, tzinfo=UTC)  # Friday 27 March in Beijing
LAST_DAY = datetime(2026, 3, 30, 15, 59, tzinfo=UTC)
OVER = datetime(2026, 3, 30, 16, tzinfo=UTC)


@dataclass
class Pigeon:
    """Keep notices, or lose them while ``lost`` says why."""

    name: str = "pigeon"
    lost: str = ""
    reaching: bool = True
    sent: list[Notice] = field(default_factory=list)

    def reaches(self, notice: Notice) -> bool:
        return self.reaching

    def send(self, notice: Notice) -> None:
        if self.lost:
            raise UnsentError(self.lost)
        self.sent.append(notice)


@dataclass
class Clock:
    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Office:
    """Hold one waiting case, its people and what reminds them."""

    store: CaseStore
    staff: StaffRegister
    files: CaseFiles
    case: Case
    pigeon: Pigeon = field(default_factory=Pigeon)
    clock: Clock = field(default_factory=lambda: Clock(EARLIER))

    def reminders(self) -> Reminders:
        """Start anew: what is remembered must stand in the chain."""
        deadlines = Deadlines(self.files)
        url = "http://127.0.0.1:4200/desk"
        return Reminders(self.store, self.staff, deadlines, [self.pigeon], url, self.clock)

    def keep(self, case: Case) -> None:
        was = self.case.state
        self.store.save(case, was=was, actor="system", action="case_waiting", at=self.clock())
        self.case = case

    def told(self) -> list[AuditEvent]:
        return [e for e in self.store.events(self.case.id) if e.action in (SENT, FAILED)]


@pytest.fixture
def office(
    sqlite_store: CaseStore, make_case: Callable[..., Case], noon: datetime, tmp_path: Path
) -> Office:
    staff = StaffRegister(sqlite_store)
    for officer, role in (
        ("A01", StaffRole.OFFICER),
        ("lin", StaffRole.REVIEWER),
        ("guo", StaffRole.REVIEWER),
        ("aud", StaffRole.AUDITOR),
    ):
        staff.add(officer, {role}, at=noon, notify=f"{officer}@office.example")
    files = CaseFiles(tmp_path / "home")
    case = make_case(state=State.AWAITING, title="关于苗某某的公告")
    files.put_record(case.id, "findings", {"made_on": MADE_ON})
    sqlite_store.add(case, actor="A01", at=noon, data={})
    return Office(sqlite_store, staff, files, case)


def test_nobody_is_reminded_before_the_last_working_day_ahead(office: Office) -> None:
    office.clock.at = EARLIER - timedelta(seconds=1)
    assert office.reminders().send_due() == 0
    assert office.told() == []


@pytest.mark.parametrize("moment", [EARLIER, LAST_DAY])
def test_whoever_may_decide_is_reminded_before_the_deadline(
    office: Office, moment: datetime
) -> None:
    office.clock.at = moment
    assert office.reminders().send_due() == 1
    (notice,) = office.pigeon.sent
    assert set(notice.addresses) == {"lin@office.example", "guo@office.example"}
    assert notice.subject == "【信息公开审查】案件 2026-0001 即将到期"


def test_once_it_is_over_the_officer_is_told_too(office: Office) -> None:
    office.clock.at = OVER
    office.reminders().send_due()
    (notice,) = office.pigeon.sent
    assert "A01@office.example" in notice.addresses
    assert "aud@office.example" not in notice.addresses
    assert notice.subject == "【信息公开审查】案件 2026-0001 已超期"


def test_a_reminder_says_what_waits_why_and_where(office: Office) -> None:
    office.reminders().send_due()
    (notice,) = office.pigeon.sent
    assert "案件 2026-0001《关于苗某某的公告》正等待“审核”环节办理。" in notice.text
    assert "期限：2026-03-30 还有 1 个工作日。" in notice.text
    assert "第二十六条" in notice.text
    assert "办理地址：http://127.0.0.1:4200/desk" in notice.text
    assert json.loads(json.dumps(notice.fields))["deadline"]["day"] == "2026-03-30"


def test_the_chain_says_who_was_told_of_which_deadline_and_no_address(office: Office) -> None:
    office.reminders().send_due()
    (event,) = office.told()
    assert (event.actor, event.action) == ("system", SENT)
    assert event.data == {
        "kind": "due",
        "deadline": "2026-03-30",
        "step": "review",
        "channel": "pigeon",
        "to": ("guo", "lin"),
    }


def test_nothing_is_sent_twice_not_even_after_a_restart(office: Office) -> None:
    reminders = office.reminders()
    reminders.send_due()
    assert reminders.send_due() == 0
    assert office.reminders().send_due() == 0
    office.clock.at = LAST_DAY
    assert office.reminders().send_due() == 0
    assert len(office.pigeon.sent) == 1


def test_each_deadline_is_followed_by_one_word_that_it_is_over(office: Office) -> None:
    for moment in (EARLIER, LAST_DAY, OVER, OVER + timedelta(days=30)):
        office.clock.at = moment
        office.reminders().send_due()
    assert [event.data["kind"] for event in office.told()] == ["due", "overdue"]


def test_every_channel_gets_its_own(office: Office) -> None:
    office.reminders().send_due()
    office.pigeon = Pigeon("other")
    assert office.reminders().send_due() == 1


def test_a_failure_is_on_record_and_tried_again_after_growing_pauses(office: Office) -> None:
    office.pigeon.lost = "SMTP 451"
    tries: list[int] = []
    for minute in range(40):
        office.clock.at = EARLIER + timedelta(minutes=minute)
        before = len(office.told())
        office.reminders().send_due()
        if len(office.told()) > before:
            tries.append(minute)
    assert tries == [0, 5, 15, 35]
    assert {event.data["reason"] for event in office.told()} == {"SMTP 451"}


def test_what_failed_goes_out_once_the_way_is_open_again(office: Office) -> None:
    reminders = office.reminders()
    office.pigeon.lost = "SMTP 451"
    assert reminders.send_due() == 0
    office.pigeon.lost = ""
    assert reminders.send_due() == 0
    office.clock.at += timedelta(minutes=5)
    assert reminders.send_due() == 1
    assert [event.action for event in office.told()] == [FAILED, SENT]


def test_pauses_never_grow_beyond_a_day(office: Office) -> None:
    office.pigeon.lost = "SMTP 451"
    office.clock.at = OVER
    reminders = office.reminders()
    for _ in range(30):
        reminders.send_due()
        office.clock.at += timedelta(days=1)
    assert len(office.told()) == 30


def test_a_failure_leaves_the_case_as_it_was_and_the_chain_whole(office: Office) -> None:
    office.pigeon.lost = "SMTP 451"
    office.reminders().send_due()
    assert office.store.get(office.case.id) == office.case
    assert office.store.verify() is None


def test_what_was_sent_is_not_sent_again_when_its_record_fails(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    reminders = office.reminders()

    def refuse(**_: object) -> None:
        raise UnavailableError("数据库无法使用。")

    with monkeypatch.context() as broken:
        broken.setattr(office.store, "record", refuse)
        with pytest.raises(UnavailableError):
            reminders.send_due()
    assert reminders.send_due() == 0
    assert len(office.pigeon.sent) == 1


def test_a_case_that_no_longer_waits_is_let_alone(office: Office, noon: datetime) -> None:
    office.store.save(
        replace(office.case, state=State.RETURNED),
        was=State.AWAITING,
        actor="lin",
        action="case_returned",
        at=noon,
    )
    office.clock.at = OVER
    assert office.reminders().send_due() == 0


def test_who_is_disabled_is_not_told(office: Office, noon: datetime) -> None:
    office.staff.disable("guo", at=noon)
    office.reminders().send_due()
    assert office.told()[0].data["to"] == ("lin",)


def test_the_drafter_is_not_asked_to_decide_his_own_case(office: Office, noon: datetime) -> None:
    office.staff.renew("A01", {StaffRole.OFFICER, StaffRole.REVIEWER}, at=noon)
    office.reminders().send_due()
    assert "A01" not in office.told()[0].data["to"]


@pytest.fixture
def chained(office: Office, noon: datetime) -> Office:
    """Let the case wait at the first of three steps, with somebody for each."""
    for officer, role in (
        ("head", StaffRole.UNIT_HEAD),
        ("secret", StaffRole.SECRECY),
        ("sign", StaffRole.SIGNATORY),
        ("disc", StaffRole.DISCLOSURE),
    ):
        office.staff.add(officer, {role}, at=noon)
    chain = (
        Step("unit_head", "承办部门负责人", StaffRole.UNIT_HEAD, 3, (StaffRole.SIGNATORY,)),
        Step("secrecy", "保密审查", StaffRole.SECRECY, 3),
        Step("disclosure", "政务公开机构审核", StaffRole.DISCLOSURE, 5),
    )
    office.keep(replace(office.case, chain=chain, waiting_since=noon))
    office.clock.at = datetime(2026, 3, 10, 1, tzinfo=UTC)  # the last day of the step
    return office


def test_the_step_reminds_its_own_people_by_its_own_days(chained: Office) -> None:
    assert chained.reminders().send_due() == 1
    (event,) = chained.told()
    assert event.data["deadline"] == "2026-03-10"
    assert event.data["step"] == "unit_head"
    assert event.data["to"] == ("head",)
    assert "“承办部门负责人”环节限 3 个工作日" in chained.pigeon.sent[0].text


def test_a_late_step_is_told_to_stand_ins_to_the_next_step_and_to_the_officer(
    chained: Office,
) -> None:
    chained.clock.at += timedelta(days=1)
    chained.reminders().send_due()
    assert set(chained.told()[0].data["to"]) == {"head", "sign", "secret", "A01"}
    assert "超过本环节限期后可由签发人代办" in chained.pigeon.sent[0].text


def test_the_next_step_has_reminders_of_its_own(chained: Office, noon: datetime) -> None:
    chained.reminders().send_due()
    chained.keep(replace(chained.case, at_step=1))
    assert chained.reminders().send_due() == 1
    assert [event.data["step"] for event in chained.told()] == ["unit_head", "secrecy"]


def test_limits_that_end_on_one_day_remind_once(chained: Office) -> None:
    # Twenty working days before the tenth of March, Spring Festival between.
    chained.files.put_record(chained.case.id, "findings", {"made_on": "2026-02-04"})
    assert [d.day.isoformat() for d in Deadlines(chained.files).all(chained.case)] == [
        "2026-03-10",
        "2026-03-10",
    ]
    assert chained.reminders().send_due() == 1


def test_who_was_asked_is_reminded_that_silence_is_consent(office: Office, noon: datetime) -> None:
    asked = Step("consult", "会签单位", StaffRole.REVIEWER, 3, asked=("guo",))
    office.keep(replace(office.case, chain=(asked,), waiting_since=noon))
    office.clock.at = datetime(2026, 3, 10, 1, tzinfo=UTC)
    office.reminders().send_due()
    assert office.told()[0].data["to"] == ("guo",)
    assert "逾期不答复视为同意" in office.pigeon.sent[0].text


def test_a_channel_that_reaches_nobody_is_no_failure(office: Office) -> None:
    office.pigeon.reaching = False
    assert office.reminders().send_due() == 0
    assert office.told() == []


def test_the_chain_is_read_once_for_what_is_settled(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    reminders = office.reminders()
    reminders.send_due()
    monkeypatch.setattr(office.store, "events", None)
    assert reminders.send_due() == 0


def test_a_reminder_goes_through_a_real_mail_server(office: Office) -> None:
    with mail_server() as box:
        office.pigeon = read_mail(f"smtp://127.0.0.1:{box.port}", "review@office.example")  # type: ignore[assignment]
        assert office.reminders().send_due() == 1
    assert [set(each) for each in box.recipients] == [{"lin@office.example", "guo@office.example"}]
    assert office.told()[0].data["channel"] == "email"


def test_without_a_way_to_send_there_is_nothing_to_run() -> None:
    assert open_reminders(open_desk()) is None


def test_settings_that_cannot_work_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEW_SMTP_URL", "smtps://mail.office.example")
    with pytest.raises(WrongUsageError, match="REVIEW_MAIL_FROM"):
        open_reminders(open_desk())


def test_settings_name_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEW_SMTP_URL", "smtps://u:geheim@mail.office.example")
    monkeypatch.setenv("REVIEW_MAIL_FROM", "review@office.example")
    monkeypatch.setenv("REVIEW_WEBHOOK_URL", "https://office.example/hook?key=geheim")
    reminders = open_reminders(open_desk())
    assert reminders is not None
    assert [channel.name for channel in reminders._channels] == ["email", "webhook"]


def test_no_limit_of_the_law_is_told_of_what_is_not_published(
    sqlite_store: CaseStore, make_case: Callable[..., Case], tmp_path: Path
) -> None:
    submission = Submission("general", Attribute.WITHHELD, "A01", "理由", "依据")
    case = make_case(state=State.AWAITING, submission=submission)
    assert Deadlines(CaseFiles(tmp_path / "home")).of(case) is None


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UnavailableError("数据库无法使用。"), "提醒没有发出：数据库无法使用。"),
        (ValueError("lin@office.example"), "提醒出错（ValueError），稍后再试。"),
    ],
)
def test_the_service_goes_on_when_reminding_fails_and_says_so_in_one_line(
    error: Exception, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = threading.Event()

    class Failing:
        def send_due(self) -> int:
            tried.set()
            raise error

    with _reminding(Failing()):  # type: ignore[arg-type]
        assert tried.wait(10)
        deadline = time.monotonic() + 10
        while not (said := capsys.readouterr().err) and time.monotonic() < deadline:
            time.sleep(0.01)
    assert said.strip() == told
