"""Whatever the filter rules out holds no word: the automaton alone would find the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.terms.automaton import TermAutomaton
from detectors.terms.filter import TermFilter

LETTERS = st.text("甲乙丙丁a1", min_size=1, max_size=11)


def plainly(words: list[str], text: str) -> set[tuple[str, int]]:
    return {
        (word, start)
        for word in words
        for start in range(len(text))
        if text.startswith(word, start)
    }


@given(st.lists(LETTERS, max_size=12), st.text("甲乙丙丁a1", max_size=60))
def test_finds_every_word_at_every_place_once(words: list[str], text: str) -> None:
    found = list(TermAutomaton(words).find(text))
    assert set(found) == plainly(words, text)
    assert len(found) == len(set(found))


@given(st.lists(LETTERS, max_size=12), st.text("甲乙丙丁a1", max_size=60))
def test_the_filter_never_leaves_out_a_beginning(words: list[str], text: str) -> None:
    begins = TermFilter(words).begins(text)
    assert begins == sorted(set(begins))
    assert {start for _, start in plainly(words, text)} <= set(begins)


def test_the_filter_leaves_out_nearly_all_of_a_text_without_words() -> None:
    words = [f"甲乙丙{number}号目标" for number in range(20_000)]
    text = "".join(chr(0x4E00 + number * 37 % 6000) for number in range(50_000))
    assert len(TermFilter(words).begins(text)) < 50


@pytest.mark.parametrize("word", ["𠮷野家", "A", "一" * 100])
def test_rare_characters_and_any_length_will_do(word: str) -> None:
    assert list(TermAutomaton([word]).find(f"前{word}后")) == [(word, 1)]
