"""Tables within a frame: the border of a page, the dark edge of a photo, the cell of a form."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

import pytest

from redact.page.glyphs import Box
from redact.page.layout import PageLayout
from redact.page.rules import RuledPage
from tests.unit.redact.page.test_gathered import grid, row

TABLE = grid((90, 150, 250), (90, 110, 130))
EDGES = ((0, 6, 594, 600), (0, 6, 794, 800))
"""The two sides of a thick frame around the page, across and down."""


def cells(rules: Iterable[Box]) -> dict[str, tuple[int, int, int] | None]:
    order = count()
    glyphs = [
        *row("公示名单", y=70, order=order),
        *row("学生", y=100, order=order),
        *row("电话", x=160, y=100, order=order),
        *row("苗苗", y=120, order=order),
        *row("13951293663", x=160, y=120, order=order),
    ]
    blocks = PageLayout().blocks(RuledPage((600, 800), tuple(rules)), glyphs)
    return {b.text: b.cell and (b.cell.table, b.cell.row, b.cell.column) for b in blocks}


@pytest.mark.parametrize(
    "frame",
    [(), grid(*EDGES), grid((60, 80, 300), (50, 200, 300))],
    ids=["none", "the edge of a photo", "the cell of a form"],
)
def test_a_table_in_a_frame_keeps_its_header(frame: list[Box]) -> None:
    assert cells([*frame, *TABLE]) == {
        "公示名单": None,
        "学生": (0, 0, 0),
        "电话": (0, 0, 1),
        "苗苗": (0, 1, 0),
        "13951293663": (0, 1, 1),
    }


def test_boxes_for_the_digits_of_a_number_leave_it_in_its_cell() -> None:
    boxes = grid((158 + 5.5 * n for n in range(12)), (115, 125))
    found = cells([*TABLE, *boxes])
    assert found["13951293663"] == (0, 1, 1)
