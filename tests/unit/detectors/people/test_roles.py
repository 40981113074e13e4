from __future__ import annotations

import pytest

from detectors.addresses.address import AddressRecognizer
from detectors.numbers.bank_card import BankCardRecognizer
from detectors.numbers.birth_date import BirthDateRecognizer
from detectors.numbers.email import EmailRecognizer
from detectors.numbers.id_card import IdCardRecognizer
from detectors.numbers.license_plate import LicensePlateRecognizer
from detectors.numbers.phone import PhoneRecognizer
from detectors.numbers.wechat import WechatRecognizer
from detectors.people.roles import assign, strongest
from detectors.tables.passages import passages
from review.document import Block, Document, Location, Span, plain_document
from review.finding import Entity, Finding, Role, unite
from tests.fakes.tables import cells


def people(document: Document, *names: str) -> list[Finding]:
    found = []
    for name in names:
        start = document.text.index(name)
        while start >= 0:
            span = Span(start, start + len(name))
            found.append(Finding(Entity.PERSON, span, 0.9, "names"))
            start = document.text.find(name, start + 1)
    return found


def numbers(document: Document) -> list[Finding]:
    recognizers = (
        IdCardRecognizer(),
        BirthDateRecognizer(),
        PhoneRecognizer(),
        AddressRecognizer(),
        BankCardRecognizer(),
        EmailRecognizer(),
        WechatRecognizer(),
        LicensePlateRecognizer(),
    )
    return [
        Finding(hit.entity, placed.span(hit.start, hit.end), hit.score, recognizer.name, hit.role)
        for placed in passages(document)
        for recognizer in recognizers
        for hit in recognizer.find(placed.passage)
    ]


def assigned(document: Document, *names: str) -> tuple[Finding, ...]:
    return assign(document, unite([*people(document, *names), *numbers(document)]))


def roles(text: str, *names: str) -> list[Role]:
    document = plain_document(text.split("\n"))
    return [f.role for f in assigned(document, *names) if f.entity is Entity.PERSON]


def role_of(document: Document, value: str, *names: str) -> Role:
    (role,) = {f.role for f in assigned(document, *names) if document.value(f.span) == value}
    return role


def table(*rows: tuple[str, ...], title: str = "") -> Document:
    head = [Block(title, Location("text", 0))] if title else []
    return Document("xlsx", (*head, *cells(rows)))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("当事人：陈志远，男", Role.PUNISHED),
        ("被处罚人陈志远", Role.PUNISHED),
        ("法定代表人：陈志远", Role.LEGAL_REPRESENTATIVE),
        ("市财政局局长陈志远到会", Role.OFFICIAL),
        ("任命陈志远同志为市审计局副局长", Role.OFFICIAL),
        ("签发人：陈志远", Role.OFFICIAL),
        ("法定代表人（负责人、经营者）：陈志远", Role.LEGAL_REPRESENTATIVE),
        ("经办人：陈志远", Role.HANDLER),
        ("执法人员陈志远到场", Role.HANDLER),
        ("证人：陈志远", Role.WITNESS),
        ("被害人陈志远", Role.VICTIM),
        ("受害学生陈志远", Role.VICTIM),
        ("报案人陈志远称其13岁的儿子被打", Role.INFORMANT),
        ("何某13岁的儿子陈志远到场", Role.MINOR),
        ("班主任陈志远到场", Role.UNKNOWN),
        ("受处罚人：陈志远", Role.PUNISHED),
        ("举报人：陈志远", Role.INFORMANT),
        ("法定监护人：陈志远", Role.GUARDIAN),
        ("申请人：陈志远", Role.APPLICANT),
        ("低保对象陈志远", Role.RECIPIENT),
        ("拟录用人员：陈志远", Role.CANDIDATE),
        ("中标人：陈志远", Role.BIDDER),
        ("项目经理：陈志远", Role.PROJECT_MANAGER),
        ("陈志远（男，12岁）送医", Role.MINOR),
        ("陈志远系未成年人", Role.MINOR),
        ("陈志远到场", Role.UNKNOWN),
    ],
)
def test_context_says_the_role(text: str, role: Role) -> None:
    assert roles(text, "陈志远") == [role]


def test_a_manager_of_a_company_is_no_official() -> None:
    assert roles("某某公司办公室主任陈志远到场", "陈志远") == [Role.UNKNOWN]


def test_the_age_of_one_person_is_not_that_of_another() -> None:
    given = roles("教师马丽带领何小宝（13岁）参加，监护人陈志远在场", "马丽", "何小宝", "陈志远")
    assert given == [Role.UNKNOWN, Role.MINOR, Role.GUARDIAN]


@pytest.mark.parametrize(
    "text",
    [
        "何桂花之子何小宝系未成年人",
        "何小宝（2015年5月1日出生）的母亲何桂花到场。\n2026年3月1日",
        "何小宝，13岁，其父何桂花到场",
    ],
)
def test_a_parent_named_with_a_minor_is_the_guardian(text: str) -> None:
    given = roles(text, "何桂花", "何小宝")
    assert sorted(given) == [Role.GUARDIAN, Role.MINOR]


def test_a_parent_of_a_grown_up_is_no_guardian() -> None:
    given = roles("何小宝（1985年5月1日出生）的母亲何桂花到场。\n2026年3月1日", "何桂花", "何小宝")
    assert sorted(given) == [Role.RELATIVE, Role.UNKNOWN]


def test_a_parent_in_the_row_of_a_child_stays_the_guardian() -> None:
    document = table(
        ("学生姓名", "身份证号", "家长"),
        ("何小宝", "440700201505011234", "何桂花"),
        title="2026年3月1日",
    )
    assert role_of(document, "何小宝", "何小宝", "何桂花") is Role.MINOR
    assert role_of(document, "何桂花", "何小宝", "何桂花") is Role.GUARDIAN


def test_names_in_a_list_share_the_label() -> None:
    given = roles("证人：陈志远、刘桂兰", "陈志远", "刘桂兰")
    assert given == [Role.WITNESS, Role.WITNESS]


def test_the_nearest_label_wins_over_one_further_off() -> None:
    given = roles("当事人：陈志远，证人：刘桂兰", "陈志远", "刘桂兰")
    assert given == [Role.PUNISHED, Role.WITNESS]


def test_the_same_name_has_one_role_throughout_and_the_protected_one_wins() -> None:
    given = roles("经办人：陈志远\n陈志远到场\n举报人：陈志远", "陈志远")
    assert given == [Role.INFORMANT] * 3


def test_a_spaced_name_is_the_same_person() -> None:
    document = plain_document(["证人：陈 志 远", "陈志远到场"])
    given = assign(document, people(document, "陈 志 远", "陈志远"))
    assert {f.role for f in given} == {Role.WITNESS}


def test_age_is_reckoned_on_the_documents_own_latest_date() -> None:
    text = "陈志远，男，2012年5月1日出生\n{}"
    assert roles(text.format("2026年3月1日"), "陈志远") == [Role.MINOR]
    assert roles(text.format("2036年3月1日"), "陈志远") == [Role.UNKNOWN]


def test_a_child_in_a_roster_is_known_by_the_identity_number_in_its_row() -> None:
    document = table(
        ("姓名", "身份证号"),
        ("陈小远", "440700201505011234"),
        ("刘桂兰", "440700196505011234"),
        title="2026年3月1日城乡低保对象公示",
    )
    names = "陈小远", "刘桂兰"
    assert [role_of(document, name, *names) for name in names] == [Role.MINOR, Role.RECIPIENT]


def test_the_header_of_a_column_says_the_role() -> None:
    document = table(("项目", "法定代表人"), ("供水", "陈志远"))
    (given,) = assign(document, people(document, "陈志远"))
    assert given.role is Role.LEGAL_REPRESENTATIVE


def test_a_row_with_a_casualty_is_that_of_a_victim() -> None:
    document = table(
        ("姓名", "身份证号", "伤亡情况"),
        ("陈志远", "440700196505011234", "死亡"),
        ("刘桂兰", "440700196605011234", "无"),
    )
    names = "陈志远", "刘桂兰"
    assert [role_of(document, name, *names) for name in names] == [Role.VICTIM, Role.UNKNOWN]
    assert role_of(document, "440700196505011234", *names) is Role.VICTIM


def test_under_a_plain_header_the_subject_decides() -> None:
    document = table(("序号", "姓名"), ("1", "陈志远"), title="拟录用人员公示")
    (given,) = assign(document, people(document, "陈志远"))
    assert given.role is Role.CANDIDATE


def test_the_landline_of_an_office_is_told_from_a_mobile() -> None:
    document = plain_document(["咨询电话：0750-3221111，手机：13800138000"])
    text = document.text
    numbers = [
        Finding(Entity.PHONE_NUMBER, Span(text.index(n), text.index(n) + len(n)), 0.9, "telephone")
        for n in ("0750-3221111", "13800138000")
    ]
    assert [f.role for f in assign(document, numbers)] == [Role.OFFICE, Role.UNKNOWN]


def test_other_findings_stay_as_they_are() -> None:
    document = plain_document(["机密★10年"])
    finding = Finding(Entity.SECRECY_MARK, Span(0, 6), 1.0, "secrecy", Role.STOP)
    assert assign(document, [finding]) == (finding,)


def test_impossible_dates_are_passed_over() -> None:
    assert roles("陈志远，2012年13月45日出生\n2026年2月30日", "陈志远") == [Role.UNKNOWN]


def test_nothing_in_nothing_out() -> None:
    assert assign(plain_document([]), []) == ()


def test_the_strongest_role_protects_most() -> None:
    assert strongest({Role.OFFICIAL, Role.VICTIM, Role.MINOR}) is Role.MINOR
    assert strongest(()) is Role.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "当事人陈志远（身份证号码：440700196505011234）向未满十八周岁的学生何小宝售烟。",
        "当事人陈志远，1965年5月1日出生，向未成年人何小宝售烟，事后留守儿童何小宝返还。",
        "当事人陈志远不得向未成年人售烟；未成年人入店的，陈志远应当劝离，何小宝在场。",
        "陈志远带领何小宝等2名小学生（12岁、13岁）离开。",
    ],
)
def test_whoever_is_named_near_a_minor_is_none(text: str) -> None:
    given = dict(
        zip(["陈志远", "何小宝"], roles(text + "\n2026年3月1日", "陈志远", "何小宝"), strict=False)
    )
    assert given["陈志远"] is not Role.MINOR


@pytest.mark.parametrize(
    "text",
    [
        "未成年人何小宝到场",
        "未满十六周岁的沙坪中学学生何小宝到场",
        "何小宝，男，系未成年人。",
        "何小宝（未成年）到场",
        "何小宝（女，汉族，15周岁）到场",
        "何小宝，年仅9岁，到场",
        "何小宝，男，年龄：11，到场",
        "何小宝系不满十四周岁的人，到场",
        "孤儿何小宝到场",
        "公民身份号码440700201505011235的何小宝到场",
        "何小宝，二〇一五年五月一日出生，到场",
    ],
)
def test_a_minor_is_told_by_what_is_said_of_himself(text: str) -> None:
    assert roles(text + "\n2026年3月1日", "何小宝")[0] is Role.MINOR


def test_a_birth_wins_over_the_status_of_a_pupil_but_not_over_the_word_minor() -> None:
    born = "，1965年5月1日出生。\n2026年3月1日"
    assert roles("孤儿何小宝" + born, "何小宝") == [Role.UNKNOWN]
    assert roles("未成年人何小宝" + born, "何小宝") == [Role.MINOR]


def test_a_birthday_is_not_the_day_of_the_document() -> None:
    assert roles("张志远，1990年3月7日出生", "张志远") == [Role.UNKNOWN]
    assert roles("张志远，2015年3月7日出生", "张志远") == [Role.MINOR]


@pytest.mark.parametrize(
    "day",
    [
        "有效期至2036年3月1日\n江府办〔2026〕8号",
        "本方案实施至2036年3月1日止。\n二〇二六年三月一日",
        "2036年3月1日前完成。\n江门市人民政府办公室　2026年3月1日印发",
    ],
)
def test_plans_for_years_to_come_do_not_make_a_child_older(day: str) -> None:
    assert roles("何小宝，2012年5月1日出生\n" + day, "何小宝") == [Role.MINOR]


def test_the_number_of_a_row_is_the_childs_and_the_telephone_the_parents() -> None:
    document = table(
        ("学生姓名", "家长", "身份证号", "家长电话"),
        ("何小宝", "何桂花", "440700201505011234", "13800138000"),
        title="2026年3月1日",
    )
    names = "何小宝", "何桂花"
    assert role_of(document, "何小宝", *names) is Role.MINOR
    assert role_of(document, "440700201505011234", *names) is Role.MINOR
    assert role_of(document, "13800138000", *names) is Role.GUARDIAN


def test_the_age_column_makes_a_minor_and_a_sentence_in_a_cell_does_not() -> None:
    document = table(
        ("姓名", "年龄", "违法事实"),
        ("何小宝", "15", "逃学"),
        ("陈志远", "45", "向未成年人出售香烟"),
    )
    assert role_of(document, "何小宝", "何小宝", "陈志远") is Role.MINOR
    assert role_of(document, "陈志远", "何小宝", "陈志远") is Role.UNKNOWN


@pytest.mark.parametrize(
    ("text", "value", "role"),
    [
        ("被害人陈志远（身份证号码440700196505011234）", "440700196505011234", Role.VICTIM),
        ("死者：陈志远，男，1965年5月1日出生", "1965年5月1日", Role.VICTIM),
        ("举报人：陈志远\n联系电话：13800138000", "13800138000", Role.INFORMANT),
        ("举报人陈志远，家住北坑村5组8号", "北坑村5组8号", Role.INFORMANT),
        ("未成年人陈志远，家住北坑村5组8号", "北坑村5组8号", Role.MINOR),
        ("未成年人何小宝的监护人陈志远，电话13800138000", "13800138000", Role.GUARDIAN),
        ("家住北坑村5组8号的被害人陈志远", "北坑村5组8号", Role.UNKNOWN),
        ("举报人陈志远。咨询可拨打13800138000", "13800138000", Role.UNKNOWN),
        ("举报人陈志远\n经办科室\n13800138000", "13800138000", Role.UNKNOWN),
        ("当事人：陈志远，电话13800138000", "13800138000", Role.UNKNOWN),
    ],
)
def test_numbers_of_the_protected_bear_their_role(text: str, value: str, role: Role) -> None:
    assert role_of(plain_document(text.split("\n")), value, "陈志远") is role


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("举报人陈志远，银行卡号6222021234567890128", "6222021234567890128"),
        ("举报人陈志远\n电子邮箱：czy1980@example.com", "czy1980@example.com"),
        ("举报人陈志远，微信号czy1980abc", "czy1980abc"),
        ("举报人陈志远驾驶的车辆（车牌号：粤J12345）", "粤J12345"),
    ],
)
def test_accounts_addresses_and_plates_of_the_protected_bear_their_role_too(
    text: str, value: str
) -> None:
    assert role_of(plain_document(text.split("\n")), value, "陈志远") is Role.INFORMANT


@pytest.mark.parametrize(
    "number",
    ["440700201505011235", "④④⓪⑦⓪⓪②⓪①⑤⓪⑤⓪①①②③⑤", "4407002O15O5O11Z33"],
)
def test_a_childs_number_is_known_by_itself_however_it_is_written(number: str) -> None:
    document = plain_document([f"其子身份证号码{number}", "2026年3月1日"])
    assert role_of(document, number) is Role.MINOR


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("请向北坑镇人民政府书面提出。电话：0750-3221111。", Role.OFFICE),
        ("异议向县自然资源局提出，电话0750-3221111", Role.OFFICE),
        ("县防汛办电话0750-3221111", Role.OFFICE),
        ("柳溪镇党政办：0750-3221111", Role.OFFICE),
        ("县残联电话0750-3221111", Role.OFFICE),
        ("如有疑问请联系政务公开办：0750-3221111。", Role.OFFICE),
        ("群众可拨打12345或0750-3221111咨询。", Role.OFFICE),
        ("居民可致电0750-3221111反映。", Role.OFFICE),
        ("邻居拨打住户家中0750-3221111咨询。", Role.UNKNOWN),
        ("邻居拨打0750-3221111无人接听。", Role.UNKNOWN),
        ("保险代办：0750-3221111", Role.UNKNOWN),
        ("由镇政办理登记，电话0750-3221111", Role.UNKNOWN),
        ("县府办收到陈志远来信。电话：0750-3221111", Role.UNKNOWN),
        ("江门市人民政府收到陈志远来信。电话：0750-3221111", Role.UNKNOWN),
        ("请向北坑镇人民政府书面提出，家庭电话0750-3221111", Role.UNKNOWN),
        ("书面提出。电话：0750-3221111。", Role.UNKNOWN),
    ],
)
def test_a_landline_is_that_of_the_office_spoken_of(text: str, role: Role) -> None:
    document = plain_document([text])
    names = ("陈志远",) if "陈志远" in text else ()
    assert role_of(document, "0750-3221111", *names) is role


@pytest.mark.parametrize(
    "number",
    [
        "13800138000",
        "一三八〇〇一三八〇〇〇",
        "１３８００１３８０００",
        "138OO138000",
        "l3BOO13B000",
        "①③⑧⓪⓪①③⑧⓪⓪⓪",
        "¹³⁸⁰⁰¹³⁸⁰⁰⁰",
        "1|3|8|0|0|1|3|8|0|0|0",
        "1│3│8│0│0│1│3│8│0│0│0",
    ],
)
def test_a_mobile_is_never_an_offices_however_it_is_written(number: str) -> None:
    assert role_of(plain_document([f"咨询电话：{number}"]), number) is Role.UNKNOWN


@pytest.mark.parametrize(
    "line",
    [
        "上官明远同志为江门市水利局总工程师；",
        "上官明远同志任市财政局总会计师（试用期一年）；",
        "上官明远同志的市审计局副局长职务；",
        "上官明远、陈志远同志为市人民政府督学；",
    ],
)
def test_everyone_in_an_appointment_notice_acts_in_office(line: str) -> None:
    text = "关于陈志远等同志职务任免的通知\n" + line
    assert roles(text, "上官明远") == [Role.OFFICIAL]


def test_a_profile_before_an_appointment_is_that_of_a_candidate() -> None:
    profile = "陈志远，男，1980年3月生，现任县财政局副局长，拟任县审计局局长。"
    assert roles("任前公示\n" + profile, "陈志远") == [Role.CANDIDATE]
    assert roles("任前公示\n陈志远到场", "陈志远") == [Role.UNKNOWN]
    assert roles("任前公示\n随后陈志远到场，拟任人选另行公布", "陈志远") == [Role.UNKNOWN]


@pytest.mark.parametrize(
    "text",
    [
        "陈志远同志为抢救落水儿童牺牲",
        "陈志远找到县民政局局长",
        "证人证言，陈志远到场",
    ],
)
def test_what_is_not_joined_to_a_name_says_nothing_of_it(text: str) -> None:
    assert roles(text, "陈志远") == [Role.UNKNOWN]


@pytest.mark.parametrize(
    "text",
    [
        "电动自行车（登记人陈思远，号牌云A12345）停放在路边。",
        "车辆登记人：陈思远",
        "房屋登记人为陈思远",
        "该处不动产登记人陈思远提出异议。",
        "号牌：云A12345\n登记人：陈思远\n登记日期：2019年3月4日",
    ],
)
def test_whom_a_thing_is_registered_to_is_no_clerk(text: str) -> None:
    assert Role.HANDLER not in roles(text, "陈思远")


@pytest.mark.parametrize(
    "text",
    [
        "登记人：陈思远　登记日期：2026年3月4日",
        "经办人：李国强　登记人：陈思远　复核人：周海燕",
        "来访登记表\n接待时间：2026年3月4日\n登记人：陈思远",
        "登记人（签字）：陈思远",
        "登记人员：陈思远",
    ],
)
def test_who_signs_for_a_register_is_a_clerk(text: str) -> None:
    assert roles(text, "陈思远") == [Role.HANDLER]
