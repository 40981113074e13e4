from __future__ import annotations

import pytest

from detectors.names.slots import (
    addressed,
    called,
    given_names,
    identified,
    meetings,
    numbered,
    of_kin,
    of_sex,
    slots,
)
from detectors.text.vocabulary import name_statistics, word_list


def found(text: str) -> list[str]:
    hits = slots(text, word_list(), name_statistics())
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("异议受理人：经天纬，电话见附件", ["经天纬"]),
        ("被处罚人：者来英\n住址不详", ["者来英"]),
        ("项目负责人计从龢，投标报价", ["计从龢"]),
        ("见证人：柘福贵、物业代表", ["柘福贵"]),
        ("由审判员包容远独任审判", ["包容远"]),
        ("仲裁员别玉楼，书记员待定", ["别玉楼"]),
        ("护林员封疆拨打电话", ["封疆"]),
        ("户主把永贵，三人", ["把永贵"]),
        ("公证员钟离在场", ["钟离"]),
        ("经办人，鞠躬；复核人，待定", ["鞠躬"]),
        ("联系人：年 华\u3000联系电话：见附件", ["年 华"]),
        ("低保复核新增1户：石头生；退出2户：易水寒、柳成荫。", ["石头生", "易水寒"]),
        ("申请人姓名 郁闷　工作单位 无", ["郁闷"]),
        ("丈夫黎明患肺癌", ["黎明"]),
        ("申请人 签字\n经办人 审核人 复核人\n丈夫患病", []),
        ("死亡 2 人：闻人杰、苗壮实；受伤1人：花小满。", ["闻人杰", "花小满"]),
    ],
)
def test_what_stands_whole_after_a_label_is_a_name(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "负责人：",
        "负责人签字、单位盖章",
        "犯罪嫌疑人认罪认罚，应当从宽",
        "当事人：某公司，住所不详",
        "申请人：财政局，代理人：办公室",
        "被申请人：不明，第三人：无",
        "联系人信息，经办人意见",
        "受理人：本局执法科",
        "执法人员安全意识不强，工作人员管理松散",
        "寄至市长江中路106号",
        "当事人房屋，负责人任务，父亲未到，",
        "目击者拨打电话，群众同甘苦，共患难",
        "2026年低保对象花名册",
        "领取人花名册、救助对象明细表",
        "姓名：花名册",
        "户主明白卡\n承租人房租\n法定代表人印鉴",
        "申请人国籍\n负责人步骤。当事人车票；业主车位费",
        "对困难老人、残疾人康复、优抚对象安康，公示对象明细、失踪人员方位",
        "感染者康复出院，在场人全程参与，老人关爱日，幼儿高热、",
    ],
)
def test_words_offices_and_fillers_after_a_label_are_none(text: str) -> None:
    assert found(text) == []


def test_a_word_that_ends_a_clause_is_none_but_a_person_who_acts_is() -> None:
    assert found("护林员明月") == []
    assert found("护林员明月拨打电话") == ["明月"]
    assert found("护林员：明月") == ["明月"]
    assert found("低保对象明月、周海燕") == ["明月"]


def test_a_letter_names_its_addressee_before_it_speaks_to_him() -> None:
    text = (
        "冷清秋：\n你的来信收悉。\n江月明：经查，你户属实。\n单位：你们要落实。\n当事人：你应到。"
    )
    hits = addressed(text, word_list(), name_statistics())
    assert [text[hit.start : hit.end] for hit in hits] == ["冷清秋", "江月明"]


def test_whom_one_gets_in_touch_with_is_a_person() -> None:
    text = "请与苗永芳联系，电话见附件；请与安全科联系，与单位联系。"
    hits = meetings(text, word_list(), name_statistics())
    assert [text[hit.start : hit.end] for hit in hits] == ["苗永芳"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("审核结果：童谣（2020年6月1日生，一级），谷雨（2014年3月出生）。", ["童谣", "谷雨"]),
        (
            "专窗\n时雨（工号：0233）、卓玛央宗（身份证号：320981198805067719）",
            ["时雨", "卓玛央宗"],
        ),
        ("标准（2019年3月1日生效），古树（1890年生），公司（工号牌），单位（身份证遗失）", []),
        ("", []),
    ],
)
def test_what_brackets_tell_of_persons_only_makes_a_name_of_a_word(
    text: str, names: list[str]
) -> None:
    hits = identified(text, word_list(), name_statistics())
    assert [text[hit.start : hit.end] for hit in hits] == names


def names_of(source, text: str) -> list[str]:
    hits = source(text, word_list(), name_statistics())
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("被害人娥皇（女，16岁）", ["娥皇"]),
        ("外孙计元（12岁）走失", ["计元"]),
        ("患者（男，56岁）、教师（女）、歌手（男）", []),
        ("财政局（男，2人）", []),
    ],
)
def test_whoever_has_a_sex_or_an_age_in_brackets_is_a_person(text: str, names: list[str]) -> None:
    assert names_of(identified, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("芒克之妻娜琳，电话", ["娜琳"]),
        ("骆卫东的儿媳杨柳有抑郁症", ["杨柳"]),
        ("青年人的妻子应当参加，老人的女儿有病假", []),
        ("其母瑛姑，失联", ["瑛姑"]),
        ("无法工作。妻辛夷，下岗；长子尚可，在读。", ["辛夷", "尚可"]),
        ("患子宫肌瘤，母婴用品，夫妻双方，妻离子散，", []),
        ("其妻子，其女朋友，其子女，", []),
        ("其父负责，其母同意。", []),
        ("由其母万福代管，因妻子患病，因妻羊菊患红斑狼疮", ["万福", "羊菊"]),
    ],
)
def test_what_fills_the_place_behind_a_calling_of_kin_is_a_name(
    text: str, names: list[str]
) -> None:
    assert names_of(of_kin, text) == names


def test_a_name_that_is_a_word_is_told_by_the_mobile_behind_it() -> None:
    assert names_of(numbered, "登记：冉冉 13800138000，手机 13800138001") == ["冉冉"]


def test_who_is_written_about_as_a_comrade_is_a_person() -> None:
    assert names_of(called, "关于仇千里同志家庭情况的函") == ["仇千里"]
    assert names_of(called, "关于全体同志学习的通知，各位先生") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("病例2：谢谢，女，15岁", ["谢谢"]),
        ("伤者杜鹃，女，已送医", ["杜鹃"]),
        ("农民，男，死者，女，党员，男，店员，女，", []),
        ("男生宿舍，男，女共用；时间，男，女，", []),
    ],
)
def test_whoever_has_a_sex_in_a_clause_of_its_own_is_a_person(text: str, names: list[str]) -> None:
    assert names_of(of_sex, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("下水救起儿童敬亭（8岁），另一男孩敬轩（6岁）失踪。", ["敬亭", "敬轩"]),
        ("走失儿童（6岁）已找到，女童（7岁）受惊。", []),
    ],
)
def test_a_child_whose_age_stands_in_brackets_is_found(text: str, names: list[str]) -> None:
    hits = identified(text, word_list(), name_statistics())
    assert [text[hit.start : hit.end] for hit in hits] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("拾到女婴一名，取名县福来，随身有字条。", ["县福来"]),
        ("儿童乐园取名幸福公园，小区更名幸福里。", []),
        ("为孩子取名的家长", []),
    ],
)
def test_what_a_foundling_is_called_is_a_name(text: str, names: list[str]) -> None:
    hits = given_names(text, word_list(), name_statistics())
    assert [text[hit.start : hit.end] for hit in hits] == names
