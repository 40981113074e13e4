"""An office takes its own negative list from a table; every row is accounted for."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from flows.commands.policy import policy as command
from policies.loader import load_policy
from review.errors import InputError, PolicyInvalidError
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
        "# 本单位的词\nterms:\n  - term: 白塔计划\n    level: note\n    ground: 内部事务\n"
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


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("蓝湖专项,很高,,条例,,,", "级别只能写禁止、审核或提示"),
        ("蓝湖专项,禁止,,,,,", "没有写依据"),
        ("蓝湖专项,禁止,,条例,,明年,", "启用日期"),
    ],
)
def test_a_wrong_row_stops_the_whole_import(tmp_path: Path, row: str, told: str) -> None:
    result = take(tmp_path, GOOD + row + "\n")
    assert isinstance(result.exception, InputError)
    assert "第 4 行" in result.output
    assert told in result.output
    assert not (tmp_path / "规则").exists()


def test_an_exception_that_lacks_the_term_is_refused_by_the_rules(tmp_path: Path) -> None:
    result = take(tmp_path, HEAD + "蓝湖专项,禁止,,条例,,,白塔工程\n")
    assert isinstance(result.exception, PolicyInvalidError)
    assert not (tmp_path / "规则").exists()


def test_a_table_without_terms_says_what_heads_to_write(tmp_path: Path) -> None:
    result = take(tmp_path, "姓名,电话\n甲,1\n")
    assert isinstance(result.exception, InputError)
    assert "请在表头写上" in result.exception.message
