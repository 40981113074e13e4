"""The watched folder takes whole files once, loses none and says what is wrong with the others."""

from __future__ import annotations

import logging
import os
import threading
import time
from pathlib import Path

import pytest

from flows.intake.inbox import RETRY_SECONDS, Fate, Inbox, Outcome
from flows.intake.watch import watch
from review.errors import (
    BrokenInputError,
    NotAllowedError,
    PolicyInvalidError,
    UnavailableError,
    WrongUsageError,
)
from tests.fakes.inbox import CATEGORIES, SETTLE, Cases, inbox_at, lying, put, settle

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
    (inbox.root / "general" / "链接夹").symlink_to(outside)
    os.mkfifo(inbox.root / "general" / "管道")
    assert settle(inbox) == []
    assert (outside / "别处.txt").exists()


def test_a_link_in_place_of_a_file_is_refused_with_its_reason(
    inbox: Inbox, cases: Cases, tmp_path: Path
) -> None:
    target = tmp_path / "别处.txt"
    target.write_text("别处的文件")
    (inbox.root / "general" / "链接.txt").symlink_to(target)
    (inbox.root / "general" / "断链.txt").symlink_to(tmp_path / "没有")
    outcomes = settle(inbox)
    assert [o.fate for o in outcomes] == [Fate.REJECTED] * 2
    assert cases.calls == []
    assert target.read_text() == "别处的文件"
    for outcome in outcomes:
        assert outcome.path.is_symlink()
        assert outcome.path.parent == inbox.root / "rejected" / "general"
        note = outcome.path.with_name(outcome.path.name + ".reason.txt")
        assert "请把文件本身放入收件文件夹" in note.read_text()


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
