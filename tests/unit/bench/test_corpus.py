from __future__ import annotations

import re

from bench.corpus import documents, prose
from review.checks import id_card


def test_the_same_seed_writes_the_same_text() -> None:
    assert documents(20_000, 3) == documents(20_000, 3)
    assert prose(20_000, 3) == prose(20_000, 3)


def test_another_seed_writes_other_sentences() -> None:
    mine, other = set(documents(20_000, 3).split("\n")), set(documents(20_000, 4).split("\n"))

    assert not mine & other


def test_a_text_is_exactly_as_long_as_asked() -> None:
    assert [len(documents(size)) for size in (1, 999, 10_000)] == [1, 999, 10_000]


def test_a_shorter_text_is_the_beginning_of_a_longer_one() -> None:
    assert documents(30_000).startswith(documents(10_000))


def test_documents_hold_people_and_prose_holds_none() -> None:
    number = re.compile(r"(?<!\d)\d{17}[\dX]|(?<!\d)1\d{10}(?!\d)|@")

    assert len(number.findall(documents(10_000))) > 20
    assert not number.search(prose(50_000))
    cards = re.findall(r"号码(\d{17}[\dX])", documents(10_000))
    assert cards
    assert all(map(id_card, cards))


def test_no_slot_is_left_unfilled() -> None:
    assert not re.search(r"[{}]", documents(100_000) + prose(100_000))
