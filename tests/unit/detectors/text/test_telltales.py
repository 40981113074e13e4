from __future__ import annotations

import re

import pytest

from detectors.text.telltales import first_letters, headed, needed, needed_behind


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("癌", "癌"),
        ("肝癌|肺癌晚期", "肝癌|肺癌晚期"),
        ("肝?癌", "癌"),
        ("高[烧热]", "高烧|高热"),
        (".{0,3}(?:岁|个月)", "个月|岁"),
        ("(?:系|为)残疾", "为残疾|系残疾"),
        ("[0-9]+级(?=别)", "级"),
        ("(?<!无)病(?!人)", "病"),
        ("怀 {0,2}孕", r"怀\ \ 孕|怀\ 孕|怀孕"),
        ("(?P<a>离)(?P<b>婚)", "离婚"),
        ("(?>离婚)+.", "离婚"),
        (r"C\+", r"C\+"),
    ],
)
def test_what_every_match_holds_is_read_off_the_pattern(pattern, texts):
    found = needed(re.compile(pattern))
    assert found is not None
    assert found.pattern == texts


@pytest.mark.parametrize("pattern", ["", ".", "癌?", "癌|.", r"\d", "[^癌]", "[一-龥]", "(?=癌)."])
def test_a_pattern_that_needs_nothing_tells_nothing(pattern):
    assert needed(re.compile(pattern)) is None


def test_a_pattern_that_takes_capitals_for_small_letters_tells_nothing():
    assert needed(re.compile("hiv", re.IGNORECASE)) is None


def test_a_headed_pattern_may_take_capitals_for_small_letters():
    assert headed("wx号|vx", re.IGNORECASE).search("加VX好友")


def test_of_a_group_only_what_stands_in_it_counts():
    assert needed(re.compile("系(?:一名(?P<value>.?残))疾"), "value").pattern == "残"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("癌(?=(?:晚期)?(?:住院|入院))", {"住院", "入院"}),
        ("癌(?=[,。]|$)", set()),
        ("癌(?!者)", set()),
        ("(?=癌).", set()),
        (".(?<=癌)", set()),
        ("癌(?=,住院)|瘤(?=,入院)", set()),
    ],
)
def test_what_must_stand_behind_every_match_is_read_off_its_end(pattern, words):
    assert needed_behind(re.compile(pattern)) == words


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("患者|死者", "患死"),
        ("被?处罚人", "被处"),
        ("(?<!被)举报人", "举"),
        ("(?:[甲乙]|丙)?丁", "甲乙丙丁"),
        ("(?=子)[子女]", "子女"),
    ],
)
def test_the_letters_that_a_match_begins_with_are_read_off_the_pattern(pattern, letters):
    assert first_letters(re.compile(pattern)) == frozenset(letters)


@pytest.mark.parametrize("pattern", ["", "患?", ".者", r"\w者", "[^者]"])
def test_a_pattern_that_may_begin_with_anything_is_refused(pattern):
    with pytest.raises(ValueError, match="begin with anything"):
        first_letters(re.compile(pattern))


def test_a_headed_pattern_finds_what_it_found_without():
    words = "(?P<A>(?<!被)举报人|证人)|(?P<B>[受被]害人)"
    text = "被举报人与举报人、受害人及其证人"
    plain = [(m.lastgroup, m.span()) for m in re.finditer(words, text)]
    assert [(m.lastgroup, m.span()) for m in headed(words).finditer(text)] == plain
