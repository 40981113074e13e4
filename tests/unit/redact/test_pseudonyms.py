from __future__ import annotations

import pytest

from redact.pseudonyms import is_bare, name_key, pseudonyms, starred, surname


def test_the_only_bearer_of_a_surname_becomes_mou_mou():
    assert pseudonyms({"P1": "张三丰", "P2": "李小四"}) == {"P1": "张某某", "P2": "李某某"}


def test_a_name_in_latin_letters_keeps_its_capital():
    assert pseudonyms({"P1": "Dilraba"}) == {"P1": "D某某"}
    assert pseudonyms({"P1": "Dilraba", "P2": "dilnur"}) == {"P1": "D某甲", "P2": "D某乙"}
    assert pseudonyms({"P1": "Dilraba"}, ["d某某"]) == {"P1": "D某甲"}


def test_several_bearers_are_told_apart_in_order_of_appearance():
    assert pseudonyms({"P2": "张三丰", "P1": "张无忌"}) == {"P2": "张某甲", "P1": "张某乙"}


def test_two_people_of_one_name_are_told_apart_where_they_are_known_to_be_two():
    assert pseudonyms({"P1": "张三丰", "P2": "张三丰"}) == {"P1": "张某甲", "P2": "张某乙"}


def test_marks_go_on_with_branches_and_then_numbers_without_repeating():
    names = {f"P{number}": f"王{chr(0x4E00 + number)}" for number in range(2000)}
    given = list(pseudonyms(names).values())
    assert given[:2] == ["王某甲", "王某乙"]
    assert (given[10], given[21], given[22]) == ("王某子", "王某亥", "王某23")
    assert len(set(given)) == len(names)


def test_a_pseudonym_that_stands_in_the_draft_is_given_to_nobody_else():
    assert pseudonyms({"P1": "张某某", "P2": "张三丰"}) == {"P1": "张某甲", "P2": "张某乙"}
    assert pseudonyms({"P1": "张某某"}) == {"P1": "张某甲"}
    assert "张某甲" not in pseudonyms({"P1": "张某甲", "P2": "张三丰"}).values()


def test_a_mask_that_stays_in_the_text_is_given_to_nobody_else():
    assert pseudonyms({"P1": "张三丰"}, ["张某某"]) == {"P1": "张某甲"}
    assert pseudonyms({"P1": "张三丰"}, ["张 某 某", "张某甲"]) == {"P1": "张某乙"}
    assert pseudonyms({"P1": "张三丰"}, ["李某某", "张伟"]) == {"P1": "张某某"}


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("张三", "张"),
        ("欧阳锋", "欧阳"),
        ("欧 阳 子 锋", "欧阳"),
        ("欧阳", "欧"),
        ("阿迪力·买买提", "阿"),
        ("司马·买买提", "司"),
        ("Smith", "S"),
        ("", ""),
    ],
)
def test_the_surname_alone_may_stay(name: str, family: str):
    assert surname(name) == family


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("张三丰", "张*丰"),
        ("王伟", "王*"),
        ("欧阳锋", "欧阳*"),
        ("欧阳子锋", "欧阳*锋"),
        ("张丰丰", "张*"),
        ("阿迪力·买买提", "阿*"),
        ("John Smith", "J*"),
    ],
)
def test_one_star_stands_for_a_given_name_of_any_length(name: str, published: str):
    assert starred(name) == published


def test_the_key_ignores_what_only_separates():
    assert name_key(" 王　伟 ") == name_key("王伟") == "王伟"


@pytest.mark.parametrize(
    ("name", "bare"), [("王", True), (" 王 ", True), ("王伟", False), ("", True)]
)
def test_a_surname_alone_is_no_name(name: str, bare: bool):
    assert is_bare(name) is bare
