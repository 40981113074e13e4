"""The watch over an inbox: when it is swept, and that one process alone does so."""

from __future__ import annotations

import errno
import fcntl
import logging
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from flows.durable import declared_errors
from flows.intake.inbox import Inbox, Outcome
from review.errors import NotAllowedError

SETTLE_SECONDS = 3.0
TELL_SECONDS = 20.0

_LOCK = ".watch.lock"
_NO_LOCKS_HERE = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS})

log = logging.getLogger(__name__)


def watch(inbox: Inbox, stop_event: Event, poll: bool, report: Callable[[Outcome], None]) -> None:
    """Sweep the inbox until ``stop_event`` is set: at every change and every settle period.

    Events only hasten the next sweep, so a network share that sends none loses nothing; with
    ``poll`` none are asked for. Raises ``NotAllowedError`` where another process already watches.
    """
    with _alone(inbox.root):
        folders, tell_at = inbox.prepare(), inbox.clock()
        for _ in _ticks(folders, inbox.settle, stop_event, poll):
            for outcome in inbox.sweep(inbox.clock()):
                log.info("%s case=%s code=%s", outcome.fate, outcome.case, outcome.code)
                report(outcome)
            if inbox.clock() >= tell_at:
                inbox.tell_sent_back()
                tell_at = inbox.clock() + TELL_SECONDS


def _ticks(
    folders: Collection[Path], pause: float, stop_event: Event, poll: bool
) -> Iterator[None]:
    yield
    if not poll:
        yield from _events(folders, pause, stop_event)
    while not stop_event.wait(pause):
        yield


def _events(folders: Collection[Path], pause: float, stop_event: Event) -> Iterator[None]:
    """Tick at every change; ends where the system gives no events, and polling goes on."""
    import watchfiles

    milliseconds = max(int(pause * 1000), 1)
    try:
        for _ in watchfiles.watch(
            *folders, stop_event=stop_event, rust_timeout=milliseconds, yield_on_timeout=True
        ):
            yield
    except (OSError, RuntimeError) as error:
        log.warning("no file events, polling instead: %s", type(error).__name__)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Let one process at a time watch a folder, where the file system knows locks at all."""
    with declared_errors():
        handle = os.open(root / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise NotAllowedError("这个收件文件夹已有一个进程在收件，请先停止它。") from None
    except OSError as error:
        if error.errno not in _NO_LOCKS_HERE:
            os.close(handle)
            raise
    try:
        yield
    finally:
        os.close(handle)


def is_watched(root: Path) -> bool:
    """Tell whether a process watches a folder now; where there are no locks it may be so."""
    try:
        handle = os.open(root / _LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False
