"""公开属性的建议: law first, then the mark at the source, then the kind of document."""

from __future__ import annotations

import pytest

from review.attribute_proposal import AttributeProposal, propose_attribute
from review.case import Attribute
from review.document import Document, Severity, Span, plain_document
from review.finding import Entity, Finding, Role
from review.plan import RedactionPlan, Ruling
from review.policy import Action, Category, Rule

GENERAL = Category("general", "一般文件", (), channels=("政府门户网站",), basis="条例第十九条")
PETITION = Category(
    "petition", "信访答复", (), channels=("书面答复信访人",), scope="信访人", basis="条例第十五条"
)
OPEN, ASKED, CLOSED = Attribute.PROACTIVE, Attribute.ON_REQUEST, Attribute.WITHHELD


def ruling(entity: Entity, action: Action, role: Role = Role.UNKNOWN) -> Ruling:
    rule = Rule(entity, None, action, f"依据 {entity}")
    return Ruling(Finding(entity, Span(0, 1), 1.0, "t", role), rule)


def file(*lines: str, rulings: tuple[Ruling, ...] = ()) -> tuple[Document, RedactionPlan]:
    return plain_document(lines or ("关于放假的通知",)), RedactionPlan("d", "p", "c", rulings, ())


def proposed(
    *files: tuple[Document, RedactionPlan], category: Category = GENERAL
) -> AttributeProposal:
    return propose_attribute(files, category)


def test_what_nothing_speaks_against_is_open_on_the_ground_of_its_category() -> None:
    found = proposed(file())
    assert (found.attribute, found.basis, found.carried) == (OPEN, "条例第十九条", ())


def test_a_secrecy_mark_closes_whatever_else_is_written() -> None:
    mark = ruling(Entity.SECRECY_MARK, Action.BLOCK)
    found = proposed(file("（此件公开发布）", rulings=(mark,)))
    assert (found.attribute, found.basis) == (CLOSED, "政府信息公开条例第十四条")


def test_a_mark_in_an_attachment_closes_the_case() -> None:
    mark = ruling(Entity.SECRECY_MARK, Action.BLOCK)
    assert proposed(file(), file(rulings=(mark,))).attribute is CLOSED


def test_a_stop_term_closes_by_its_own_ground() -> None:
    found = proposed(file(rulings=(ruling(Entity.NEGATIVE_TERM, Action.BLOCK),)))
    assert (found.attribute, found.basis) == (CLOSED, "依据 NEGATIVE_TERM")


@pytest.mark.parametrize(
    ("mark", "attribute"),
    [("（此件公开发布）", OPEN), ("（此件依申请公开）", ASKED), ("（此件不公开）", CLOSED)],
)
def test_the_mark_at_the_source_is_followed(mark: str, attribute: Attribute) -> None:
    found = proposed(file("关于讨论稿的请示", mark), category=PETITION)
    assert found.attribute is attribute
    assert "文中标注" in found.reason


def test_a_forwarding_takes_the_attribute_of_what_it_forwards() -> None:
    outer = ("关于转发省政府办公厅文件的通知", "（此件公开发布）")
    assert proposed(file(*outer, "省政府办公厅通知", "（此件不公开）")).attribute is CLOSED
    assert proposed(file(*outer), file("省政府办公厅通知", "（此件依申请公开）")).attribute is ASKED
    assert "随被转发文件" in proposed(file(*outer), file("通知", "（此件不公开）")).reason


def test_a_forwarding_of_something_without_a_mark_is_determined_anew() -> None:
    found = proposed(file("关于转发省政府办公厅文件的通知"))
    assert found.attribute is OPEN
    assert "重新认定" in found.reason


@pytest.mark.parametrize(
    "title", ["关于增加编制的请示", "县政府常务会议讨论记录", "江县救助办法（送审稿）"]
)
def test_process_information_may_be_withheld(title: str) -> None:
    found = proposed(file(title))
    assert (found.attribute, found.basis) == (CLOSED, "政府信息公开条例第十六条")


@pytest.mark.parametrize(
    "title", ["县政府常务会议纪要", "江县救助办法（征求意见稿）", "政府工作报告"]
)
def test_what_is_published_as_a_rule_is_no_process_information(title: str) -> None:
    assert proposed(file(title)).attribute is OPEN


def test_an_answer_to_one_person_is_on_request() -> None:
    found = proposed(file("答复意见书"), category=PETITION)
    assert (found.attribute, found.basis) == (ASKED, "条例第十五条")
    assert "信访人本人" in found.reason


def test_what_is_hidden_is_told_as_separated() -> None:
    hidden = (ruling(Entity.PERSON, Action.REPLACE), ruling(Entity.PERSON, Action.KEEP))
    (note,) = proposed(file(rulings=hidden)).carried
    assert (note.code, note.severity) == ("attribute_separated", Severity.INFO)
    assert "1 处" in note.message
    assert "第三十七条" in note.message


def test_what_may_not_go_along_is_told() -> None:
    term = ruling(Entity.NEGATIVE_TERM, Action.REVIEW, Role.REVIEW)
    main = file("关于放假的通知", "附件：1.名册（不予公开）", rulings=(term,))
    notes = proposed(main, file("名册", "（此件不公开）")).carried
    assert {note.severity for note in notes} == {Severity.PERSON}
    told = "".join(note.message for note in notes)
    assert "审核级内容 1 处" in told
    assert "第 2 个文件标注为不予公开" in told
    assert "文中写明附件不公开" in told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("（附件不公开）", True),
        ("附件：1.检查表；2.重点单位名录（不予公开）", True),
        ("附件：依申请公开办理流程图", False),
        ("附件：检查表", False),
    ],
)
def test_an_attachment_named_as_closed_is_told_only_where_it_comes_along(
    line: str, told: bool
) -> None:
    main = file("关于检查的通知", line)
    assert bool(proposed(main, file("检查表")).carried) is told
    assert proposed(main).carried == ()


def test_a_document_that_stays_closed_carries_nothing_along() -> None:
    hidden = (ruling(Entity.PERSON, Action.REPLACE),)
    assert proposed(file("（此件不公开）", rulings=hidden)).carried == ()


def test_only_another_attribute_than_the_declared_one_needs_a_person() -> None:
    found = proposed(file())
    assert [note.severity for note in found.notes()] == [Severity.INFO]
    assert [note.severity for note in found.notes(OPEN)] == [Severity.INFO]
    (differs,) = found.notes(CLOSED)
    assert differs.severity is Severity.PERSON
    assert "建议公开属性：主动公开" in differs.message
    assert "送审时填报的是不予公开" in differs.message
