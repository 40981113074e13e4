"""A time limit for the detectors: no text, however dense, may keep a worker for an hour.

Parsers run in processes of their own, which can be killed; starting one for every look of the
detectors would take longer than the look. They run in the worker and are interrupted there.
"""

from __future__ import annotations

import ctypes
import threading
import time
from dataclasses import dataclass

from review.document import Document
from review.errors import TooLargeInputError
from review.finding import Finding
from review.ports import Detector

SECONDS = 600
"""Many times what ten megabytes of text, a thousand pages or twenty thousand rows take."""


class _TimeIsUpError(BaseException):
    """Interrupt a detector; nothing that catches ``Exception`` takes it for a fault of its own."""


@dataclass(frozen=True, slots=True)
class TimedDetector:
    """Let ``detector`` look at a document for at most so many ``seconds``.

    They are the process's own: on a busy machine, where it waits for its turn, no time is lost.
    """

    detector: Detector
    seconds: float = SECONDS

    def detect(self, document: Document) -> tuple[Finding, ...]:
        """Return what the detector finds; raises ``TooLargeInputError`` when its time is up."""
        alarm = _Alarm(threading.get_ident(), self.seconds)
        try:
            threading.Thread(target=alarm.watch, name="detection time", daemon=True).start()
            try:
                return self.detector.detect(document)
            finally:
                alarm.silence()
        except _TimeIsUpError:
            raise TooLargeInputError(
                "检测用时超过上限，已停止：文字太多或名单太密；请拆分成几个文件后再提交。"
            ) from None


class _Alarm:
    """Interrupt a thread when the process has worked for so many seconds, unless silenced."""

    def __init__(self, thread: int, seconds: float) -> None:
        self._thread = thread
        self._end = time.process_time() + seconds
        self._lock = threading.Lock()
        self._silent = threading.Event()

    def watch(self) -> None:
        while (left := self._end - time.process_time()) > 0:
            if self._silent.wait(left):
                return
        with self._lock:
            if not self._silent.is_set():
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(self._thread), ctypes.py_object(_TimeIsUpError)
                )

    def silence(self) -> None:
        """Ring no more; what has rung meanwhile arrives within this call."""
        with self._lock:
            self._silent.set()
