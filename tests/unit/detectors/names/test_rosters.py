from __future__ import annotations

import pytest

from detectors.base import Passage
from detectors.names.names import NameRecognizer
from detectors.names.rosters import rosters
from detectors.text.vocabulary import name_statistics, word_list


def found(text: str) -> list[str]:
    hits = rosters(text, word_list(), name_statistics(), lambda start, end: True)
    return [text[hit.start : hit.end] for hit in hits]


def test_what_stands_before_the_amounts_of_a_roster_is_a_name() -> None:
    text = "一组邸老三 12.5亩 1250元 盛世荣 8亩 800元 国富安 6.6亩 二组安菊 3亩 300元"
    assert found(text) == ["邸老三", "盛世荣", "国富安", "安菊"]


def test_a_name_of_a_roster_may_be_a_place_as_well() -> None:
    text = "一组邸老三 12.5亩 二组杨柳青 9亩 三组盛世荣 8亩"
    names = NameRecognizer().find(Passage(text))
    assert "杨柳青" in [text[hit.start : hit.end] for hit in names]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "邸老三 12.5亩",
        "大米 50公斤 白面 30公斤 食油 10公斤 红糖 5斤",
        "会议费 300元 培训费 200元 车辆 900元 房屋 800元 安排 700元",
    ],
)
def test_goods_and_fees_before_amounts_are_none(text: str) -> None:
    assert found(text) == []
