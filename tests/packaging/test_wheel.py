"""The wheel stands on its own: built, installed into a clean environment, used elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("review", "detectors", "redact", "policies", "flows")
pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path, ok: tuple[int, ...] = (0,)) -> str:
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True
    )
    assert done.returncode in ok, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def clean_bin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a new environment that borrows only the locked dependencies."""
    place = tmp_path_factory.mktemp("wheel")
    source = place / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, source)
    for name in PACKAGES:  # a copy: what an earlier build left behind must not get in
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, source / name, ignore=ignore)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place]
    run(*build, source, cwd=place)
    (wheel,) = place.glob("*.whl")
    run(sys.executable, "-m", "venv", place / "venv", cwd=place)
    python = place / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=place)
    own = run(python, "-c", "import sysconfig;print(sysconfig.get_path('purelib'))", cwd=place)
    # Path files inside a folder named by a path file are not read: our editable install stays out.
    (Path(own.strip()) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python.parent


def test_the_wheel_brings_every_package_and_its_data(clean_bin: Path, tmp_path: Path) -> None:
    code = "import flows, review, detectors, redact, policies; print(flows.__file__)"
    assert str(clean_bin.parent) in run(clean_bin / "python", "-c", code, cwd=tmp_path)
    assert "scan" in run(clean_bin / "review", "--help", cwd=tmp_path)
    run(clean_bin / "review", "policy", "check", cwd=tmp_path)


def test_the_wheel_scans_and_redacts_outside_the_repository(
    clean_bin: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "通知.txt"
    draft.write_text("联系电话：13912345678\n", encoding="utf-8")
    found = run(clean_bin / "review", "scan", "--json", draft, cwd=tmp_path, ok=(3,))
    assert "PHONE_NUMBER" in found
    run(clean_bin / "review", "redact", draft, "-o", tmp_path / "out", cwd=tmp_path)
    assert "13912345678" not in (tmp_path / "out" / "通知.txt").read_text(encoding="utf-8")


def test_the_wheel_brings_the_page_of_an_evaluation(clean_bin: Path, tmp_path: Path) -> None:
    labelled = tmp_path / "set.jsonl"
    labelled.write_text('{"id": "a", "text": "放假通知", "spans": []}\n', encoding="utf-8")
    report = tmp_path / "report.html"
    run(clean_bin / "review", "eval", labelled, "--report", report, cwd=tmp_path)
    assert "检测评测报告" in report.read_text(encoding="utf-8")


def test_the_wheel_keeps_its_case_store(clean_bin: Path, tmp_path: Path) -> None:
    added = run(clean_bin / "review", "staff", "add", "zhou", "--role", "officer", cwd=tmp_path)
    assert "zhou" in added
    run(clean_bin / "review", "audit", "verify", cwd=tmp_path)
