"""The model that the rules name is looked for before anything is scanned."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner

from flows.commands.doctor import doctor
from flows.commands.policy import policy
from flows.compose import open_pipeline
from flows.processing.scanned import Incoming
from review.errors import PolicyInvalidError

pytestmark = pytest.mark.usefixtures("doctor_reads_a_picture_once")


def rules(folder: Path, model: str, engine: str = "spacy") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "policy.yaml").write_text(f"nlp:\n  engine: {engine}\n  model: {model}\n")
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Save a pipeline that knows one name by heart."""
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "冰凌花"}])  # type: ignore[attr-defined]
    folder = tmp_path_factory.mktemp("models") / "small"
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def with_model(model: Path, tmp_path: Path) -> Path:
    return rules(tmp_path / "rules", str(model))


@pytest.fixture
def without(tmp_path: Path) -> Path:
    return rules(tmp_path / "rules", "zh_no_such_model")


def test_what_the_model_knows_is_redacted_and_proven_gone(with_model: Path) -> None:
    pipeline = open_pipeline(with_model)
    draft = Incoming("公告.txt", "经查，冰凌花符合条件。".encode())
    (output,) = pipeline.redact(pipeline.scan([draft], "general"))
    assert output.data.decode() == "经查，冰某某符合条件。"


def test_a_missing_model_fails_before_the_first_file(without: Path) -> None:
    with pytest.raises(PolicyInvalidError, match="zh_no_such_model"):
        open_pipeline(without)


def test_scan_says_so_once_writes_nothing_and_exits_8(without: Path, tmp_path: Path) -> None:
    for name in ("一.txt", "二.txt"):
        (tmp_path / name).write_text("关于放假的通知")
    arguments = ["scan", "--json", "--policy", str(without)]
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *arguments, *map(str, tmp_path.glob("*.txt"))],
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (8, "")
    assert done.stderr.count("zh_no_such_model") == 1
    assert "不会自行下载" in done.stderr


def test_policy_check_loads_the_model(with_model: Path, tmp_path: Path) -> None:
    good = CliRunner().invoke(policy, ["check", "--json", "--policy", str(with_model)])
    assert json.loads(good.stdout)["nlp"]["engine"] == "spacy"
    broken = rules(tmp_path / "broken", str(tmp_path))
    bad = CliRunner().invoke(policy, ["check", "--json", "--policy", str(broken)])
    assert isinstance(bad.exception, PolicyInvalidError)
    (problem,) = json.loads(bad.stdout)["problems"]
    assert "无法用 spacy 加载" in problem


def test_policy_show_names_the_engine(with_model: Path, model: Path) -> None:
    shown = CliRunner().invoke(policy, ["show", "--policy", str(with_model)]).output
    assert f"内置识别加 spaCy 模型（{model}）" in shown
    assert "内置识别" in CliRunner().invoke(policy, ["show"]).output


def engine_check(overlay: Path) -> dict[str, object]:
    output = CliRunner().invoke(doctor, ["--json", "--policy", str(overlay)]).output
    (check,) = (c for c in json.loads(output)["checks"] if c["name"].startswith("识别引擎"))
    return dict(check)


def test_the_doctor_says_whether_the_model_loads(with_model: Path, tmp_path: Path) -> None:
    assert engine_check(with_model)["ok"] is True
    missing = engine_check(rules(tmp_path / "missing", "zh_no_such_model"))
    assert (missing["ok"], missing["exit_code"]) == (False, 8)
    assert "装好模型" in str(missing["advice"])
