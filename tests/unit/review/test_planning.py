from __future__ import annotations

import pytest

from redact.operators import PublishedForms
from review.document import Block, BlockKind, Cell, Document, Location, Span, plain_document
from review.finding import DOUBTFUL_NAME, FIRM_NAME, GIVEN_NAME, NUMBER_PART, Entity, Finding, Role
from review.plan import Verdict, redacted_document, verdict
from review.planning import build_plans
from review.policy import Action, Category, Policy, Rule

NAME = "覃勇"
RULE = Rule(Entity.PERSON, Role.INFORMANT, Action.REPLACE, "依据", form="举报人")
CATEGORY = Category("general", "通用", (RULE,))
POLICY = Policy("1", "digest", (), (), {CATEGORY.key: CATEGORY})


def published(text: str) -> str:
    """Publish a text in which every occurrence of the name is an informant's."""
    document = plain_document(text.split("\n"))
    places = [at for at in range(len(text)) if text.startswith(NAME, at)]
    found = [
        Finding(
            Entity.PERSON, Span(at, at + len(NAME)), 0.9, "test", Role.INFORMANT, id=f"F{at}",
            person="P1",
        )
        for at in places
    ]  # fmt: skip
    (plan,) = build_plans([(document, found)], POLICY, CATEGORY, PublishedForms())
    return redacted_document(document, plan).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("接到覃勇举报。", "接到举报人举报。"),
        ("举报人覃勇拨打12315举报。", "举报人某某拨打12315举报。"),
        ("举报人：覃勇，男", "举报人：某某，男"),
        ("举报人\n覃勇\n男", "举报人\n某某\n男"),
        ("由覃勇举报人补充。", "由某某举报人补充。"),
    ],
)
def test_the_word_for_a_person_is_not_written_twice(text: str, expected: str) -> None:
    assert published(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("邻居覃勇、村干部均予以证实。", "邻居某某、村干部均予以证实。"),
        ("关于覃勇反映低保待遇问题的答复", "关于某某反映低保待遇问题的答复"),
        ("你儿子覃勇名下登记小型轿车。", "你儿子某某名下登记小型轿车。"),
        ("信访人覃勇（身份证号略）", "信访人某某（身份证号略）"),
        ("覃勇被举报后离职。", "某某被举报后离职。"),
        ("覃勇到场。举报材料附后。", "某某到场。举报材料附后。"),
        ("覃勇、举报材料", "某某、举报材料"),
        ("覃勇（举报人）", "某某（举报人）"),
        ("被举报人与覃勇", "被举报人与某某"),
        ("根据覃勇（本村村民）实名举报，", "根据举报人（本村村民）实名举报，"),
        ("覃勇向我局举报称", "举报人向我局举报称"),
    ],
)
def test_a_name_becomes_informant_only_where_the_draft_says_there_that_he_informed(
    text: str, expected: str
) -> None:
    assert published(text) == expected


def test_a_piece_of_a_name_in_the_name_of_a_firm_stays_and_a_person_is_asked() -> None:
    document = plain_document(["云溪县阿芳副食店"])
    piece = Finding(Entity.PERSON, Span(3, 5), 0.7, FIRM_NAME, Role.UNKNOWN, id="F1", person="P1")
    rules = (Rule(Entity.PERSON, None, Action.REPLACE, "依据"),)
    category = Category("general", "通用", rules)
    (plan,) = build_plans([(document, [piece])], POLICY, category, PublishedForms())
    assert redacted_document(document, plan).text == document.text
    assert plan.rulings[0].rule.action is Action.REVIEW
    assert verdict(document, plan) is Verdict.FLAGGED


def test_what_is_kept_anyway_is_not_asked_about_for_standing_in_the_name_of_a_firm() -> None:
    document = plain_document(["云溪县阿芳副食店"])
    piece = Finding(Entity.PERSON, Span(3, 5), 0.7, FIRM_NAME, Role.UNKNOWN, id="F1", person="P1")
    category = Category("general", "通用", (Rule(Entity.PERSON, None, Action.KEEP, "依据"),))
    (plan,) = build_plans([(document, [piece])], POLICY, category, PublishedForms())
    assert plan.rulings[0].rule.action is Action.KEEP


def test_what_may_be_a_name_or_a_word_stays_and_a_person_is_asked() -> None:
    document = plain_document(["夕阳余晖，"])
    name = Finding(Entity.PERSON, Span(2, 4), 0.5, DOUBTFUL_NAME, Role.UNKNOWN, id="F1")
    rules = (Rule(Entity.PERSON, None, Action.REPLACE, "依据"),)
    (plan,) = build_plans(
        [(document, [name])], POLICY, Category("general", "通用", rules), PublishedForms()
    )
    assert redacted_document(document, plan).text == document.text
    assert verdict(document, plan) is Verdict.FLAGGED


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (list("13800138000"), list("138****8000")),
        (["138", "00138000"], ["138****8000", ""]),
        (list("1380013800"), ["****", *[""] * 9]),
    ],
)
def test_each_sign_of_a_mask_gets_a_box_of_a_form_where_there_are_as_many(
    cells: list[str], expected: list[str]
) -> None:
    blocks = tuple(
        Block(text, Location("p", 0), BlockKind.CELL, Cell(0, 0, column))
        for column, text in enumerate(cells)
    )
    document = Document("docx", blocks)
    rule = Rule(Entity.PHONE_NUMBER, None, Action.MASK, "依据", form="3+****+4")
    category = Category("general", "通用", (rule,))
    policy = Policy("1", "digest", (), (), {category.key: category})
    number = Finding(Entity.PHONE_NUMBER, Span(0, len(document.text)), 0.9, "test", id="F1")
    (plan,) = build_plans([(document, [number])], policy, category, PublishedForms())
    published = redacted_document(document, plan)
    assert [block.text for block in published.blocks] == expected


def in_row(cells: list[str], finding: Finding, rule: Rule) -> list[str]:
    """Publish a row of a table in which one thing was found; gives its cells."""
    blocks = tuple(
        Block(text, Location("p", 0), BlockKind.CELL, Cell(0, 0, column))
        for column, text in enumerate(cells)
    )
    document = Document("docx", blocks)
    category = Category("general", "通用", (rule,))
    policy = Policy("1", "digest", (), (), {category.key: category})
    (plan,) = build_plans([(document, [finding])], policy, category, PublishedForms())
    return [block.text for block in redacted_document(document, plan).blocks]


@pytest.mark.parametrize(
    ("cells", "form", "expected"),
    [
        (["覃", "雪梅"], "", ["覃", "某某"]),
        (["欧阳", "修文"], "", ["欧阳", "某某"]),
        (["覃", "雪", "梅"], "", ["覃", "某", "某"]),
        (["覃", "雪梅"], "surname_star", ["覃", "*梅"]),
        (["覃", "雪梅"], "申请人", ["申请人", ""]),
    ],
)
def test_a_surname_that_stays_keeps_its_cell(
    cells: list[str], form: str, expected: list[str]
) -> None:
    name = Finding(Entity.PERSON, Span(0, len("\n".join(cells))), 0.9, "names", id="F1")
    rule = Rule(Entity.PERSON, None, Action.REPLACE, "依据", form=form)
    assert in_row(cells, name, rule) == expected


@pytest.mark.parametrize("form", ["", "surname", "surname_star"])
def test_nothing_of_a_given_name_apart_stays(form: str) -> None:
    name = Finding(Entity.PERSON, Span(0, 2), 0.9, GIVEN_NAME, id="F1")
    rule = Rule(Entity.PERSON, None, Action.REPLACE, "依据", form=form)
    assert in_row(["雪梅", "覃"], name, rule) == ["某某", "覃"]


def test_nothing_of_a_part_of_a_number_stays() -> None:
    part = Finding(Entity.CN_ID_CARD, Span(0, 12), 0.9, NUMBER_PART, id="F1")
    rule = Rule(Entity.CN_ID_CARD, None, Action.MASK, "依据", form="2+****+3")
    assert in_row(["19811106947X"], part, rule) == ["***"]


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        (["安岭县白石镇和平村5组13号"], ["安岭县白石镇■"]),
        (["安岭县白石镇", "和平村5组13号"], ["安岭县白石镇", "■"]),
        (["和平村5组13号"], ["■"]),
    ],
)
def test_in_a_picture_the_town_of_an_address_stays_in_sight(
    lines: list[str], left: list[str]
) -> None:
    document = plain_document(lines, kind=BlockKind.PICTURE)
    found = Finding(Entity.CN_ADDRESS, Span(0, len(document.text)), 0.9, "test")
    rule = Rule(Entity.CN_ADDRESS, Role.UNKNOWN, Action.GENERALISE, "依据", form="township")
    category = Category("general", "通用", (rule,))
    policy = Policy("1", "digest", (), (), {category.key: category})
    (plan,) = build_plans([(document, [found])], policy, category, PublishedForms())
    assert redacted_document(document, plan).text.split("\n") == left


def test_in_a_picture_no_surname_is_told_from_the_name_that_is_covered() -> None:
    document = plain_document(["覃勇"], kind=BlockKind.PICTURE)
    found = Finding(Entity.PERSON, Span(0, 2), 0.9, "test", id="F1", person="P1")
    rule = Rule(Entity.PERSON, Role.UNKNOWN, Action.REPLACE, "依据", form="surname")
    category = Category("general", "通用", (rule,))
    policy = Policy("1", "digest", (), (), {category.key: category})
    (plan,) = build_plans([(document, [found])], policy, category, PublishedForms())
    assert redacted_document(document, plan).text == "■"
