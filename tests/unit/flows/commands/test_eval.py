from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from flows.cli import cli
from review.errors import InputError, ReviewError

TEXT = "联系电话：13900000001，经费3万元，邮箱未留。"
RECORD = {
    "id": "a",
    "text": TEXT,
    "spans": [
        {"start": 5, "end": 16, "label": "PHONE"},
        {"start": 25, "end": 27, "label": "EMAIL"},
    ],
    "ann": ["PHONE", "EMAIL"],
    "traps": ["3万元"],
    "split": "dev",
}


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(RECORD, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["eval", *map(str, arguments)])


def figures(*arguments: str | Path) -> Any:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_json_tells_what_was_found_and_what_was_missed(labelled: Path) -> None:
    told = figures(labelled)["total"]
    assert told["entities"]["PHONE_NUMBER"]["exact"]["f1"] == 1.0
    assert told["entities"]["EMAIL_ADDRESS"]["exact"]["recall"] == 0.0
    assert told["traps"] == {"all": 1, "found": 0}


def test_the_table_masks_unless_revealed(labelled: Path) -> None:
    done = run(labelled)
    assert done.exit_code == 0
    assert "漏检" in done.stdout
    assert "未留" not in done.stdout
    assert "未留" in run(labelled, "--reveal").stdout


def test_several_files_are_added_up(labelled: Path) -> None:
    told = figures(labelled, labelled)
    assert len(told["files"]) == 2
    assert told["total"]["entities"]["PHONE_NUMBER"]["labels"] == 2
    assert "合计" in run(labelled, labelled).stdout


def test_the_report_is_private_and_the_user_is_told_that_it_is_in_clear(
    labelled: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.html"
    done = run(labelled, "--report", report)
    assert done.exit_code == 0
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert "未留" in report.read_text(encoding="utf-8")
    assert "按原文显示个人信息" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "FILE…"),
        (("set.jsonl", "--report", "/no/such/folder/a.html"), "文件夹不存在"),
        (("set.jsonl", "--report", "set.jsonl"), "以 .html 结尾"),
    ],
)
def test_wrong_usage_is_exit_2_with_a_chinese_sentence(
    arguments: tuple[str, ...], told: str
) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert told in done.output


def test_a_bad_line_is_told_before_anything_is_measured(labelled: Path) -> None:
    with labelled.open("a", encoding="utf-8") as lines:
        lines.write("{}\n")
    done = run(labelled)
    assert isinstance(done.exception, InputError)
    assert done.exception.exit_code == 5
    assert done.exception.message == "第 2 行缺少 id（非空文字），请改正后再试。"
    assert done.stdout == ""


def test_with_several_files_the_bad_one_is_named_by_its_place(
    labelled: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    done = run(labelled, empty)
    assert isinstance(done.exception, ReviewError)
    assert done.exception.message.startswith("第 2 个文件：")


def test_a_split_and_a_skipped_label_are_options(labelled: Path) -> None:
    assert figures(labelled, "--split", "dev")["total"]["records"] == 1
    assert isinstance(run(labelled, "--split", "held-out").exception, InputError)
    labelled.write_text(json.dumps(RECORD | {"ann": ["PET"]}), encoding="utf-8")
    assert isinstance(run(labelled).exception, InputError)
    assert figures(labelled, "--skip-label", "PET")["total"]["records"] == 1
