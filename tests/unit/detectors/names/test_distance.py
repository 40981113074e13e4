"""Tables drawn apart: every field a line of its own."""

from __future__ import annotations

from datetime import date

import pytest

from detectors.run import build_detector
from review.document import plain_document
from review.finding import Entity
from review.policy import AllowList
from samples.numbers import identity_number

HEAD = ["序号 户主姓名 住址", "身份证号码"]


def row(number: int, name: str, *between: str) -> list[str]:
    card = identity_number(date(1960 + number, number, 12), 10 + number)
    return [str(number), name, *between, card, "1.58"]


def names(*rows: list[str]) -> list[str]:
    document = plain_document([*HEAD, *(line for each in rows for line in each)])
    found = build_detector((), AllowList()).detect(document)
    return [document.value(f.span) for f in found if f.entity is Entity.PERSON]


PLACE = ("柳溪镇梨园村", "1", "组", "9", "号")


def test_a_name_that_is_a_word_is_told_by_where_the_others_stand() -> None:
    people = ["黄树根", "段莲花", "程桂枝", "白云"]
    rows = [row(n, name, *PLACE) for n, name in enumerate(people, 1)]
    assert names(*rows) == people


@pytest.mark.parametrize("text", ["石门村", "不详", "二〇二六"])
def test_what_has_no_shape_of_a_name_is_none_wherever_it_stands(text: str) -> None:
    rows = [row(n, name, *PLACE) for n, name in enumerate(("黄树根", "段莲花", text), 1)]
    assert text not in names(*rows)


def test_without_others_at_the_same_distance_a_word_stays_a_word() -> None:
    rows = [row(1, "黄树根", *PLACE), row(2, "白云", "柳溪镇"), row(3, "高山", "1", "组")]
    assert names(*rows) == ["黄树根"]
