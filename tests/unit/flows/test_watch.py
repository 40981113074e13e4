"""The watched folder takes whole files once, loses none and says what is wrong with the others."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands.watch import open_inbox, tell
from flows.commands.watch import watch as watch_command
from flows.compose import open_store
from flows.watch import RETRY_SECONDS, Fate, Inbox, Outcome, Sidecar, watch
from review.case import Attribute
from review.errors import (
    BrokenInputError,
    NotAllowedError,
    PolicyInvalidError,
    UnavailableError,
    WrongUsageError,
)

SETTLE = 3.0
CATEGORIES = {"general": "一般文件", "social_assistance": "社会救助"}


class Cases:
    """Stand in for the case store: one case for the same bytes in the same category."""

    def __init__(self) -> None:
        self.by_bytes: dict[tuple[str, str], str] = {}
        self.calls: list[tuple[str, str, Sidecar]] = []
        self.error: Exception | None = None
        self.meanwhile: Callable[[Path], object] = lambda path: None

    def __call__(self, path: Path, category: str, sidecar: Sidecar) -> str:
        self.calls.append((path.name, category, sidecar))
        if self.error:
            raise self.error
        key = (hashlib.sha256(path.read_bytes()).hexdigest(), category)
        case = self.by_bytes.setdefault(key, f"C-{len(self.by_bytes) + 1:04}")
        self.meanwhile(path)
        return case


@pytest.fixture
def cases() -> Cases:
    return Cases()


@pytest.fixture
def inbox(tmp_path: Path, cases: Cases) -> Inbox:
    return inbox_at(tmp_path / "inbox", cases)


def inbox_at(root: Path, intake: Cases, settle: float = SETTLE) -> Inbox:
    root.mkdir(exist_ok=True)
    made = Inbox(root, intake, lambda: CATEGORIES, settle, time.monotonic)
    made.prepare()
    (root / "submission.yaml").write_text("officer: zhou\n")
    return made


def put(inbox: Inbox, where: str, text: str = "草稿") -> Path:
    path = inbox.root / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def settle(inbox: Inbox, start: float = 0.0) -> list[Outcome]:
    """Sweep twice, as far apart as a file must lie still."""
    return inbox.sweep(start) + inbox.sweep(start + SETTLE)


def lying(inbox: Inbox, folder: str) -> dict[str, str]:
    root = inbox.root / folder
    return {str(p.relative_to(root)): p.read_text() for p in root.rglob("*") if p.is_file()}


# --- taking files up


def test_a_file_is_taken_once_it_has_lain_still(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "general/通知.txt")
    assert inbox.sweep(0.0) == []
    assert inbox.sweep(SETTLE - 0.1) == []
    assert cases.calls == []
    (outcome,) = inbox.sweep(SETTLE)
    assert (outcome.fate, outcome.case) == (Fate.ACCEPTED, "C-0001")
    assert lying(inbox, "accepted") == {"C-0001/通知.txt": "草稿"}
    assert lying(inbox, "general") == {}
    assert inbox.sweep(2 * SETTLE) == []


def test_a_file_still_growing_waits_anew(inbox: Inbox, cases: Cases) -> None:
    path = put(inbox, "general/通知.txt", "前半")
    inbox.sweep(0.0)
    path.write_text("前半后半", encoding="utf-8")
    assert inbox.sweep(SETTLE) == []
    (outcome,) = inbox.sweep(2 * SETTLE)
    assert outcome.path.read_text(encoding="utf-8") == "前半后半"


def test_a_rewrite_of_the_same_length_and_date_waits_anew(inbox: Inbox, cases: Cases) -> None:
    path = put(inbox, "general/通知.txt", "甲甲")
    before = path.stat()
    inbox.sweep(0.0)
    time.sleep(0.02)  # the change time of the file system ticks in milliseconds
    path.write_text("乙乙", encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert inbox.sweep(SETTLE) == []


@pytest.mark.parametrize(
    "name",
    ["~$通知.docx", ".~lock.通知.docx#", "通知.docx.part", "通知.TMP", "通知.crdownload",
     ".通知.docx.x8Fk2", "~WRL0001.tmp", "Thumbs.db", "通知.docx.reason.txt", "通知.docx~"],
)  # fmt: skip
def test_what_programs_leave_for_a_moment_is_no_draft(
    inbox: Inbox, cases: Cases, name: str
) -> None:
    path = put(inbox, f"general/{name}")
    assert settle(inbox) == []
    assert path.exists()
    assert cases.calls == []


def test_a_renamed_download_is_taken_when_it_bears_its_name(inbox: Inbox, cases: Cases) -> None:
    path = put(inbox, "general/通知.docx.part")
    settle(inbox)
    path.rename(path.with_suffix(""))
    (outcome,) = settle(inbox, 10.0)
    assert outcome.path.name == "通知.docx"


def test_drafts_in_subfolders_belong_to_the_category_above(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "social_assistance/2026/三季度/名单.xlsx")
    settle(inbox)
    assert [call[1] for call in cases.calls] == ["social_assistance"]


def test_what_lay_there_before_the_start_is_taken(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "general/通知.txt")
    inbox.sweep(0.0)
    restarted = Inbox(inbox.root, cases, lambda: CATEGORIES, SETTLE, time.monotonic)
    (outcome,) = settle(restarted, 100.0)
    assert outcome.fate is Fate.ACCEPTED


def test_links_are_not_followed(inbox: Inbox, cases: Cases, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "别处.txt").write_text("别处的文件")
    (inbox.root / "general" / "链接.txt").symlink_to(outside / "别处.txt")
    (inbox.root / "general" / "链接夹").symlink_to(outside)
    os.mkfifo(inbox.root / "general" / "管道")
    assert settle(inbox) == []
    assert (outside / "别处.txt").exists()


def test_a_folder_that_goes_away_is_waited_for(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "general/通知.txt")
    inbox.sweep(0.0)
    away = inbox.root.rename(inbox.root.with_name("unmounted"))
    assert inbox.sweep(SETTLE) == []
    assert not inbox.root.exists()
    away.rename(inbox.root)
    (outcome,) = settle(inbox, 100.0)
    assert outcome.fate is Fate.ACCEPTED


# --- no second case, nothing lost


def test_the_same_bytes_again_open_no_second_case_and_overwrite_nothing(
    inbox: Inbox, cases: Cases
) -> None:
    for start in (0.0, 10.0, 20.0):
        put(inbox, "general/通知.txt")
        settle(inbox, start)
    assert len(cases.by_bytes) == 1
    assert lying(inbox, "accepted") == {
        f"C-0001/{name}": "草稿" for name in ("通知.txt", "通知-2.txt", "通知-3.txt")
    }


def test_a_crash_between_case_and_move_opens_no_second_case(inbox: Inbox, cases: Cases) -> None:
    def crash(path: Path) -> None:
        raise KeyboardInterrupt

    put(inbox, "general/通知.txt")
    cases.meanwhile = crash
    inbox.sweep(0.0)
    with pytest.raises(KeyboardInterrupt):
        inbox.sweep(SETTLE)
    assert lying(inbox, "general") == {"通知.txt": "草稿"}
    cases.meanwhile = lambda path: None
    (outcome,) = settle(Inbox(inbox.root, cases, lambda: CATEGORIES, SETTLE, time.monotonic), 100.0)
    assert outcome.case == "C-0001"
    assert len(cases.by_bytes) == 1


def test_a_file_changed_while_it_is_handed_in_stays_for_another_turn(
    inbox: Inbox, cases: Cases
) -> None:
    put(inbox, "general/通知.txt", "一稿")
    cases.meanwhile = lambda path: path.write_text("二稿，更长", encoding="utf-8")
    assert settle(inbox) == []
    assert lying(inbox, "general") == {"通知.txt": "二稿，更长"}
    cases.meanwhile = lambda path: None
    (outcome,) = settle(inbox, 10.0)
    assert outcome.case == "C-0002"


def test_a_file_taken_away_while_it_is_handed_in_is_no_outcome(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "general/通知.txt")
    cases.meanwhile = Path.unlink
    assert settle(inbox) == []
    assert lying(inbox, "rejected") == {}


@pytest.mark.parametrize(
    "error",
    [UnavailableError("服务没有启动。"), PolicyInvalidError("规则有误。"), RuntimeError("虫")],
)
def test_what_is_not_the_files_fault_leaves_it_and_the_others_go_on(
    inbox: Inbox, cases: Cases, error: Exception
) -> None:
    put(inbox, "general/一.txt", "一")
    put(inbox, "general/二.txt", "二")
    cases.error = error
    outcomes = settle(inbox)
    assert [o.fate for o in outcomes] == [Fate.DEFERRED, Fate.DEFERRED]
    assert "虫" not in "".join(o.message for o in outcomes)
    assert lying(inbox, "general") == {"一.txt": "一", "二.txt": "二"}
    cases.error = None
    assert inbox.sweep(SETTLE + RETRY_SECONDS - 0.1) == []
    assert len(inbox.sweep(SETTLE + RETRY_SECONDS)) == 2


def test_a_move_that_fails_is_tried_again(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "general/通知.txt")
    put(inbox, "accepted/C-0001", "挡路")
    (outcome,) = settle(inbox)
    assert outcome.fate is Fate.DEFERRED
    assert lying(inbox, "general") == {"通知.txt": "草稿"}
    (inbox.root / "accepted" / "C-0001").unlink()
    (outcome,) = inbox.sweep(SETTLE + RETRY_SECONDS)
    assert (outcome.fate, outcome.case) == (Fate.ACCEPTED, "C-0001")


def test_a_link_in_place_of_the_accepted_folder_is_not_followed(
    inbox: Inbox, cases: Cases, tmp_path: Path
) -> None:
    put(inbox, "general/通知.txt")
    (tmp_path / "elsewhere").mkdir()
    (inbox.root / "accepted").symlink_to(tmp_path / "elsewhere")
    assert [o.fate for o in settle(inbox)] == [Fate.DEFERRED]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_longest_names_find_a_place(inbox: Inbox, cases: Cases) -> None:
    name = "通" * 83 + ".docx"
    put(inbox, f"general/{name}")
    cases.error = BrokenInputError("文件已损坏，请重新导出后再放入。")
    (outcome,) = settle(inbox)
    assert outcome.fate is Fate.REJECTED
    assert outcome.path.suffix == ".docx"
    assert outcome.path.with_name(outcome.path.name + ".reason.txt").exists()


def test_names_in_an_old_encoding_pass(inbox: Inbox, cases: Cases) -> None:
    folder = os.fsencode(inbox.root / "general")
    with open(folder + b"/" + "通知.txt".encode("gbk"), "wb") as file:  # noqa: PTH123
        file.write(b"x")
    (outcome,) = settle(inbox)
    assert os.fsencode(outcome.path.name) == "通知.txt".encode("gbk")


# --- refusing


def test_a_refused_file_goes_aside_with_the_reason(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "social_assistance/名单.xlsx", "坏的")
    cases.error = BrokenInputError("文件已损坏，请重新导出后再放入。")
    (outcome,) = settle(inbox)
    assert (outcome.fate, outcome.code) == (Fate.REJECTED, "broken")
    assert lying(inbox, "rejected") == {
        "social_assistance/名单.xlsx": "坏的",
        "social_assistance/名单.xlsx.reason.txt": "文件已损坏，请重新导出后再放入。\n",
    }


def test_two_refused_files_of_one_name_both_stay(inbox: Inbox, cases: Cases) -> None:
    cases.error = NotAllowedError("工号未登记，请核对。")
    for start, text in ((0.0, "一"), (10.0, "二")):
        put(inbox, "general/通知.txt", text)
        settle(inbox, start)
    held = lying(inbox, "rejected/general")
    assert {held["通知.txt"], held["通知-2.txt"]} == {"一", "二"}
    assert {"通知.txt.reason.txt", "通知-2.txt.reason.txt"} <= set(held)


@pytest.mark.parametrize(
    ("where", "lies"),
    [("没有的类别/通知.txt", "没有的类别/通知.txt"), ("通知.txt", "未分类/通知.txt")],
)
def test_a_file_outside_the_categories_is_told_which_there_are(
    inbox: Inbox, cases: Cases, where: str, lies: str
) -> None:
    put(inbox, where)
    (outcome,) = settle(inbox)
    assert outcome.fate is Fate.REJECTED
    held = lying(inbox, "rejected")
    assert held[lies] == "草稿"
    note = held[f"{lies}.reason.txt"]
    assert all(f"{title} {key}" in note for key, title in CATEGORIES.items())
    assert cases.calls == []


def test_people_of_a_shared_folder_can_open_what_is_put_aside(inbox: Inbox, cases: Cases) -> None:
    inbox.root.chmod(0o775)
    old = os.umask(0o077)
    try:
        put(inbox, "general/通知.txt")
        cases.error = WrongUsageError("类别不符。")
        (outcome,) = settle(inbox)
    finally:
        os.umask(old)
    assert outcome.path.parent.stat().st_mode & 0o777 == 0o775
    note = outcome.path.with_name("通知.txt.reason.txt")
    assert note.stat().st_mode & 0o777 == 0o664


def test_outcomes_and_logs_never_bear_a_file_name(
    inbox: Inbox, cases: Cases, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    put(inbox, "general/关于庞桃英同志的答复.txt")
    put(inbox, "张三丰/庞桃英.txt", "二")
    seen: list[Outcome] = []
    stop = threading.Event()
    quick = inbox_at(inbox.root, cases, settle=0.05)
    watch(quick, stop, True, lambda o: (seen.append(o), len(seen) == 2 and stop.set()))
    assert {o.fate for o in seen} == {Fate.ACCEPTED, Fate.REJECTED}
    told = repr(seen) + caplog.text + "".join(o.message for o in seen)
    assert "庞桃英" not in told
    assert "张三丰" not in told
    assert "C-0001" in caplog.text


# --- declarations


FULL = """
attribute: on_request
officer: 0012
reason: 涉及个人隐私
basis: 条例第十五条
channels: [政府网站, 公告栏]
publish_on: 2026-07-01
"""


@pytest.mark.parametrize("name", ["通知.docx.yaml", "通知.yaml", "通知.YML"])
def test_a_declaration_goes_with_its_draft(inbox: Inbox, cases: Cases, name: str) -> None:
    put(inbox, "general/通知.docx")
    put(inbox, f"general/{name}", FULL)
    settle(inbox)
    ((_, _, declared),) = cases.calls
    assert declared == Sidecar(
        attribute=Attribute.ON_REQUEST,
        officer="0012",
        reason="涉及个人隐私",
        basis="条例第十五条",
        channels=("政府网站", "公告栏"),
        publish_on=date(2026, 7, 1),
    )
    assert set(lying(inbox, "accepted/C-0001")) == {"通知.docx", name}
    assert lying(inbox, "general") == {}


def test_without_an_attribute_the_draft_is_proactive(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "general/通知.docx")
    settle(inbox)
    assert cases.calls[0][2] == Sidecar(officer="zhou", attribute=Attribute.PROACTIVE)


@pytest.mark.parametrize(
    ("declaration", "told"), [(None, "submission.yaml"), ("attribute: proactive", "没有 officer")]
)
def test_a_draft_that_nobody_hands_in_is_told_what_to_write(
    inbox: Inbox, cases: Cases, declaration: str | None, told: str
) -> None:
    (inbox.root / "submission.yaml").unlink()
    put(inbox, "general/通知.docx")
    if declaration:
        put(inbox, "general/通知.docx.yaml", declaration)
    (outcome,) = settle(inbox)
    assert (outcome.fate, cases.calls) == (Fate.REJECTED, [])
    note = lying(inbox, "rejected/general")["通知.docx.reason.txt"]
    assert told in note
    assert note.endswith("\nofficer: 送审人工号\nattribute: 主动公开\n")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("主动公开", Attribute.PROACTIVE),
        ("依申请公开", Attribute.ON_REQUEST),
        ("不予公开", Attribute.WITHHELD),
        ("on_request", Attribute.ON_REQUEST),
    ],
)
def test_an_attribute_may_be_written_in_chinese(
    inbox: Inbox, cases: Cases, written: str, meant: Attribute
) -> None:
    put(inbox, "general/通知.docx")
    put(inbox, "general/通知.yaml", f"attribute: {written}")
    settle(inbox)
    assert cases.calls[0][2].attribute is meant


def test_a_folder_declares_for_all_its_drafts_and_the_nearer_word_counts(
    inbox: Inbox, cases: Cases
) -> None:
    put(inbox, "submission.yaml", "officer: '1001'\nbasis: 甲")
    put(inbox, "general/submission.yaml", "basis: 乙")
    put(inbox, "general/急件/通知.docx")
    put(inbox, "general/急件/通知.docx.yaml", "reason: 丙")
    put(inbox, "general/submission.docx", "别的")
    settle(inbox)
    declared = {name: (s.officer, s.basis, s.reason) for name, _, s in cases.calls}
    assert declared == {
        "通知.docx": ("1001", "乙", "丙"),
        "submission.docx": ("1001", "乙", ""),
    }
    assert (inbox.root / "submission.yaml").exists()
    assert (inbox.root / "general" / "submission.yaml").exists()


def test_a_declaration_shared_by_two_drafts_serves_both(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "general/通知.docx", "正文")
    put(inbox, "general/通知.xlsx", "附表")
    put(inbox, "general/通知.yaml", "officer: '1001'")
    settle(inbox)
    assert [s.officer for _, _, s in cases.calls] == ["1001", "1001"]
    assert set(lying(inbox, "accepted")) == {
        "C-0001/通知.docx", "C-0002/通知.xlsx", "C-0002/通知.yaml",
    }  # fmt: skip


def test_a_declaration_still_being_written_holds_the_draft(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "general/通知.docx")
    inbox.sweep(0.0)
    put(inbox, "general/通知.yaml", "attribute: withheld")
    assert inbox.sweep(SETTLE) == []
    inbox.sweep(2 * SETTLE)
    assert cases.calls[0][2].attribute is Attribute.WITHHELD


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("attribute: 公开", "主动公开、依申请公开、不予公开"),
        ("publish_on: 下周", "2026-12-01"),
        ("channels: 网站", "channels"),
        ("officer: [1]", "officer"),
        ("庞桃英: 1", "不认识"),
        ("- 一\n- 二", "YAML"),
        ("a: [", "YAML"),
        ("? {a: b}\n: c", "YAML"),
        ("[" * 5000, "YAML"),
        ("x" * 70_000, "过大"),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_draft(
    inbox: Inbox, cases: Cases, text: str, told: str
) -> None:
    put(inbox, "general/通知.docx")
    put(inbox, "general/通知.yaml", text)
    (outcome,) = settle(inbox)
    assert outcome.fate is Fate.REJECTED
    assert told in outcome.message
    assert "庞桃英" not in outcome.message
    assert cases.calls == []
    assert set(lying(inbox, "rejected/general")) == {
        "通知.docx", "通知.yaml", "通知.docx.reason.txt",
    }  # fmt: skip


def test_a_declaration_in_another_encoding_is_refused(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "general/通知.docx")
    (inbox.root / "general" / "通知.yaml").write_bytes("reason: 涉及隐私".encode("gb18030"))
    (outcome,) = settle(inbox)
    assert "YAML" in outcome.message


def test_an_empty_declaration_declares_nothing(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "general/通知.docx")
    put(inbox, "general/通知.yaml", "")
    settle(inbox)
    assert cases.calls[0][2] == Sidecar(officer="zhou")


# --- the loop


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


# --- the command


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
    (tmp_path / "submission.yaml").write_text("officer: zhou\n")
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
    monkeypatch.setattr("flows.rulebook.SETTLE_SECONDS", 0.0)
    opened = open_inbox(None)
    opened.prepare()
    (rules / "own_kind.yaml").write_text("title: 自定类别\nbasis: 本单位规定\n")
    for _ in range(3):
        opened.sweep(0.0)
    assert (opened.root / "own_kind").is_dir()
    actions = [event.action for event in open_store().events()]
    assert actions == ["policy_in_force", "policy_in_force"]
