from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import detectors
from detectors.text.vocabulary import (
    UNKNOWN_CHARACTER,
    backward,
    forward,
    name_statistics,
    plain_cost,
    segment,
    word_list,
)

WORDS = {"提高": 8.0, "服务": 8.0, "高": 9.0, "提": 9.0, "服": 9.0, "务": 9.0}
DATA = Path(detectors.__file__).parent / "data"


def test_the_cheapest_reading_is_the_same_from_both_ends() -> None:
    text = "提高服务"
    assert forward(text, WORDS)[-1] == backward(text, WORDS)[0] == 16.0


def test_segmentation_follows_the_cheapest_reading() -> None:
    assert [("提高服务")[a:b] for a, b in segment("提高服务", WORDS)] == ["提高", "服务"]


def test_unknown_characters_have_a_price() -> None:
    assert forward("龘", WORDS)[-1] == UNKNOWN_CHARACTER
    assert forward("", WORDS) == [0.0]


@pytest.mark.parametrize("piece", ["提高", "高服", "提高服", "高服务", "提高服务"])
def test_the_short_price_agrees_with_the_long_one(piece: str) -> None:
    assert plain_cost(piece, WORDS) == forward(piece, WORDS)[-1]


def test_common_surnames_cost_less_than_rare_ones() -> None:
    names = name_statistics()
    assert names.cost("王", "建国") < names.cost("昝", "建国")
    assert names.cost("王", "建国") < names.cost("王", "曱甴")


def test_the_word_list_knows_official_words() -> None:
    assert word_list().get("营商环境", 99.0) < 15
    assert word_list().get("陈志远", 99.0) == 99.0


def test_the_shipped_statistics_are_what_the_script_builds(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("build_statistics", DATA / "build.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.main(tmp_path)
    for name in ("words.txt", "kinds.txt", "given.txt"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()
