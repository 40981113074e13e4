"""What is left after redaction must not lead back to what was hidden."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from flows.masks.masked_numbers import MOST_CANDIDATES, candidates, shown_of
from flows.masks.reidentification import residual_risks
from review.document import Block, Document, Location, Severity, Span
from review.finding import Entity, Finding
from review.plan import Edit, RedactionPlan, Ruling
from review.policy import Action, Rule
from tests.fakes.tables import cells

NUMBER = "11010519491231002X"
LONG = "110105********002X"
SHORT = "11****************"


def planned(
    blocks: Sequence[Block], hidden: dict[str, tuple[Entity, str | None]]
) -> tuple[Document, RedactionPlan]:
    """Plan for every occurrence of each value: its replacement, or None where it is kept."""
    document = Document("txt", tuple(blocks))
    rulings: list[Ruling] = []
    edits: list[Edit] = []
    for value, (entity, replacement) in hidden.items():
        at = document.text.find(value)
        while at >= 0:
            finding = Finding(entity, Span(at, at + len(value)), 0.9, "test", id=f"F{len(rulings)}")
            action = Action.KEEP if replacement is None else Action.REPLACE
            rulings.append(Ruling(finding, Rule(entity, None, action, "依据"), replacement))
            if replacement is not None:
                ((block, local),) = document.split(finding.span)
                edits.append(Edit(block, local.start, local.end, replacement, finding.id))
            at = document.text.find(value, at + 1)
    plan = RedactionPlan(document.digest, "", "general", tuple(rulings), tuple(edits))
    return document, plan


def lines(*texts: str) -> list[Block]:
    return [Block(text, Location("text", n)) for n, text in enumerate(texts)]


def codes(*files: tuple[Document, RedactionPlan]) -> list[list[str]]:
    return [[note.code for note in notes] for notes in residual_risks(files, 3)]


@pytest.mark.parametrize(
    "beside",
    ["1949年12月31日出生", "生于1949.12.31", "出生日期：1949-12-31", "1949/12/31"],
)
def test_a_mask_beside_the_birthday_hides_nothing(beside: str) -> None:
    file = planned(lines(f"身份证号{NUMBER}，{beside}"), {NUMBER: (Entity.CN_ID_CARD, LONG)})
    assert codes(file) == [["number_completable"]]


def test_a_mask_without_the_birthday_beside_it_is_strong() -> None:
    text = f"身份证号{NUMBER}，2026年3月1日登记，家住江府县城关镇"
    assert codes(planned(lines(text), {NUMBER: (Entity.CN_ID_CARD, LONG)})) == [[]]


def test_a_birthday_in_another_row_is_another_persons() -> None:
    rows = [("身份证号", "出生日期"), (NUMBER, "***"), ("无", "1949-12-31")]
    assert codes(planned(cells(rows), {NUMBER: (Entity.CN_ID_CARD, LONG)})) == [[]]
    rows = [("身份证号", "出生日期"), (NUMBER, "1949-12-31")]
    assert codes(planned(cells(rows), {NUMBER: (Entity.CN_ID_CARD, LONG)})) == [
        ["number_completable"]
    ]


def test_a_birthday_that_is_hidden_too_completes_nothing() -> None:
    file = planned(
        lines(f"身份证号{NUMBER}，1949年12月31日出生"),
        {NUMBER: (Entity.CN_ID_CARD, LONG), "1949年12月31日": (Entity.BIRTH_DATE, "***")},
    )
    assert codes(file) == [[]]


@pytest.mark.parametrize(
    ("shown", "beside", "most"),
    [
        (LONG, "", 36_500),
        (LONG, "1949年出生", 366),
        (LONG, "1949年12月31日出生", 1),
        (SHORT, "1949年12月31日出生，男", 5_000_000),
        (SHORT, "住江府县城关镇，1949年12月31日出生，男", 500),
        (LONG, "76岁，生日12月31日", 2),
        (LONG, "76岁", 732),
        (LONG, "一九四九年十二月三十一日出生", 1),
    ],
)
def test_candidates_are_counted_digit_by_digit(shown: str, beside: str, most: int) -> None:
    counted = candidates(NUMBER, shown_of(shown, 18), beside)
    assert most / 20 <= counted <= most


def test_the_limit_lies_between_a_year_and_a_life() -> None:
    shown = shown_of(LONG, 18)
    year, life = candidates(NUMBER, shown, "1949年出生"), candidates(NUMBER, shown, "")
    assert year < MOST_CANDIDATES < life


def test_who_is_hidden_in_one_file_and_named_in_another_is_told_at_the_first() -> None:
    first = planned(lines("救助对象钱文海"), {"钱文海": (Entity.PERSON, "钱某某")})
    second = planned(lines("钱 文 海同志"), {"钱 文 海": (Entity.PERSON, None)})
    assert codes(first, second) == [["named_elsewhere"], []]
    other = planned(lines("孙志远同志"), {"孙志远": (Entity.PERSON, None)})
    assert codes(first, other) == [[], []]


def roster(*rows: tuple[str, str, str]) -> tuple[Document, RedactionPlan]:
    blocks = cells([("姓名", "村", "年龄", "金额"), *((n, v, a, "500") for n, v, a in rows)])
    return planned(blocks, {n: (Entity.PERSON, f"{n[0]}某某") for n, _, _ in rows})


def test_a_table_whose_other_columns_single_one_out_is_told_with_the_columns() -> None:
    rows = [(f"钱文{c}", "柳河村", "60") for c in "甲乙丙"]
    assert codes(roster(*rows)) == [[]]
    ((note,),) = residual_risks([roster(*rows, ("孙志远", "石门村", "35"))], 3)
    assert note.code == "small_groups"
    assert note.severity is Severity.PERSON
    assert "村、年龄" in note.message
    assert "只对应 1 人" in note.message
    assert "石门" not in note.message


def test_a_table_that_names_people_is_no_question_of_groups() -> None:
    blocks = cells([("姓名", "村"), ("钱文海", "柳河村"), ("孙志远", "石门村")])
    kept = dict.fromkeys(("钱文海", "孙志远"), (Entity.PERSON, None))
    assert codes(planned(blocks, kept)) == [[]]


def test_how_many_must_look_alike_is_the_categorys_to_say() -> None:
    names = ("钱文海", "孙志远", "李长根")
    alike = [roster(*((name, "石门村", "35") for name in names))]
    assert residual_risks(alike, 3) == ((),)
    ((note,),) = residual_risks(alike, 5)
    assert "不足 5 人" in note.message
