from __future__ import annotations

import time

import pytest

from detectors.names.told_lists import counted, given_posts
from detectors.text.vocabulary import name_statistics, word_list


def found(text: str) -> list[str]:
    readers = (counted, given_posts)
    hits = [hit for read in readers for hit in read(text, word_list(), name_statistics())]
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("火灾致金秋、白鸽、田野三人受伤。", ["金秋", "白鸽", "田野"]),
        ("塌方造成冬梅、金小荷、白露3人遇难。", ["冬梅", "金小荷", "白露"]),
        ("民警救出毛竹、石榴2人。", ["毛竹", "石榴"]),
    ],
)
def test_a_list_behind_a_verb_that_counts_as_many_people_as_it_has_names_them(
    text: str, names: list[str]
) -> None:
    assert found(text) == names


def test_where_households_are_counted_common_words_are_names() -> None:
    assert found("本次征收康乐、时光、温暖3户房屋。") == ["康乐", "时光", "温暖"]
    assert found("拆迁康庄、高山、温暖3户。") == ["康庄", "高山", "温暖"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("村里雇用平安、时光、温暖为护路员。", ["平安", "时光", "温暖"]),
        ("会议推选高峰、平安和安宁为村民代表。", ["高峰", "平安", "安宁"]),
    ],
)
def test_whoever_is_hired_or_elected_is_named(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "设会计、文秘、出纳3人。",
        "需要文秘、司炉、水暖3人。",
        "抽调公安、安监、环保3人组成检查组。",
        "走访低保、特困、残疾3户。",
        "新增规上工业、商贸、房产3户。",
        "搬迁马庄、李庄、王庄3户。",
        "评选平安、和谐、文明为示范村。",
        "选聘大学生、退役军人、党员为网格员。",
        "聘用常年、临时、季节工为保洁员。",
    ],
)
def test_callings_kinds_and_villages_are_nobody(text: str) -> None:
    assert found(text) == []


def test_long_lists_take_time_by_their_length_alone() -> None:
    text = "造成" + "金秋、" * 60_000
    begun = time.process_time()
    assert found(text) == []
    assert time.process_time() - begun < 2
