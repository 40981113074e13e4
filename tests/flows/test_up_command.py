"""``review up`` as a person meets it: it starts, says where, and leaves no process behind."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.stack import free_port

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("own_stack")]


@contextmanager
def started(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {
        "REVIEW_HOME": str(home),
        "REVIEW_API_URL": f"http://127.0.0.1:{port}/api",
        "PYTHONUNBUFFERED": "1",
    }
    running = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "up"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    try:
        yield running
    finally:
        if running.poll() is None:
            running.kill()
            running.communicate()


def processes_of(home: Path) -> list[int]:
    """List every process that was told of this home in its environment."""
    needle = f"REVIEW_HOME={home}\0".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            told = needle in (entry / "environ").read_bytes() + b"\0"
            alive = b") Z " not in (entry / "stat").read_bytes()
        except OSError:
            continue
        if told and alive:
            found.append(int(entry.name))
    return found


def gone(home: Path, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while processes_of(home):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def until_ready(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    lines = []
    for line in running.stdout:
        lines.append(line)
        if line.startswith("收件文件夹"):
            break
    return "".join(lines)


def only_sentences(errors: str) -> bool:
    return "Traceback" not in errors


def test_a_terminated_stack_stops_whole_and_a_killed_one_leaves_no_orphan(tmp_path: Path) -> None:
    port = free_port()
    with started(tmp_path, port) as running:
        assert f"http://127.0.0.1:{port}" in until_ready(running)
        assert len(processes_of(tmp_path)) >= 3
        running.send_signal(signal.SIGTERM)
        _, errors = running.communicate(timeout=60)
    assert (running.returncode, gone(tmp_path)) == (0, True), errors
    assert errors.splitlines()[-1] == "已停止。"
    with started(tmp_path, port) as running:
        until_ready(running)
        running.send_signal(signal.SIGKILL)
        running.communicate()
    assert gone(tmp_path)


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        started(tmp_path, taken.getsockname()[1]) as running,
    ):
        _, errors = running.communicate(timeout=60)
    assert (running.returncode, gone(tmp_path)) == (9, True), errors
    assert "端口" in errors
    assert only_sentences(errors)


def test_a_folder_that_somebody_else_watches_stops_the_whole(
    tmp_path: Path, prefect_tables: Callable[[Path], None]
) -> None:
    prefect_tables(tmp_path)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    with (inbox / ".watch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with started(tmp_path, free_port()) as running:
            _, errors = running.communicate(timeout=120)
    assert (running.returncode, gone(tmp_path)) == (10, True), errors
    assert "收件" in errors
    assert only_sentences(errors)


def test_a_home_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with started(tmp_path / "file" / "home", free_port()) as running:
        _, errors = running.communicate(timeout=60)
    assert running.returncode == 9, errors
    assert only_sentences(errors)
