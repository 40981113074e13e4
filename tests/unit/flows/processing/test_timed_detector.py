"""A detector that takes too long is stopped with a clear sentence; one in time is left alone."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from functools import partial

import pytest

from flows import compose
from flows.processing.timed_detector import TimedDetector
from review.document import Block, BlockKind, Document, Location
from review.errors import TooLargeInputError
from review.finding import Finding
from tests.fakes.detectors import WordDetector

DRAFT = Document("txt", (Block("苗秋实", Location("body", 0), BlockKind.PARAGRAPH),))


@dataclass(frozen=True)
class _Endless:
    """Look at a document until interrupted, and take no fault for a reason to stop."""

    def detect(self, document: Document) -> tuple[Finding, ...]:
        while True:
            try:
                sum(range(100))
            except Exception:
                continue


def test_what_takes_too_long_is_stopped_with_what_to_do_next() -> None:
    with pytest.raises(TooLargeInputError, match="请拆分成几个文件后再提交") as stopped:
        TimedDetector(_Endless(), 0.05).detect(DRAFT)
    assert stopped.value.exit_code == 5


def test_a_worker_thread_is_stopped_like_any_other() -> None:
    told: list[str] = []

    def look() -> None:
        try:
            TimedDetector(_Endless(), 0.05).detect(DRAFT)
        except TooLargeInputError as error:
            told.append(error.message)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    thread.join(10)
    assert len(told) == 1


def test_what_is_in_time_is_passed_on_and_nothing_rings_afterwards() -> None:
    found = TimedDetector(WordDetector(), 0.05).detect(DRAFT)
    time.sleep(0.1)
    assert found == WordDetector().detect(DRAFT)


def test_the_pipeline_that_everything_uses_has_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    hasty = partial(TimedDetector, seconds=0.05)
    monkeypatch.setattr("flows.processing.timed_detector.TimedDetector", hasty)
    monkeypatch.setattr("detectors.run.build_detector", lambda *_: _Endless())
    with pytest.raises(TooLargeInputError):
        compose.open_pipeline().detect(DRAFT)
