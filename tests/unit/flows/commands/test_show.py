from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyotp
import pytest
from click.testing import CliRunner, Result

from flows.cases.answer import Answer
from flows.cases.artifacts import excerpts
from flows.cases.desk import Desk
from flows.commands import cases as cases_command
from flows.commands import show as command
from flows.people.staff import StaffRegister
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Incoming
from flows.store.casefiles import CaseFiles
from flows.store.store import CaseStore
from redact.operators import PublishedForms
from review.case import Attribute, Case, Decision, Submission
from review.errors import WrongUsageError
from review.staffing import StaffRole
from tests.fakes.detectors import WordDetector
from tests.fakes.policies import small_policy
from tests.fakes.workers import TextWorker

FLAGGED = "关于救助的公告\n救助对象苗秋实，13900000001。"
NAME = "公告.txt"
ASIDE = {"对照页.html", "审查表.docx", "审查表.pdf"}


@pytest.fixture
def desk(
    sqlite_store: CaseStore, noon: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    pipeline = Pipeline(TextWorker(), WordDetector, small_policy(), PublishedForms)
    staff = StaffRegister(sqlite_store)
    staff.add("zhou", {StaffRole.OFFICER}, at=noon)
    desk = Desk(sqlite_store, CaseFiles(tmp_path / "home"), staff, lambda: pipeline, lambda: noon)
    monkeypatch.setattr(command, "open_desk", lambda: desk)
    monkeypatch.setattr(cases_command, "open_store", lambda: sqlite_store)
    monkeypatch.setattr(cases_command, "open_files", lambda: desk.files)
    for module in (command, cases_command):
        monkeypatch.setattr(module, "now", lambda: noon)
    return desk


@pytest.fixture
def make_waiting(desk: Desk) -> Callable[..., Case]:
    def make(*texts: str, category: str = "general") -> Case:
        submission = Submission(category, Attribute.PROACTIVE, "zhou")
        incoming = [Incoming(NAME, text.encode()) for text in texts]
        return desk.scan(desk.submit(incoming, submission)[0].id)

    return make


def show(case: Case, *options: str | Path) -> Result:
    return CliRunner().invoke(command.show, (case.id, *map(str, options)))


def lying(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): p.read_text(errors="replace")
        for p in folder.rglob("*")
        if p.is_file()
    }


def test_export_gives_original_and_redacted_file_under_their_own_names(
    make_waiting: Callable[..., Case], tmp_path: Path
) -> None:
    out = tmp_path / "对照"
    told = show(make_waiting(FLAGGED), "--export", out)
    assert told.exit_code == 0, told.output
    held = lying(out)
    assert set(held) == {f"原件/{NAME}", f"处理后/{NAME}"} | ASIDE
    assert held[f"原件/{NAME}"] == FLAGGED
    assert "苗秋实" not in held[f"处理后/{NAME}"]
    for name in held:
        assert f"已取出：{out / name}" in told.output
        assert stat.S_IMODE((out / name).stat().st_mode) == 0o600


def test_export_overwrites_nothing(make_waiting: Callable[..., Case], tmp_path: Path) -> None:
    (tmp_path / "处理后").mkdir()
    (tmp_path / "处理后" / NAME).write_text("别人的")
    refused = show(make_waiting(FLAGGED), "--export", tmp_path)
    assert isinstance(refused.exception, WrongUsageError)
    assert (tmp_path / "处理后" / NAME).read_text() == "别人的"
    assert not (tmp_path / "原件").exists()


def test_a_blocked_case_gives_its_original_alone(
    make_waiting: Callable[..., Case], tmp_path: Path
) -> None:
    out = tmp_path / "对照"
    assert show(make_waiting("机密★10年\n报告"), "--export", out).exit_code == 0
    assert set(lying(out)) == {f"原件/{NAME}"} | ASIDE


def test_attachments_of_the_same_name_both_come_out(
    make_waiting: Callable[..., Case], tmp_path: Path
) -> None:
    case = make_waiting(FLAGGED, "附件")
    told = json.loads(show(case, "--export", tmp_path / "对照", "--json").output)
    assert len(told["exported"]) == 4 + len(ASIDE)
    assert lying(tmp_path / "对照")[f"原件/2-{NAME}"] == "附件"


@pytest.mark.parametrize(
    ("text", "held"), [(FLAGGED, "取出原件和处理后的文件。"), ("机密★10年\n报告", "取出原件。")]
)
def test_the_reviewer_is_told_the_command(
    desk: Desk, make_waiting: Callable[..., Case], text: str, held: str
) -> None:
    case = make_waiting(text)
    told = excerpts(case, desk.record(case.id))
    assert f"review show {case.id} --export 文件夹` {held}" in told


def test_decisions_and_categories_are_told_in_chinese(
    desk: Desk, make_waiting: Callable[..., Case], noon: datetime
) -> None:
    case = make_waiting(FLAGGED)
    secret = desk.staff.add("lin", {StaffRole.REVIEWER}, at=noon)
    code = pyotp.TOTP(secret).at(noon)
    desk.decide(case.id, Answer(Decision.RETURN, "请核对", "lin", code, noon))
    told = show(case).output
    assert "lin：退回修改 请核对" in told
    assert "return" not in told
    listed = CliRunner().invoke(cases_command.cases).output
    assert "一般" in told
    assert "一般" in listed
    assert "general" not in told + listed


def test_the_review_record_masks_what_the_terminal_reveals(
    make_waiting: Callable[..., Case], tmp_path: Path
) -> None:
    out = tmp_path / "对照"
    told = show(make_waiting(FLAGGED), "--export", out, "--reveal").output
    assert "苗秋实" in told
    with zipfile.ZipFile(out / "审查表.docx") as package:
        form = package.read("word/document.xml").decode()
    assert "信息摘要" in form
    assert "苗秋实" not in form


def test_the_review_record_goes_by_the_rules_of_the_case(
    make_waiting: Callable[..., Case], tmp_path: Path
) -> None:
    show(make_waiting(FLAGGED, category="roster"), "--export", tmp_path / "对照")
    with zipfile.ZipFile(tmp_path / "对照" / "审查表.docx") as package:
        assert "村（社区）公示栏" in package.read("word/document.xml").decode()


def test_a_case_that_was_not_scanned_yet_has_a_review_record_too(
    desk: Desk, tmp_path: Path
) -> None:
    submission = Submission("general", Attribute.PROACTIVE, "zhou")
    case, _ = desk.submit([Incoming(NAME, FLAGGED.encode())], submission)
    assert show(case, "--export", tmp_path / "对照").exit_code == 0
    assert set(lying(tmp_path / "对照")) == {f"原件/{NAME}", "审查表.docx", "审查表.pdf"}


def test_a_category_that_is_gone_is_shown_by_its_key(make_waiting: Callable[..., Case]) -> None:
    assert "roster" in show(make_waiting(FLAGGED, category="roster")).output


def test_the_proposed_attribute_is_told_with_its_ground(
    make_waiting: Callable[..., Case],
) -> None:
    case = make_waiting("关于增加编制的请示\n救助对象苗秋实。")
    assert "建议公开属性：不予公开" in show(case).output
    told = json.loads(show(case, "--json").output)["attribute_proposed"]
    assert (told["attribute"], told["basis"]) == ("withheld", "政府信息公开条例第十六条")


def test_moments_are_told_in_beijing_time(make_waiting: Callable[..., Case]) -> None:
    case = make_waiting(FLAGGED)
    assert "2026-03-05 12:00:00  系统  等待审批" in show(case).output
    told = json.loads(show(case, "--json").output)
    moments = [told["created_at"], *(event["at"] for event in told["history"])]
    assert all(moment.endswith("+08:00") for moment in moments)
