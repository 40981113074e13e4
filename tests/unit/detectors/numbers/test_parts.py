"""What a header or label names is found whole though several cells of a row hold it."""

from __future__ import annotations

import pytest

from detectors.numbers.parts import numbers_in_parts
from review.document import Block, Document, plain_document
from review.finding import Entity
from tests.fakes.tables import cells

PHONE, ID, CARD = Entity.PHONE_NUMBER, Entity.CN_ID_CARD, Entity.CN_BANK_CARD
Row = list[str]


def found(*parts: Block) -> list[tuple[Entity, str]]:
    document = Document("xlsx", parts)
    return [
        (one.entity, document.value(one.span).replace("\n", ""))
        for one in numbers_in_parts(document)
    ]


def found_in(rows: list[Row]) -> list[tuple[Entity, str]]:
    return found(*cells(rows))


@pytest.mark.parametrize(
    ("cells", "header", "entity"),
    [
        (["138", "00138000"], "联系电话", PHONE),
        (["1380013", "8000"], "手机", PHONE),
        (list("13800138000"), "手机号码", PHONE),
        (["１３８", "", "００１３８０００"], "联系电话", PHONE),
        (["430121", "19811106", "9478"], "身份证号", ID),
        (list("43012119811106947X"), "公民身份号码", ID),
        (["6222", "0212", "3456", "7890", "123"], "银行账号", CARD),
        (["E", *"12345678"], "护照号码", Entity.CN_PASSPORT),
        (["粤", "J", *"12A45"], "车牌号", Entity.CN_LICENSE_PLATE),
    ],
)
def test_a_merged_header_names_the_number_in_the_cells_below_it(
    cells: Row, header: str, entity: Entity
) -> None:
    rest = [""] * (len(cells) - 1)
    whole = "".join(cells)
    heads, values = ["序号", header, *rest, "备注"], ["1", *cells, "无"]
    assert found_in([heads, values, ["2", *cells, "无"]]) == [(entity, whole)] * 2
    assert found_in([["姓名", "甲", header, *cells]]) == [(entity, whole)]


def test_every_column_may_bear_the_same_header() -> None:
    rows = [["村", "证件号码", "证件号码"], ["甲村", "43012119811106", "9478"]]
    assert found_in(rows) == [(ID, "430121198111069478")]


def test_boxes_in_a_table_of_their_own_are_named_by_what_stands_before_it() -> None:
    boxes = cells([["E", *"12345678"]], 1)
    label = cells([["护照号码"]])
    assert found(*label, *boxes) == [(Entity.CN_PASSPORT, "E12345678")]
    assert found(*plain_document(["护照号码："]).blocks, *boxes) == [
        (Entity.CN_PASSPORT, "E12345678")
    ]
    assert found(*plain_document(["项目编码"]).blocks, *boxes) == []


@pytest.mark.parametrize(
    "rows",
    [
        [["单位", "联系电话", "数量"], ["甲", "138", "00138000"]],
        [["单位", "联系电话", ""], ["甲", "13800138000", "52904012"]],
        [["单位", "联系电话", "", ""], ["甲", "0750", "3501234", "12"]],
        [["户数", "", ""], ["138", "0013", "8000"]],
        [["部门", "联系电话"], ["138", "00138000"]],
        [["联系电话", "138", "无", "00138000"]],
        [["编号", "内容", "姓名"], ["138", "00138000", "甲"]],
        [],
    ],
)
def test_figures_of_their_own_are_not_joined(rows: list[Row]) -> None:
    assert found_in(rows) == []
