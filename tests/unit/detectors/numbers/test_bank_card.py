"""Cards are told by issuer and check digit, accounts by their label."""

from __future__ import annotations

import pytest

from detectors.numbers.bank_card import BankCardRecognizer

RECOGNIZER = BankCardRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三 110101199003078670 6222021234567890", ["6222021234567890"]),
        ("工行卡6222021234567890在", ["6222021234567890"]),
        ("账号：4405 0167 0100 0000 1234", ["4405 0167 0100 0000 1234"]),
        ("银行账号440501670100000012345，", ["440501670100000012345"]),
        ("一卡通账号80020000012345678", ["80020000012345678"]),
        ("转入4539578763621486即可", ["4539578763621486"]),
        ("卡号4539 5787 6362 1486", ["4539 5787 6362 1486"]),
        ("４５３９５７８７６３６２１４８６", ["４５３９５７８７６３６２１４８６"]),
        ("卡号45395787\n63621486", ["45395787\n63621486"]),
        ("帳號：2012002009012345678", ["2012002009012345678"]),
        ("账 号： 44050167 01000000 1234", ["44050167 01000000 1234"]),
    ],
)
def test_finds(found, text, expected):
    assert found(RECOGNIZER, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "订单号6222021234567890",
        "项目编码2018440703480301",
        "身份证号110101199003078670",
        "国库账户名称：江门市财政局",
        "统一社会信用代码911522010783762860",
        "流水号1234567890123456",
        "6222021234567890",
    ],
)
def test_passes_over(found, text):
    assert found(RECOGNIZER, text) == []


@pytest.mark.parametrize("gap", [" | ", "|", "\t", " ", "  "])
@pytest.mark.parametrize(
    "figures",
    [
        ("84.60", "81.80", "15211573048"),
        ("84.60", "81.80", "83.20", "82.10"),
        ("4.65", "651.00", "15211573048"),
        ("52.5", "88", "15211573048"),
        ("62.5", "8.75", "13607445588", "71.20"),
        ("4250.00", "13607445588"),
    ],
)
def test_scores_and_a_mobile_beside_an_identity_number_are_no_card(found, gap, figures):
    row = gap.join(("石老三", "110101199003078670", *figures, "合格"))
    assert found(RECOGNIZER, row) == []


@pytest.mark.parametrize("number", ["6225 8802 1234 5673", "6225 8802 1234 5670"])
@pytest.mark.parametrize("gap", [" ", ".", "-", "|", " | ", "\t", " . "])
def test_a_card_in_groups_beside_an_identity_number_is_found(found, number, gap):
    card = number.replace(" ", gap)
    assert found(RECOGNIZER, f"石老三 110101199003078670 {card}") == [card]
    assert found(RECOGNIZER, f"石老三 110101199003078670 15211573048 {card}") == [card]


def test_a_card_in_a_row_with_scores_and_a_mobile_is_found_alone(found):
    row = "| 石老三 | 110101199003078670 | 84.60 | 6225880212345673 | 81.80 | 15211573048 |"
    assert found(RECOGNIZER, row) == ["6225880212345673"]


def test_a_speck_within_a_card_with_the_right_check_digit_is_no_decimal_point(found):
    row = "石老三 110101199003078670 6225 88.02 1234 5673"
    assert found(RECOGNIZER, row) == ["6225 88.02 1234 5673"]


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("银行账号", "6222021234567890", ["6222021234567890"]),
        ("一卡通账号", "6.22202E+18", ["6.22202E+18"]),
        ("开户行", "工商银行6222", []),
        ("银行卡号", "6222****7890", []),
        ("银行卡号", "-", []),
        ("开户行账号", "1234567890123456789", ["1234567890123456789"]),
        ("收款账户", "1234567890123456789", ["1234567890123456789"]),
        ("账户", "张三", []),
        ("国库账号", "020201000110000001", []),
        ("财政专户账号", "020201000110000001", []),
    ],
)
def test_header_governs_the_cell(found, header, cell, expected):
    assert found(RECOGNIZER, cell, header) == expected


@pytest.mark.parametrize(("header", "expected"), [("订单编号", []), ("备注", ["6222021234567894"])])
def test_a_column_of_papers_holds_no_card(found, header, expected):
    assert found(RECOGNIZER, "6222021234567894", header) == expected
