from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("arguments", [("cases",), ("staff", "list"), ("show", "2026-0001")])
def test_a_home_that_cannot_be_made_is_one_sentence_and_exit_9(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    env = os.environ | {"REVIEW_HOME": str(tmp_path / "file" / "home")}
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *arguments], env=env, capture_output=True
    )
    assert done.returncode == 9
    assert done.stderr.decode().startswith("错误：数据目录无法读写")
    assert done.stderr.decode().count("\n") == 1
