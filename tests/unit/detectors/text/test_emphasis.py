"""Marks of Markdown are no part of a word; stars that mask a value are."""

from __future__ import annotations

import pytest

from detectors.text.normalise import normalise


@pytest.mark.parametrize(
    ("text", "read", "word"),
    [
        ("申请人：**令狐冲**，男", "申请人：令狐冲，男", "令狐冲"),
        ("申请人**令狐冲**于", "申请人令狐冲于", "令狐冲"),
        ("证人~~任盈盈~~到场", "证人任盈盈到场", "任盈盈"),
        ("当事人：*李秀英*，住", "当事人：李秀英，住", "李秀英"),
        ("手机 `13800010000` 和", "手机 13800010000 和", "13800010000"),
        ("***重要***\u200b。", "重要。", "重要"),
        ("申请人：[仪琳](a.html)反映", "申请人：仪琳(a.html)反映", "仪琳"),
        ("申请人：[**仪琳**][1]反映", "申请人：仪琳[1]反映", "仪琳"),
    ],
)
def test_marks_of_emphasis_are_left_out(text: str, read: str, word: str) -> None:
    folded = normalise(text)
    assert folded.text == normalise(read).text
    start = folded.text.index(word)
    assert text[slice(*folded.original(start, start + len(word)))] == word


@pytest.mark.parametrize(
    "text",
    [
        "身份证号码：329826********1234",
        "手机138****1234和139****5678",
        "李*英、王*花",
        "张**和李**到场",
        "姓名：*秀英，*桂花",
        "规格1800*1200*7500",
        "2*3*4",
    ],
)
def test_stars_that_mask_or_multiply_stay(text: str) -> None:
    assert normalise(text).text.count("*") == text.count("*")
