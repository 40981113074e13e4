"""Numbers in pieces are doubted where little else could be meant, figures of a table are not."""

from __future__ import annotations

import time

import pytest

from detectors.numbers.scattered import scattered
from review.document import Document, plain_document
from review.finding import Entity
from tests.fakes.tables import cells

PHONE, ID, CARD = Entity.PHONE_NUMBER, Entity.CN_ID_CARD, Entity.CN_BANK_CARD


def table(rows: list[list[str]]) -> Document:
    return Document("xlsx", cells(rows))


def found(document: Document) -> list[Entity]:
    return [one.entity for one in scattered(document)]


@pytest.mark.parametrize(
    ("rows", "entities"),
    [
        ([["情况说明"], ["138", "0013", "8000"]], [PHONE]),
        ([["甲", "138", "", "0013", "8000"], ["乙", "139", "", "0013", "8000"]], [PHONE, PHONE]),
        ([["1", "138", "0013", "8000"], ["2", "139", "0013", "8000"]], [PHONE, PHONE]),
        ([["情况"], ["138"], ["0013"], ["8000"]], [PHONE]),
        ([list("13800138000")], [PHONE]),
        ([["430121", "19811106", "9478"]], [ID]),
        ([["前段", "中段", "末段"], ["430121", "19811106", "9478"]], [ID]),
        ([["乙", "430121", "1981", "1106", "9478"], ["丙", "12", "340", "56"]], [ID]),
        ([["联系电话", "", ""], ["138", "0013", "8000"]], [PHONE]),
        ([["①③⑧", "〇〇①③", "⑧〇〇〇"]], [PHONE]),
        ([["甲", "138", "00138000"], ["乙", "1390013", "8000"]], [PHONE, PHONE]),
        ([["1", "138", "00138000"], ["2", "139", "00138000"]], [PHONE, PHONE]),
        ([["姓名", "信息1", "信息2"], ["甲", "138", "00138000"]], [PHONE]),
        ([[f"{n}户", "12", f"13{n}", "00138000", "5"] for n in range(3)], [PHONE] * 3),
        ([["138", "00138000"], ["139", "138000"], ["137", "12345678"]], [PHONE] * 3),
        ([["前三位", "后八位"], ["138", "00138000"]], [PHONE]),
        ([["6222", "0212", "3456", "7894"]], [CARD]),
        (
            [["甲", "6222", "0212", "3456", "7894"], ["乙", "6217", "0012", "3456", "7890", "11"]],
            [CARD, CARD],
        ),
        ([["1", "6222", "0212", "3456", "7894"], ["2", *"6222021234567894"]], [CARD, CARD]),
    ],
)
def test_pieces_in_adjoining_cells_are_doubted(
    rows: list[list[str]], entities: list[Entity]
) -> None:
    assert found(table(rows)) == entities


@pytest.mark.parametrize(
    "rows",
    [
        [["地区", "去年", "今年", "增"], ["江门", "138", "1234", "5678"], ["新会", "9", "5", "4"]],
        [["项目", "金额", "数量", "面积"], ["道路", "138", "1234", "5678"]],
        [["道路", "138", "1,234", "5678"]],
        [["道路", "138", "1234", "5678", "99.5"]],
        [["甲", "120", "1234", "5678"]],
        [["6222", "0212", "3456", "7898"]],
        [["6222", "0212", "3456", "7894", "6"]],
        [["道路", "6222", "0212", "3456", "7894"], ["桥梁", "6222", "0212", "3456", "7898"]],
        [list("138001380001")],
        [["430121", "19811106", "9479"]],
        [["138", "甲", "0013", "8000"]],
        [["企业数", "总产值"], ["138", "12345678"], ["120", "12345678"]],
        [["项目", "金额", "数量"], ["道路", "138", "12345678"]],
        [["138", "12345678"], ["12", "340"]],
        [["138"], ["12345678"]],
        [["地区", "企业", "产值（元）"], ["江门", "138", "12345678"]],
        [["12", "138", "12345678", "5"], ["13", "139", "12345678", "6"]],
        [["甲", "138", "12345678", "5"], ["乙", "139", "12345678"], ["丙", "13", "12345678"]],
        [["138", "138000"], ["139", "138001"], ["137", "12345678"]],
        [],
    ],
)  # fmt: skip
def test_figures_of_a_table_are_not(rows: list[list[str]]) -> None:
    assert found(table(rows)) == []


def test_lines_and_shapes_that_hold_a_piece_each_are_doubted() -> None:
    assert found(plain_document(["情况说明", *"13800138000", "特此说明"])) == [PHONE]
    assert found(plain_document(["情况说明", "138\n0013\n8000"])) == [PHONE]
    assert found(plain_document(["138", "", "0013", " ", "8000"])) == [PHONE]
    assert found(plain_document(["430121", "19811106", "9478"])) == [ID]
    assert found(plain_document(["海报", "138", "00138000", "欢迎"])) == [PHONE]


def test_the_columns_of_a_table_in_running_text_are_read_as_cells() -> None:
    rows = [f"|某{n}|13{n}|00138000|7|" for n in range(3)]
    barred = ["|姓名|联系电话|||", "|--|--|--|--|", *rows]
    assert found(plain_document(barred)) == [PHONE] * 3
    assert found(plain_document(["甲\t138\t00138000"])) == [PHONE]
    assert found(plain_document(["│1│3│8│0│0│1│3│8│0│0│0│"])) == [PHONE]
    assert found(plain_document(["|指标|上年|本年|", "|办件|138|13800138|"])) == []


@pytest.mark.parametrize("text", ["1-38001-38000", "1380–0138000", " 138-00138-000 "])
def test_a_mobile_alone_in_groups_that_nobody_says_is_doubted(text: str) -> None:
    assert found(plain_document(["联系", text])) == found(table([["甲", text]])) == [PHONE]


@pytest.mark.parametrize("text", ["13,800,138,000", "13800138000.00", "13,800,138,000.0"])
def test_a_mobile_alone_that_is_shown_as_a_figure_is_doubted(text: str) -> None:
    assert found(plain_document(["联系", text, "1,200"])) == [PHONE]
    assert found(table([["甲", text, "1,200"]])) == [PHONE]


def test_sums_that_might_be_mobiles_are_not_where_other_sums_or_a_header_tell_them() -> None:
    assert found(plain_document(["13,800,138,000", "9,876,543,210"])) == []
    assert found(plain_document(["13,800,138,000", "13,800,138,000.50"])) == []
    assert found(plain_document(["合计13,800,138,000", "13,800,138,000元"])) == []
    assert found(table([["姓名", "金额（元）"], ["甲", "13,800,138,000"]])) == []


@pytest.mark.parametrize(
    "text", ["1985-06-01-120", "138-0013-8000", "1-38001-3800", "第1-38001-38000", "1-28001-38000"]
)
def test_other_dashed_figures_and_what_detectors_know_are_not(text: str) -> None:
    assert found(plain_document([text])) == found(table([["甲", text]])) == []


@pytest.mark.parametrize(
    ("foot", "head", "entities"),
    [
        ("申请人手机号码是：138001", "38000，特此说明。", [PHONE]),
        ("电话：1380013", "8000", [PHONE]),
        ("身份证号：430121198", "111069478，属实。", [ID]),
        ("车牌：闽A", "B7358", [Entity.CN_LICENSE_PLATE]),
        ("车牌：闽AB7358", "B7358", []),
        ("车牌：未上牌", "B7358", []),
        ("手机：138001", "3800元已付", []),
        ("手机：138001", "2026年3月", []),
        ("手机：138****8000", "3800的房间", []),
        ("监督电话：12345", "138001号", []),
        ("编号138001", "38000，特此说明。", []),
    ],
)
def test_a_number_that_breaks_off_at_the_foot_of_a_column_is_doubted(
    foot: str, head: str, entities: list[Entity]
) -> None:
    assert found(plain_document([head, "另一栏", foot])) == entities


def test_a_list_of_figures_in_lines_is_not() -> None:
    assert found(plain_document(["收入", "138", "1234", "5678", "支出", "12", "340", "56"])) == []
    assert found(plain_document(["1", "138", "0013", "8000", "2.5"])) == []
    assert found(plain_document(["收入", "138", "12345678", "支出", "120", "12345678"])) == []
    assert found(plain_document(["13800138000"])) == []


def test_a_long_column_of_figures_costs_no_more_than_its_length() -> None:
    column = table([[str(number % 10)] for number in range(20_000)])
    began = time.process_time()
    assert found(column) == []
    assert time.process_time() - began < 2
