from __future__ import annotations

import pytest

from detectors.roles import assign, strongest
from review.document import Block, BlockKind, Cell, Document, Location, Span, plain_document
from review.finding import Entity, Finding, Role


def people(document: Document, *names: str) -> list[Finding]:
    found = []
    for name in names:
        start = document.text.index(name)
        while start >= 0:
            span = Span(start, start + len(name))
            found.append(Finding(Entity.PERSON, span, 0.9, "names"))
            start = document.text.find(name, start + 1)
    return found


def roles(text: str, *names: str) -> list[Role]:
    document = plain_document(text.split("\n"))
    return [f.role for f in assign(document, people(document, *names))]


def table(*rows: tuple[str, ...], title: str = "") -> Document:
    blocks = [Block(title, Location("text", 0))] if title else []
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            place = Location("text", len(blocks))
            blocks.append(Block(text, place, BlockKind.CELL, Cell(0, row, column)))
    return Document("xlsx", tuple(blocks))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("当事人：陈志远，男", Role.PUNISHED),
        ("被处罚人陈志远", Role.PUNISHED),
        ("法定代表人：陈志远", Role.LEGAL_REPRESENTATIVE),
        ("市财政局局长陈志远到会", Role.OFFICIAL),
        ("任命陈志远同志为市审计局副局长", Role.OFFICIAL),
        ("签发人：陈志远", Role.OFFICIAL),
        ("经办人：陈志远", Role.HANDLER),
        ("执法人员陈志远到场", Role.HANDLER),
        ("证人：陈志远", Role.WITNESS),
        ("被害人陈志远", Role.VICTIM),
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


def test_a_parent_is_no_minor_for_the_child_named_next() -> None:
    given = roles("何桂花之子何小宝系未成年人", "何桂花", "何小宝")
    assert given == [Role.UNKNOWN, Role.MINOR]


def test_a_parent_in_the_row_of_a_child_stays_the_guardian() -> None:
    document = table(
        ("学生姓名", "身份证号", "家长"),
        ("何小宝", "440700201505011234", "何桂花"),
        title="2026年3月1日",
    )
    given = assign(document, people(document, "何小宝", "何桂花"))
    assert [f.role for f in given] == [Role.MINOR, Role.GUARDIAN]


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
    given = assign(document, people(document, "陈小远", "刘桂兰"))
    assert [f.role for f in given] == [Role.MINOR, Role.RECIPIENT]


def test_the_header_of_a_column_says_the_role() -> None:
    document = table(("项目", "法定代表人"), ("供水", "陈志远"))
    (given,) = assign(document, people(document, "陈志远"))
    assert given.role is Role.LEGAL_REPRESENTATIVE


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
