from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.labelled import TextSet, from_folder, official, policy_prose, weigh
from review.document import Span
from review.errors import InputError
from review.evaluation import PERSONAL, Example, Label, Tally
from review.finding import Entity

PERSON = frozenset({Entity.PERSON})
PLAIN = Example("1", "一二三四五", exhaustive=PERSONAL)
NEWS = Example("2", "张三来了", (Label(Entity.PERSON, Span(0, 2)),), PERSON)


def test_findings_in_a_plain_text_are_false_alarms() -> None:
    spans = [(0, 2, "PERSON"), (3, 5, "PHONE_NUMBER")]

    judgement = weigh(TextSet("t", [PLAIN]), [spans])

    assert judgement.alarms == 2
    assert judgement.alarm_rate == pytest.approx(4000)


def test_names_are_scored_and_what_a_set_does_not_label_is_not_held_against_an_engine() -> None:
    spans = [(0, 3, "PERSON"), (3, 4, "PHONE_NUMBER")]

    judgement = weigh(TextSet("t", [NEWS]), [spans])

    assert dict(judgement.tallies) == {Entity.PERSON: Tally(1, 0, 1, 1, 0, 1)}


def test_only_files_that_label_all_people_are_read_from_a_folder(tmp_path: Path) -> None:
    person = {"start": 0, "end": 2, "label": "PERSON"}
    lines = {
        "news": {"id": "2", "text": "张三来了", "spans": [person], "ann": ["PERSON"]},
        "places": {"id": "2", "text": "青禾县", "spans": [], "ann": ["LOCATION"]},
        "partly": {"id": "2", "text": "张三来了", "spans": [person], "ann": []},
    }
    for name, line in lines.items():
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")

    assert list(from_folder(tmp_path)) == [TextSet("news", [NEWS])]


def test_a_file_that_is_no_labelled_text_is_refused_not_skipped(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("{", encoding="utf-8")

    with pytest.raises(InputError, match="第 1 行"):
        list(from_folder(tmp_path))


def test_our_own_sets_hold_plain_texts_and_people() -> None:
    assert all(example.plain for example in policy_prose().examples)
    assert any(example.plain for example in official().examples)
    assert sum(len(example.labels) for example in official().examples) > 100
