from __future__ import annotations

import pytest

from detectors.tables.printed_tables import laid_out
from detectors.tables.tables import headers
from review.document import Document, plain_document


def laid(text: str) -> Document:
    return laid_out(plain_document(text.split("\n")))


def cells(text: str) -> list[tuple[str, str]]:
    document = laid(text)
    governing = headers(document)
    return [(governing[i], document.blocks[i].text.strip()) for i in governing]


@pytest.mark.parametrize(
    ("gap", "text"),
    [
        ("bar", "序号|户主|金额\n1|占金元|300"),
        ("comma", "序号,户主,金额\n1,占金元,300"),
        ("tab", "序号\t户主\t金额\n1\t占金元\t300"),
        ("wide", "序号   户主   金额\n1   占金元   300"),
        ("space", "序号 户主 金额\n1 占金元 300"),
    ],
)
def test_lines_below_a_line_of_headers_are_cells(gap: str, text: str) -> None:
    assert cells(text) == [("序号", "1"), ("户主", "占金元"), ("金额", "300")], gap


def test_a_name_set_with_spaces_stays_one_cell() -> None:
    assert ("姓名", "尹 诺") in cells("岗位 姓名 性别\n会计 尹 诺 女")
    assert ("姓名", "左 宗 海") in cells("岗位 姓名 性别\n会计 左 宗 海 女")


def test_a_name_of_several_latin_words_is_one_cell_and_does_not_end_the_table() -> None:
    text = "序号 姓名 金额\n1 Aynur Mamat 100\n2 占金元 300"
    assert cells(text)[1::3] == [("姓名", "Aynur Mamat"), ("姓名", "占金元")]


def test_an_empty_cell_is_kept_where_the_separator_shows_it() -> None:
    assert cells("姓名|电话|备注\n占金元||无") == [("姓名", "占金元"), ("备注", "无")]


def test_the_table_ends_where_the_number_of_fields_changes() -> None:
    text = "姓名 金额\n占金元 300\n以上合计 一户 三百元\n仓有德 500"
    assert cells(text) == [("姓名", "占金元"), ("金额", "300")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "姓名",
        "姓名：占金元 性别：男\n汉族 已婚",
        "各村要公布姓名、金额。\n一是 公开",
        "负责人 办理\n联系 群众",
    ],
)
def test_prose_and_forms_are_no_tables(text: str) -> None:
    assert cells(text) == []


def test_a_new_line_of_headers_begins_a_new_table() -> None:
    text = "姓名 金额\n占金元 300\n户主 面积\n仓有德 12"
    assert cells(text)[2:] == [("户主", "仓有德"), ("面积", "12")]


def test_every_character_keeps_its_offset() -> None:
    text = "公示\n| 姓名 | 金额 |\n|---|---|\n| 占金元 | 300 |\n监督电话：0797-8412345"
    document = laid(text)
    assert len(document.text) == len(text)
    assert document.text.index("占金元") == text.index("占金元")
    assert [block.text for block in document.blocks if block.cell is None][-1].startswith("监督")


RULED = {
    "pipes": "| 姓名 | 金额 |\n|:---|---:|\n| 占金元 | 300 |\n| 仓有德 | 500 |",
    "simple": "  姓名     金额\n  ------   ----\n  占金元   300\n  仓有德   500",
    "multiline": "  ------\n  姓名    金额\n  --- ---\n  占金元  300\n\n  仓有德  500\n  ------",
    "grid": "+--+--+\n| 姓名 | 金额 |\n+==+==+\n| 占金元 | 300 |\n+--+--+\n| 仓有德 | 500 |",
}


@pytest.mark.parametrize("kind", RULED)
def test_lines_drawn_in_a_table_do_not_end_it(kind: str) -> None:
    assert [cell for cell in cells(RULED[kind]) if cell[0] == "姓名"] == [
        ("姓名", "占金元"),
        ("姓名", "仓有德"),
    ]


def test_a_cell_that_goes_on_in_the_next_line_does_not_end_a_ruled_table() -> None:
    text = "姓名    住址\n-----   ------\n占金元  石桥镇\n        金马村\n仓有德  枫林镇"
    assert ("姓名", "仓有德") in cells(text)


def test_columns_called_in_latin_letters_are_read() -> None:
    text = "xm,sfzh,hz_name,phone\n占金元,无,仓有德,无"
    assert [header for header, _ in cells(text)] == ["姓名", "身份证号", "户主姓名", "联系电话"]


def test_lines_without_a_row_below_stay_lines() -> None:
    document = plain_document(["姓名 金额", "另行公布。"])
    assert laid_out(document) is document
