"""Processes of a test's own: forked, so that none has to import everything anew.

Close every SQLite connection before forking: the library's notes on its locks would be copied.
"""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Sequence

_SECONDS = 60
"""The age at which a process that hangs is killed."""


def processor_seconds() -> float:
    """Give the processor time of this process and of its children that have ended.

    What others do meanwhile does not count, so that tests may share a machine.
    """
    return sum(os.times()[:4])


def run_in_process(job: Callable[[], object]) -> int:
    """Run a job in a process of its own; return its exit code, negative for a signal."""
    (code,) = run_at_once([job])
    return code


def run_at_once(jobs: Sequence[Callable[[], object]]) -> list[int]:
    """Run each job in a process of its own, none before all are there; return the exit codes."""
    gate, opener = os.pipe()
    started = []
    for job in jobs:
        pid = os.fork()
        if pid == 0:
            os.close(opener)
            _live(job, gate)
        started.append(pid)
    os.close(gate)
    os.close(opener)
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in started]


def _live(job: Callable[[], object], gate: int) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(_SECONDS)
    code = 1
    try:
        os.read(gate, 1)
        job()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)
