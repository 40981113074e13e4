"""Where a name ends among other words, and where one begins a clause."""

from __future__ import annotations

import pytest

from detectors.base import Passage
from detectors.names.cast import cast
from detectors.names.names import NameRecognizer


def names(text: str) -> list[str]:
    hits = sorted(NameRecognizer().find(Passage(text)), key=lambda hit: hit.start)
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("贺文兵打工时摔伤，花去医疗费八千元。", "贺文兵"),
        ("其女卢文博大学毕业后在外地就业。", "卢文博"),
        ("付保家私自改动燃气管道。", "付保家"),
        ("钟守成为二级残疾。", "钟守成"),
        ("令狐文兵案件已移送公安机关。", "令狐文兵"),
    ],
)
def test_a_name_is_found_with_its_last_letter(text: str, whole: str) -> None:
    assert names(text) == [whole]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("薛成未参加养老保险。", "薛成"),
        ("丁鹏无固定收入来源。", "丁鹏"),
        ("方敏已外迁多年。", "方敏"),
        ("曹倩系低保边缘户。", "曹倩"),
        ("冯宇三户的补偿款已于上月发放到位。", "冯宇"),
        ("孔荣两兄弟因分家发生纠纷。", "孔荣"),
        ("武三名下有小轿车一辆。", "武三"),
    ],
)
def test_a_name_leaves_alone_what_is_denied_or_counted_behind_it(text: str, whole: str) -> None:
    assert names(text) == [whole]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("补贴由儿子蒲勇代领", "蒲勇"),
        ("其女儿向丽代收养老金。", "向丽"),
        ("由女婿周建代为办理。", "周建"),
        ("由侄女谭小梅代签。", "谭小梅"),
        ("考生丁一缺考。", "丁一"),
        ("考生张敏弃考。", "张敏"),
        ("其子罗建代收到补贴。", "罗建代"),
        ("考生罗建代领取准考证。", "罗建代"),
        ("申请人周代领取补贴三百元。", "周代"),
    ],
)
def test_what_is_done_for_another_or_left_undone_is_no_part_of_a_name(
    text: str, whole: str
) -> None:
    assert names(text) == [whole]


@pytest.mark.parametrize(
    "text",
    [
        "袁小满国庆期间返乡，发现承包地被占。",
        "贺亮立即停止了施工。",
        "石永被评为优秀共产党员。",
        "洪娜万余元存款被骗。",
        "被罗利民用砖头砸伤头部。",
        "吴方正在村委会门口拉横幅。",
        "梁建国到村委会反映土地问题。",
    ],
)
def test_who_begins_a_clause_that_goes_on_with_what_he_does_is_found(text: str) -> None:
    assert names(text)


@pytest.mark.parametrize(
    "text",
    [
        "王庄三户村民的补偿款已发放到位。",
        "陈庄五户危房改造已竣工验收。",
        "王姓三户与李姓两户合用一口井。",
        "江铃汽车集团公司提供了运输车辆。",
        "金银花、黄连、白芷种植面积达到三千亩。",
        "方便、快捷、高效的服务受到群众好评。",
        "万人评议机关活动今年继续开展。",
    ],
)
def test_a_village_counted_goods_and_bodies_are_nobody(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize("place", ["车", "房", "包"])
def test_the_inside_of_a_place_of_somebody_is_nobody(place: str) -> None:
    assert names(f"执法人员在当事人{place}内查获香烟。") == []


def test_the_inside_of_a_shop_plays_no_part() -> None:
    text = "周某在当事人店内购买食品，其女儿食用后不适。"
    assert list(cast(text, ["周某"], lambda start, end: start > 1)) == []


def test_the_house_of_somebody_does_not_hide_who_he_is_elsewhere() -> None:
    assert names("许晓家无人外出务工。补助表中许晓所在一栏空白。") == ["许晓家", "许晓"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("护士长孙丽证实当晚在岗。", "孙丽"),
        ("班长孙志高带队巡查。", "孙志高"),
        ("当事人长孙丽不服处罚。", "长孙丽"),
    ],
)
def test_a_compound_surname_does_not_begin_with_the_end_of_a_title(text: str, whole: str) -> None:
    assert names(text) == [whole]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("关于高农生一户的房屋征收补偿，双方未达成一致。", "高农生"),
        ("给予袁克明警告并罚款五百元。", "袁克明"),
        ("取消薛年生低保待遇。", "薛年生"),
    ],
)
def test_whom_a_measure_reaches_is_found(text: str, whole: str) -> None:
    assert names(text) == [whole]


@pytest.mark.parametrize("text", ["李村二人因违规燃放烟花被批评教育。", "王庄三户均已签约。"])
def test_a_village_whose_people_are_counted_plays_no_part(text: str) -> None:
    assert list(cast(text, [], lambda start, end: True)) == []


@pytest.mark.parametrize(
    "text",
    [
        "双胞胎家庭可申请补贴。",
        "丰水期由县水利局加强巡查。",
        "公检法也要加强协作。",
        "岳阳市在指定地点办理。",
        "公示名单已制作完毕，张贴在村委会门口。",
        "危旧房由县住建局组织排查。",
    ],
)
def test_things_that_begin_a_clause_are_nobody(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    "text", ["村民朱小明户与徐有力户因宅基地发生纠纷。", "村民朱小明家与徐有力家因宅基地发生纠纷。"]
)
def test_the_household_of_one_leads_to_that_of_another(text: str) -> None:
    assert names(text) == ["朱小明", "徐有力"]


def test_so_many_kin_behind_a_name_tell_of_a_person() -> None:
    assert names("马月两兄弟因分家发生纠纷。") == ["马月"]


def test_where_somebody_went_is_no_part_of_his_name() -> None:
    assert names("李明去了超市买东西。") == ["李明"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("港商周梁淑怡女士捐资助学。", "周梁淑怡"),
        ("随后，叶陈阿满一行到校参观。", "叶陈阿满"),
        ("台胞范姜明德返乡祭祖。", "范姜明德"),
    ],
)
def test_a_name_of_two_surnames_is_found_whole(text: str, whole: str) -> None:
    assert names(text) == [whole]


def test_what_stands_before_a_name_is_no_second_surname() -> None:
    assert names("县政府决定，任王建国为副局长。") == ["王建国"]


def test_a_shop_that_is_called_after_a_surname_is_nobody() -> None:
    assert names("李记凉皮抽检合格。") == []
    assert names("业主李记生在场。李记生，男，35岁。") == ["李记生", "李记生"]
