from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import pytest

from bench import measure
from bench.engine import Answer, EngineFailedError, Introduction, RefusedError
from bench.labelled import Record, TextSet, from_folder, policy_prose
from bench.measure import Contest, weigh


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


def test_findings_in_unpersonal_text_are_false_alarms_and_others_are_scored() -> None:
    texts = TextSet(
        "t",
        [
            Record("一二三四五", None),
            Record("张三来了", frozenset({(0, 2)})),
            Record("好", frozenset()),
        ],
    )
    spans = [
        [(0, 2, "PERSON"), (0, 2, "CN_ADDRESS"), (3, 4, "PHONE_NUMBER")],
        [(0, 3, "PERSON"), (3, 4, "PHONE_NUMBER")],
        [],
    ]

    accuracy = weigh(texts, Answer(spans, 0.1, 1))

    assert (accuracy.characters, accuracy.alarms, accuracy.names) == (5, 2, 1)
    assert accuracy.exact is not None
    assert accuracy.overlap is not None
    assert (accuracy.exact.f1, accuracy.overlap.f1) == (0.0, 1.0)


def test_only_files_that_label_people_are_read_from_a_folder(tmp_path: Path) -> None:
    person = {"start": 0, "end": 2, "label": "PERSON", "raw": "nr"}
    lines = {
        "news": {"text": "张三来了", "spans": [person], "ann": ["PERSON"]},
        "places": {"text": "青禾县", "spans": [], "ann": ["LOCATION"]},
        "partly": {"text": "张三来了", "spans": [person], "ann": []},
    }
    for name, line in lines.items():
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")

    (news,) = from_folder(tmp_path)

    assert news == TextSet("news", [Record("张三来了", frozenset({(0, 2)}))])


def test_policy_prose_names_nobody() -> None:
    assert {record.people for record in policy_prose().records} == {None}
