"""A table without header goes on from the one before where it looks like it."""

from __future__ import annotations

import pytest

from detectors.tables.tables import headers
from review.document import Block, Document, Location
from tests.fakes.tables import cells

Rows = list[list[str]]
HEAD = ["序号", "姓名", "村组", "金额"]
FIRST, SECOND = ["1", "高兴", "东风村", "300"], ["2", "方圆", "西河村", "200"]


def governed(*tables: Rows, between: str = "（续表）") -> dict[str, str]:
    blocks = [*cells(tables[0])]
    for number, rows in enumerate(tables[1:], 1):
        blocks += [Block(between, Location("p", 0)), *cells(rows, number)]
    return {blocks[i].text: h for i, h in headers(Document("docx", tuple(blocks))).items()}


@pytest.mark.parametrize("first", [[HEAD, FIRST], [HEAD]])
def test_the_header_governs_the_tables_that_go_on(first: Rows) -> None:
    found = governed(first, [SECOND], [["3", "何方", "石桥村", "100"]])
    assert found["方圆"] == found["何方"] == "姓名"


@pytest.mark.parametrize(
    "second",
    [
        [["1", "道路硬化", "东风村", "300"], ["2", "安全饮水", "西河村", "200"]],
        [["一", "方圆", "西河村", "200"]],
        [["2", "方圆", "西河村"]],
        [["项目", "金额", "来源", "备注"], ["道路", "300", "县级", "无"]],
        [["地址", "青禾县", "电话", "0775-3821234"]],
    ],
)
def test_a_table_that_looks_otherwise_is_one_of_its_own(second: Rows) -> None:
    found = governed([HEAD, FIRST], second)
    assert "姓名" not in {found.get(row[1]) for row in second}


def test_a_table_behind_a_paragraph_of_text_is_one_of_its_own() -> None:
    found = governed([HEAD, FIRST], [SECOND], between="二、经研究，下列项目纳入计划。" * 3)
    assert "方圆" not in found
