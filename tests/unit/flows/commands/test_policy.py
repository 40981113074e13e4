"""``review policy`` checks, shows and compares the rules, for people and for machines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.commands.policy import policy
from review.errors import PolicyInvalidError, WrongUsageError

START = "from flows.cli import main; main()"


@pytest.fixture(autouse=True)
def _no_rules_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REVIEW_POLICY", raising=False)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Lay down an office's own rules: guides need a person, one more public number."""
    (tmp_path / "categories").mkdir()
    (tmp_path / "categories" / "service_guide.yaml").write_text("on_clean: sign_off\n")
    (tmp_path / "allow.yaml").write_text("telephones: [12399]\n")
    return tmp_path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    (tmp_path / "policy.yaml").write_text("versoin: 1\nfloors: []\n")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(policy, arguments)


def test_check_says_in_one_line_that_all_is_well(own: Path) -> None:
    result = run("check", "--policy", str(own))
    assert result.exit_code == 0
    assert result.stdout.startswith("规则没有问题：22 个类别")
    assert result.stdout.count("\n") == 1


def test_check_raises_with_every_problem(bad: Path) -> None:
    error = run("check", "--policy", str(bad)).exception
    assert isinstance(error, PolicyInvalidError)
    assert len(error.problems) == 2


def test_check_tells_machines_too(own: Path) -> None:
    good = json.loads(run("check", "--json").stdout)
    assert good["valid"]
    assert good["problems"] == []
    (own / "allow.yaml").write_text("phones: []\n")
    told = json.loads(run("check", "--policy", str(own), "--json").stdout)
    assert not told["valid"]
    assert told["problems"][0].startswith("allow.yaml 第 1 行，phones：")


def test_the_command_line_prints_problems_and_exits_8(bad: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START, "policy", "check", "--policy", str(bad)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 8
    assert done.stdout == ""
    assert "policy.yaml 第 1 行" in done.stderr
    assert "policy.yaml 第 2 行" in done.stderr


def test_show_lists_the_categories_and_the_floor() -> None:
    result = run("show")
    assert result.exit_code == 0
    assert "行政处罚决定" in result.output
    assert "底线" in result.output
    assert "\x1b" not in result.output


def test_show_prints_the_matrix_of_a_category_in_chinese() -> None:
    output = run("show", "--category", "administrative_penalty").output
    row = next(line for line in output.splitlines() if "被处罚人" in line)
    assert "姓名" in row
    assert "保留" in row
    assert "行政处罚法第四十八条" in row
    assert "本类别" in row


def test_show_gives_machines_the_whole_matrix() -> None:
    shown = json.loads(run("show", "--category", "bid_award", "--json").stdout)
    cells = {(c["entity"], c["role"]): c for c in shown["matrix"]}
    assert cells["PERSON", "bidder"]["action"] == "keep"
    assert cells["PERSON", "minor"]["origin"] == "floor"
    assert cells["CN_ID_CARD", None]["form"] == "2+*************+3"
    assert len(json.loads(run("show", "--json").stdout)["categories"]) == 22


def test_an_unknown_category_is_named_with_the_known_ones() -> None:
    error = run("show", "--category", "penalty").exception
    assert isinstance(error, WrongUsageError)
    assert "administrative_penalty" in error.message


def test_diff_says_what_became_weaker_and_stronger(own: Path) -> None:
    output = run("diff", "builtin", str(own)).output
    weaker = next(line for line in output.splitlines() if "变松" in line)
    stronger = next(line for line in output.splitlines() if "变严" in line)
    assert "12399" in weaker
    assert "办事指南" in stronger
    assert "共 2 处变化，其中变松或去掉 1 处。" in output


def test_diff_of_the_same_rules_says_so() -> None:
    assert run("diff", "builtin", "builtin").output == "两套规则的效果相同。\n"


def test_diff_tells_machines(own: Path) -> None:
    told = json.loads(run("diff", "builtin", str(own), "--json").stdout)
    assert [change["kind"] for change in told["changes"]] == ["weaker", "stronger"]
    assert told["old"] != told["new"]


def test_diff_with_a_missing_directory_is_refused(tmp_path: Path) -> None:
    error = run("diff", "builtin", str(tmp_path / "nowhere")).exception
    assert isinstance(error, PolicyInvalidError)
    assert "不存在" in error.message


def test_the_whole_list_is_shown_to_machines_with_every_condition() -> None:
    told = json.loads(CliRunner().invoke(policy, ["show", "--json"]).stdout)
    term = next(each for each in told["negative_list"] if each["text"] == "军事禁区")
    assert told["terms"] == len(told["negative_list"])
    assert term["category"] == "国家安全"
    assert "坐标" in term["near"]


def test_many_notices_are_cut_short_for_people_alone(tmp_path: Path) -> None:
    entry = (
        "  - {{term: 蓝湖{}期, level: note, category: 其他, basis: 条例, owner: 甲, "
        "since: 2020-01-01, until: 2020-12-31}}\n"
    )
    (tmp_path / "terms.yaml").write_text("terms:\n" + "".join(map(entry.format, range(25))))
    shown = CliRunner().invoke(policy, ["check", "--policy", str(tmp_path)]).output
    assert shown.count("已于 2020-12-31 停用") == 20
    assert "另有 5 处" in shown
    told = CliRunner().invoke(policy, ["check", "--policy", str(tmp_path), "--json"]).stdout
    assert len(json.loads(told)["notices"]) == 25
