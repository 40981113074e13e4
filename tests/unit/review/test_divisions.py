from __future__ import annotations

import pytest

from review import division_names as names
from review.divisions import divisions, first_known


def levels(text: str, start: int = 0) -> list[tuple[str, str]]:
    return [(d.level, text[d.start : d.end]) for d in divisions(text, start)]


def test_each_division_has_its_level_and_place():
    assert levels("福建省三明市将乐县古镛镇解放村") == [
        ("province", "福建省"),
        ("city", "三明市"),
        ("county", "将乐县"),
        ("township", "古镛镇"),
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("延边朝鲜族自治州延吉市北山街道", ["city", "county", "township"]),
        ("内蒙古锡林郭勒盟正蓝旗桑根达来镇", ["province", "city", "county", "township"]),
        ("四川凉山彝族自治州", ["province", "city"]),
        ("杭州余杭区良渚镇", ["city", "county", "township"]),
        ("城关镇", ["township"]),
        ("东莞市长安镇", ["city", "township"]),
        ("户县甘亭镇", ["county", "township"]),
        ("某县幸福镇", ["county", "township"]),
        ("南堡开发区", ["county"]),
        ("吴江区汾湖高新区芦墟街道", ["county", "township", "township"]),
        ("杭州大厦", []),
        ("", []),
    ],
)
def test_levels_may_be_missing_cut_short_or_former(text: str, read: list[str]):
    assert [level for level, _ in levels(text)] == read


def test_signs_may_stand_between_divisions_and_none_after_the_last():
    assert levels("浙江省_台州市 黄岩区-3号") == [
        ("province", "浙江省"),
        ("city", "台州市"),
        ("county", "黄岩区"),
    ]


def test_a_repeated_beginning_is_read_on():
    text = "浙江杭州余杭区浙江省杭州市余杭区乔司镇3号"
    assert levels(text)[-1] == ("township", "乔司镇")


def test_a_city_in_the_name_of_a_place_does_not_begin_anew():
    assert levels("白沙街道上海市场3号") == [("township", "白沙街道")]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("群众反映开平市长沙街道东郊路9号", 4),
        ("反映浙江台州温岭市泽国镇", 2),
        ("到城关镇东风村", 1),
        ("到新镇路口", None),
        ("没有地名的一句话", None),
        ("", None),
    ],
)
def test_the_first_known_name_is_found_in_a_sentence(text: str, at: int | None):
    assert first_known(text, 0, len(text)) == at


def test_the_search_stays_within_its_bounds():
    assert first_known("开平市的开平市", 4, 7) == 4
    assert first_known("开平市", 0, 2) is None


def test_the_names_are_all_there_and_nothing_else():
    counted = {
        "PROVINCES": (34, 34),
        "CITIES": (330, 340),
        "COUNTIES": (2780, 2860),
        "TOWNSHIPS": (29_000, 32_000),
    }
    for name, (least, most) in counted.items():
        listed = getattr(names, name).split()
        assert len(set(listed)) == len(listed)
        assert least <= len(listed) <= most
    every = " ".join(getattr(names, name) for name in dir(names) if name.isupper())
    assert not any(sign in every for sign in "()（）,，;0123456789")
