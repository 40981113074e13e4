from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from flows.processing.sandbox import Sandbox
from flows.scratch import PREFIX, left_over, scratch_folder, sweep
from redact.libreoffice import program

WORKING = """
import subprocess, sys
from flows.scratch import scratch_folder
with scratch_folder() as (folder, held):
    (folder / "draft0.doc").write_text("draft")
    child = subprocess.Popen(["sleep", "60"], pass_fds=(held,) if "child" in sys.argv else ())
    print(child.pid, flush=True)
    child.wait()
"""

COMING_AND_GOING = """
from flows.scratch import scratch_folder
kept = 0
for _ in range(150):
    with scratch_folder() as (folder, _):
        (folder / "draft0.doc").write_text("draft")
        (folder / "out").mkdir()
        kept += (folder / "draft0.doc").read_text() == "draft"
print("kept", kept)
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
            assert left_over() == sweep() == 0
            assert not Path(made[0]).exists()
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", swept_at_once)
    with scratch_folder() as (folder, _):
        assert folder.is_dir()
    assert len(made) == 2


def test_what_is_only_counted_stays(temporary: Path) -> None:
    with working(temporary) as (process, _):
        assert left_over() == 0
        killed(process)
        assert left_over() == left_over() == 1
        assert (folders(temporary)[0] / "draft0.doc").exists()


def test_no_sweep_takes_a_folder_from_many_that_come_and_go(temporary: Path) -> None:
    """Folders are swept again and again while others are made, locked, used and left."""
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", COMING_AND_GOING],
            env=os.environ | {"TMPDIR": str(temporary)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    while any(worker.poll() is None for worker in workers):
        sweep()
        left_over()
    assert [worker.communicate()[0] for worker in workers] == ["kept 150\n"] * 3
    assert not folders(temporary)


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_no_sweep_disturbs_a_sandbox_in_which_libreoffice_works(temporary: Path) -> None:
    document = b"{\\rtf1\\ansi Notice of the office}"
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(Sandbox().read, "notice.rtf", document)
        looks = 0
        while not reading.done():
            assert sweep() == left_over() == 0
            looks += bool(folders(temporary))
        assert reading.result().text == "Notice of the office"
    assert looks
    assert not folders(temporary)


def test_what_only_bears_the_name_is_left_alone(temporary: Path) -> None:
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (temporary / f"{PREFIX}link").symlink_to(elsewhere)
    (temporary / f"{PREFIX}file").write_text("x")
    assert sweep() == 0
    assert len(folders(temporary)) == 2
