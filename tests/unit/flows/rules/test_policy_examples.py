"""An office tries its rules on its own examples before they go live."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.commands.policy import policy as command
from review.errors import InputError, PolicyInvalidError, WrongUsageError

GOOD = """
- name: 补贴名单姓名只留首尾
  category: subsidy_payment
  text: |
    领取人：钱文海，身份证号：11010519491231002X
  expect:
    - {value: 钱文海, action: replace, becomes: 钱*海}
    - {value: 11010519491231002X, action: remove, becomes: '***'}
  verdict: flagged
- name: 涉密的拦截
  category: general
  text: 机密★10年
  verdict: blocked
"""


def attempt(folder: Path, examples: str, *options: str) -> Result:
    path = folder / "examples.yaml"
    path.write_text(examples)
    return CliRunner().invoke(command, ["test", str(path), *options])


def test_examples_that_come_out_as_expected_pass(tmp_path: Path) -> None:
    result = attempt(tmp_path, GOOD)
    assert result.exit_code == 0, result.output
    assert result.output.count("相符") == 2


def test_each_difference_is_told_in_words(tmp_path: Path) -> None:
    wrong = GOOD.replace("action: replace, becomes: 钱*海", "action: keep").replace("'***'", "'1*'")
    result = attempt(tmp_path, wrong.replace("verdict: flagged", "verdict: clean"))
    assert isinstance(result.exception, PolicyInvalidError)
    assert "“钱文海”应为保留，实为替换。" in result.output
    assert "应写作“1*”，实为“***”" in result.output
    assert "结果应为“未发现问题”，实为“需人工审核”" in result.output
    assert "相符  涉密的拦截" in result.output


def test_what_no_detector_finds_is_told_as_such(tmp_path: Path) -> None:
    example = "- {name: 无, category: general, text: 今日晴, expect: [{value: 晴, action: mask}]}"
    assert "实为保留（没有检出）" in attempt(tmp_path, example).output


def test_the_whole_published_text_can_be_given(tmp_path: Path) -> None:
    example = (
        "- name: 全文\n  category: general\n  text: 联系人电话13812345678。\n"
        "  reads: 联系人电话138****5678。\n"
    )
    result = attempt(tmp_path, example)
    assert result.exit_code == 0, result.output


def test_the_offices_own_rules_are_tried(tmp_path: Path) -> None:
    rules = tmp_path / "规则"
    (rules / "categories").mkdir(parents=True)
    (rules / "categories" / "subsidy_payment.yaml").write_text(
        "rules:\n  - {entity: PERSON, role: recipient, action: keep, basis: 本局规定}\n"
    )
    told = attempt(tmp_path, GOOD, "--policy", str(rules), "--json")
    listed = json.loads(told.stdout)
    assert not listed["passed"]
    assert "应为替换，实为保留" in listed["examples"][0]["differences"][0]


@pytest.mark.parametrize(
    ("examples", "told"),
    [
        ("{}", "应是一个列表"),
        ("- {name: a}", "category、text"),
        ("- {name: a, category: general, text: b, expects: []}", "expects"),
        ("- {name: a, category: general, text: b, expect: [{value: b, action: hide}]}", "action"),
        ("- [", "读不出来"),
    ],
)
def test_bad_examples_are_named_by_number_and_key(tmp_path: Path, examples: str, told: str) -> None:
    error = attempt(tmp_path, examples).exception
    assert isinstance(error, InputError)
    assert told in error.message


def test_an_unknown_category_is_wrong_usage(tmp_path: Path) -> None:
    error = attempt(tmp_path, "- {name: a, category: x, text: b}").exception
    assert isinstance(error, WrongUsageError)
