"""Numbers with a check digit, and mobiles, are found in every way they are written."""

from __future__ import annotations

from random import Random

import pytest

from detectors.base import Passage, Recognizer
from detectors.numbers.bank_card import BankCardRecognizer
from detectors.numbers.id_card import IdCardRecognizer
from detectors.numbers.phone import PhoneRecognizer
from detectors.tables.passages import passages
from detectors.text.normalise import normalise
from review.document import plain_document
from review.finding import Entity
from tests.fakes.written_numbers import (
    BROKEN,
    CARRIERS,
    CELLS,
    CLEAR,
    LISTED,
    MISREAD,
    Form,
    card_number,
    identity_number,
    with_wrong_check,
)

RECOGNIZERS: tuple[Recognizer, ...] = (
    IdCardRecognizer(),
    PhoneRecognizer(),
    BankCardRecognizer(),
)
IDENTITY = tuple(
    map(
        identity_number,
        (
            "44070319880101234",
            "11010119900307867",
            "32010620050101123",
            "65010119761231005",
            "81000019950615002",
            "98100519870923111",
        ),
    )
)
MOBILES = ("13800138000", "15912345678", "19987654321", "17705012805")
CARDS = tuple(
    map(
        card_number,
        ("622202123456789012", "622848123456789", "521234567890123", "621700123456789012"),
    )
)
LABELS = {
    Entity.CN_ID_CARD: ("身份证号：{}", "身份证{}", "公民身份号码为{}，", "身份证号码:{}李四"),
    Entity.PHONE_NUMBER: ("手机：{}", "联系电话{}", "电话：{}。", "手机号{}李四"),
    Entity.CN_BANK_CARD: ("银行卡号：{}", "账号{}", "卡号为{}；", "银行账户{}开户行"),
}
CERTAIN = 0.8


def found(text: str) -> list[tuple[Entity, str, float]]:
    folded = normalise(text)
    hits = [hit for one in RECOGNIZERS for hit in one.find(Passage(folded.text))]
    spans = [(hit, folded.original(hit.start, hit.end)) for hit in hits]
    return [(hit.entity, text[start:end], hit.score) for hit, (start, end) in spans]


def sizes(entity: Entity, number: str) -> tuple[int, ...]:
    if entity is Entity.CN_ID_CARD:
        return (6, 8, 4)
    if entity is Entity.PHONE_NUMBER:
        return (3, 4, 4)
    return (4,) * (len(number) // 4) + ((len(number) % 4,) if len(number) % 4 else ())


def numbers(entity: Entity) -> tuple[str, ...]:
    values = {Entity.CN_ID_CARD: IDENTITY, Entity.PHONE_NUMBER: MOBILES}
    return values.get(entity, CARDS)


def missed(entity: Entity, form: Form, carriers: tuple[str, ...]) -> list[str]:
    texts = []
    for number in numbers(entity):
        written = form.write(number, sizes(entity, number))
        for carrier in carriers:
            text = carrier.format(written)
            if [(e, value) for e, value, _ in found(text)] != [(entity, written)]:
                texts.append(text)
    return texts


@pytest.mark.parametrize("form", CLEAR, ids=lambda form: form.name)
@pytest.mark.parametrize("entity", LABELS)
def test_a_number_is_found_whole_and_as_nothing_else(entity, form):
    assert missed(entity, form, (*CARRIERS, *LABELS[entity])) == []


@pytest.mark.parametrize("form", [*BROKEN, *CELLS, *MISREAD], ids=lambda form: form.name)
@pytest.mark.parametrize("entity", LABELS)
def test_a_number_beside_its_label_is_found_broken_boxed_or_misread(entity, form):
    assert missed(entity, form, LABELS[entity]) == []


@pytest.mark.parametrize("form", LISTED, ids=lambda form: form.name)
@pytest.mark.parametrize("entity", [Entity.CN_ID_CARD, Entity.PHONE_NUMBER])
def test_a_number_beside_its_label_is_found_through_marks_of_a_list(entity, form):
    assert missed(entity, form, LABELS[entity]) == []


@pytest.mark.parametrize("form", [*BROKEN, *CELLS[:2], *MISREAD], ids=lambda form: form.name)
def test_the_check_digit_confirms_an_identity_number_without_label(form):
    assert missed(Entity.CN_ID_CARD, form, CARRIERS) == []


@pytest.mark.parametrize("form", CLEAR, ids=lambda form: form.name)
@pytest.mark.parametrize("entity", [Entity.CN_ID_CARD, Entity.CN_BANK_CARD])
def test_a_wrong_check_digit_is_probable_at_most(entity, form):
    for number in map(with_wrong_check, numbers(entity)):
        written = form.write(number, sizes(entity, number))
        for carrier in CARRIERS:
            assert all(score < CERTAIN for _, _, score in found(carrier.format(written)))


@pytest.mark.parametrize("form", [*BROKEN, *MISREAD], ids=lambda form: form.name)
@pytest.mark.parametrize("entity", [Entity.CN_ID_CARD, Entity.CN_BANK_CARD])
def test_a_wrong_check_digit_confirms_no_misreading(entity, form):
    for number in map(with_wrong_check, numbers(entity)):
        written = form.write(number, sizes(entity, number))
        if written != number:
            assert found(f"编号{written}，") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1380013800013900139000", ["13800138000", "13900139000"]),
        (
            f"{IDENTITY[0]}13800138000",
            [IDENTITY[0], "13800138000"],
        ),
        (f"13800138000{IDENTITY[1]}", ["13800138000", IDENTITY[1]]),
        (f"{IDENTITY[1]}{IDENTITY[2]}", [IDENTITY[1], IDENTITY[2]]),
        (f"{IDENTITY[1]}{CARDS[0]}", [IDENTITY[1], CARDS[0]]),
        (f"{CARDS[0]}13800138000", [CARDS[0], "13800138000"]),
        (f"01{IDENTITY[1]}", [IDENTITY[1]]),
        (f"{IDENTITY[1]}、{IDENTITY[2]}", [IDENTITY[1], IDENTITY[2]]),
        ("13800138000/13900139000", ["13800138000", "13900139000"]),
        ("13800138000 13900139000", ["13800138000", "13900139000"]),
        (f"{CARDS[0]} 13800138000", [CARDS[0], "13800138000"]),
        (f"账号{CARDS[1]} 13800138000", [CARDS[1], "13800138000"]),
        (f"张三\t{IDENTITY[0]}\t13800138000", [IDENTITY[0], "13800138000"]),
    ],
)
def test_numbers_run_together_are_taken_apart(text, expected):
    assert sorted(value for _, value, _ in found(f"张三{text}李四")) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "1380013800013900139",
        "1380013800012900139000",
        "订单12345678901234567890123",
        "3.141592653589793238462643383279",
        "138001380001390013900O",
    ],
)
def test_a_remainder_keeps_digits_together(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "138****1234",
        "电话：138****1234",
        "手机 138xxxx1234，139XXXX5678",
        "3208**********1234",
        "身份证号110101********8670",
        "身份证号码：4407031988******34",
        "6222 **** **** 0128",
        "银行账号6222************128",
        "联系电话：0750-350****",
        "13*********",
    ],
)
def test_what_is_masked_already_is_not_reported(text):
    assert found(text) == []


@pytest.mark.parametrize("before", range(40, 64))
def test_a_number_in_boxes_is_found_wherever_a_passage_ends(before):
    lines = ["县" for _ in range(before)] + ["身份证号", *IDENTITY[0]] + ["区"] * 60
    document = plain_document(lines)
    values = {
        document.value(placed.span(hit.start, hit.end))
        for placed in passages(document, length=120)
        for hit in RECOGNIZERS[0].find(placed.passage)
    }
    assert values == {"\n".join(IDENTITY[0])}


@pytest.mark.parametrize("mark", ["\ufe0f\u20e3", "\u0336", "\u0332"])
def test_a_digit_struck_through_or_in_a_keycap_is_a_digit(mark):
    for number in (IDENTITY[0], MOBILES[0], CARDS[0]):
        written = mark.join(number)
        assert [value for _, value, _ in found(f"见{written}{mark}。")] == [written]


def test_a_number_without_its_check_digit_is_still_one():
    assert found(f"张三{IDENTITY[0][:-1]}*到场") == [
        (Entity.CN_ID_CARD, f"{IDENTITY[0][:-1]}*", 0.7)
    ]


@pytest.mark.parametrize("mark", [" ", "  ", "\t", " | "])
def test_figures_of_a_table_make_a_number_hardly_ever_by_chance(mark):
    chance = Random(20260318)
    rows = (
        mark.join(str(chance.randrange(10 ** chance.randrange(1, 9))) for _ in range(30))
        for _ in range(200)
    )
    assert sum(len(found(row)) for row in rows) <= 2
