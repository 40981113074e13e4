from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from flows.scratch import PREFIX, scratch_folder, sweep

WORKING = """
import subprocess, sys
from flows.scratch import scratch_folder
with scratch_folder() as (folder, held):
    (folder / "draft0.doc").write_text("draft")
    child = subprocess.Popen(["sleep", "60"], pass_fds=(held,) if "child" in sys.argv else ())
    print(child.pid, flush=True)
    child.wait()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@contextmanager
def working(temporary: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Start a process that works on a draft; gives it and the number of its child."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORKING, *arguments],
        env=os.environ | {"TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    child = int(process.stdout.readline())
    try:
        yield process, child
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def folders(temporary: Path) -> list[Path]:
    return list(temporary.glob(f"{PREFIX}*"))


def killed(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def test_what_a_killed_process_leaves_of_a_draft_is_swept(temporary: Path) -> None:
    with working(temporary) as (process, _):
        killed(process)
        assert [f.name for f in folders(temporary)[0].iterdir()] == ["draft0.doc"]
        assert sweep() == 1
        assert not folders(temporary)


def test_the_folder_of_a_living_process_is_left_alone(temporary: Path) -> None:
    with working(temporary):
        assert sweep() == 0
        assert (folders(temporary)[0] / "draft0.doc").exists()


def test_a_folder_in_which_a_child_works_on_is_left_alone_until_it_ends(temporary: Path) -> None:
    with working(temporary, "child") as (process, child):
        killed(process)
        assert sweep() == 0
        os.kill(child, signal.SIGKILL)
        deadline = time.monotonic() + 5
        while not sweep() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not folders(temporary)


def test_a_folder_that_a_sweep_took_before_it_was_held_is_replaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make, made = tempfile.mkdtemp, []

    def swept_at_once(prefix: str) -> str:
        made.append(make(prefix=prefix))
        if len(made) == 1:
            assert sweep() == 1
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", swept_at_once)
    with scratch_folder() as (folder, _):
        assert folder.is_dir()
    assert len(made) == 2


def test_what_only_bears_the_name_is_left_alone(temporary: Path) -> None:
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (temporary / f"{PREFIX}link").symlink_to(elsewhere)
    (temporary / f"{PREFIX}file").write_text("x")
    assert sweep() == 0
    assert len(folders(temporary)) == 2
