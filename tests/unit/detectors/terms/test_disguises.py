"""Characters taken apart and characters in pinyin are read back, and plain text is left alone."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import detectors
from bench.corpus import prose
from detectors.terms.automaton import TermAutomaton
from detectors.terms.disguises import PinyinWords, split_words
from detectors.terms.letters import letters_of
from detectors.text.vocabulary import word_list

DATA = Path(detectors.__file__).parent / "data"
WORDS = ["国家秘密", "机密件", "蓝湖"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("国家禾必密", [("国家秘密", 0, 5)]),
        ("前木几宓山件后", [("机密件", 1, 6)]),
        ("国家秘密", []),
        ("禾必", []),
        ("女子国家禾必密", [("国家秘密", 2, 7)]),
    ],
)
def test_halves_are_joined(text: str, found: list[tuple[str, int, int]]) -> None:
    assert list(split_words(TermAutomaton(WORDS), text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("国jia秘密", [("国家秘密", 0, 6)]),
        ("guojiamimi", [("国家秘密", 0, 10)]),
        ("jue密guo2jia1mi4mi4的", [("国家秘密", 4, 17)]),
        ("蓝hu", [("蓝湖", 0, 3)]),
        ("lanhu", []),
        ("蓝hub", []),
        ("懒hu", []),
        ("国家秘密", []),
    ],
)
def test_pinyin_is_read_with_what_stands_beside_it(
    text: str, found: list[tuple[str, int, int]]
) -> None:
    assert list(PinyinWords(WORDS).find(text)) == found


def test_plain_official_text_looks_like_no_disguise_of_any_everyday_word() -> None:
    words = [word for word in word_list() if len(word) > 1][:30_000]
    plain = (Path(__file__).parents[4] / "bench" / "official.txt").read_text("utf-8")
    for text in (letters_of(plain.lower()).text, letters_of(prose(50_000)).text):
        assert list(split_words(TermAutomaton(words), text)) == []
        assert list(PinyinWords(words).find(text)) == []


def test_two_halves_stand_for_one_character_only() -> None:
    lines = (DATA / "split.txt").read_text("utf-8").splitlines()
    halves = [way for line in lines for way in line.split()[1:]]
    assert len(halves) == len(set(halves))
    assert all(len(way) == 2 for way in halves)


def test_the_readings_are_what_the_script_writes(tmp_path: Path) -> None:
    pytest.importorskip("pypinyin")
    spec = importlib.util.spec_from_file_location("pinyin", DATA / "build_pinyin.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path / "pinyin.txt")
    assert (tmp_path / "pinyin.txt").read_bytes() == (DATA / "pinyin.txt").read_bytes()
