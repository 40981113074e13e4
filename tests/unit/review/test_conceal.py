from __future__ import annotations

from dataclasses import replace

from review.conceal import Concealer, masked_value
from review.document import BlockKind, Document, Span, plain_document
from review.finding import Entity, Finding, Role
from review.plan import Ruling
from review.policy import Action, Rule

TEXT = ["联系人苗秋实和樊小溪，电话13900000001。", "涉及询问笔录，习近平新时代中国特色社会主义思想"]


def ruling(
    value: str, entity: Entity, action: Action, role: Role = Role.UNKNOWN, new: str | None = None
) -> Ruling:
    start = "\n".join(TEXT).index(value)
    found = Finding(entity, Span(start, start + len(value)), 0.9, "test", role, id="F1")
    return Ruling(found, Rule(entity, None, action, "依据"), new)


RULINGS = (
    ruling("苗秋实", Entity.PERSON, Action.REPLACE, new="苗某某"),
    ruling("樊小溪", Entity.PERSON, Action.KEEP),
    ruling("13900000001", Entity.PHONE_NUMBER, Action.MASK, new="139****0001"),
    ruling("询问笔录", Entity.NEGATIVE_TERM, Action.REVIEW),
    ruling("习近平", Entity.PERSON, Action.KEEP, Role.PUBLIC_FIGURE),
)


def test_everything_personal_is_concealed_even_what_the_policy_keeps() -> None:
    shown = Concealer(plain_document(TEXT), RULINGS).document().text
    for value in ("苗秋实", "樊小溪", "13900000001"):
        assert value not in shown


def test_terms_and_public_figures_stay_readable() -> None:
    shown = Concealer(plain_document(TEXT), RULINGS).document().text
    assert "询问笔录" in shown
    assert "习近平新时代" in shown


def test_an_excerpt_shows_before_and_after_and_conceals_the_neighbours() -> None:
    excerpt = Concealer(plain_document(TEXT), RULINGS).excerpt(RULINGS[0], width=24)
    assert excerpt.before == "联系人【苗***】和***，电话***。"
    assert excerpt.after == "联系人【苗某某】和***，电话***。"


def test_an_excerpt_cut_through_a_neighbour_conceals_it_whole() -> None:
    shown = Concealer(plain_document(TEXT), RULINGS).excerpt(RULINGS[0], width=3)
    assert shown.before == "联系人【苗***】和***…"


def test_an_excerpt_stays_within_its_block() -> None:
    assert "涉及" not in Concealer(plain_document(TEXT), RULINGS).excerpt(RULINGS[2]).before


def test_an_excerpt_of_text_that_no_output_holds_shows_the_finding_alone() -> None:
    plain = plain_document(TEXT)
    dropped = tuple(replace(block, kind=BlockKind.DROPPED) for block in plain.blocks)
    shown = Concealer(Document(plain.format, dropped), RULINGS).excerpt(RULINGS[0], width=24)
    assert shown.before == "…【苗***】…"


def test_a_masked_value_does_not_tell_its_length() -> None:
    finding = RULINGS[0].finding
    assert masked_value(finding, "苗秋实") == masked_value(finding, "苗秋") == "苗***"


def test_a_name_that_is_masked_already_stays_readable() -> None:
    document = plain_document(["原告张某某与苗秋实"])
    masked = Finding(Entity.PERSON, Span(2, 5), 0.9, "test", Role.MASKED)
    named = Finding(Entity.PERSON, Span(6, 9), 0.9, "test")
    rule = Rule(Entity.PERSON, None, Action.KEEP, "依据")
    shown = Concealer(document, (Ruling(masked, rule), Ruling(named, rule))).document().text
    assert shown == "原告张某某与***"
    assert masked_value(masked, "张某某") == "张某某"
