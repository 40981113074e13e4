"""An office that knows no programming changes a mask, adds a term and a category, and tries them.

The three files are what the guide tells to write.
"""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from flows.commands.policy import policy as command

FILES = {
    "policy.yaml": """\
defaults:
  - entity: PHONE_NUMBER
    action: mask
    form: 3+******+2
    basis: 本单位政务公开办法第六条
""",
    "terms.yaml": """\
terms:
  - term: 蓝湖专项
    variants: [蓝湖工程]
    level: review
    category: 内部事务
    basis: 政府信息公开条例第十六条
    owner: 县府办
    since: 2026-01-01
    not_near: [宣传册]
""",
    "categories/gazette.yaml": """\
title: 政府公报
basis: 政府信息公开条例第二十三条
signs: [政府公报]
channels: [政府公报]
rules:
  - entity: PERSON
    role: applicant
    action: remove
    basis: 本单位政务公开办法第八条
""",
}
EXAMPLES = """\
- name: 手机号码留后两位
  category: gazette
  text: 联系人手机：13800138000。
  expect:
    - {value: '13800138000', action: mask, becomes: '138******00'}
- name: 蓝湖专项由人审核
  category: gazette
  text: 有关蓝湖工程的安排另行通知。
  verdict: flagged
- name: 宣传册里的蓝湖专项不算
  category: gazette
  text: 各村要用好宣传册，讲清什么是蓝湖专项。
  verdict: clean
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def test_three_small_files_change_what_is_done(tmp_path: Path) -> None:
    folder = tmp_path / "本单位规则"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    checked = run("check", "--policy", str(folder))
    assert checked.exit_code == 0, checked.output
    assert "23 个类别" in checked.output

    compared = run("diff", "builtin", str(folder), "--json").output
    assert "新增类别 gazette" in compared
    assert "新增“蓝湖专项”（审核）" in compared
    assert "留前 3 位、后 2 位" in compared

    (tmp_path / "样例.yaml").write_text(EXAMPLES, "utf-8")
    tried = run("test", str(tmp_path / "样例.yaml"), "--policy", str(folder))
    assert tried.exit_code == 0, tried.output
    assert tried.output.count("相符") == 3
