"""People spoken of by less than their name, and words that only look like it."""

from __future__ import annotations

import time

import pytest

from detectors.names.mentions import Address, given_alone, mentions, titles_beside

SURNAMES = {
    "张",
    "王",
    "李",
    "陈",
    "顾",
    "赵",
    "孙",
    "欧阳",
    "安",
    "财",
    "高",
    "康",
    "区",
    "马",
    "师",
    "班",
}


def told(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.letters) for m in mentions(text, SURNAMES)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("张局长强调", [("张", "张局长")]),
        ("陈副县长与欧阳院长", [("陈", "陈县长"), ("欧阳", "欧阳院长")]),
        ("班主任李老师说", [("李", "李老师")]),
        ("与王姓男子争执", [("王姓", "王姓男子")]),
        ("向张女士、顾先生了解", [("张", "张女士"), ("顾", "顾先生")]),
        ("老王找到小李", [("老王", "老王"), ("小李", "小李")]),
    ],
)
def test_an_address_tells_a_surname(text: str, found: list[tuple[str, str]]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "公安局长与财政局局长",
        "高校长期坚持",
        "全面建成小康社会",
        "小区车位，小马过河，老师傅",
        "副书记、项目经理、班主任、常务副主任",
        "",
    ],
)
def test_words_that_look_like_it_are_none(text: str) -> None:
    assert told(text) == []


def test_only_the_surnames_that_are_asked_for_are_looked_for() -> None:
    assert list(mentions("张局长与李先生", ())) == []
    assert [m.letters for m in mentions("张局长与李先生", {"李"})] == ["李先生"]


def test_an_address_tells_the_sex_where_it_does() -> None:
    sexes = [m.sex for m in mentions("王女士、李先生、赵姓女子、孙老师", SURNAMES)]
    assert sexes == ["女", "男", "女", ""]


@pytest.mark.parametrize(
    ("before", "after", "titles"),
    [
        ("县财政局副局长", "", {"局长"}),
        ("", "局长主持", {"局长"}),
        ("", "，县财政局局长，主持", {"局长"}),
        ("", "同志任县长", {"县长"}),
        ("", "（镇长）", {"镇长"}),
        ("", "反映，张局长回复", set()),
        ("", "，张局长回复", set()),
        ("", "向村支书反映", set()),
        ("", "同志：您好！您通过书记信箱反映", set()),
        ("局长、村民", "，男", set()),
    ],
)
def test_a_title_counts_only_where_it_is_joined_to_the_name(
    before: str, after: str, titles: set[str]
) -> None:
    assert titles_beside(before, after) == titles


def test_a_given_name_alone_is_found_between_the_ends_of_words() -> None:
    text = "女儿芷汀，芷汀同志，覃芷汀与王芷汀；芷汀学校"
    found = [(m.start, m.kind) for m in given_alone(text, {"芷汀"})]
    assert found == [(2, Address.GIVEN), (5, Address.GIVEN)]


def test_a_given_name_that_is_a_word_is_never_looked_for() -> None:
    assert list(given_alone("（建国）以来", {"建国"})) == []
    assert list(given_alone("（芷）", {"芷"})) == []
    assert list(given_alone("（芷汀）", ())) == []


@pytest.mark.parametrize(
    "text", ["王" * 40_000, "老王" * 20_000, "王局长" * 15_000, "芷汀" * 9_000]
)
def test_monotonous_text_does_not_slow_it_down(text: str) -> None:
    list(mentions("张局长", SURNAMES))
    began = time.process_time()
    list(mentions(text, SURNAMES))
    list(given_alone(text, {"芷汀"}))
    assert time.process_time() - began < 2
