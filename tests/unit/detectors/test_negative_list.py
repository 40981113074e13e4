"""The negative list is matched letter by letter, through spaces, in one pass."""

from __future__ import annotations

import time

import pytest

from detectors.base import Passage
from detectors.negative_list import NegativeListRecognizer
from review.finding import Role
from review.policy import Term, TermLevel


def term(text: str, level: TermLevel = TermLevel.STOP, *, unless: tuple[str, ...] = ()) -> Term:
    return Term(text, level, "测试依据", "某条", "owner", "2026-01-01", unless)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("涉及军事禁区坐标的", ["军事禁区"]),
        ("涉及军 事 禁　区坐标", ["军 事 禁　区"]),
        ("涉及軍事禁區坐標", ["軍事禁區"]),
        ("军\u200b事禁区", ["军\u200b事禁区"]),
        ("这一行写得很长所以在这里断开军事\n禁区在下一行还有很多很多很多字", ["军事\n禁区"]),
        ("军事\n禁区", []),
        ("军事", []),
    ],
)
def test_sees_through_spaces_and_wrapped_lines(found, text, expected):
    assert found(NegativeListRecognizer([term("军事禁区")]), text) == expected


def test_ignores_the_case_of_latin_letters(found):
    assert found(NegativeListRecognizer([term("GPS原始数据")]), "gps原始数据") == ["gps原始数据"]


def test_the_role_is_the_level(hits_of):
    recognizer = NegativeListRecognizer([term("甲乙"), term("丙丁", TermLevel.NOTE)])
    assert [hit.role for hit in hits_of(recognizer, "甲乙和丙丁")] == [Role.STOP, Role.NOTE]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("涉及商业秘密的", 0),
        ("涉及秘密的", 1),
        ("商业秘密和秘密", 1),
        ("商 业 秘 密", 0),
        ("业秘密", 1),
    ],
)
def test_a_longer_harmless_phrase_excuses_the_term(found, text, count):
    recognizer = NegativeListRecognizer([term("秘密", unless=("商业秘密",))])
    assert len(found(recognizer, text)) == count


def test_finds_a_term_inside_another_and_across_another(found):
    recognizer = NegativeListRecognizer([term("核设施"), term("核"), term("设施图")])
    assert sorted(found(recognizer, "核设施图")) == ["核", "核设施", "设施图"]


def test_a_harder_term_outscores_a_softer_one_around_it(hits_of):
    recognizer = NegativeListRecognizer([term("核"), term("核设施", TermLevel.NOTE)])
    scores = {hit.role: hit.score for hit in hits_of(recognizer, "核设施")}
    assert scores[Role.STOP] > scores[Role.NOTE]


def test_empty_list_finds_nothing(found):
    assert found(NegativeListRecognizer([]), "任何文字") == []
    assert found(NegativeListRecognizer([term("  ")]), "任何文字") == []


def test_stays_linear_with_many_terms():
    recognizer = NegativeListRecognizer([term(f"甲乙丙{i}号目标") for i in range(3000)])
    passage = Passage("甲乙丙" * 20_000)
    began = time.process_time()
    assert list(recognizer.find(passage)) == []
    assert time.process_time() - began < 2
