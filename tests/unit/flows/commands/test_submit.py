from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.commands import submit as command
from flows.commands import waiting
from review.case import Attribute, Case, Decision, State
from review.errors import UnavailableError, WrongUsageError
from review.plan import Verdict
from tests.fakes.detectors import FailingDetector
from tests.fakes.officers_desk import DRAFT, OfficersDesk

ALL = ("--category", "general", "--attribute", "主动公开", "--officer", "zhou")


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "公告.txt"
    path.write_text(DRAFT)
    return path


def submit(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command.submit, [str(each) for each in arguments])


def only(there: OfficersDesk) -> Case:
    (case,) = there.desk.store.list()
    return case


def test_waiting_ends_with_the_verdict_in_chinese(there: OfficersDesk, draft: Path) -> None:
    told = submit(draft, *ALL, "--wait")
    assert told.exit_code == 0, told.output
    assert f"{draft} → 案件 {only(there).id}，请审核人到" in told.output
    assert told.output.endswith("检测结果：需人工审核。\n")


def test_a_blocked_case_is_told_what_to_do(there: OfficersDesk, draft: Path) -> None:
    draft.write_text("机密★10年\n报告")
    told = submit(draft, *ALL, "--wait").output
    assert "检测结果：已拦截。文中有" in told


def test_a_quarantined_case_is_told_why(
    there: OfficersDesk, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(there.desk.pipeline_in_force(), "detect", FailingDetector().detect)
    told = submit(draft, *ALL, "--wait").output
    assert "检测结果：已隔离。原因：检测时出现内部错误，请管理员检查。" in told
    assert "重新送审" in told


def test_without_waiting_the_case_is_told_as_it_stood(there: OfficersDesk, draft: Path) -> None:
    told = submit(draft, *ALL)
    assert "检测结果" not in told.output
    assert only(there).state is State.AWAITING


def test_the_same_file_again_opens_no_second_case(there: OfficersDesk, draft: Path) -> None:
    submit(draft, *ALL)
    told = submit(draft, *ALL, "--wait").output
    assert f"同一文件已立案 {only(there).id}" in told
    assert "扩展名" not in told


def test_the_same_file_under_another_ending_is_told_both(there: OfficersDesk, draft: Path) -> None:
    submit(draft, *ALL)
    renamed = draft.rename(draft.with_suffix(".pdf"))
    told = submit(renamed, *ALL).output
    assert f"同一文件已立案 {only(there).id}" in told
    assert "扩展名（.pdf）与立案时的（.txt）不同" in told


@pytest.mark.parametrize("text", [" \n\t\n", "\u3000\u3000\n"])
def test_a_file_of_white_space_opens_no_case(there: OfficersDesk, draft: Path, text: str) -> None:
    draft.write_text(text)
    refused = submit(draft, *ALL)
    assert refused.exit_code == 5
    assert "只有空白" in refused.output
    assert there.desk.store.list() == []


def test_ctrl_c_ends_the_waiting_and_tells_the_case(
    there: OfficersDesk, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    there.server.desk = None  # nobody works on it
    monkeypatch.setattr(waiting.time, "sleep", interrupt)
    told = submit(draft, *ALL, "--wait")
    assert told.exit_code == 0
    assert "不再等待，案件照常办理" in told.stderr
    assert f"案件 {only(there).id}" in told.stdout


def test_a_database_that_goes_away_while_waiting_leaves_the_case_told(
    there: OfficersDesk, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(case: str) -> Case:
        raise UnavailableError("数据库连不上，请检查后再试。")

    there.server.desk = None  # nobody works on it
    monkeypatch.setattr(there.desk.store, "get", gone)
    told = submit(draft, *ALL, "--wait")
    assert told.exit_code == 0
    assert "没有等到结果：数据库连不上" in told.stderr
    assert f"案件 {only(there).id}" in told.stdout


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ((), "--category 文件类别、--attribute 公开属性、--officer 送审人工号"),
        (ALL[:4], "缺少 --officer 送审人工号，"),
        (ALL[2:], "缺少 --category 文件类别，"),
    ],
)
def test_off_a_terminal_what_is_missing_is_named_and_nothing_is_asked(
    there: OfficersDesk, draft: Path, given: tuple[str, ...], named: str
) -> None:
    refused = submit(draft, *given)
    assert isinstance(refused.exception, WrongUsageError)
    assert named in refused.exception.message
    assert refused.output == ""


@pytest.mark.parametrize(("more", "named"), [((), "--reason"), (("--reason", "涉密"), "--basis")])
def test_off_a_terminal_a_missing_ground_is_named(
    there: OfficersDesk, draft: Path, more: tuple[str, ...], named: str
) -> None:
    options = ("--category", "general", "--attribute", "不予公开", "--officer", "zhou")
    refused = submit(draft, *options, *more)
    assert isinstance(refused.exception, WrongUsageError)
    assert named in refused.exception.message


def test_a_mark_that_contradicts_is_a_warning_off_a_terminal(
    there: OfficersDesk, draft: Path, tmp_path: Path
) -> None:
    table = tmp_path / "附表.txt"
    table.write_text("附表\n（此件不公开）")
    told = submit(draft, *ALL, "--attach", table, "--json")
    assert told.exit_code == 0
    assert f"{table}：文中标注的是“不予公开”，填报的是“主动公开”，请核对。" in told.stderr
    assert str(draft) not in told.stderr
    assert json.loads(told.stdout)["cases"][0]["case"] == only(there).id


def test_a_mark_that_agrees_is_no_warning(there: OfficersDesk, draft: Path) -> None:
    draft.write_text(DRAFT + "\n（此件公开发布）")
    assert submit(draft, *ALL).stderr == ""


def test_every_file_gets_its_own_answer_and_the_highest_code_wins(
    there: OfficersDesk, draft: Path, tmp_path: Path
) -> None:
    told = submit(draft, tmp_path / "没有.txt", *ALL, "--wait", "--json")
    good, bad = json.loads(told.stdout)["cases"]
    assert (good["case"], good["state"], good["verdict"]) == (
        only(there).id, "awaiting", "flagged",
    )  # fmt: skip
    assert (bad["exit_code"], bad["error"]["code"]) == (5, "input")
    assert told.exit_code == 5


def test_joint_units_and_what_is_forwarded_go_with_the_case(
    there: OfficersDesk, draft: Path, tmp_path: Path
) -> None:
    submit(draft, *ALL)
    source = only(there).id
    other = tmp_path / "转发.txt"
    other.write_text("转发公告\n内容略。")
    told = submit(other, *ALL, "--forwards", source, *("--joint", "wu") * 2, "--wait")
    assert told.exit_code == 0, told.output
    case = there.desk.store.list()[-1]
    assert (case.submission.forwards, case.submission.joint) == (source, ("wu",))
    assert case.step.asked == ("wu",)
    assert case.submission.attribute is Attribute.PROACTIVE


@pytest.mark.parametrize(
    ("option", "told"),
    [(("--joint", "zhou"), "不能是送审人自己"), (("--forwards", "2026-9999"), "没有这个编号")],
)
def test_a_wrong_joint_unit_or_source_opens_no_case(
    there: OfficersDesk, draft: Path, option: tuple[str, str], told: str
) -> None:
    refused = submit(draft, *ALL, *option)
    assert refused.exit_code != 0
    assert told in refused.stderr
    assert there.desk.store.list() == []


def test_a_detector_that_fails_leaves_the_question_without_a_suggestion(
    there: OfficersDesk, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "on_terminal", lambda: True)
    monkeypatch.setattr(there.desk.pipeline_in_force(), "detect", FailingDetector().detect)
    options = [str(draft), "--category", "general", "--officer", "zhou"]
    done = CliRunner().invoke(command.submit, options, input="1\n")
    assert done.exit_code == 0, done.output
    assert "公开属性（读不出文件内容，请自己选）" in done.stderr
    assert "苗秋实" not in done.output
    assert only(there).verdict is Verdict.QUARANTINED


def test_who_is_asked_for_several_files_is_told_that_one_answer_serves_all(
    there: OfficersDesk, draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "on_terminal", lambda: True)
    other = tmp_path / "另一件.txt"
    other.write_text("另一件公告\n内容略。")
    options = [str(draft), str(other), "--category", "general", "--officer", "zhou"]
    done = CliRunner().invoke(command.submit, options, input="1\n")
    assert done.exit_code == 0, done.output
    assert f"共 2 个文件，各项都用于全部文件，建议是按第一个（{draft}）给出的" in done.stderr
    assert [case.submission.attribute for case in there.desk.store.list()] == [
        Attribute.PROACTIVE, Attribute.PROACTIVE,
    ]  # fmt: skip


def test_a_forwarding_is_not_asked_for_the_attribute_that_its_source_has(
    there: OfficersDesk, draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "on_terminal", lambda: True)
    source = there.decide(there.waiting(), Decision.WITHHOLD, "依照条例第十六条不予公开")
    draft.write_text("转发公告\n内容略。")
    options = [str(draft), "--category", "general", "--officer", "zhou", "--forwards", source.id]
    done = CliRunner().invoke(command.submit, options, input="随原件\n条例第十六条\n")
    assert done.exit_code == 0, done.output
    assert f"公开属性：不予公开（转发件随被转发的案件 {source.id}）" in done.stderr
    submission = there.desk.store.list()[-1].submission
    assert (submission.attribute, submission.reason) == (Attribute.WITHHELD, "随原件")


def test_a_forwarding_of_what_is_not_settled_is_asked_for_its_attribute(
    there: OfficersDesk, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "on_terminal", lambda: True)
    source = there.waiting(["另一件\n内容略。"])
    options = [str(draft), "--category", "general", "--officer", "zhou", "--forwards", source.id]
    done = CliRunner().invoke(command.submit, options, input="2\n涉及个人隐私\n")
    assert done.exit_code == 0, done.output
    assert there.desk.store.list()[-1].submission.attribute is Attribute.ON_REQUEST


def test_a_folder_without_files_is_refused(there: OfficersDesk, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    refused = submit(tmp_path / "空", *ALL)
    assert isinstance(refused.exception, WrongUsageError)
    assert "没有文件" in refused.exception.message


def test_a_server_that_is_not_there_is_told_for_each_file(
    there: OfficersDesk, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise UnavailableError("连不上审查服务。")

    monkeypatch.setattr(there.server, "check", refuse)
    refused = submit(draft, *ALL)
    assert refused.exit_code == 9
    assert f"{draft}：连不上审查服务。" in refused.stderr
