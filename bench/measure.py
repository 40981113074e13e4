"""Measure engines in turn: time by size, memory, false alarms, F1 of names.

Runs are interleaved, so that what else the machine does hits all alike; of several rounds, each
on other words, the best counts. Time is processor time: all engines run on one core.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.corpus import documents
from bench.engine import Answer, Engine, EngineFailedError, Introduction, RefusedError
from bench.labelled import TextSet, weigh
from review.evaluation import Judgement

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
ROUNDS = 3
ONCE = 4.0
"""A run that takes longer than this many seconds is done in the first round only."""
TOO_LONG = 45.0
"""A run that would take longer is not done at all: the figure is extrapolated and marked."""
_WARM_UP = 0


@dataclass(slots=True)
class Result:
    """Collect what one engine showed; ``failed`` says why it stopped, ``refused`` what and why.

    ``rates`` are the characters a second on labelled texts, one document after the other.
    """

    name: str
    introduction: Introduction | None = None
    seconds: dict[int, float] = field(default_factory=dict)
    peak: int = 0
    judgements: dict[str, Judgement] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)
    failed: str = ""
    refused: dict[str, str] = field(default_factory=dict)

    def expected(self, size: int) -> float:
        """Guess the seconds for a size from the largest one measured, in proportion."""
        done = max((each for each in self.seconds if each <= size), default=0)
        return self.seconds[done] * size / done if done else 0.0


class Contest:
    """Run the engines with these names and collect their results."""

    def __init__(self, names: Sequence[str], tell: Callable[[str], None]) -> None:
        self.results = {name: Result(name) for name in names}
        self._engines: dict[str, Engine] = {}
        self._tell = tell
        for name in names:
            self._start(name)

    def race(self, sizes: Sequence[int] = SIZES, rounds: int = ROUNDS) -> None:
        """Time every engine on every size it can do in time."""
        warm = documents(sizes[0], _WARM_UP)
        for name in list(self._engines):
            self._find(name, [warm], "试跑")
        for number in range(1, rounds + 1):
            for size in sizes:
                text = documents(size, number)
                self._tell(f"第 {number} 轮，{size} 字")
                for name in list(self._engines):
                    limit = TOO_LONG if number == 1 else ONCE
                    if self.results[name].expected(size) <= limit:
                        self._time(name, size, text)

    def judge(self, texts: TextSet) -> None:
        """Let every engine look at labelled texts and count what it got right."""
        self._tell(f"标注文本：{texts.name}")
        for name in list(self._engines):
            answer = self._find(name, [each.text for each in texts.examples], texts.name)
            if answer is not None:
                judgement = weigh(texts, answer.spans)
                self.results[name].judgements[texts.name] = judgement
                self.results[name].rates[texts.name] = judgement.characters / answer.cpu

    def close(self) -> None:
        """End all processes."""
        for engine in self._engines.values():
            engine.close()

    def _start(self, name: str) -> None:
        self._tell(f"启动 {name}")
        try:
            self._engines[name] = Engine(name)
        except EngineFailedError as error:
            self.results[name].failed = str(error)
        else:
            self.results[name].introduction = self._engines[name].introduction

    def _time(self, name: str, size: int, text: str) -> None:
        answer = self._find(name, [text], f"{size:,} 字")
        if answer is not None:
            result = self.results[name]
            result.seconds[size] = min(answer.cpu, result.seconds.get(size, answer.cpu))
            result.peak = answer.peak

    def _find(self, name: str, texts: Sequence[str], what: str) -> Answer | None:
        try:
            return self._engines[name].find(texts)
        except RefusedError as error:
            self.results[name].refused[what] = str(error)
        except EngineFailedError as error:
            self.results[name].failed = str(error)
            del self._engines[name]
        return None
