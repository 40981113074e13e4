from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import pytest

from bench import measure
from bench.engine import Answer, EngineFailedError, Introduction, RefusedError
from bench.measure import Contest


class Fake:
    """Answer with so many seconds a character; the name tells how."""

    asked: ClassVar[list[tuple[str, int]]] = []

    def __init__(self, name: str) -> None:
        if name == "absent":
            raise EngineFailedError("没有安装好")
        self.name = name
        self.introduction = Introduction(name, "1", 0.0, 1)

    def find(self, texts: Sequence[str]) -> Answer:
        size = sum(map(len, texts))
        Fake.asked.append((self.name, size))
        if self.name == "small" and size > 100:
            raise RefusedError("too large")
        if self.name == "dying" and size > 100:
            raise EngineFailedError("进程中断（-9）")
        return Answer([[] for _ in texts], size * (1.0 if self.name == "slow" else 0.001), 5)

    def close(self) -> None:
        """Nothing runs."""


def contest(monkeypatch: pytest.MonkeyPatch, *names: str) -> Contest:
    monkeypatch.setattr(measure, "Engine", Fake)
    Fake.asked = []
    return Contest(names, lambda _: None)


def test_engines_take_turns_at_every_size(monkeypatch: pytest.MonkeyPatch) -> None:
    both = contest(monkeypatch, "ours", "other")

    both.race((10, 200), rounds=2)

    turns = Fake.asked[2:]  # the first two warm up
    assert turns[:4] == [("ours", 10), ("other", 10), ("ours", 200), ("other", 200)]
    assert turns[4:] == turns[:4]


def test_what_would_take_too_long_is_left_out_and_reckoned(monkeypatch: pytest.MonkeyPatch) -> None:
    race = contest(monkeypatch, "slow")

    race.race((3, 10, 1000), rounds=2)

    slow = race.results["slow"]
    assert sorted(slow.seconds) == [3, 10]
    assert slow.expected(1000) == pytest.approx(1000)
    assert [size for _, size in Fake.asked] == [3, 3, 10, 3]  # a long run is done once


def test_an_engine_that_dies_keeps_its_figures_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    race = contest(monkeypatch, "dying", "other", "absent")

    race.race((10, 200), rounds=1)

    assert race.results["dying"].failed == "进程中断（-9）"
    assert list(race.results["dying"].seconds) == [10]
    assert race.results["absent"].failed == "没有安装好"
    assert sorted(race.results["other"].seconds) == [10, 200]


def test_a_refused_size_is_remembered_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    race = contest(monkeypatch, "small")

    race.race((10, 200), rounds=2)

    assert race.results["small"].refused == {"200 字": "too large"}
    assert not race.results["small"].failed
