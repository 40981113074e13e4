from __future__ import annotations

import pytest

from redact.pseudonyms import name_key, pseudonyms, starred, surname


def test_the_only_bearer_of_a_surname_becomes_mou_mou():
    assert pseudonyms(["张三丰", "李小四"]) == {"张三丰": "张某某", "李小四": "李某某"}


def test_several_bearers_are_told_apart_in_order_of_appearance():
    assert pseudonyms(["张三丰", "张无忌", "张三丰"]) == {"张三丰": "张某甲", "张无忌": "张某乙"}


def test_spaced_full_width_and_dotted_spellings_are_one_person():
    given = pseudonyms(["王 伟", "王\u3000伟", "王\u200b伟", "阿迪力·买买提", "阿迪力•买买提"])
    assert given == {"王伟": "王某某", "阿迪力买买提": "阿某某"}


def test_marks_go_on_with_branches_and_then_numbers_without_repeating():
    names = [f"王{chr(0x4E00 + number)}" for number in range(2000)]
    given = list(pseudonyms(names).values())
    assert given[:2] == ["王某甲", "王某乙"]
    assert (given[10], given[21], given[22]) == ("王某子", "王某亥", "王某23")
    assert len(set(given)) == len(names)


def test_a_pseudonym_that_stands_in_the_draft_is_given_to_nobody_else():
    assert pseudonyms(["张某某", "张三丰"]) == {"张某某": "张某甲", "张三丰": "张某乙"}
    assert pseudonyms(["张某某"]) == {"张某某": "张某甲"}
    assert "张某甲" not in pseudonyms(["张某甲", "张三丰"]).values()


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
