"""Run one engine in this process: a JSON line with texts in, a JSON line with spans out.

The first line out tells the version and how long loading took, or why the engine cannot run.
``python -m bench.runner NAME`` needs nothing but the standard library and that engine.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any


def main() -> None:
    """Answer until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # Engines print greetings: those must not get between the answers.
    os.dup2(2, 1)
    for answer in serve(sys.argv[1], sys.stdin):
        print(json.dumps(answer, ensure_ascii=False), file=answers, flush=True)


def serve(name: str, requests: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Load the engine and yield an answer to each request.

    An engine that does not load ends it with ``error``; texts that it does not take are
    ``refused``, both with its own reason.
    """
    began = time.perf_counter()
    try:
        module = import_module(f"bench.contestants.{name}")
        version, detect = module.load()
    except Exception as error:
        yield {"error": _reason(error)}
        return
    seconds = time.perf_counter() - began
    yield {"title": module.TITLE, "version": version, "seconds": seconds, "peak": peak()}
    for line in requests:
        texts = json.loads(line)["texts"]
        cpu = time.process_time()
        try:
            spans = [detect(text) for text in texts]
        except Exception as error:
            yield {"refused": _reason(error)}
        else:
            yield {"cpu": time.process_time() - cpu, "spans": spans, "peak": peak()}


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}：{error}"


def peak() -> int:
    """Read the greatest memory this process has held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # getrusage would count what the parent held when it started us.
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    main()
