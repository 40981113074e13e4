"""Talk to an engine in a process and an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

from bench.contestants import OURS, Span

ROOT = Path(__file__).parents[1]
PATIENCE = 240.0
"""Seconds that loading or one answer may take before the engine counts as stuck."""
# One thread each: what is compared is one process on one core.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), "1")


class EngineFailedError(Exception):
    """Say why an engine cannot go on."""


class RefusedError(Exception):
    """Say why an engine did not take a text; it may take the next one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what an engine found in each text, and what it took: processor seconds and bytes."""

    spans: Sequence[Sequence[Span]]
    cpu: float
    peak: int


@dataclass(frozen=True, slots=True)
class Introduction:
    """Hold what an engine says of itself; ``memory`` is what it holds when loaded, in bytes."""

    title: str
    version: str
    seconds: float
    memory: int


def interpreter(name: str) -> Path:
    """Give the Python of an engine's own environment; ours is the one that runs here."""
    if name == OURS:
        return Path(sys.executable)
    return ROOT / ".venv-bench" / name / "bin" / "python"


class Engine:
    """Keep one engine running; loading is over when this is made.

    Raises ``EngineFailedError`` where it is not installed, does not load or dies, then and later.
    """

    def __init__(self, name: str, python: Path | None = None) -> None:
        python = python or interpreter(name)
        if not python.exists():
            raise EngineFailedError("没有安装好，请先运行 make bench")
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._process = subprocess.Popen(
            [str(python), "-m", "bench.runner", name],
            cwd=ROOT,
            env={**os.environ, **_ONE_THREAD, "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            encoding="utf-8",
        )
        said = self._read()
        self.introduction = Introduction(
            said["title"], said["version"], said["seconds"], said["peak"]
        )

    def find(self, texts: Sequence[str]) -> Answer:
        """Let the engine look at texts, one after the other.

        Raises ``RefusedError`` where it does not take one of them.
        """
        assert self._process.stdin is not None
        try:
            print(json.dumps({"texts": texts}), file=self._process.stdin, flush=True)
        except OSError:
            raise EngineFailedError(self._last_words()) from None
        said = self._read()
        if "refused" in said:
            raise RefusedError(said["refused"])
        spans = [[(start, end, entity) for start, end, entity in one] for one in said["spans"]]
        return Answer(spans, said["cpu"], said["peak"])

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()
        self._errors.close()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        alarm = Timer(PATIENCE, self._process.kill)
        alarm.start()
        try:
            line = self._process.stdout.readline()
        finally:
            alarm.cancel()
        said: dict[str, Any] = json.loads(line) if line else {"error": self._last_words()}
        if "error" in said:
            self.close()
            raise EngineFailedError(said["error"])
        return said

    def _last_words(self) -> str:
        code = self._process.wait()
        self._errors.seek(0)
        lines = self._errors.read().strip().splitlines()
        return f"进程中断（{code}）{'：' + lines[-1] if lines else ''}"
