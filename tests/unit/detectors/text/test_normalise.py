"""Normalisation folds disguises away and never loses a place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.text.normalise import fold, normalise, without

ODD = st.text(alphabet="a1张１\u200b\u00ad\ufeff\u3000電\n⽉②ﬁ㎡\ud800\U000e0101", max_size=40)


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("１３８ＡＢｃ：（）", "138ABc:()"),
        ("１３８\u200b００\ufeff１\u00ad３８０００", "13800138000"),
        ("1\u31643\u28008\uffa00\u11600", "13800"),
        ("1\u03053\u17b48\ufffc0\u0332", "1380"),
        ("電話號碼", "电话号码"),
        ("a\u00a0b\u3000c\u2009d", "a b c d"),
        ("2\u20131\u20112", "2-1-2"),
        ("1│3┃8║￨", "1|3|8||"),
        ("⽉⽇⺠", "月日民"),
        ("𝟏𝟑𝟖", "138"),
        ("٣", "3"),
        ("一\u2028二\v三", "一\n二\n三"),
    ],
)
def test_folds(raw, folded):
    assert normalise(raw).text == folded


def test_a_long_text_is_folded_like_its_characters_one_by_one():
    every = "".join(map(chr, range(0x30000)))
    assert fold(every) == "".join(map(fold, every))


def test_a_circled_footnote_number_does_not_join_the_number_before_it():
    assert normalise("13800138000②").text == "13800138000②"
    assert normalise("13800138000²").text == "13800138000²"


def test_what_stands_for_several_characters_stays_one():
    assert normalise("㎡ﬁ").text == "㎡ﬁ"


@given(ODD)
def test_every_character_maps_back_to_where_it_came_from(raw):
    result = normalise(raw)
    for place in range(len(result.text)):
        start, end = result.original(place, place + 1)
        assert end == start + 1
        assert normalise(raw[start:end]).text == result.text[place]
        assert result.folded(start) == place


@given(ODD)
def test_the_ends_map_inside_the_text(raw):
    result = normalise(raw)
    start, end = result.original(0, len(result.text))
    assert 0 <= start <= end <= len(raw)
    assert result.folded(len(raw)) == len(result.text)


@given(ODD)
def test_normalising_twice_changes_nothing(raw):
    assert normalise(normalise(raw).text).text == normalise(raw).text


def test_without_drops_matches_and_keeps_the_way_back():
    result = without("军 事  区", re.compile(" +"))
    assert result.text == "军事区"
    assert [result.original(i, i + 1) for i in range(3)] == [(0, 1), (2, 3), (5, 6)]
