"""An office takes its own negative list from a table; every row is accounted for."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from flows.commands.policy import policy as command
from policies.loader import load_policy
from review.errors import InputError
from review.policy import TermLevel

HEAD = "词语,级别,类别,依据,提出单位,启用,例外\n"
GOOD = (
    HEAD
    + "蓝湖专项,禁止,内部事务,县府办〔2026〕3号,县府办,2026-03-01,\n内部研讨稿,,,条例第十六条,,,\n"
)


def take(folder: Path, table: str | bytes, *options: str, name: str = "清单.csv") -> Result:
    path = folder / name
    path.write_bytes(table.encode() if isinstance(table, str) else table)
    return CliRunner().invoke(
        command, ["import", str(path), "--policy", str(folder / "规则"), *options]
    )


def test_terms_come_into_force_with_their_grounds(tmp_path: Path) -> None:
    result = take(tmp_path, GOOD)
    assert result.exit_code == 0, result.output
    assert "收入 2 个词语" in result.output
    terms = {t.text: t for t in load_policy(tmp_path / "规则").terms}
    assert terms["蓝湖专项"].level is TermLevel.STOP
    assert terms["蓝湖专项"].since == "2026-03-01"
    assert terms["内部研讨稿"].level is TermLevel.REVIEW
    assert terms["内部研讨稿"].basis == "条例第十六条"


def test_a_workbook_with_a_title_above_its_heads_will_do(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ("江府县负面清单",),
        ("序号", "敏感词", "等级", "法律依据"),
        (1, "蓝湖专项", "提示", "条例"),
    ):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    assert take(tmp_path, buffer.getvalue(), name="清单.xlsx").exit_code == 0
    assert load_policy(tmp_path / "规则").terms[-1].level is TermLevel.NOTE


def test_what_the_office_wrote_itself_stays(tmp_path: Path) -> None:
    (tmp_path / "规则").mkdir()
    own = (
        "# 本单位的词\nterms:\n  - term: 白塔计划\n    level: note\n    category: 内部事务\n"
        "    basis: 条例\n    owner: 本单位\n    since: 2026-01-01\n"
    )
    (tmp_path / "规则" / "terms.yaml").write_text(own)
    assert take(tmp_path, GOOD).exit_code == 0
    assert (tmp_path / "规则" / "terms.yaml").read_text().startswith(own)
    assert {"白塔计划", "蓝湖专项"} <= {t.text for t in load_policy(tmp_path / "规则").terms}


def test_taking_the_same_table_twice_adds_nothing(tmp_path: Path) -> None:
    take(tmp_path, GOOD)
    held = (tmp_path / "规则" / "terms.yaml").read_bytes()
    again = take(tmp_path, GOOD)
    assert "收入 0 个词语" in again.output
    assert "已有 2 个" in again.output
    assert (tmp_path / "规则" / "terms.yaml").read_bytes() == held


def test_doubles_clashes_and_everyday_words_are_told_row_by_row(tmp_path: Path) -> None:
    rows = (
        "蓝湖专项,禁止,,条例,,,\n蓝湖 专项,禁止,,条例,,,\n蓝湖专项,提示,,条例,,,\n"
        "工作,审核,,条例,,,\n密,审核,,条例,,,\n内部资料注意保存,提示,,条例,,,\n"
    )
    told = json.loads(take(tmp_path, HEAD + rows, "--json").stdout)
    assert told["added"] == ["蓝湖专项"]
    assert [s.partition("“")[0] for s in told["duplicates"]] == ["第 3 行"]
    assert [s.partition("“")[0] for s in told["clashes"]] == ["第 4 行", "第 7 行"]
    assert [s.partition("“")[0] for s in told["common"]] == ["第 5 行", "第 6 行"]


def test_rows_are_told_from_top_to_bottom_whatever_is_the_matter(tmp_path: Path) -> None:
    doubled = "蓝湖专项,禁止,,条例,,,\n" * 2
    rows = f"工作,审核,,条例,,,\n{doubled}红湖专项,很高,,条例,,,\n"
    output = take(tmp_path, HEAD + rows).output
    assert re.findall("- (第 . 行)", output) == ["第 2 行", "第 4 行", "第 5 行"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("蓝湖专项,很高,,条例,,,", "级别只能写禁止、审核、提示"),
        ("蓝湖专项,禁止,,,,,", "没有写依据"),
        ("蓝湖专项,禁止,,条例,,明年,", "启用：日期不存在"),
    ],
)
def test_a_wrong_row_stops_the_whole_import(tmp_path: Path, row: str, told: str) -> None:
    result = take(tmp_path, GOOD + row + "\n")
    assert isinstance(result.exception, InputError)
    assert "第 4 行" in result.output
    assert told in result.output
    assert not (tmp_path / "规则").exists()


def test_an_exception_that_lacks_the_term_is_refused(tmp_path: Path) -> None:
    result = take(tmp_path, HEAD + "蓝湖专项,禁止,,条例,,,白塔工程\n")
    assert isinstance(result.exception, InputError)
    assert "第 2 行：例外：unless 里的每一句都要包含该词" in result.output
    assert not (tmp_path / "规则").exists()


def test_a_table_without_terms_says_what_heads_to_write(tmp_path: Path) -> None:
    result = take(tmp_path, "姓名,电话\n甲,1\n")
    assert isinstance(result.exception, InputError)
    assert "请在表头写上" in result.exception.message


WIDE = "词语,级别,类别,依据,提出单位,启用,停用,例外,变体,邻近,不邻近,位置\n"


def test_every_column_comes_into_force(tmp_path: Path) -> None:
    row = (
        "蓝湖专项,禁止,公共安全,县府办〔2026〕3号,县府办,2026/3/1,2027年3月1日,"
        "蓝湖专项资金；蓝湖专项报告,蓝湖工程、BL-7号,坐标、方位,科普,标题\n"
    )
    result = take(tmp_path, WIDE + row)
    assert result.exit_code == 0, result.output
    term = load_policy(tmp_path / "规则").terms[-1]
    assert (term.category, term.since, term.until) == ("公共安全", "2026-03-01", "2027-03-01")
    assert term.unless == ("蓝湖专项资金", "蓝湖专项报告")
    assert term.variants == ("蓝湖工程", "BL-7号")
    assert (term.near, term.not_near, term.where) == (("坐标", "方位"), ("科普",), "title")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("蓝湖专项,,工作机密,条例,,,,,,,,", "类别只能写国家安全"),
        ("蓝湖专项,,,条例,,,,,,,,正文", "位置只能写全文、标题"),
        ("蓝湖专项,,,条例,,2026-03-01,2026-02-01,,,,,", "停用日期早于启用日期"),
        ("蓝湖专项,,,条例,,,随时,,,,,", "停用：日期不存在或写法不对"),
        ("蓝湖专项,,,条例,,,,,蓝,,,", "变体：少于两个字"),
        ("/(甲+)+丁/,,,条例,,,,,,,,", "运行太慢"),
    ],
)
def test_a_fault_is_told_by_row_and_column(tmp_path: Path, row: str, told: str) -> None:
    result = take(tmp_path, WIDE + row + "\n")
    assert isinstance(result.exception, InputError)
    assert "第 2 行" in result.output
    assert told in result.output


def test_a_variant_that_is_another_row_or_an_everyday_word_is_told(tmp_path: Path) -> None:
    rows = (
        "蓝湖专项,,,条例,,,,,蓝湖工程,,,\n蓝湖工程,禁止,,条例,,,,,,,,\n"
        "白塔专项,,,条例,,,,,工作,,,\n"
    )
    told = json.loads(take(tmp_path, WIDE + rows, "--json").stdout)
    assert told["added"] == ["蓝湖专项"]
    assert "第 2 行级别不同" in told["clashes"][0]
    assert "“工作”太短或太常用" in told["common"][0]


def test_a_list_that_went_out_as_a_table_comes_back(tmp_path: Path) -> None:
    pattern = "/第\\d+号密件/,审核,工作秘密,条例,县府办,2026-03-01,,,,,,\n"
    row = "蓝湖专项,禁止,其他,条例,县府办,2026-03-01,,蓝湖专项资金,蓝湖工程,坐标,,\n"
    take(tmp_path, WIDE + row + pattern)
    out = tmp_path / "表.xlsx"
    shown = CliRunner().invoke(
        command, ["show", "-o", str(out), "--policy", str(tmp_path / "规则")]
    )
    assert shown.exit_code == 0, shown.output
    book = openpyxl.load_workbook(out)
    del book["规则"]
    book.save(out)
    back = tmp_path / "回来"
    result = CliRunner().invoke(command, ["import", str(out), "--policy", str(back)])
    assert result.exit_code == 0, result.output
    assert load_policy(back).terms == load_policy(tmp_path / "规则").terms
