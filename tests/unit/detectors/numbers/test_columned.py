"""Parts of a number with a column each are found where they are whole together."""

from __future__ import annotations

import pytest

from detectors.numbers.columned import numbers_over_columns
from review.document import Document
from review.finding import Entity
from tests.fakes.tables import cells

PHONE, ID = Entity.PHONE_NUMBER, Entity.CN_ID_CARD
Rows = list[list[str]]


def found(rows: Rows) -> list[tuple[Entity, str]]:
    document = Document("xlsx", cells(rows))
    return [(one.entity, document.value(one.span)) for one in numbers_over_columns(document)]


@pytest.mark.parametrize(
    ("heads", "parts", "entity"),
    [
        (["身份证前6位", "后12位"], ["430121", "19811106947X"], ID),
        (["身份证号（前14位）", "末四位"], ["43012119811106", "9478"], ID),
        (["身份证号前17位", "校验码"], ["43012119811106947", "X"], ID),
        (["后12位", "身份证前六位"], ["19811106947X", "430121"], ID),
        (["身份证号1-14位", "15-18位"], ["43012119811106", "9478"], ID),
        (["前6位", "后12位"], ["430121", "198111069478"], ID),
        (["手机号前七位", "手机尾号"], ["1380013", "8000"], PHONE),
        (["手机号前七位", "手机号后四位"], ["1380013", "86"], PHONE),
        (["号段", "号码"], ["138", "00138000"], PHONE),
    ],
)
def test_parts_are_found_whatever_stands_between_them(
    heads: list[str], parts: list[str], entity: Entity
) -> None:
    both = [(entity, part) for part in parts]
    assert found([["序号", *heads], ["1", *parts]]) == both
    rows = [[heads[0], "金额", heads[1]], [parts[0], "300", parts[1]]]
    assert found([["序号", *rows[0]], ["1", *rows[1]]]) == both
    form = ["姓名", "某某", heads[0], parts[0], heads[1], parts[1]]
    assert found([form]) == both or heads[0] == "号段"


def test_what_fills_a_mask_is_found() -> None:
    rows = [["姓名", "手机号", "金额", "中间四位"], ["某某", "138****8000", "300", "0013"]]
    assert found(rows) == [(PHONE, "0013")]


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "手机尾号", "中奖号码"], ["某某", "8000", "138001"]],
        [["姓名", "手机号", "手机尾号"], ["某某", "13800138000", "8000"]],
        [["品名", "前6位", "后12位"], ["钢管", "110101", "123456789012"]],
        [["期号", "前三位", "后八位"], ["1", "138", "00138000"], ["2", "222", "33333333"]],
        [["日期", "限行尾号"], ["周一", "1"]],
        [["书名", "前3位", "后5位"], ["史记", "138", "13800"], ["民法典释义", "139", "90012"]],
        [["名次", "单位"], ["前10位", "138"], ["后8位", "00138000"]],
    ],
)
def test_tails_alone_and_parts_of_codes_are_none(rows: Rows) -> None:
    assert not found(rows)
