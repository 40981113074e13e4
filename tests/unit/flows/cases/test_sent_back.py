"""An officer whose draft was sent back learns why, and hands the corrected one in again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import flows.compose
import flows.intake.watch
from flows.commands import show as show_command
from flows.commands.watch import open_inbox
from flows.intake.inbox import Fate, Inbox, Outcome
from flows.intake.watch import watch
from review.case import Attribute, Case, Decision, State
from review.errors import UnavailableError
from tests.fakes.officers_desk import DRAFT, OPINION, OfficersDesk

CORRECTED = "关于救助的公告\n救助对象已公布。"
AGAIN = "case: {}\nofficer: zhou\n"


@pytest.fixture
def there(sqlite_store: object, noon: datetime, tmp_path: Path) -> OfficersDesk:
    return OfficersDesk(tmp_path / "home", sqlite_store, noon)  # type: ignore[arg-type]


@pytest.fixture
def inbox(there: OfficersDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Inbox:
    monkeypatch.setattr(flows.compose, "open_desk", lambda _: there.desk)
    monkeypatch.setattr(flows.compose, "open_api", lambda: there.server)
    made = open_inbox(tmp_path / "inbox")
    made.prepare()
    return made


def put(inbox: Inbox, text: str, declared: str, where: str = "general") -> list[Outcome]:
    (inbox.root / where).mkdir(exist_ok=True)
    (inbox.root / where / "公告.txt").write_text(text)
    (inbox.root / where / "公告.yaml").write_text(declared)
    now = inbox.clock()
    inbox.sweep(now)
    return inbox.sweep(now + inbox.settle)


@pytest.fixture
def handed_in(inbox: Inbox, there: OfficersDesk) -> Case:
    (outcome,) = put(inbox, DRAFT, "officer: zhou\nattribute: proactive")
    return there.desk.store.get(outcome.case)


@pytest.fixture
def opinion(inbox: Inbox, handed_in: Case) -> Path:
    return inbox.root / "accepted" / handed_in.id / "退回意见.txt"


def test_the_case_says_who_sent_it_back_at_which_step_and_why(
    there: OfficersDesk, monkeypatch: pytest.MonkeyPatch, noon: datetime
) -> None:
    case = there.send_back(there.waiting(), wording="标题请改短", channel="只上公示栏")
    monkeypatch.setattr(show_command, "open_desk", lambda: there.desk)
    monkeypatch.setattr(show_command, "now", lambda: noon)
    told = CliRunner().invoke(show_command.show, (case.id,)).output
    assert "第 1 次送审于 2026-03-05 12:00 退回修改，环节：审核，办理人工号：lin" in told
    assert f"退回意见：{OPINION}" in told
    assert "内容表述：标题请改短" in told
    assert "公开方式：只上公示栏" in told
    assert f"review resubmit {case.id} 改正后的文件 --officer zhou" in told


def test_the_command_for_a_case_with_attachments_names_each(
    there: OfficersDesk, monkeypatch: pytest.MonkeyPatch, noon: datetime
) -> None:
    case = there.returned(DRAFT, "附件一", "附件二")
    monkeypatch.setattr(show_command, "open_desk", lambda: there.desk)
    monkeypatch.setattr(show_command, "now", lambda: noon)
    told = CliRunner().invoke(show_command.show, (case.id,)).output
    assert "改正后的文件 --attach 附件 --attach 附件 --officer zhou" in told


def test_a_case_that_waits_says_nothing_of_sending_back(
    there: OfficersDesk, monkeypatch: pytest.MonkeyPatch, noon: datetime
) -> None:
    case = there.waiting()
    monkeypatch.setattr(show_command, "open_desk", lambda: there.desk)
    monkeypatch.setattr(show_command, "now", lambda: noon)
    assert "resubmit" not in CliRunner().invoke(show_command.show, (case.id,)).output


def test_the_opinion_lies_beside_the_draft_with_what_to_do(
    inbox: Inbox, there: OfficersDesk, handed_in: Case, opinion: Path
) -> None:
    inbox.tell_sent_back()
    assert not opinion.exists()
    there.send_back(handed_in)
    inbox.tell_sent_back()
    told = opinion.read_text()
    assert OPINION in told
    assert f"case: {handed_in.id}\nofficer: zhou\n" in told
    assert f"review resubmit {handed_in.id}" in told
    assert "苗秋实" not in told


def test_an_opinion_that_somebody_put_away_does_not_come_back(
    inbox: Inbox, there: OfficersDesk, handed_in: Case, opinion: Path
) -> None:
    there.send_back(handed_in)
    inbox.tell_sent_back()
    opinion.unlink()
    inbox.tell_sent_back()
    assert not opinion.exists()


def test_a_restart_writes_the_opinion_once_more_only_where_it_is_not(
    inbox: Inbox, there: OfficersDesk, handed_in: Case, opinion: Path
) -> None:
    there.send_back(handed_in)
    inbox.tell_sent_back()
    before = opinion.stat().st_mtime_ns
    open_inbox(inbox.root).tell_sent_back()
    assert opinion.stat().st_mtime_ns == before
    assert [each.name for each in opinion.parent.glob("退回意见*")] == ["退回意见.txt"]


def test_a_case_that_did_not_come_through_the_folder_leaves_nothing_there(
    inbox: Inbox, there: OfficersDesk
) -> None:
    there.returned("关于别的事的公告")
    inbox.tell_sent_back()
    assert not (inbox.root / "accepted").exists()


def test_a_link_beside_the_draft_is_replaced_and_not_followed(
    inbox: Inbox, there: OfficersDesk, handed_in: Case, opinion: Path, tmp_path: Path
) -> None:
    other = tmp_path / "别处.txt"
    other.write_text("别人的")
    opinion.symlink_to(other)
    there.send_back(handed_in)
    inbox.tell_sent_back()
    assert other.read_text() == "别人的"
    assert OPINION in opinion.read_text()
    assert not opinion.is_symlink()


def test_a_linked_folder_gets_no_opinion(
    inbox: Inbox, there: OfficersDesk, handed_in: Case, opinion: Path, tmp_path: Path
) -> None:
    opinion.parent.rename(tmp_path / "elsewhere")
    opinion.parent.symlink_to(tmp_path / "elsewhere")
    there.send_back(handed_in)
    inbox.tell_sent_back()
    assert not opinion.exists()


def test_a_folder_that_takes_no_opinion_disturbs_nothing(
    inbox: Inbox, there: OfficersDesk, handed_in: Case, opinion: Path
) -> None:
    opinion.mkdir()
    there.send_back(handed_in)
    inbox.tell_sent_back()
    assert there.desk.store.get(handed_in.id).state is State.RETURNED
    opinion.rmdir()
    inbox.tell_sent_back()
    assert OPINION in opinion.read_text()


def test_a_store_that_cannot_be_read_does_not_stop_the_folder(tmp_path: Path) -> None:
    def fail() -> dict[str, str]:
        raise UnavailableError("数据库没有启动。")

    Inbox(tmp_path, lambda *_: "", dict, 0, float, fail).tell_sent_back()
    assert not list(tmp_path.rglob(OPINION))


def test_the_running_folder_tells_now_and_then_what_was_sent_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, asked = threading.Event(), 0

    def notes() -> dict[str, str]:
        nonlocal asked
        asked += 1
        if asked == 2:
            stop.set()
        return {"C-0001": f"第 {asked} 次"}

    (tmp_path / "accepted" / "C-0001").mkdir(parents=True)
    monkeypatch.setattr(flows.intake.watch, "TELL_SECONDS", 0.02)
    inbox = Inbox(
        tmp_path, lambda *_: "", lambda: {"general": "一般文件"}, 0.01, time.monotonic, notes
    )
    watch(inbox, stop, True, lambda _: None)
    assert (tmp_path / "accepted" / "C-0001" / "退回意见.txt").read_text() == "第 2 次"


def test_a_corrected_draft_in_the_folder_goes_on_with_its_case(
    inbox: Inbox, there: OfficersDesk, handed_in: Case
) -> None:
    there.send_back(handed_in)
    (inbox.root / "submission.yaml").write_text("attribute: 不予公开\nreason: 平时的理由")
    (outcome,) = put(inbox, CORRECTED, AGAIN.format(handed_in.id))
    assert (outcome.fate, outcome.case) == (Fate.ACCEPTED, handed_in.id)
    case = there.desk.store.get(handed_in.id)
    assert (case.round, case.state) == (2, State.AWAITING)
    assert case.submission == handed_in.submission
    assert [each.id for each in there.desk.store.list()] == [handed_in.id]
    names = {each.name for each in (inbox.root / "accepted" / case.id).iterdir()}
    assert names == {"公告.txt", "公告-2.txt", "公告.yaml", "公告-2.yaml"}


def test_a_crash_before_the_corrected_draft_is_moved_takes_it_once(
    inbox: Inbox, there: OfficersDesk, handed_in: Case
) -> None:
    there.send_back(handed_in)
    put(inbox, CORRECTED, AGAIN.format(handed_in.id))
    (outcome,) = put(inbox, CORRECTED, AGAIN.format(handed_in.id))
    assert (outcome.fate, outcome.case) == (Fate.ACCEPTED, handed_in.id)
    assert there.desk.store.get(handed_in.id).round == 2
    assert there.server.started == [(handed_in.id, ""), (handed_in.id, "round-2")]


def test_the_opinion_of_a_second_round_takes_the_place_of_the_first(
    inbox: Inbox, there: OfficersDesk, handed_in: Case, opinion: Path
) -> None:
    there.send_back(handed_in)
    inbox.tell_sent_back()
    put(inbox, CORRECTED, AGAIN.format(handed_in.id))
    there.send_back(there.desk.store.get(handed_in.id), "还有一处电话")
    inbox.tell_sent_back()
    assert "第 2 次送审" in opinion.read_text()
    assert "还有一处电话" in opinion.read_text()


@pytest.mark.parametrize(
    ("text", "declared", "where", "told"),
    [
        (DRAFT, AGAIN, "general", "完全相同"),
        (CORRECTED, AGAIN, "roster", "general"),
        (CORRECTED, "case: {}\nofficer: zheng", "general", "原送审人"),
        (CORRECTED, "case: 2026-9999\nofficer: zhou", "general", "没有这个编号"),
        (CORRECTED, AGAIN + "attribute: 不予公开", "general", "去掉 case"),
    ],
)
def test_a_corrected_draft_that_does_not_fit_its_case_is_refused(
    inbox: Inbox,
    there: OfficersDesk,
    handed_in: Case,
    text: str,
    declared: str,
    where: str,
    told: str,
) -> None:
    there.send_back(handed_in)
    (outcome,) = put(inbox, text, declared.format(handed_in.id), where)
    assert outcome.fate is Fate.REJECTED
    assert told in outcome.message
    assert there.desk.store.get(handed_in.id).state is State.RETURNED


def test_a_case_with_attachments_is_not_taken_one_file_at_a_time(
    inbox: Inbox, there: OfficersDesk
) -> None:
    case = there.returned(DRAFT, "附件")
    (outcome,) = put(inbox, CORRECTED, AGAIN.format(case.id))
    assert outcome.fate is Fate.REJECTED
    assert f"review resubmit {case.id}" in outcome.message
    assert there.desk.store.get(case.id).state is State.RETURNED


def test_a_whole_folder_names_no_case(inbox: Inbox, there: OfficersDesk, handed_in: Case) -> None:
    there.send_back(handed_in)
    (inbox.root / "submission.yaml").write_text(f"case: {handed_in.id}")
    (outcome,) = put(inbox, CORRECTED, "officer: zhou")
    assert outcome.fate is Fate.REJECTED
    assert "submission.yaml" in outcome.message


def test_the_folder_takes_joint_units_and_what_is_forwarded(
    inbox: Inbox, there: OfficersDesk, handed_in: Case
) -> None:
    declared = f"officer: zhou\nforwards: {handed_in.id}\njoint: [wu, wu]\nattribute: 主动公开"
    (outcome,) = put(inbox, "转发公告\n内容略。", declared)
    submission = there.desk.store.get(outcome.case).submission
    assert (submission.forwards, submission.joint) == (handed_in.id, ("wu",))


def test_a_forwarding_in_the_folder_bears_the_attribute_of_its_source_once_that_is_settled(
    inbox: Inbox, there: OfficersDesk, handed_in: Case
) -> None:
    declared = f"officer: zhou\nforwards: {handed_in.id}\nreason: 随原件\nbasis: 条例第十六条"
    (refused,) = put(inbox, "转发公告\n内容略。", declared)
    assert "没有 attribute" in refused.message
    there.decide(there.desk.scan(handed_in.id), Decision.WITHHOLD, "内部事务")
    (outcome,) = put(inbox, "转发公告\n内容略。", declared)
    assert there.desk.store.get(outcome.case).submission.attribute is Attribute.WITHHELD


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("joint: wu", "joint（会签单位办理人）写成列表"),
        ("joint: [zhou]", "不能是送审人自己"),
        ("forwards: [a]", "forwards（转发的是哪个案件）只写一个案件编号"),
        ("forwards: 2026-9999", "没有这个编号"),
    ],
)
def test_a_wrong_joint_unit_or_source_is_refused(
    inbox: Inbox, line: str, told: str, there: OfficersDesk
) -> None:
    (outcome,) = put(inbox, DRAFT, f"officer: zhou\nattribute: proactive\n{line}")
    assert outcome.fate is Fate.REJECTED
    assert told in outcome.message
    assert there.desk.store.list() == []


def test_cases_of_one_officer_are_listed_alone(
    there: OfficersDesk,
    monkeypatch: pytest.MonkeyPatch,
    make_case: Callable[..., Case],
    noon: datetime,
) -> None:
    from flows.commands import cases as command

    mine = there.waiting()
    there.desk.store.add(make_case("2026-0009"), actor="A01", at=noon, data={})
    monkeypatch.setattr(command, "open_store", lambda: there.desk.store)
    monkeypatch.setattr(command, "open_files", lambda: there.files)
    told = CliRunner().invoke(command.cases, ("--mine", "zhou", "--json")).output
    assert mine.id in told
    assert "2026-0009" not in told
