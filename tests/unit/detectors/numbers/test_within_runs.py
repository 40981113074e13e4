"""A number found once is found in longer runs of digits, too."""

from __future__ import annotations

import pytest

from detectors.numbers.within_runs import numbers_within_runs
from review.document import Document, Span, plain_document
from review.finding import Entity, Finding

PHONE, ID, CARD = Entity.PHONE_NUMBER, Entity.CN_ID_CARD, Entity.CN_BANK_CARD
MOBILE, IDENTITY = "13800138000", "43012119811106947X"


def known(document: Document, value: str, entity: Entity) -> Finding:
    start = document.text.index(value)
    return Finding(entity, Span(start, start + len(value)), 0.9, "test")


def found(lines: list[str], value: str, entity: Entity) -> list[tuple[Entity, str]]:
    document = plain_document(lines)
    findings = numbers_within_runs(document, [known(document, value, entity)])
    return [(one.entity, document.value(one.span)) for one in findings]


@pytest.mark.parametrize(
    "run", [f"00{MOBILE}0000", f"0{MOBILE}", f"{MOBILE}0", f"页00{MOBILE}00。", f"00{MOBILE}X"]
)
def test_a_mobile_is_found_among_digits_that_do_not_belong_to_it(run: str) -> None:
    assert found([f"电话：{MOBILE}", run], MOBILE, PHONE) == [(PHONE, MOBILE)]


def test_identity_and_card_numbers_are_found_alike() -> None:
    assert found([IDENTITY, f"000{IDENTITY}"], IDENTITY, ID) == [(ID, IDENTITY)]
    card = "6222021234567890128"
    assert found([card, f"00{card}00"], card, CARD) == [(CARD, card)]


def test_a_number_is_known_however_it_is_written_where_it_was_found() -> None:
    assert found(["138-0013-8000", f"00{MOBILE}00"], "138-0013-8000", PHONE) == [(PHONE, MOBILE)]
    assert found(["１３８００１３８０００", f"00{MOBILE}00"], "１３８００１３８０００", PHONE) == [
        (PHONE, MOBILE)
    ]


def test_each_place_in_a_run_is_found() -> None:
    assert found([MOBILE, MOBILE * 2], MOBILE, PHONE) == [(PHONE, MOBILE)] * 2


@pytest.mark.parametrize(
    ("value", "run"),
    [
        (MOBILE, MOBILE),
        (MOBILE, "001380013800"),
        (MOBILE, "0013900138000000"),
        ("0797-6332200", "0007976332200000"),
    ],
)
def test_what_stands_by_itself_or_is_another_number_is_left_to_others(value: str, run: str) -> None:
    assert found([value, run], value, PHONE) == []


def test_a_run_that_is_found_as_a_whole_is_not_parted() -> None:
    whole = f"62220{MOBILE}000"
    document = plain_document([MOBILE, whole])
    both = [known(document, MOBILE, PHONE), known(document, whole, CARD)]
    assert list(numbers_within_runs(document, both)) == []
