"""Roles told by what a sentence says of a person, rather than by a label."""

from __future__ import annotations

import pytest

from detectors.addresses.address import AddressRecognizer
from detectors.names.names import NameRecognizer
from detectors.numbers.birth_date import BirthDateRecognizer
from detectors.numbers.id_card import IdCardRecognizer
from detectors.numbers.phone import PhoneRecognizer
from detectors.people.roles import assign
from detectors.tables.passages import passages
from review.document import Block, Document, Location, plain_document
from review.finding import Finding, Role, unite
from tests.fakes.tables import cells

RECOGNIZERS = (
    NameRecognizer(),
    PhoneRecognizer(),
    AddressRecognizer(),
    BirthDateRecognizer(),
    IdCardRecognizer(),
)


def judged(document: Document) -> dict[str, Role]:
    found = [
        Finding(hit.entity, placed.span(hit.start, hit.end), hit.score, recognizer.name, hit.role)
        for placed in passages(document)
        for recognizer in RECOGNIZERS
        for hit in recognizer.find(placed.passage)
    ]
    return {document.value(f.span): f.role for f in assign(document, unite(found))}


def roles(text: str) -> dict[str, Role]:
    return judged(plain_document(text.split("\n")))


def table(*rows: tuple[str, ...], title: str = "") -> Document:
    head = [Block(title, Location("text", 0))] if title else []
    return Document("xlsx", (*head, *cells(rows)))


@pytest.mark.parametrize(
    "text",
    [
        "民警骆卫东在处置中英勇牺牲。",
        "民警骆卫东、陶小满殉职。",
        "消防员骆卫东受轻伤。",
        "执法人员骆卫东因公殉职。",
        "副局长骆卫东重伤，送医后好转。",
        "民警骆卫东在抓捕中被刺受伤。",
        "司机骆卫东经抢救无效死亡。",
    ],
)
def test_who_is_hurt_is_a_victim_whatever_his_office(text: str) -> None:
    assert roles(text)["骆卫东"] is Role.VICTIM


@pytest.mark.parametrize(
    "text",
    [
        "民警骆卫东牺牲休息时间走访群众。",
        "民警骆卫东，死亡赔偿由其核算。",
        "民警骆卫东询问受伤人员。",
        "民警骆卫东于5月6日对受伤职工作了询问。",
    ],
)
def test_who_deals_with_the_hurt_is_none(text: str) -> None:
    assert roles(text)["骆卫东"] is Role.OFFICIAL


def test_who_reports_something_is_an_informant_and_so_is_his_telephone() -> None:
    found = roles("接到群众陶小满（电话 13902501234）反映，该店无证经营。")
    assert found["陶小满"] is Role.INFORMANT
    assert found["13902501234"] is Role.INFORMANT


@pytest.mark.parametrize(
    "text",
    [
        "村民陶小满举报该厂偷排污水。",
        "陶小满于5月6日来电举报该厂。",
        "陶小满向城东派出所报案。",
        "陶小满（电话13902501234）实名投诉该店。",
    ],
)
def test_who_complains_in_his_own_name_is_an_informant(text: str) -> None:
    assert roles(text)["陶小满"] is Role.INFORMANT


def test_an_informant_keeps_his_role_and_number_in_other_sentences() -> None:
    found = roles("收到居民陶小满来信。\n陶小满（电话13902501234）所说属实。")
    assert found["13902501234"] is Role.INFORMANT


def test_who_is_in_charge_of_reports_is_no_informant() -> None:
    found = roles("联系人陶小满，举报电话：12345。\n执法人员骆卫东（举报案件承办）到场。")
    assert Role.INFORMANT not in (found["陶小满"], found["骆卫东"])


@pytest.mark.parametrize(
    "text",
    [
        "城东小学三年级学生陶小满放学途中走失。",
        "城东小学五（2）班学生陶小满参加比赛。",
        "明珠幼儿园中班陶小满手臂擦伤。",
        "陶小满（明珠幼儿园大班幼儿）已出院。",
        "陶小满，男，城东小学二年级学生，已转学。",
    ],
)
def test_a_pupil_of_a_primary_school_or_kindergarten_is_a_minor(text: str) -> None:
    assert roles(text)["陶小满"] is Role.MINOR


@pytest.mark.parametrize(
    "text",
    [
        "城东小学三年级班主任陶小满到场。",
        "明珠幼儿园园长陶小满说明情况。",
        "城东小学学生家长陶小满到校。",
        "陶小满，城东小学三年级语文教师。",
    ],
)
def test_grown_ups_of_a_school_are_none(text: str) -> None:
    assert roles(text)["陶小满"] is not Role.MINOR


def test_the_row_of_a_child_is_a_childs_even_where_no_name_was_read() -> None:
    document = table(
        ("姓名", "出生日期", "与户主关系", "联系电话"),
        ("骆卫东", "1985-02-03", "户主", "13902501230"),
        ("", "2016-02-03", "长子", "13902501234"),
        title="家庭成员情况（2026年3月1日）",
    )
    found = judged(document)
    assert found["2016-02-03"] is Role.MINOR
    assert found["13902501234"] is Role.MINOR
    assert found["13902501230"] is not Role.MINOR


def test_who_filled_in_a_list_of_recipients_is_a_handler() -> None:
    document = table(
        ("姓名", "补助金额"),
        ("陶小满", "500"),
        ("填表人：骆卫东", "审核人：谷爱民"),
        title="临时救助发放表",
    )
    found = judged(document)
    assert found["骆卫东"] is Role.HANDLER
    assert found["谷爱民"] is Role.HANDLER
    assert found["陶小满"] is Role.RECIPIENT


@pytest.mark.parametrize("label", ["审核：", "复核: ", "审批（签字）：", "经办：", "制表："])
def test_who_signs_under_a_list_of_recipients_is_none_and_has_the_offices_telephone(
    label: str,
) -> None:
    document = table(
        ("序号", "村组", "户主", "面积", "金额"),
        ("1", "黄泥塘村", "陶小满", "2.1", "500"),
        ("制表人：骆卫东", "", label + "谷爱民", "", "联系电话：0745-6231187"),
        title="耕地地力保护补贴发放花名册",
    )
    found = judged(document)
    assert found["谷爱民"] is Role.HANDLER
    assert found["陶小满"] is Role.RECIPIENT
    assert found["0745-6231187"] is Role.OFFICE


def test_two_who_sign_on_one_line_are_handlers() -> None:
    found = roles("低保对象公示\n制表：骆卫东  审核：谷爱民  2026年11月20日")
    assert (found["骆卫东"], found["谷爱民"]) == (Role.HANDLER, Role.HANDLER)


@pytest.mark.parametrize(
    "text",
    [
        "经审核：谷爱民，男，符合条件。",
        "审核：谷爱民符合低保条件。",
        "复核：谷爱民、骆卫东不符合。",
    ],
)
def test_whom_a_check_is_about_signs_nothing(text: str) -> None:
    assert roles("低保对象公示\n" + text)["谷爱民"] is not Role.HANDLER


def test_a_village_official_in_a_list_of_recipients_is_a_recipient() -> None:
    document = table(
        ("姓名", "职务", "补助金额"), ("骆卫东", "村支书", "500"), title="低保金发放表"
    )
    assert judged(document)["骆卫东"] is Role.RECIPIENT


@pytest.mark.parametrize(
    "text",
    [
        "郑大海将邻居陶小满打伤，鉴定为轻伤二级。",
        "郑大海酒后驾车撞倒行人陶小满。",
        "陶小满被电信诈骗8万元。",
        "陶小满被塌方土体掩埋。",
        "郑大海致陶小满轻伤。",
        "郑大海对陶小满实施家庭暴力。",
        "死亡职工陶小满的近亲属提出申请。",
        "消防员救出被困群众陶小满。",
    ],
)
def test_whom_somebody_hurts_is_a_victim(text: str) -> None:
    assert roles(text)["陶小满"] is Role.VICTIM


@pytest.mark.parametrize(
    "text",
    [
        "被告人陶小满被判犯盗窃罪。",
        "被告人陶小满被公安机关以诈骗罪立案。",
        "被处罚人陶小满被责令停止侵害。",
        "被处罚人陶小满殴打他人。",
        "被处罚人陶小满造成他人轻伤。",
    ],
)
def test_who_did_harm_is_no_victim(text: str) -> None:
    assert roles(text)["陶小满"] is Role.PUNISHED


def test_who_confirms_something_is_a_witness_unless_he_acts_in_office() -> None:
    assert roles("工友陶小满证实，当日未系安全带。")["陶小满"] is Role.WITNESS
    assert roles("副局长陶小满证实，工程已验收。")["陶小满"] is Role.OFFICIAL


def test_the_addressee_of_a_reply_is_the_applicant() -> None:
    assert roles("陶小满女士：\n你的申请收悉。")["陶小满"] is Role.APPLICANT


def test_who_asks_for_information_is_no_informant_for_what_he_mentions() -> None:
    request = "粟丽华女士：\n本机关收到您提交的《政府信息公开申请表》，现答复如下：\n"
    mentioned = request + "您反映的邻居相关情况，不属于政府信息。"
    assert roles(mentioned)["粟丽华"] is Role.APPLICANT
    label = "申请人：粟丽华，女，1979年6月18日出生。\n"
    assert roles(label + mentioned)["粟丽华"] is Role.APPLICANT


def test_who_complains_is_an_informant_though_he_asks_for_information_as_well() -> None:
    text = "粟丽华女士：\n您反映的问题收悉。您另行提出的政府信息公开申请，将单独答复。"
    assert roles(text)["粟丽华"] is Role.INFORMANT
    assert roles("粟丽华女士：\n您提交的申请和反映的问题收悉。")["粟丽华"] is Role.INFORMANT


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("联系人：骆卫东 电话：0750-3221111", Role.OFFICE),
        ("申请人：骆卫东 联系电话：0750-3221111", Role.UNKNOWN),
        ("户主电话：0750-3221111", Role.UNKNOWN),
        ("江门市民政局\n电话：0750-3221111", Role.OFFICE),
        ("申请人：骆卫东\n地址：江门市蓬江区\n电话：0750-3221111", Role.UNKNOWN),
        ("粤建路桥有限公司，电话0750-3221111", Role.OFFICE),
        ("公示电话：0750-3221111", Role.OFFICE),
        (
            "证件号码 见附件\u3000通信地址 见附件\u3000邮政编码 614000\u3000联系电话 0750-3221111",
            Role.UNKNOWN,
        ),
    ],
)
def test_a_landline_is_an_offices_unless_it_stands_with_a_private_person(
    text: str, role: Role
) -> None:
    assert roles(text)["0750-3221111"] is role


def test_a_number_under_another_header_is_no_birthday_of_a_child() -> None:
    document = table(
        ("序号", "姓名", "性别", "准考证号"),
        ("1", "骆卫东", "男", "20260101"),
        title="拟聘用人员公示（2026年3月1日）",
    )
    assert judged(document)["骆卫东"] is Role.CANDIDATE


@pytest.mark.parametrize(
    "text",
    [
        "事故共造成2人死亡（郑大海、陶小满）。",
        "遇难者名单：郑大海、陶小满",
        "陶小满从8米高处坠落，已无生命体征。",
        "陶小满下井施救时也晕倒。",
        "陶小满（死者）系该公司职工。",
        "郑大海盗窃陶小满手机一部。",
        "事故造成郑大海、陶小满两名工人死亡。",
    ],
)
def test_a_toll_a_fall_and_a_theft_make_victims(text: str) -> None:
    assert roles(text)["陶小满"] is Role.VICTIM


@pytest.mark.parametrize(
    "text",
    [
        "副局长陶小满通报死亡3人。",
        "局长陶小满赶赴死亡事故现场。",
        "县长陶小满到医院看望受伤群众。",
        "民警陶小满带领队员救出被困群众。",
        "签发人：陶小满\n关于事故死亡人员善后工作的报告",
    ],
)
def test_an_official_at_work_is_no_victim(text: str) -> None:
    assert roles(text)["陶小满"] is Role.OFFICIAL


def test_everyone_present_at_a_meeting_acts_in_office() -> None:
    found = roles("参加会议的有：县长骆卫东，副县长谷爱民，县财政局陶小满、县审计局时运来。")
    assert set(found.values()) == {Role.OFFICIAL}


def test_the_age_in_a_row_is_that_of_the_name_before_it() -> None:
    document = table(
        ("户主", "家庭成员", "与户主关系", "年龄"),
        ("骆卫东", "陶小满", "女儿", "10"),
        title="低保家庭公示（2026年3月1日）",
    )
    found = judged(document)
    assert found["骆卫东"] is Role.RECIPIENT
    assert found["陶小满"] is Role.MINOR


def test_a_public_office_in_the_row_makes_an_official() -> None:
    document = table(
        ("姓名", "职务", "职责分工"),
        ("骆卫东", "副县长", "分管民政、残疾人工作"),
        ("陶小满", "公司经理", "分管销售"),
    )
    found = judged(document)
    assert found["骆卫东"] is Role.OFFICIAL
    assert found["陶小满"] is Role.UNKNOWN


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("被告人郑大海窜至陶小满家中，盗得现金8000元。", Role.VICTIM),
        ("女工陶小满右手被机器绞伤。", Role.VICTIM),
        ("接到陶小满关于农贸市场缺斤短两的投诉。", Role.INFORMANT),
        ("关于陶小满同志反映水渠破损问题的答复", Role.INFORMANT),
        ("经向邻居陶小满调查核实，情况属实。", Role.WITNESS),
        ("受资助学生：郑大海、陶小满", Role.MINOR),
        ("未成年人郑大海、陶小满", Role.MINOR),
        ("陶小满（化名），15岁，多次遭霸凌。", Role.MINOR),
        ("承办法官：陶小满", Role.OFFICIAL),
        ("会议由陶小满同志主持。", Role.OFFICIAL),
        ("陶小满、骆卫东、谷爱民等同志出席。", Role.OFFICIAL),
        ("陶小满（执法证号：19070012）实施检查。", Role.HANDLER),
        ("联系人及电话：陶小满，0750-3221111", Role.HANDLER),
        ("中标候选人第一名：陶小满", Role.BIDDER),
        ("受灾户陶小满房屋倒塌2间。", Role.RECIPIENT),
        ("郑大海骗取村民陶小满现金3000元。", Role.VICTIM),
        ("乘客陶小满受轻微伤。", Role.VICTIM),
        ("陶小满到本局举报该店销售假药。", Role.INFORMANT),
        ("值班领导陶小满赶赴现场。", Role.OFFICIAL),
        ("陶小满、骆卫东同志试用期满，正式任职。", Role.OFFICIAL),
        ("当事人陶小满死亡的，终结执行。", Role.PUNISHED),
        ("享受高龄补贴人员：陶小满（85岁）", Role.RECIPIENT),
        ("郑大海用木棍击打陶小满左臂。", Role.VICTIM),
        ("陶小满来信询问其低保为何被取消。", Role.INFORMANT),
        ("根据群众陶小满提供的线索，锁定嫌疑人。", Role.INFORMANT),
        ("市场监管所工作人员陶小满上门送达文书。", Role.HANDLER),
    ],
)
def test_ways_of_telling_a_role(text: str, role: Role) -> None:
    assert roles(text)["陶小满"] is role


def test_a_student_of_a_university_or_a_graduate_is_no_minor() -> None:
    assert roles("大学生陶小满到场。")["陶小满"] is Role.UNKNOWN
    assert roles("毕业学生陶小满到场。")["陶小满"] is not Role.MINOR


def test_the_aunt_who_cares_for_a_child_is_its_guardian() -> None:
    found = roles("8岁的骆小宝由姑姑陶小满照顾。")
    assert found["骆小宝"] is Role.MINOR
    assert found["陶小满"] is Role.GUARDIAN


@pytest.mark.parametrize(
    ("header", "value", "role"),
    [
        ("值班电话", "0750-3221111", Role.OFFICE),
        ("咨询电话", "0750-3221111", Role.OFFICE),
        ("户主电话", "0750-3221111", Role.UNKNOWN),
        ("举报人电话", "0750-3221111", Role.UNKNOWN),
    ],
)
def test_the_header_over_a_landline_tells_whose_it_is(header: str, value: str, role: Role) -> None:
    found = judged(table(("事项", "窗口", header), ("登记", "5号", value), title="一览表"))
    assert found[value] is role


def test_the_landline_of_a_desk_is_not_that_of_whoever_serves_there() -> None:
    found = judged(table(("窗口", "姓名", "电话"), ("3号", "骆卫东", "0750-3221111")))
    assert found["0750-3221111"] is Role.OFFICE
    found = judged(table(("窗口", "姓名", "电话"), ("3号", "骆卫东", "13800138000")))
    assert found["13800138000"] is Role.UNKNOWN


@pytest.mark.parametrize("client", ["来访人", "户主", "家庭住址", "身份证号"])
def test_the_landline_of_whoever_comes_to_a_desk_is_his_own(client: str) -> None:
    rows = table(("窗口", client, "姓名", "电话"), ("3号", "略", "骆卫东", "0750-3221111"))
    assert judged(rows)["0750-3221111"] is not Role.OFFICE


def test_in_a_row_of_a_firm_the_landline_is_its_own() -> None:
    found = judged(table(("车牌号", "车主", "电话"), ("粤J12345", "平安驾校", "0750-3221111")))
    assert found["0750-3221111"] is Role.OFFICE
    student = ("学号", "就读学校", "电话"), ("7", "城东小学", "0750-3221112")
    assert judged(table(*student))["0750-3221112"] is Role.UNKNOWN


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("抢修电话：0750-3221111", Role.OFFICE),
        ("骆卫东承诺清理。若再有问题，请联系城关中队0750-3221111。", Role.OFFICE),
        ("骆卫东家0750-3221111", Role.UNKNOWN),
        ("骆卫东，女，幸福小区3栋502室 0750-3221111", Role.UNKNOWN),
        ("骆卫东，石桥村3队0750-3221111", Role.UNKNOWN),
        ("陈登科0750-3221111", Role.UNKNOWN),
    ],
)
def test_the_part_of_a_body_right_before_a_landline_has_it(text: str, role: Role) -> None:
    assert roles(text)["0750-3221111"] is role


def test_the_post_in_a_row_is_that_of_whom_stands_nearest_before_it() -> None:
    document = table(
        ("户主", "家庭成员", "帮扶责任人", "帮扶人单位及职务"),
        ("骆卫东", "陶小满", "谷爱民", "县财政局副局长"),
    )
    assert judged(document)["陶小满"] is not Role.OFFICIAL


def test_who_acts_for_his_family_is_no_handler() -> None:
    assert roles("逝者家属经办人（子）骆卫东，身份证号后补")["骆卫东"] is not Role.HANDLER
    document = table(("姓名", "紧急联系人"), ("骆卫东", "陶小满"))
    assert judged(document)["陶小满"] is not Role.HANDLER
    assert roles("联系人：骆卫东")["骆卫东"] is Role.HANDLER


def test_of_a_divorced_couple_the_label_of_the_one_is_not_the_others() -> None:
    found = roles("经查，申请人骆卫东与陶小满2025年12月已办理离婚登记。")
    assert found["骆卫东"] is Role.APPLICANT
    assert found["陶小满"] is not Role.APPLICANT


def test_who_is_put_on_a_list_of_the_dishonest_is_punished() -> None:
    assert roles("关于将骆卫东等3人列入失信被执行人名单的公告")["骆卫东"] is Role.PUNISHED


def test_whoever_bears_an_office_keeps_it_though_once_called_a_citizen() -> None:
    found = roles("局长陶小满到会。\n局长陶小满说，群众陶小满也是居民。")
    assert found["陶小满"] is Role.OFFICIAL


@pytest.mark.parametrize(
    "text",
    [
        "出席：局长何明、群众代表陶小满。\n陶小满发言。",
        "局长陶小满接待来访。\n居民陶小满（同名）提出意见。",
        "居民陶小满，县财政局科员，提出意见。",
    ],
)
def test_a_citizen_is_no_official_by_sitting_in_a_meeting_or_by_a_namesake(text: str) -> None:
    assert roles(text)["陶小满"] is not Role.OFFICIAL


def test_who_stands_beside_the_marks_of_an_examination_is_a_candidate() -> None:
    rows = ("岗位代码", "准考证号", "姓名", "笔试成绩"), ("A01", "2026031501", "陶小满", "78.5")
    assert judged(table(*rows))["陶小满"] is Role.CANDIDATE


def test_a_plate_that_holds_the_number_of_the_hotline_makes_no_informants() -> None:
    text = "公租房配租公示\n名下车辆川A1234挂、川A12345挂\n101室：陶小满（残疾证号见附件）"
    assert roles(text)["陶小满"] is not Role.INFORMANT


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("行政处罚公示\n1.陶小满，超速，罚款200元。", Role.PUNISHED),
        ("临时救助公示\n陶小满，家中失火，拟救助2000元；", Role.RECIPIENT),
        ("与乡民政办陶小满联系：电话见附件", Role.OFFICIAL),
        ("气象局陶小满、水文站骆卫东分别汇报。", Role.OFFICIAL),
    ],
)
def test_a_line_says_what_it_is_about_and_a_body_who_speaks_for_it(text: str, role: Role) -> None:
    assert roles(text)["陶小满"] is role


def test_whom_another_was_punished_for_is_not_the_punished_one() -> None:
    text = "行政处罚公示\n1.陶小满被骆卫东打伤，骆卫东罚款200元。"
    assert roles(text)["陶小满"] is Role.VICTIM
