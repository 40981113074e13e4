"""The chains of approval as people and machines read them."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from flows.commands.policy import policy as command
from flows.rules.policy_table import as_html, as_workbook
from policies.describe_approval import CHAIN_COLUMNS, chain_rows
from policies.loader import load_policy
from review.policy import Policy

OWN = """\
weakening: secrecy
chains:
  - steps: [secrecy]
    category: [budget, meeting]
    attribute: withheld
    verdict: [blocked, quarantined]
    basis: 条例第十七条
  - steps: [unit_head, secrecy, disclosure, signatory]
    basis: 本单位公开审查办法
"""


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    (tmp_path / "approval.yaml").write_text(OWN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def own(overlay: Path) -> Policy:
    return load_policy(overlay)


def test_each_step_has_a_row_that_says_who_how_soon_and_why(own: Policy) -> None:
    asked, alone, head, *_, sign = chain_rows(own)
    assert asked[0].startswith("联合发文")
    assert asked[2:5] == ("会签单位", "承办部门负责人", "15")
    assert alone[0] == "财政预决算、会议信息；不予公开；已拦截、已隔离"
    assert alone[-1] == "条例第十七条"
    others = "其余案件"
    assert head == (
        others, "1", "承办部门负责人", "承办部门负责人", "3", "签发人", "", "本单位公开审查办法",
    )  # fmt: skip
    assert sign[:4] == (others, "4", "签发", "签发人")
    assert sign[6] == "承办部门负责人"


def test_the_only_chain_is_for_all_cases(own: Policy) -> None:
    rows = list(chain_rows(load_policy(None)))
    assert [row[0] for row in rows[1:]] == ["全部案件"]


def test_the_terminal_shows_the_chains_and_who_agrees_to_a_weakening(overlay: Path) -> None:
    output = CliRunner().invoke(command, ["show", "--policy", str(overlay)]).output
    assert "政务公开机构审核" in output
    assert "须经“保密审查”环节的另一人同意" in output
    assert "须由另一人在该环节同意" in CliRunner().invoke(command, ["show"]).output


def test_machines_are_given_the_chains_by_their_keys(overlay: Path) -> None:
    output = CliRunner().invoke(command, ["show", "--json", "--policy", str(overlay)]).stdout
    approval = json.loads(output)["approval"]
    assert approval["chains"][0] == {
        "steps": ["secrecy"],
        "basis": "条例第十七条",
        "category": ["budget", "meeting"],
        "attribute": ["withheld"],
        "verdict": ["blocked", "quarantined"],
    }
    steps = {step["step"]: step for step in approval["steps"]}
    assert steps["unit_head"]["stand_in"] == ["signatory"]
    assert steps["signatory"]["same_person"] == ["unit_head"]
    assert approval["weakening"] == "secrecy"
    assert len(approval["grounds"]) == 5


def test_the_page_holds_every_row_and_every_ground(own: Policy) -> None:
    page = as_html(own)
    for row in chain_rows(own):
        assert "".join(f"<td>{text}</td>" for text in row) in page
    assert all(f"<li>{ground}</li>" in page for ground in own.approval.grounds)


def test_the_workbook_holds_every_row(own: Policy) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_workbook(own)))["审批流程"]
    head, *rows = ([cell or "" for cell in row] for row in sheet.iter_rows(values_only=True))
    assert tuple(head) == CHAIN_COLUMNS
    expected = [list(row) for row in chain_rows(own)]
    assert rows[: len(expected)] == expected


def test_what_a_step_is_called_is_neither_markup_nor_formula(own: Policy) -> None:
    steps = dict(own.approval.steps)
    steps["secrecy"] = replace(steps["secrecy"], title='=HYPERLINK("http://x")<b>')
    hostile = replace(own, approval=replace(own.approval, steps=steps))
    assert "<b>" not in as_html(hostile)
    sheet = openpyxl.load_workbook(io.BytesIO(as_workbook(hostile)))["审批流程"]
    assert {sheet.cell(row, 3).data_type for row in (3, 5)} == {"s"}
