"""A name whose surname and given name have cells of their own is found whole."""

from __future__ import annotations

import pytest

from detectors.names.parted_names import names_in_parts
from review.document import Document
from review.finding import GIVEN_NAME
from tests.fakes.tables import cells

Rows = list[list[str]]


def table(rows: Rows) -> Document:
    return Document("xlsx", cells(rows))


def found(rows: Rows) -> list[tuple[str, str]]:
    """List what is found in a table, each with the name it is part of."""
    document = table(rows)
    return [
        (document.value(part.finding.span).replace("\n", "|"), part.name)
        for part in names_in_parts(document)
    ]


@pytest.mark.parametrize(
    "heads",
    [
        ["姓", "名"],
        ["姓氏", "名字"],
        ["姓 氏", "名 字"],
        ["户主姓", "户主名"],
        ["姓（Surname）", "名（Given name）"],
        ["Surname", "Given name"],
    ],
)
def test_headers_that_part_the_name_govern_both_columns(heads: list[str]) -> None:
    rows = [["序号", *heads, "金额"], ["1", "覃", "雪梅", "300"], ["2", "欧阳", "修文", "200"]]
    assert found(rows) == [("覃|雪梅", "覃雪梅"), ("欧阳|修文", "欧阳修文")]
    assert found([row[1:3] for row in rows]) == found(rows)


def test_a_given_name_apart_from_its_surname_is_found_alone() -> None:
    form = [["姓氏", "覃", "名字", "雪梅"], ["性别", "女", "民族", "汉族"]]
    turned = [["姓", "覃", "性别", "女"], ["名", "雪梅", "民族", "汉族"]]
    before = [["名", "姓", "金额"], ["雪梅", "覃", "300"]]
    between = [["姓", "村", "名"], ["覃", "东风村", "雪梅"]]
    for rows in (form, turned, before, between):
        assert found(rows) == [("雪梅", "覃雪梅")]
        (part,) = names_in_parts(table(rows))
        assert part.finding.detector == GIVEN_NAME


def test_a_name_may_fill_the_boxes_below_or_beside_its_label() -> None:
    assert found([["姓名", "覃", "雪", "梅"], ["性别", "女", "", ""]]) == [("覃|雪|梅", "覃雪梅")]
    rows = [["序号", "姓名", "", "金额"], ["1", "覃", "雪梅", "300"], ["2", "欧阳", "修文", "200"]]
    assert found(rows) == [("覃|雪梅", "覃雪梅"), ("欧阳|修文", "欧阳修文")]


def test_a_whole_name_below_the_surname_is_found() -> None:
    assert found([["姓", "名", "金额"], ["覃雪梅", "", "300"]]) == [("覃雪梅", "覃雪梅")]


@pytest.mark.parametrize(
    "rows",
    [
        [["项目", "单位", "数量"], ["培训人数", "名", "30"], ["图书", "册", "200"]],
        [["姓氏", "人数", "占比"], ["李", "1200", "3%"], ["欧阳", "30", "0%"]],
        [["百家姓", "拼音"], ["李", "li"], ["王", "wang"]],
        [["品名", "规格", "单位"], ["黄", "色纸", "张"], ["白", "粉笔", "盒"]],
        [["村名", "组", "户数"], ["李家", "一", "30"]],
        [["姓", "名", "金额"], ["无", "无", "0"]],
        [["姓名", "性别"], ["覃雪梅", "女"]],
    ],
)
def test_other_columns_hold_no_name_in_parts(rows: Rows) -> None:
    assert not found(rows)
