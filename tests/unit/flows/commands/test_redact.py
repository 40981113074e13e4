from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands import redact as command
from flows.processing.pipeline import Pipeline
from redact.operators import PublishedForms
from review.document import Note, Severity
from review.finding import Entity, Role
from review.policy import Action, Rule
from tests.fakes.detectors import WordDetector
from tests.fakes.policies import small_policy
from tests.fakes.workers import TextWorker

PERSONAL = "关于救助的公告\n救助对象苗秋实，13900000001。"


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> TextWorker:
    worker = TextWorker()
    pipeline = Pipeline(worker, WordDetector, small_policy(), PublishedForms)
    monkeypatch.setattr(command, "open_pipeline", lambda _: pipeline)
    return worker


def redact(folder: Path, text: str, *options: str) -> str:
    draft = folder / "公告.txt"
    draft.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(command.redact, (str(draft), "-o", str(folder / "out"), *options))
    assert done.exit_code == 0, done.output
    return done.output


def test_a_flagged_file_tells_its_counts_and_asks_for_a_look(
    worker: TextWorker, tmp_path: Path
) -> None:
    told = redact(tmp_path, PERSONAL)
    assert "公告.txt（检出 2 处，已处理 2 处，请核对后再公开）" in told
    (file,) = json.loads(redact(tmp_path, PERSONAL, "--json"))["files"]
    assert (file["found"], file["changed"], file["needs_person"]) == (2, 2, True)


def test_a_clean_file_asks_for_nothing(worker: TextWorker, tmp_path: Path) -> None:
    assert "（检出 0 处，已处理 0 处）" in redact(tmp_path, "放假通知")


def test_what_is_kept_counts_as_found_only(worker: TextWorker, tmp_path: Path) -> None:
    assert "（检出 1 处，已处理 0 处" in redact(tmp_path, "苗局长讲话")


def test_a_doubt_of_the_reader_asks_for_a_look(worker: TextWorker, tmp_path: Path) -> None:
    worker.notes = (Note("picture", "有图片，请人工查看。", Severity.PERSON),)
    assert "（检出 0 处，已处理 0 处，请核对后再公开）" in redact(tmp_path, "放假通知")


HIDDEN_ROWS = Note("hidden_shown", "有隐藏的行，已取消隐藏。", Severity.PERSON)
CLEANED = Note("properties_dropped", "文档属性已去掉。")


def test_what_a_person_must_look_at_is_printed_and_the_rest_counted(
    worker: TextWorker, tmp_path: Path
) -> None:
    worker.notes = (CLEANED, HIDDEN_ROWS)
    told = redact(tmp_path, "放假通知").splitlines()
    assert told[1] == "  请核对 1/1：有隐藏的行，已取消隐藏。"
    assert not any("文档属性" in line for line in told)
    held = json.loads((tmp_path / "out" / "公告.txt.report.json").read_text())["notes"]
    assert told[2:] == [f"  另有 {len(held) - 1} 项说明，见同名的 .report.json。"]


def test_a_note_of_reader_and_writer_is_told_once(worker: TextWorker, tmp_path: Path) -> None:
    worker.notes = worker.written = (HIDDEN_ROWS,)
    (file,) = json.loads(redact(tmp_path, "放假通知", "--json"))["files"]
    report = json.loads((tmp_path / "out" / "公告.txt.report.json").read_text())
    assert file["notes"] == report["notes"]
    assert [note["code"] for note in report["notes"]].count("hidden_shown") == 1


def test_what_a_person_is_to_decide_on_is_named_with_its_place(
    worker: TextWorker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asks = Rule(Entity.PERSON, None, Action.REVIEW, "条例第十五条", "surname", Action.REPLACE)
    keeps = Rule(Entity.PERSON, Role.OFFICIAL, Action.REVIEW, "条例第二十条", "", Action.KEEP)
    policy = replace(small_policy(), defaults=(asks, keeps))
    pipeline = Pipeline(worker, WordDetector, policy, PublishedForms)
    monkeypatch.setattr(command, "open_pipeline", lambda _: pipeline)
    told = redact(tmp_path, "关于救助的公告\n苗秋实，苗局长。").splitlines()
    assert "  请判断 2 处：F1 姓名（第2段，先按建议处理）、F2 姓名（第2段，暂时保留）。" in told
    assert "请判断" not in redact(tmp_path, "放假通知")
