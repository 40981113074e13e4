from __future__ import annotations

import time

import pytest

from redact.plain.csv_table import CsvFormat
from review.document import BlockKind, Cell, Document
from review.errors import BrokenInputError, UnsafeOutputError
from review.plan import Edit, RedactionPlan

TABLE = '姓名,住址,备注\r\n钱多多,"江府县,城关镇","他说""好"""\r\n\r\n孙 一, "x" ,=A1\n'


def plan_for(document: Document, *edits: tuple[int, int, int, str]) -> RedactionPlan:
    made = tuple(Edit(*edit, finding="f") for edit in edits)
    return RedactionPlan(document.digest, "policy", "general", (), made)


def replace_cell(table: str, cell: str, text: str) -> str:
    document = CsvFormat().read(table.encode())
    index, block = next((i, b) for i, b in enumerate(document.blocks) if b.location.cell == cell)
    plan = plan_for(document, (index, 0, len(block.text), text))
    return CsvFormat().write(table.encode(), plan)[0].decode()


def test_cells_know_their_place_and_value() -> None:
    blocks = CsvFormat().read(TABLE.encode()).blocks
    assert {b.location.cell: b.text for b in blocks} == {
        "A1": "姓名", "B1": "住址", "C1": "备注", "A2": "钱多多", "B2": "江府县,城关镇",
        "C2": '他说"好"', "A4": "孙 一", "B4": ' "x" ', "C4": "=A1",
    }  # fmt: skip
    assert blocks[4].cell == Cell(0, 1, 1)
    assert {b.kind for b in blocks} == {BlockKind.CELL}


def test_only_the_edited_cell_changes() -> None:
    assert replace_cell(TABLE, "A2", "钱某某") == TABLE.replace("钱多多", "钱某某")
    assert replace_cell(TABLE, "B2", "江府县") == TABLE.replace("江府县,城关镇", "江府县")


@pytest.mark.parametrize(
    ("text", "raw"),
    [("a,b", '"a,b"'), ('a"b', '"a""b"'), ("a\nb", '"a\nb"'), ("a\rb", '"a\rb"'), ("a;b", "a;b")],
)
def test_a_replacement_is_quoted_where_it_must_be(text: str, raw: str) -> None:
    assert replace_cell(TABLE, "A2", text) == TABLE.replace("钱多多", raw)


def test_an_emptied_cell_leaves_its_neighbours_in_place() -> None:
    assert replace_cell(TABLE, "A2", "") == TABLE.replace("钱多多", "")


def test_part_of_a_quoted_cell_can_be_edited() -> None:
    document = CsvFormat().read(TABLE.encode())
    output, _ = CsvFormat().write(TABLE.encode(), plan_for(document, (5, 2, 5, "")))
    assert output.decode() == TABLE.replace('"他说""好"""', '"他说"')


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_separator_is_found_by_the_shape_of_the_rows(delimiter: str) -> None:
    rows = [["姓名", "说明"], ["李四光", "甲,乙;丙"], ["王五一", "无"]]
    table = "\n".join(delimiter.join(f'"{c}"' for c in row) for row in rows)
    blocks = CsvFormat().read(table.encode("gb18030")).blocks
    assert [b.location.cell for b in blocks] == ["A1", "B1", "A2", "B2", "A3", "B3"]


def test_one_column_of_prose_is_not_cut_at_its_commas() -> None:
    table = '"一,二"\n"三"\n"四"\n"五,六"\n'
    assert [b.text for b in CsvFormat().read(table.encode()).blocks] == [
        "一,二",
        "三",
        "四",
        "五,六",
    ]


def test_line_feeds_inside_quotes_stay_in_the_cell() -> None:
    table = '姓名,住址\n周八,"江府县\r\n城关镇"\n吴九,无\n'
    blocks = CsvFormat().read(table.encode()).blocks
    assert blocks[3].text == "江府县\r\n城关镇"
    assert blocks[4].location.cell == "A3"


def test_a_quote_that_never_closes_is_refused() -> None:
    with pytest.raises(BrokenInputError, match="引号"):
        CsvFormat().read('姓名,住址\n"郑十,无\n'.encode())


def test_a_file_of_noise_is_refused() -> None:
    with pytest.raises(BrokenInputError):
        CsvFormat().read(b"a,b\0c")


def test_a_plan_made_on_other_cells_is_refused() -> None:
    plan = plan_for(CsvFormat().read(b"a,b"))
    with pytest.raises(UnsafeOutputError):
        CsvFormat().write(b"a,c", plan)


def test_mark_encoding_and_missing_last_line_end_are_kept() -> None:
    data = b"\xef\xbb\xbf" + "姓名,电话\r冯甲,138".encode()
    document = CsvFormat().read(data)
    output, _ = CsvFormat().write(data, plan_for(document, (3, 0, 3, "***")))
    assert output == b"\xef\xbb\xbf" + "姓名,电话\r冯甲,***".encode()


def test_a_large_roster_takes_linear_time() -> None:
    data = ("冯甲,13800000000,江府县\n" * 60_000).encode()
    started = time.process_time()
    document = CsvFormat().read(data)
    assert len(document.blocks) == 180_000
    assert time.process_time() - started < 10


def test_a_table_that_reads_otherwise_than_planned_is_not_given_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("redact.plain.csv_table._quote", lambda value, *_: f"{value},乙")
    with pytest.raises(UnsafeOutputError, match="与预期不符"):
        replace_cell("姓名,电话\n钱多多,1\n", "A2", "某")
