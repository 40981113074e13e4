"""Who attends a meeting by his office, who as a citizen, and whose list it is."""

from __future__ import annotations

import pytest

from detectors.run import build_detector
from review.document import Block, BlockKind, Cell, Document, Location, plain_document
from review.finding import Entity, Role
from review.policy import AllowList

DETECTOR = build_detector((), AllowList())


def document(text: str) -> Document:
    """Build blocks of lines; a line with | is a row of a table."""
    blocks: list[Block] = []
    for row, line in enumerate(text.splitlines()):
        if "|" not in line:
            blocks.append(Block(line, Location("正文", row)))
            continue
        blocks += [
            Block(cell, Location("正文", row), BlockKind.CELL, Cell(0, row, column))
            for column, cell in enumerate(line.split("|"))
        ]
    return Document("docx", tuple(blocks))


def roles(text: str, entity: Entity = Entity.PERSON) -> dict[str, Role]:
    read = document(text)
    return {read.value(f.span): f.role for f in DETECTOR.detect(read) if f.entity is entity}


MINUTES = """临河县人民政府第12次常务会议纪要
县长郭立新主持会议，听取低保补贴发放情况。
序号|姓名|单位及职务|联系电话
1|郭立新|县长|0817-5223301
2|卫国平|县民政局局长|0817-5226618
3|罗大福|农贸市场摊主代表|13890712345
4|蒋小云|旁听市民|18008110022
出席：郭立新。
列席：卫国平、罗大福、蒋小云。"""


def test_officials_who_attend_are_no_recipients_though_subsidies_are_spoken_of() -> None:
    found = roles(MINUTES)
    assert {found["郭立新"], found["卫国平"]} == {Role.OFFICIAL}
    phones = roles(MINUTES, Entity.PHONE_NUMBER)
    assert {phones["0817-5223301"], phones["0817-5226618"]} == {Role.OFFICE}


@pytest.mark.parametrize("text", [MINUTES, MINUTES.replace("低保补贴", "道路建设")])
def test_citizens_who_attend_are_no_officials(text: str) -> None:
    found = roles(text)
    assert Role.OFFICIAL not in {found["罗大福"], found["蒋小云"]}


def test_a_list_of_recipients_in_minutes_is_none_of_officials() -> None:
    found = roles("镇党委会议纪要\n姓名|身份证号|保障金额\n蒋小云|511324196203110178|620")
    assert found == {"蒋小云": Role.UNKNOWN}


def test_an_office_in_a_list_of_subsidies_leaves_its_bearer_a_recipient() -> None:
    found = roles("补贴发放表\n姓名|职务|补贴金额\n罗永贵|村主任|3600")
    assert found == {"罗永贵": Role.RECIPIENT}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("方案由家长委员会主任季长青提出。", Role.UNKNOWN),
        ("业主委员会副主任项春生到会。", Role.UNKNOWN),
        ("村民委员会主任罗大贵到会。", Role.OFFICIAL),
        ("县民政局　穆晓东\n2026年11月", Role.OFFICIAL),
        ("县民政局　穆晓东\n领取临时救助", Role.UNKNOWN),
    ],
)
def test_chairs_of_parents_hold_no_office_and_a_title_page_names_the_official(
    text: str, role: Role
) -> None:
    read = plain_document(text.split("\n"))
    assert [f.role for f in DETECTOR.detect(read) if f.entity is Entity.PERSON] == [role]


@pytest.mark.parametrize(
    ("rows", "role"),
    [
        ("包号|中标供应商|地址|中标金额\n1|四川康泰医疗器械有限公司|{}|12", Role.OFFICE),
        ("标段|中标单位名称|地址|中标价\n一|南充建工集团有限公司|{}|12", Role.OFFICE),
        ("名称|地址|法定代表人\n四川康泰医疗器械有限公司|{}|卢小利", Role.OFFICE),
        ("姓名|单位名称|地址\n卢小利|四川康泰医疗器械有限公司|{}", Role.UNKNOWN),
        ("单位名称|家庭住址|电话\n四川康泰医疗器械有限公司|{}|13890712345", Role.UNKNOWN),
        ("名称|地址|数量\n好邻居副食店|{}|3", Role.UNKNOWN),
    ],
)
def test_a_plain_address_in_the_row_of_a_company_is_the_company_s(rows: str, role: Role) -> None:
    found = roles(rows.format("成都市武侯区科华北路62号力宝大厦1705室"), Entity.CN_ADDRESS)
    assert set(found.values()) == {role}


def test_who_signs_for_an_investigation_sits_in_it_though_somebody_has_died() -> None:
    text = "死者李大海，男。\n事故调查组成员签名：方向明、高峰、谷雨（县总工会）。"
    found = roles(text)
    assert {found[name] for name in ("方向明", "高峰", "谷雨")} == {Role.OFFICIAL}
    assert found["李大海"] is Role.VICTIM


def test_members_of_a_group_share_its_label_and_of_a_party_they_do_not() -> None:
    group = roles("调查组组成人员：组长王建，成员张强、赵亮。")
    assert set(group.values()) == {Role.OFFICIAL}
    assert roles("当事人：大海合作社，成员张强到场。")["张强"] is not Role.PUNISHED


def test_a_label_set_with_spaces_is_a_label() -> None:
    assert roles("联 系 人：石 磊　　电 话：0797-8412345")["石 磊"] is Role.HANDLER


def test_the_upper_of_two_header_rows_says_whose_names_stand_below() -> None:
    read = document("序号|户主||\n|姓名|联系方式|金额\n1|宁静远|13870751190|300\n")
    (role,) = {f.role for f in DETECTOR.detect(read) if f.entity is Entity.PERSON}
    assert role is Role.RECIPIENT


def test_who_signs_the_minutes_of_a_village_is_no_official_for_that() -> None:
    found = roles("村民会议记录\n同意28票。参会人员签名：王建国、张秀英、李福生。")
    assert {found[name] for name in ("王建国", "张秀英", "李福生")} == {Role.UNKNOWN}


def test_a_whole_list_of_citizens_at_a_meeting_holds_no_office() -> None:
    text = (
        "会议纪要\n参会人员：卓有为（村支书）、村民代表余国粮、关大山、谷丰田，群众段小燕\n"
        "余国粮提出意见，关大山解释。"
    )
    found = roles(text)
    assert found["卓有为"] is Role.OFFICIAL
    assert not {found[name] for name in ("余国粮", "关大山", "谷丰田", "段小燕")} & {Role.OFFICIAL}


def test_who_attends_a_meeting_of_villagers_without_a_title_holds_no_office() -> None:
    text = "石门村村民小组会议记录\n参会人员：余国粮、关大山、祁丰田（村主任）\n主持人：边国防"
    found = roles(text)
    assert found["余国粮"] is found["关大山"] is Role.UNKNOWN
    assert found["祁丰田"] is found["边国防"] is Role.OFFICIAL


def test_who_answers_for_an_accident_is_not_taken_for_hurt() -> None:
    text = (
        "坍塌事故调查报告\n施工队长时大进安排工人祁丰田拆墙，祁丰田被砸伤。\n"
        "时大进，对事故负有直接责任，建议移送司法机关。"
    )
    assert roles(text) == {"时大进": Role.PUNISHED, "祁丰田": Role.VICTIM}


def test_candidates_of_a_notice_in_prose_are_candidates_in_lists_too() -> None:
    text = (
        "2026年公开招聘拟聘用人员公示\n　　祁小满、符国安，拟聘用至临江县水利局。\n"
        "递补：柏小杨（因有人放弃）\n确定高小峰、章法民2人为拟聘用人员。"
    )
    assert set(roles(text).values()) == {Role.CANDIDATE}


def test_a_list_printed_as_lines_has_the_roles_of_its_title() -> None:
    text = "公租房轮候名单公示\n序号 申请人 家庭人口 轮候号\n1 祁小满 2 A0017\n2 符国安 1 A0018"
    assert set(roles(text).values()) == {Role.APPLICANT}


def test_the_telephone_to_report_to_is_an_offices() -> None:
    text = "祁小满的孙女（9岁）在校读书。\n如有异议，请向云峰镇民政办反映，电话0797-8412345。"
    assert roles(text, Entity.PHONE_NUMBER) == {"0797-8412345": Role.OFFICE}
