"""Of whom nothing certain is said, what the matter makes likely; it outweighs no label."""

from __future__ import annotations

import pytest

from detectors.people.roles import assign
from review.document import (
    Document,
    Span,
    plain_document,
)
from review.finding import Entity, Finding, Role
from tests.fakes.tables import cells


def role_of(text: str, name: str = "陈志远", *others: str) -> Role:
    document = plain_document(text.split("\n"))
    found = [person(document, one) for one in (name, *others)]
    return assign(document, found)[0].role


def person(document: Document, name: str) -> Finding:
    start = document.text.index(name)
    return Finding(Entity.PERSON, Span(start, start + len(name)), 0.9, "names")


@pytest.mark.parametrize(
    "text",
    [
        "陈志远致电称其所购手机系翻新机",
        "陈志远实名向纪委反映公款吃喝",
        "市民陈志远在留言板咨询公租房申请条件",
        "依陈志远投诉，本局对该店立案调查",
        "陈志远同志：\n您好！您提交的关于幼儿园收费的投诉已收到",
    ],
)
def test_whoever_turns_to_an_office_informs(text: str) -> None:
    assert role_of(text) is Role.INFORMANT


@pytest.mark.parametrize(
    "text",
    [
        "公司拖欠陈志远等12名农民工工资",
        "先后骗得陈志远18万元",
        "以介绍工作为名收取陈志远中介费8000元",
        "向消费者陈志远销售过期奶粉",
        "驾车与陈志远骑行的电动车相撞",
        "陈志远的宅基地被邻居强占",
        "陈志远一家三口食用后上吐下泻",
        "将工人陈志远砸中，送医后不治",
        "该产品导致陈志远肝功能损害",
    ],
)
def test_whoever_was_harmed_in_whatever_words_is_a_victim(text: str) -> None:
    assert role_of(text) is Role.VICTIM


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("被处罚人：陈志远。陈志远反映处罚过重", Role.PUNISHED),
        ("法定代表人：陈志远。公司拖欠陈志远工资", Role.LEGAL_REPRESENTATIVE),
        ("县长陈志远到医院看望伤员", Role.OFFICIAL),
        ("记录人：陈志远，事故造成交通中断，一人送医", Role.HANDLER),
    ],
)
def test_who_has_a_label_or_an_office_keeps_it(text: str, role: Role) -> None:
    assert role_of(text) is role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("热线工单\n陈志远来过两次", Role.INFORMANT),
        ("一般生产安全事故调查报告\n陈志远在现场", Role.VICTIM),
        ("关于举办读书活动的通知\n陈志远在现场", Role.UNKNOWN),
        ("表彰热线工单办理先进个人\n陈志远业务熟练", Role.UNKNOWN),
        ("热线工单\n来电投诉陈志远夜间施工", Role.UNKNOWN),
    ],
)
def test_the_kind_of_document_decides_where_nothing_else_does(text: str, role: Role) -> None:
    assert role_of(text) is role


def test_a_child_in_somebodys_care_is_a_minor_unless_its_age_says_otherwise() -> None:
    text = "撤销其对女儿陈志远的监护人资格"
    assert role_of(text) is Role.MINOR
    assert role_of(text.replace("陈志远", "陈志远（25岁）")) is not Role.MINOR


@pytest.mark.parametrize("age", ["9岁", "十二岁", "两岁", "刚满8周岁", "约2个月大"])
def test_an_age_under_eighteen_counts_in_any_writing(age: str) -> None:
    assert role_of(f"陈志远，{age}，住下坑村") is Role.MINOR


@pytest.mark.parametrize("age", ["十八岁", "39岁", "九十岁"])
def test_a_grown_up_age_makes_no_minor(age: str) -> None:
    assert role_of(f"陈志远，{age}，住下坑村") is not Role.MINOR


def test_who_keeps_a_child_is_its_guardian() -> None:
    text = "奶奶刘桂兰独自带着孙子陈志远（8岁）生活"
    assert role_of(text, "刘桂兰", "陈志远") is Role.GUARDIAN


def test_a_penalty_told_of_somebody_makes_no_victim_of_him() -> None:
    assert role_of("陈志远殴打他人，被行政拘留五日") is Role.PUNISHED


@pytest.mark.parametrize(
    "text",
    ["一般生产安全事故调查报告\n现场负责人陈志远签字", "欠薪一案，劳动监察员陈志远介入"],
)
def test_who_stands_there_for_his_work_is_no_victim(text: str) -> None:
    assert role_of(text) is not Role.VICTIM


def test_who_did_the_harm_is_no_victim() -> None:
    text = "刘桂兰被前夫陈志远泼洒硫酸"
    assert role_of(text, "陈志远", "刘桂兰") is not Role.VICTIM
    assert role_of(text, "刘桂兰", "陈志远") is Role.VICTIM


def test_whoever_was_harmed_by_the_punished_is_a_victim() -> None:
    assert role_of("强行搂抱女服务员陈志远，被行政拘留五日") is Role.VICTIM


def roster(*rows: tuple[str, ...]) -> Role:
    document = Document("csv", cells(rows))
    return assign(document, [person(document, "陈志远")])[0].role


def test_whom_a_complaint_is_about_did_not_bring_it() -> None:
    text = "信访答复\n骆卫东反映其邻居陈志远违规建房、店主陶小满占道。陈志远已拆除。陶小满已整改。"
    assert role_of(text, "骆卫东", "陈志远", "陶小满") is Role.INFORMANT
    assert role_of(text, "陈志远", "骆卫东", "陶小满") is Role.UNKNOWN
    assert role_of(text, "陶小满", "陈志远", "骆卫东") is Role.UNKNOWN


def test_the_kin_of_whoever_complains_did_not_complain() -> None:
    text = "信访答复\n骆卫东之子已成年，骆卫东的儿媳陈志远情绪激动。"
    assert role_of(text, "陈志远", "骆卫东") is Role.RELATIVE


def test_whoever_serves_at_a_desk_did_not_complain() -> None:
    rows = ("热线电话", "", ""), ("窗口", "姓名", "电话"), ("3号", "陈志远", "0750-3221111")
    assert roster(*rows) is Role.UNKNOWN
    rows = ("热线工单", "", ""), ("序号", "姓名", "电话"), ("3", "陈志远", "0750-3221111")
    assert roster(*rows) is Role.INFORMANT


def test_the_digits_of_an_account_are_no_hotline() -> None:
    account = ("1", "陈志远", "6217000012345678901", "1200")
    assert roster(("序号", "姓名", "账号", "金额"), account) is Role.UNKNOWN
    text = "账号6217000012345678901的户主为陈志远"
    assert role_of(text) is not Role.INFORMANT


@pytest.mark.parametrize(
    ("header", "cell"), [("金额", "12345"), ("热线", "0553-12345"), ("工伤保险", "120")]
)
def test_what_a_column_holds_says_nothing_of_the_matter(header: str, cell: str) -> None:
    assert roster(("序号", "姓名", header), ("1", "陈志远", cell)) is Role.UNKNOWN


def test_a_list_of_complaints_is_about_those_who_complain() -> None:
    titled = ("12345热线工单办理情况", "", "")
    rows = (titled, ("序号", "姓名", "事项"), ("1", "陈志远", "道路"))
    assert roster(*rows) is Role.INFORMANT


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("配偶陈志远，县人民医院医生。", Role.RELATIVE),
        ("妻子：陈志远，个体经营。", Role.RELATIVE),
        ("款项由其女婿陈志远代领。", Role.RELATIVE),
        ("其姐姐陈志远在外务工。", Role.RELATIVE),
        ("长子名叫陈志远。", Role.RELATIVE),
        ("其妻陈志远被摩托车撞伤。", Role.VICTIM),
        ("其儿子陈志远在校就读。", Role.MINOR),
        ("陈志远的妻子到场。", Role.UNKNOWN),
        ("结对的兄弟县干部陈志远到场。", Role.UNKNOWN),
    ],
)
def test_who_is_named_as_kin_is_a_relative_unless_more_is_said(text: str, role: Role) -> None:
    assert role_of(text) is role


CERTIFICATE = (
    "道路交通事故认定书\n当事人：谷爱民，男，驾驶人。\n当事人：陈志远，男，行人，当场死亡。\n"
)


@pytest.mark.parametrize(
    "said", ["陈志远无责任。", "陈志远负次要责任，谷爱民负主要责任。", "谷爱民负全部责任。"]
)
def test_the_certificate_of_a_road_accident_punishes_nobody(said: str) -> None:
    text = f"{CERTIFICATE}{said}"
    assert role_of(text) is Role.VICTIM
    assert role_of(text, "谷爱民") is not Role.PUNISHED
    assert role_of(text.replace("事故认定", " 事 故 认 定 ")) is Role.VICTIM


def test_a_penalty_that_rests_on_such_a_certificate_has_its_culprit() -> None:
    text = "行政处罚决定书\n当事人：陈志远，男。\n依据道路交通事故认定书，罚款五百元。"
    assert role_of(text) is Role.PUNISHED
