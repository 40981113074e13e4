from __future__ import annotations

import pytest

from detectors.base import Passage
from detectors.names.names import NameRecognizer


def found(text: str) -> list[str]:
    hits = sorted(NameRecognizer().find(Passage(text)), key=lambda hit: hit.start)
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("种粮户邬秀珠、骆卫东、谷爱民已领取补贴。", ["邬秀珠", "骆卫东", "谷爱民"]),
        ("脱贫户谷爱民、邬秀珠、骆来福搬入新居。", ["谷爱民", "邬秀珠", "骆来福"]),
        ("户主：向日新、司马文娟、水根。", ["向日新", "司马文娟", "水根"]),
        ("村民邬秀珠（五组）、谷爱民（六组）签字。", ["邬秀珠", "谷爱民"]),
        ("目击者成大勇、陶小满述说了经过。", ["成大勇", "陶小满"]),
        ("证人时来福、水向东证实。", ["时来福", "水向东"]),
        ("目击群众时来福陈述。", ["时来福"]),
        ("她叫成大勇。", ["成大勇"]),
        ("目击者成大勇述说了经过。", ["成大勇"]),
        ("消防员田大山受轻伤。", ["田大山"]),
        ("经查，骆卫东患肝癌。", ["骆卫东"]),
        ("其邻居骆卫东违规搭建。", ["骆卫东"]),
        ("其妻上官敏因肺癌住院。", ["上官敏"]),
    ],
)
def test_one_evident_name_carries_the_others_of_its_list(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_word_among_several_names_is_one_as_well() -> None:
    names = ["邬秀珠", "骆卫东", "高兴", "田野", "谷爱民"]
    assert found(f"{'、'.join(names)}到场。") == names
    assert found("购买邬秀珠、黄豆。") == ["邬秀珠"]


def test_a_name_passes_the_trust_on_to_the_far_end_of_the_list() -> None:
    names = ["邬秀珠", "骆卫东", "白玉京", "谷爱民", "党建国"]
    assert found(f"参会：{'、'.join(names)}等人。") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("联系人：邬秀珠、办公室、财政局。", ["邬秀珠"]),
        ("镇长邬秀珠、安全科、管理人员到场。", ["邬秀珠"]),
        ("当事人骆卫东、相关单位、方案起草组到会。", ["骆卫东"]),
        ("由高新区、江门市、黄石市、安阳市组成。", []),
    ],
)
def test_what_is_no_name_stays_none_beside_a_name(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_rare_surname_begins_a_member_that_goes_on_with_other_words() -> None:
    assert found("当事人骆卫东、花天佑结伴到场。") == ["骆卫东", "花天佑"]
    assert found("当事人骆卫东、应当事人要求到场。") == ["骆卫东"]


def test_a_carried_name_is_found_where_it_stands_bare() -> None:
    text = "户主：邬秀珠、骆卫东。\n骆卫东于年底搬迁。"
    assert found(text) == ["邬秀珠", "骆卫东", "骆卫东"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("登记表含有高兴旺、司徒美娟等23户的收入。", ["高兴旺", "司徒美娟"]),
        ("涉及向阳、端木红梅、牛得草等5人的材料。", ["向阳", "端木红梅", "牛得草"]),
        ("经核实，文明、欧阳秀兰、安静等12户已签约。", ["文明", "欧阳秀兰", "安静"]),
        ("该宗地涉及江山、诸葛长青等9户村民。", ["江山", "诸葛长青"]),
        ("坚持安全、质量、效率等3个原则。", []),
        ("青山、白鹤、双河等12个乡镇受旱。", []),
        ("种植高粱、花生、玉米等12户农户增收。", []),
    ],
)
def test_in_a_list_that_counts_its_people_an_ordinary_word_is_a_name(
    text: str, names: list[str]
) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("低保评议：任盈盈、岳灵、仪琳三户通过。", ["任盈盈", "岳灵", "仪琳"]),
        ("公示：温玉、章冬、仪琳3人。", ["温玉", "章冬", "仪琳"]),
    ],
)
def test_a_list_that_counts_as_many_people_as_it_has_names_them(
    text: str, names: list[str]
) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "高中、初中、小学三名教师参加。",
        "宏达、鑫源、恒通三户企业未达标。",
        "金泰、华康、万和三户规上工业企业停产。",
        "马庄、李庄、王庄三户家庭农场。",
    ],
)
def test_words_firms_and_villages_are_counted_as_well(text: str) -> None:
    assert not {"高中", "初中", "宏达", "金泰", "华康", "万和"} & set(found(text))


def test_a_household_is_called_by_the_name_of_its_head() -> None:
    assert found("户主：方圆，男。方圆户2026年6月倒房。") == ["方圆", "方圆"]
    assert found("户主：平安，男。平安户评选开始。") == ["平安"]


def test_a_list_that_counts_brothers_or_sisters_names_them() -> None:
    assert found("本村的康庄、康健、康宁三兄弟外出。") == ["康庄", "康健", "康宁"]


def test_the_last_of_several_names_may_stand_behind_and() -> None:
    assert found("到会的有邬秀珠、骆卫东、高兴和石头。") == ["邬秀珠", "骆卫东", "高兴", "石头"]
    assert found("到会的有邬秀珠、骆卫东和有关单位。") == ["邬秀珠", "骆卫东"]
