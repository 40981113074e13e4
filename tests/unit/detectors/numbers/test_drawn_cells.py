"""A number that a cell of a drawn table holds over several lines goes whole; columns stay apart."""

from __future__ import annotations

import pytest

from detectors.numbers.drawn_cells import numbers_over_drawn_lines
from detectors.run import build_detector
from review.document import plain_document
from review.finding import Entity
from review.policy import AllowList

GRID = """
+------+-----------+-----------+
| 姓名 | 身份      | 联系      |
|      |           |           |
|      | 证号      | 电话      |
+======+===========+===========+
| 李四 | 110101199 | 13        |
|      | 003078670 | 800138000 |
+------+-----------+-----------+
"""
BOXES = """
┌───┬─────┬─────┐
│姓名  │身份证号  │联系电话  │
├───┼─────┼─────┤
│李四  │110101199 │13        │
│      │003078670 │800138000 │
└───┴─────┴─────┘
"""
QUERY = """
+-------+-------+-------------+
| name  | money | phone       |
+-------+-------+-------------+
| Li    |  1500 | 13800138000 |
| Wang  |   300 | 13800138001 |
| Zhao  |  2000 | 13800138002 |
+-------+-------+-------------+
"""


def found(text: str) -> list[tuple[str, Entity]]:
    document = plain_document(text.split("\n"))
    return [(document.value(f.span), f.entity) for f in numbers_over_drawn_lines(document)]


@pytest.mark.parametrize("table", [GRID, BOXES])
def test_the_lines_of_a_cell_are_one_number(table: str) -> None:
    assert found(table) == [
        ("110101199", Entity.CN_ID_CARD),
        ("003078670", Entity.CN_ID_CARD),
        ("13", Entity.PHONE_NUMBER),
        ("800138000", Entity.PHONE_NUMBER),
    ]


def test_an_identity_number_needs_no_header() -> None:
    assert len(found(BOXES.replace("身份证号", "备注    "))) == 4


def test_figures_under_each_other_are_no_number() -> None:
    assert found(QUERY) == []


def test_rows_that_no_rule_closes_are_left_alone() -> None:
    assert found(GRID[: GRID.rindex("+------+")]) == []


def test_people_in_boxes_are_found_below_their_header() -> None:
    document = plain_document(BOXES.replace("李四  ", "高兴  ").split("\n"))
    detect = build_detector((), AllowList()).detect
    people = [document.value(f.span) for f in detect(document) if f.entity is Entity.PERSON]
    assert people == ["高兴"]
