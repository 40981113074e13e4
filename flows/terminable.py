"""Ending a command from outside: what it has begun is undone as after Ctrl-C."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def terminable() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the block as Ctrl-C does.

    Children are stopped and scratch folders, which may hold a draft, are removed.
    """

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    with ExitStack() as restored:
        for number in (signal.SIGTERM, signal.SIGHUP):
            restored.callback(signal.signal, number, signal.signal(number, interrupt))
        yield
