"""One person is one person in the document, however his name is written; no guess joins two."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from detectors.people.linking import link, number_people
from detectors.people.roles import assign
from detectors.run import build_detector
from review.document import Document, Span, plain_document
from review.finding import Entity, Finding, Role
from review.policy import AllowList

DETECTOR = build_detector((), AllowList())


def people(text: str) -> list[tuple[str, str, Role]]:
    document = plain_document(text.split("\n"))
    return [
        (document.value(f.span), f.person, f.role)
        for f in DETECTOR.detect(document)
        if f.entity is Entity.PERSON
    ]


def numbers(text: str) -> dict[str, str]:
    """Give the number of each written form; a form with two numbers fails."""
    told = {(value, person) for value, person, _ in people(text)}
    assert len({value for value, _ in told}) == len(told)
    return dict(told)


def named(document: Document, *names: str, role: Role = Role.UNKNOWN) -> list[Finding]:
    spans = (Span(document.text.index(n), document.text.index(n) + len(n)) for n in names)
    return [Finding(Entity.PERSON, span, 0.9, "names", role) for span in spans]


def linked(text: str, *names: str, role: Role = Role.UNKNOWN) -> dict[str, tuple[str, Role]]:
    """Link people of whom only place and role are known."""
    document = plain_document([text])
    found = link(document, number_people(document, named(document, *names, role=role)))
    return {document.value(f.span): (f.person, f.role) for f in found}


def test_spaced_and_traditional_forms_are_one_person_numbered_by_first_appearance() -> None:
    told = numbers("证人：李芷汀。当事人：張建國，男。经查，张 建 国与张建国均到场。")
    assert told == {"李芷汀": "P1", "張建國": "P2", "张 建 国": "P2", "张建国": "P2"}


def test_the_dot_of_a_name_may_be_any() -> None:
    told = numbers("当事人：阿迪力·买买提，男。\n联系人：阿迪力•买买提，男。")
    assert set(told.values()) == {"P1"}


def test_the_role_goes_with_the_person_through_every_form() -> None:
    told = people("受害人张建国，男，1970年5月出生。老张说，张先生已就医。張建國表示感谢。")
    assert {(person, role) for _, person, role in told} == {("P1", Role.VICTIM)}
    assert [value for value, _, _ in told] == ["张建国", "老张", "张", "張建國"]


def test_a_given_name_alone_is_the_only_person_who_bears_it() -> None:
    assert numbers("当事人：李芷汀，女。芷汀同志已提交。")["芷汀"] == "P1"
    two = numbers("当事人：李芷汀，女。证人：王芷汀，女。芷汀同志已提交。")
    assert two.get("芷汀", "") == ""


def test_a_weak_name_that_reads_like_anothers_given_name_is_that() -> None:
    text = "证人张文华到场，文华签字"
    document = plain_document([text])
    full, short = named(document, "张文华", "，文华")
    weak = replace(short, span=Span(text.index("，") + 1, text.index("签")), score=0.68)
    for finding, person in ((weak, "P1"), (replace(weak, score=0.9), "P2")):
        found = link(document, number_people(document, [full, finding]))
        assert [f.person for f in found if f.span == weak.span] == [person]


def test_a_title_of_office_is_his_who_holds_it() -> None:
    told = people("县财政局局长张建国出席会议。张局长指出，要落实责任。")
    assert told == [("张建国", "P1", Role.OFFICIAL), ("张", "P1", Role.OFFICIAL)]


def test_an_officer_is_not_the_informant_of_his_surname() -> None:
    told = people("举报人张建国反映情况，张局长回复称，将依法办理。")
    assert [value for value, _, _ in told] == ["张建国"]


def test_a_surname_that_two_people_bear_stays_nobodys() -> None:
    told = people("局长张建国、村民张伟出席。张局长指出，要落实。张先生反映，路灯不亮。")
    assert [(v, p) for v, p, _ in told] == [("张建国", "P1"), ("张伟", "P2"), ("张", "")]


def test_sex_and_age_keep_people_apart() -> None:
    assert numbers("当事人：李芷汀，女。李先生表示异议。")["李"] == ""
    assert "李" not in numbers("小学生李小明，男，10岁，到场。李老师说明情况。\n2026年3月1日")


def test_strangers_told_by_courtesy_alone_are_told_apart_by_it() -> None:
    told = [person for _, person, _ in people("顾先生来信。顾先生再来信。顾女士也来信。")]
    assert told == ["P1", "P1", "P2"]


def test_a_stranger_is_found_wherever_he_is_called_so() -> None:
    told = people("接到群众张先生电话。张先生称，路灯不亮。")
    assert [(v, p) for v, p, _ in told] == [("张", "P1"), ("张", "P1")]


@pytest.mark.parametrize("form", ["张某", "张某某", "张**"])
def test_the_only_mask_of_a_surname_is_joined_with_its_only_bearer(form: str) -> None:
    told = linked(f"证人张建国到场，{form}签字", "张建国", form)
    assert told == {"张建国": ("P1", Role.UNKNOWN), form: ("P1", Role.MASKED)}


def test_a_mask_that_shows_more_is_joined_by_what_it_shows() -> None:
    told = linked("张建国、张建军与张*国、张某", "张建国", "张建军", "张*国", "张某")
    assert told["张*国"] == ("P1", Role.MASKED)
    assert told["张某"] == ("P3", Role.MASKED)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张建国、张伟与张某某", ("张建国", "张伟", "张某某")),
        ("张建国与张某、张某某", ("张建国", "张某", "张某某")),
        ("张建国与张某甲", ("张建国", "张某甲")),
        ("张伟与张**", ("张伟", "张**")),
        ("李伟与张某", ("李伟", "张某")),
    ],
)
def test_a_mask_that_may_be_another_stays_a_person_of_its_own(
    text: str, names: tuple[str, ...]
) -> None:
    told = linked(text, *names)
    assert [person for person, _ in told.values()] == [f"P{n + 1}" for n in range(len(names))]


def test_a_masked_victim_is_not_the_punished_of_the_same_surname() -> None:
    told = people("被处罚人陈志远，男，汉族。受害人陈某某称，被陈志远打伤。")
    assert {(p, r) for v, p, r in told if v == "陈志远"} == {("P1", Role.PUNISHED)}
    assert {(p, r) for v, p, r in told if v == "陈某某"} == {("P2", Role.MASKED)}


def test_the_reason_says_that_the_full_name_stands_elsewhere_and_quotes_nothing() -> None:
    document = plain_document(["证人张建国到场，张某签字"])
    found = link(document, number_people(document, named(document, "张建国", "张某")))
    (reason,) = (f.reason for f in found if f.role is Role.MASKED)
    assert "全名" in reason
    assert "张" not in reason


@pytest.mark.parametrize(
    ("definition", "later"),
    [("（以下简称“张某”）", "张某"), ("（以下简称张某）", "张某"), ("（下称：老张）", "老张")],
)
def test_a_short_form_that_the_text_defines_is_joined_although_others_fit(
    definition: str, later: str
) -> None:
    text = f"当事人：张建国{definition}，男。证人：张伟，男。证人：张某某。经查，{later}到场。"
    told = numbers(text)
    assert (told["张建国"], told["张伟"], told["张某某"]) == ("P1", "P2", "P3")
    assert told[later] == "P1"


def test_a_definition_that_is_no_name_makes_no_person() -> None:
    told = numbers("张建国，男（以下简称“当事人”）。经查，当事人到场。")
    assert told == {"张建国": "P1"}


def test_masked_victims_lend_protection_and_nothing_else() -> None:
    victim = people("村民张建国，男，汉族，到场。受害人张某某称，腿部受伤。")
    assert victim[0][2] is Role.VICTIM
    officer = people("村民张建国，男，汉族，到场。局长张某某主持。")
    assert officer[0][2] is not Role.OFFICIAL


def test_a_number_beside_a_masked_victim_is_the_victims() -> None:
    document = plain_document(["受害人张某某，电话13800138000。"])
    roles = [f.role for f in DETECTOR.detect(document) if f.entity is Entity.PHONE_NUMBER]
    assert roles == [Role.VICTIM]


def test_what_is_no_person_bears_no_number() -> None:
    document = plain_document(["当事人：张建国，电话13800138000，邮箱a@test.com"])
    assert {f.person for f in DETECTOR.detect(document) if f.entity is not Entity.PERSON} == {""}


def test_the_order_of_the_findings_decides_nothing() -> None:
    text = "李芷汀与张建国、张某、张*国、李女士、芷汀同志到场，老张与张先生签字"
    names = ("李芷汀", "张建国", "张某", "张*国", "李")
    document = plain_document([text])
    findings = assign(document, number_people(document, named(document, *names)))
    expected = {(f.span, f.person, f.role) for f in link(document, findings)}
    for turned in (findings[::-1], findings[2:] + findings[:2]):
        again = assign(document, number_people(document, turned))
        assert {(f.span, f.person, f.role) for f in link(document, again)} == expected


def test_nothing_in_nothing_out() -> None:
    assert link(plain_document([]), ()) == number_people(plain_document([]), ()) == ()


def test_a_thousand_people_and_mentions_are_quick() -> None:
    surnames = "王李张刘陈杨黄赵吴周"
    given = [chr(0x4E00 + n) + chr(0x5E00 + n) for n in range(100)]
    names = [s + g for s in surnames for g in given]
    line = "、".join(names) + "\n" + "经王先生、老李、张局长、刘某某同意。" * 250
    document = plain_document([line])
    start, findings = 0, []
    for name in names:
        start = line.index(name, start)
        findings.append(Finding(Entity.PERSON, Span(start, start + 3), 0.9, "names"))
        start += 3
    began = time.process_time()
    found = link(document, number_people(document, findings))
    assert time.process_time() - began < 3
    assert len({f.person for f in found}) == 1000
