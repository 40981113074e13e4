from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.operators import HIDDEN, LABELS, PublishedForms
from review.document import Span
from review.finding import Entity, Finding, Role
from review.policy import HIDING, Action, Rule


def write(value: str, entity: Entity, action: Action, form: str = "") -> str:
    return write_all([(value, entity)], action, form)[0]


def write_all(values: list[tuple[str, Entity]], action: Action, form: str = "") -> list[str]:
    hidden = [
        (Finding(entity, Span(0, len(value)), 1.0, "test"), Rule(entity, None, action, "", form), v)
        for value, entity in values
        for v in [value]
    ]
    return PublishedForms().replacements(hidden)


@pytest.mark.parametrize(
    ("value", "form", "published"),
    [
        ("13812345678", "3+****+4", "138****5678"),
        ("１３８ 1234-5678", "3+****+4", "138****5678"),
        ("350102198501011235", "2+*************+3", "35*************235"),
        ("350102850101123", "2+*************+3", "35*************123"),
        ("6222 0212 3456 7890 123", "0+****+4", "****0123"),
        ("一三八一二三四五六七八", "3+****+4", "一三八****五六七八"),
        ("zhang.san@example.cn", "email", "z***@***"),
        ("a@example.cn", "email", "***@***"),
        ("13812345678", "", "****"),
    ],
)
def test_a_mask_keeps_what_its_form_keeps(value: str, form: str, published: str):
    assert write(value, Entity.PHONE_NUMBER, Action.MASK, form) == published


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("12345678", "3+****+4"),
        ("1234567", "3+****+4"),
        ("123", "3+****+4"),
        ("ab", "1+*+1"),
        ("1234", "0+****+4"),
        ("13811111111", "3+****+4"),
        ("13812345678", "3-4"),
        ("13812345678", "no such form"),
    ],
)
def test_a_mask_that_would_tell_too_much_hides_everything(value: str, form: str):
    assert write(value, Entity.PHONE_NUMBER, Action.MASK, form) == "****"


def test_a_mask_does_not_tell_how_long_the_value_was():
    short = write("622202123456789012", Entity.CN_BANK_CARD, Action.MASK, "4+****+4")
    long = write("6222021234567899012", Entity.CN_BANK_CARD, Action.MASK, "4+****+4")
    assert short == long == "6222****9012"


def test_a_person_bears_one_pseudonym_through_all_documents_of_a_case():
    names = ["张三丰", "李四", "张 三 丰", "张无忌"]
    assert write_all([(n, Entity.PERSON) for n in names], Action.REPLACE) == [
        "张某甲",
        "李某某",
        "张某甲",
        "张某乙",
    ]


def test_people_under_different_forms_do_not_share_pseudonyms_by_accident():
    star = (Finding(Entity.PERSON, Span(0, 2), 1, "t"),)
    hidden = [
        (star[0], Rule(Entity.PERSON, None, Action.REPLACE, "", "surname"), "王伟"),
        (star[0], Rule(Entity.PERSON, None, Action.REPLACE, "", "surname_star"), "王小明"),
        (star[0], Rule(Entity.PERSON, None, Action.REPLACE, "", "label"), "王大明"),
    ]
    assert PublishedForms().replacements(hidden) == ["王某某", "王*明", "〔姓名已隐去〕"]


NAMED = Rule(Entity.PERSON, None, Action.REPLACE, "", "surname")
STARRED = Rule(Entity.PERSON, None, Action.REPLACE, "", "surname_star")


def person(number: str, value: str, score: float = 0.9, role: Role = Role.UNKNOWN) -> Finding:
    return Finding(Entity.PERSON, Span(0, len(value)), score, "test", role, person=number)


def written_for(*values: tuple[str, str, float], rule: Rule = NAMED) -> list[str]:
    hidden = [(person(number, value, score), rule, value) for number, value, score in values]
    return PublishedForms().replacements(hidden)


def test_every_written_form_of_one_person_gets_his_one_pseudonym():
    forms = [("P1", "老张", 0.55), ("P1", "张伟", 0.9), ("P1", "張偉", 0.7), ("P1", "张", 0.5)]
    assert written_for(*forms) == ["张某某"] * 4


def test_a_person_who_is_called_by_two_forms_is_one_bearer_of_his_surname():
    forms = [("P1", "李建国", 0.9), ("P1", "建国", 0.55), ("P2", "李明", 0.9)]
    assert written_for(*forms) == ["李某甲", "李某甲", "李某乙"]


def test_the_starred_form_is_that_of_the_full_name_however_short_the_written_one():
    forms = [("P1", "张", 0.5), ("P1", "张建国", 0.9), ("P1", "建国", 0.55)]
    assert written_for(*forms, rule=STARRED) == ["张*国"] * 3


def test_a_surname_that_may_mean_several_points_to_none_of_them():
    forms = [("P1", "张建国", 0.9), ("P2", "张伟", 0.9), ("", "张", 0.6)]
    assert written_for(*forms) == ["张某甲", "张某乙", "某某"]
    assert written_for(("P1", "张建国", 0.9), ("", "张", 0.6)) == ["张某某", "某某"]


def test_a_given_name_that_several_bear_shows_none_of_it():
    forms = [("P1", "李芷汀", 0.9), ("P2", "王芷汀", 0.9), ("", "芷汀", 0.68)]
    assert written_for(*forms) == ["李某某", "王某某", "某某"]
    assert written_for(*forms, rule=STARRED) == ["李*汀", "王*汀", "某某"]


def test_a_mask_that_stays_is_given_to_nobody_but_its_bearer():
    hidden = [(person("P1", "张建国"), NAMED, "张建国")]
    mask = person("P2", "张某某", role=Role.MASKED)
    assert PublishedForms().replacements(hidden, [(mask, "张某某")]) == ["张某甲"]
    own = person("P1", "张某", role=Role.MASKED)
    assert PublishedForms().replacements(hidden, [(own, "张某")]) == ["张某"]


def test_a_mask_that_shows_more_than_the_form_may_is_not_taken_over():
    hidden = [(person("P1", "张建国"), NAMED, "张建国")]
    own = person("P1", "张*国", role=Role.MASKED)
    assert PublishedForms().replacements(hidden, [(own, "张*国")]) == ["张某某"]
    official = person("P1", "张建国", role=Role.OFFICIAL)
    assert PublishedForms().replacements(hidden, [(official, "张建国")]) == ["张某某"]


def test_a_proposal_is_written_while_a_person_has_not_decided():
    rule = Rule(Entity.PERSON, None, Action.REVIEW, "", "", proposal=Action.REPLACE)
    finding = Finding(Entity.PERSON, Span(0, 2), 1, "t")
    assert PublishedForms().replacements([(finding, rule, "王伟")]) == ["王某某"]


def test_other_entities_are_replaced_by_their_label_and_literals_as_they_are():
    assert write("农商行 62220", Entity.CN_BANK_CARD, Action.REPLACE) == "〔银行账号已隐去〕"
    assert write("王伟", Entity.PERSON, Action.REPLACE, "当事人") == "当事人"


def test_an_address_keeps_its_township_and_nothing_below():
    value = "福建省三明市将乐县古镛镇解放村12号"
    written = write(value, Entity.CN_ADDRESS, Action.GENERALISE, "township")
    assert written == "福建省三明市将乐县古镛镇***"
    assert write("解放路12号", Entity.CN_ADDRESS, Action.GENERALISE, "township") == "***"
    assert write("古镛镇古镛", Entity.CN_ADDRESS, Action.GENERALISE, "township") == "***"


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("1985年3月12日", "1985年"),
        ("１９８５－０３－１２", "1985年"),
        ("19850312", "1985年"),
        ("一九八五年三月", "一九八五年"),
        ("1985年", "****"),
        ("八五年三月", "****"),
    ],
)
def test_a_birth_date_keeps_its_year(value: str, published: str):
    assert write(value, Entity.BIRTH_DATE, Action.GENERALISE, "year") == published


def test_an_unknown_level_hides_everything():
    assert write("福建省三明市", Entity.CN_ADDRESS, Action.GENERALISE, "village") == "****"


def test_what_is_removed_leaves_a_fixed_sign_or_the_literal_of_the_rule():
    assert write("高血压", Entity.HEALTH, Action.REMOVE) == "***"
    assert write("高血压", Entity.HEALTH, Action.REMOVE, "（略）") == "（略）"


def test_a_literal_that_repeats_the_value_is_not_written():
    assert write("汉", Entity.ETHNICITY, Action.REMOVE, "汉族") == "****"
    assert write("*", Entity.ETHNICITY, Action.REMOVE) == HIDDEN


FORMS = st.sampled_from(
    [
        "",
        "3+****+4",
        "2+*************+3",
        "0+****+4",
        "1+*+1",
        "email",
        "surname",
        "surname_star",
        "label",
        "township",
        "county",
        "city",
        "province",
        "year",
        "（略）",
    ]
)
SIGNS = st.sampled_from("张王某甲乙省市县区镇乡村路号123456789一二三*·@.- 　１abX〔已隐去〕")


def squeeze(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@given(
    st.lists(st.tuples(st.text(SIGNS, min_size=1, max_size=20), st.sampled_from(Entity))),
    st.sampled_from(sorted(HIDING)),
    FORMS,
)
def test_no_replacement_is_or_holds_its_value(
    values: list[tuple[str, Entity]], action: Action, form: str
):
    for (value, _), written in zip(values, write_all(values, action, form), strict=True):
        assert squeeze(written) != squeeze(value)
        if squeeze(value) and action is not Action.GENERALISE:
            assert squeeze(value) not in squeeze(written) or squeeze(value) in "****"


@given(st.text("0123456789", min_size=1, max_size=24), st.integers(0, 6), st.integers(0, 6))
def test_a_mask_never_holds_the_part_it_hides(value: str, before: int, after: int):
    written = write(value, Entity.CN_BANK_CARD, Action.MASK, f"{before}+****+{after}")
    shown = sum(c.isdigit() for c in written)
    assert shown in (0, before + after)
    if shown:
        assert value[before : len(value) - after] not in written


@given(st.lists(st.text("张王李欧阳三四五 ·", min_size=2, max_size=5), max_size=40))
def test_the_same_name_always_gets_the_same_pseudonym_and_another_name_another(names: list[str]):
    written = write_all([(name, Entity.PERSON) for name in names], Action.REPLACE)
    keys = ["".join(c for c in name if c.isalnum()) for name in names]
    nobodys = {k for k in keys if any(other.endswith(k) and other != k for other in keys)}
    pairs = {
        (k, w)
        for k, w in zip(keys, written, strict=True)
        if len(k) > 1 and (w != "某某" or k not in nobodys)
    }
    assert len({w for _, w in pairs}) == len({k for k, _ in pairs}) == len(pairs)


def test_every_personal_entity_has_a_label_of_its_own():
    impersonal = {Entity.SECRECY_MARK, Entity.NEGATIVE_TERM, Entity.WORDING}
    assert set(LABELS) == set(Entity) - impersonal
    assert len(set(LABELS.values())) == len(LABELS)
