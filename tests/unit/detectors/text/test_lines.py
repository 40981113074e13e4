"""Only the lines that hold a word are looked at, each once, whatever touches them."""

from __future__ import annotations

import re

from detectors.text.lines import lines_at, lines_having, lines_with, occurrences

TEXT = "甲一\n乙二\n丙三\n丁四\n戊五"


def lines(words: str, around: int = 0) -> list[str]:
    return [TEXT[start:end] for start, end in lines_with(TEXT, words, around)]


def test_a_line_is_given_once_however_many_words_it_holds() -> None:
    assert lines("乙二") == ["乙二"]


def test_lines_come_in_their_order_and_apart() -> None:
    assert lines("戊 甲") == ["甲一", "戊五"]


def test_neighbours_come_along_and_join() -> None:
    assert lines("乙", 1) == ["甲一\n乙二\n丙三"]
    assert lines("甲 丙", 1) == ["甲一\n乙二\n丙三\n丁四"]
    assert lines("甲 戊", 1) == ["甲一\n乙二", "丁四\n戊五"]


def test_a_word_in_a_neighbour_takes_its_own_neighbours_along() -> None:
    assert lines("甲 乙", 1) == ["甲一\n乙二\n丙三"]


def test_nothing_held_gives_nothing() -> None:
    assert lines("己") == []
    assert list(lines_with("", "甲")) == []


def test_occurrences_do_not_overlap() -> None:
    assert [at for at, _ in occurrences("aaaa", "aa")] == [0, 2]


def test_lines_that_hold_places_or_a_sign_are_the_same_and_come_with_their_ends():
    text = "甲一\n乙二\n丙甲甲\n丁\n甲"
    stretches = [(0, 3), (6, 10), (12, 13)]
    assert list(lines_at(text, [0, 7, 8, 12])) == stretches
    assert list(lines_having(text, re.compile("甲"))) == stretches
    assert list(lines_having(text, re.compile("戊"))) == []
    assert list(lines_at(text, [8], before=2)) == [(4, 10)]
    assert list(lines_at(text, [8, 12], before=2)) == [(4, 13)]
