"""Lists whose rules are too faint: their borders are told by how the entries stand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from redact.ocr.lists import with_lists
from redact.page.block import tables_of
from redact.page.glyphs import Box, Glyph
from redact.page.rules import RuledPage

EM, STEP = 10.0, 20.0
PAGE = (500.0, 400.0)
COLUMNS = (20.0, 60.0, 130.0, 300.0)
HEAD = ("序号", "姓名", "身份证号", "备注")
ROWS = [(str(n), "白行", "532524199010223166", "") for n in range(1, 6)]


def line(text: str, start: float, middle: float) -> list[Glyph]:
    found, at = list[Glyph](), start
    for sign in text:
        wide = EM if sign > "~" else EM * 0.55
        box = Box(at, middle - EM / 2, at + wide, middle + EM / 2)
        found.append(Glyph(sign, box, at, at + wide, middle, EM))
        at += wide
    return found


def lines(rows: Sequence[Sequence[str]], starts: Sequence[float] = COLUMNS) -> list[list[Glyph]]:
    """Set rows in columns, each entry a line of its own."""
    return [
        line(text, start, 40 + STEP * n)
        for n, row in enumerate(rows)
        for text, start in zip(row, starts, strict=True)
        if text
    ]


def cells(rules: Sequence[Box], read: Sequence[Sequence[Glyph]]) -> list[list[str]]:
    """Give what stands in the cells of the first table, row by row."""
    for table in tables_of(RuledPage(PAGE, rules)):
        return [
            [
                "".join(g.text for each in read for g in each if box.holds_centre(g.box))
                for (at, _), box in sorted(table.cells.items())
                if at == row
            ]
            for row in range(table.rows)
        ]
    return []


def test_a_list_without_rules_gets_a_cell_for_each_entry() -> None:
    read = lines([HEAD, *ROWS])
    assert cells(with_lists((), read, PAGE), read) == [list(row) for row in (HEAD, *ROWS)]


def test_columns_that_were_read_in_one_go_are_parted() -> None:
    joined = [line("白石镇名单", 20, 12), *lines([HEAD, *ROWS])]
    joined[1:3] = [joined[1] + joined[2]]
    assert cells(with_lists((), joined, PAGE), joined)[0] == list(HEAD)


def test_a_few_rules_that_were_seen_give_way_and_a_whole_grid_stays() -> None:
    read = lines([HEAD, *ROWS])
    whole = with_lists((), read, PAGE)
    some = [Box(15, 50, 120, 50), Box(15, 70, 120, 70), Box(15, 50, 15, 70), Box(120, 50, 120, 70)]
    assert with_lists(some, read, PAGE) == whole
    aside = tuple(box._replace(top=box.top + 1, bottom=box.bottom + 1) for box in whole)
    assert with_lists(aside, read, PAGE) == aside


def test_a_grid_that_does_not_part_the_head_is_no_whole_one() -> None:
    read = lines([HEAD, *ROWS * 3])
    whole = with_lists((), read, PAGE)
    outer = {min(b.x0 for b in whole), max(b.x0 for b in whole)}
    below = [b._replace(top=50) if b.x0 == b.x1 and b.x0 not in outer else b for b in whole]
    assert cells(with_lists(below, read, PAGE), read)[0] == list(HEAD)


WRAPPED = [
    row
    for n in range(4)
    for row in ((str(n), "白行", "安岭县白石镇", "低保户"), ("", "", "和平村6组8号", ""))
]
PROSE = [("现将名单公布如下，请各村核对", "", "", "")] * 8
FEW = [HEAD, *ROWS[:3]]


@pytest.mark.parametrize("rows", [WRAPPED, PROSE, FEW])
def test_lines_that_wrapped_prose_and_a_few_rows_are_no_list(rows: Sequence[Sequence[str]]) -> None:
    assert with_lists((), lines(rows), PAGE) == ()


def test_groups_of_the_digits_of_a_card_are_no_columns() -> None:
    rows = [("1", "6217", "0012", "3456")] * 8
    assert with_lists((), lines(rows, (20, 60, 86, 112)), PAGE) == ()
