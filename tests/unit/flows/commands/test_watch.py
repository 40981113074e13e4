"""The loop that watches the folder, and the command that starts it."""

from __future__ import annotations

import fcntl
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands.watch import open_inbox, tell
from flows.commands.watch import watch as watch_command
from flows.compose import open_store
from flows.intake.inbox import Fate, Inbox, Outcome
from flows.intake.watch import watch
from review.errors import (
    BrokenInputError,
    NotAllowedError,
    PolicyInvalidError,
    UnavailableError,
)
from tests.fakes.inbox import CATEGORIES, SETTLE, Cases, inbox_at, put, settle


@pytest.mark.parametrize("poll", [True, False])
def test_the_loop_takes_old_and_new_files_until_it_is_stopped(
    inbox: Inbox, cases: Cases, poll: bool
) -> None:
    put(inbox, "general/旧.txt", "旧")
    quick = inbox_at(inbox.root, cases, settle=0.05)
    seen: list[Outcome] = []
    stop = threading.Event()
    thread = threading.Thread(target=watch, args=(quick, stop, poll, seen.append))
    thread.start()
    try:
        wait_for(lambda: len(seen) == 1)
        put(inbox, "general/新/新.txt", "新")
        wait_for(lambda: len(seen) == 2)
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
    assert [o.case for o in seen] == ["C-0001", "C-0002"]


def test_the_loop_polls_where_the_system_gives_no_events(
    inbox: Inbox, cases: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_events(*paths: object, **options: object) -> object:
        raise OSError("inotify limit")

    monkeypatch.setattr("watchfiles.watch", no_events)
    put(inbox, "general/通知.txt")
    stop = threading.Event()
    seen: list[Outcome] = []
    watch(
        inbox_at(inbox.root, cases, settle=0.02), stop, False,
        lambda o: (seen.append(o), stop.set()),
    )  # fmt: skip
    assert [o.fate for o in seen] == [Fate.ACCEPTED]


def test_a_second_process_may_not_watch_the_same_folder(inbox: Inbox, cases: Cases) -> None:
    with (inbox.root / ".watch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(NotAllowedError):
            watch(inbox, threading.Event(), True, lambda o: None)


def test_an_inbox_that_cannot_be_written_to_is_said_so(inbox: Inbox, cases: Cases) -> None:
    (inbox.root / ".watch.lock").mkdir()
    with pytest.raises(UnavailableError):
        watch(inbox, threading.Event(), True, lambda o: None)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("general/低保花名册.docx", "rejected/general/低***.docx"),
        ("general/庞桃英/庞桃英.DOCX", "rejected/general/庞***.docx"),
        ("庞桃英材料/通知.庞桃英", "rejected/通***"),
        ("散件.pdf", "rejected/未分类/散***.pdf"),
    ],
)
def test_a_refused_file_is_told_by_a_masked_name_and_the_folder_where_it_lies(
    inbox: Inbox, cases: Cases, name: str, shown: str
) -> None:
    cases.error = BrokenInputError("文件已损坏。")
    put(inbox, name)
    (outcome,) = settle(inbox)
    assert (outcome.fate, outcome.shown) == (Fate.REJECTED, shown)


def test_a_file_that_waits_is_told_where_it_lies(inbox: Inbox, cases: Cases) -> None:
    cases.error = UnavailableError("服务没有应答。")
    put(inbox, "general/庞桃英.txt")
    (outcome,) = settle(inbox)
    assert (outcome.fate, outcome.shown) == (Fate.DEFERRED, "general/庞***.txt")


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (Outcome(Fate.ACCEPTED, Path("庞桃英.txt"), case="C-0001"), "已立案 C-0001"),
        (
            Outcome(
                Fate.REJECTED,
                Path("庞桃英.txt"),
                message="文件已损坏。",
                shown="rejected/general/庞***.txt",
            ),
            "未受理 rejected/general/庞***.txt（原因也写在它旁边的 .reason.txt）：文件已损坏。",
        ),
        (
            Outcome(Fate.DEFERRED, Path("庞桃英.txt"), code="OSError", shown="general/庞***.txt"),
            "暂缓 general/庞***.txt，稍后再试：OSError",
        ),
    ],
)
def test_the_command_tells_of_cases_reasons_and_masked_names_only(
    capsys: pytest.CaptureFixture[str], outcome: Outcome, line: str
) -> None:
    tell(outcome)
    assert capsys.readouterr().out == line + "\n"


def test_the_command_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(watch_command, [str(tmp_path / "unmounted")])
    assert result.exit_code == 2
    assert not (tmp_path / "unmounted").exists()


def test_the_default_inbox_lies_in_the_home_folder_with_all_categories(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVIEW_HOME", str(tmp_path / "home"))
    opened = open_inbox(None)
    opened.prepare()
    assert opened.root == tmp_path / "home" / "inbox"
    assert "social_assistance" in {path.name for path in opened.root.iterdir()}


def test_a_category_that_the_rules_come_to_know_gets_its_folder(
    tmp_path: Path, cases: Cases
) -> None:
    known = dict(CATEGORIES)
    inbox = Inbox(tmp_path, cases, lambda: known, SETTLE, time.monotonic)
    inbox.prepare()
    (tmp_path / "submission.yaml").write_text("officer: zhou\nattribute: proactive\n")
    known["own_kind"] = "自定类别"
    inbox.sweep(0.0)
    put(inbox, "own_kind/通知.txt")
    (outcome,) = settle(inbox, 10.0)
    assert outcome.fate is Fate.ACCEPTED


def test_rules_that_cannot_be_read_leave_the_folders_as_they_are(
    inbox: Inbox, cases: Cases
) -> None:
    def faulty() -> dict[str, str]:
        raise PolicyInvalidError("规则文件有 1 处问题。")

    inbox._look_up = faulty
    put(inbox, f"{next(iter(CATEGORIES))}/通知.txt")
    (outcome,) = settle(inbox)
    assert outcome.fate is Fate.ACCEPTED


def test_the_watcher_follows_a_changed_rules_folder_without_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "rules" / "categories"
    rules.mkdir(parents=True)
    (rules / "general.yaml").write_text("scope: 全县\n")
    monkeypatch.setenv("REVIEW_POLICY", str(tmp_path / "rules"))
    monkeypatch.setattr("flows.rules.rulebook.SETTLE_SECONDS", 0.0)
    opened = open_inbox(None)
    opened.prepare()
    (rules / "own_kind.yaml").write_text("title: 自定类别\nbasis: 本单位规定\n")
    for _ in range(3):
        opened.sweep(0.0)
    assert (opened.root / "own_kind").is_dir()
    actions = [event.action for event in open_store().events()]
    assert actions == ["policy_in_force", "policy_in_force"]
