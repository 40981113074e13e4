"""The rules as one table, for the people who decide on them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from flows.commands.policy import policy as command
from flows.rules.policy_table import as_html, as_workbook
from policies.describe import matrix
from policies.loader import load_policy
from policies.names import ENTITY_NAMES, role_name, treatment
from review.errors import WrongUsageError
from review.policy import Policy, Term, TermLevel

DOCUMENTED = Path(__file__).parents[4] / "docs" / "policy-matrix.html"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy(None)


def test_the_table_in_the_docs_is_the_policy_in_force(policy: Policy) -> None:
    assert DOCUMENTED.read_text("utf-8") == as_html(policy), "run make docs"


def test_every_cell_of_every_category_is_in_the_page_with_its_ground(policy: Policy) -> None:
    rows = re.findall(r"<tr><th>(.*?)<small>(.*?)</small></th>(.*?)</tr>", as_html(policy))
    cells = {
        (entity, role): re.findall(r'title="(.*?)">(.*?)</td>', told) for entity, role, told in rows
    }
    for column, category in enumerate(policy.categories.values()):
        for cell in matrix(policy, category):
            basis, words = cells[ENTITY_NAMES[cell.entity], role_name(cell.role)][column]
            assert (basis, words) == (cell.rule.basis, treatment(cell.rule))


def test_the_workbook_holds_one_row_a_cell_and_the_negative_list(policy: Policy) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(policy)))
    expected = sum(len(list(matrix(policy, c))) for c in policy.categories.values())
    assert book["规则"].max_row == expected + 1
    assert book["负面清单"].max_row == len(policy.terms) + 1
    assert [cell.value for cell in book["规则"][1]] == [
        "类别",
        "信息",
        "身份",
        "处理",
        "依据",
        "出处",
    ]


def test_what_a_term_says_is_neither_markup_nor_formula(policy: Policy) -> None:
    term = Term(
        '=HYPERLINK("http://x")<b>', TermLevel.NOTE, "内部事务", "条例", "办公室", "2026-01-01"
    )
    hostile = replace(policy, terms=(term,))
    assert "<b>" not in as_html(hostile)
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(hostile)))
    assert book["负面清单"]["A2"].data_type == "s"


@pytest.mark.parametrize("suffix", [".html", ".xlsx", ".HTML"])
def test_the_table_is_written_where_asked(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"规则{suffix}"
    result = CliRunner().invoke(command, ["show", "-o", str(target)])
    assert result.exit_code == 0, result.output
    assert target.stat().st_size > 10_000
    assert str(target) in result.output


def test_another_ending_is_refused_with_the_two_there_are(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["show", "-o", str(tmp_path / "规则.pdf")])
    assert isinstance(result.exception, WrongUsageError)
    assert ".html 或 .xlsx" in result.exception.message
