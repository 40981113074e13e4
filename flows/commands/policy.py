"""``review policy``: check, try out, show and compare the rules, take terms from a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.commands.options import json_option, policy_option
from flows.commands.policy_show import (
    nlp_json,
    overview_json,
    print_json,
    print_overview,
    print_table,
    show_category,
)
from flows.compose import check_model, checked_policy, enrolled, open_policy, today
from review.errors import InputError, PolicyInvalidError, WrongUsageError

if TYPE_CHECKING:
    from flows.people.staff import Staff
    from flows.rules.term_table import Report
    from policies.changes import Change
    from review.policy import Policy

_KINDS = {
    "weaker": "变松",
    "stronger": "变严",
    "changed": "改动",
    "new": "新增",
    "removed": "去掉",
}
_COLOURS = {"weaker": "red", "removed": "red", "stronger": "green", "new": "cyan", "changed": ""}
_SHOWN_NOTICES = 20


@click.group()
def policy() -> None:
    """规则：检查、试用、查看、比较、收入词语。"""


@policy.command()
@policy_option
@json_option
def check(overlay: Path | None, as_json: bool) -> None:
    """检查规则，一次列出全部问题；有问题时退出码为 8。

    登记过人员的，还核对审批的每个环节有没有人办。写法没有错、但可能不是本意的（如词语已过停用
    日期），另列为提示。
    """
    try:
        rules, notices = checked_policy(overlay)
        check_model(rules)
        staff = enrolled()
        notices += _check_manning(rules, staff)
    except PolicyInvalidError as error:
        if as_json:
            problems = error.problems or (error.message,)
            print_json({"valid": False, "problems": list(problems), "notices": []})
        raise
    if as_json:
        told = {"valid": True, "problems": [], "notices": list(notices)}
        print_json({**told, "staff_checked": bool(staff), **_head(rules)})
    else:
        for notice in notices[:_SHOWN_NOTICES]:
            click.echo(f"  - 提示：{notice}")
        if (more := len(notices) - _SHOWN_NOTICES) > 0:
            click.echo(f"  - 提示：另有 {more} 处，加 --json 可看全部。")
        click.echo(
            f"规则没有问题：{len(rules.categories)} 个类别，{len(rules.terms)} 个负面清单词语，"
            f"版本 {rules.version}，摘要 {rules.digest[:12]}。"
        )


def _check_manning(rules: Policy, staff: Sequence[Staff]) -> tuple[str, ...]:
    """Make sure that the staff can take every step; raises ``PolicyInvalidError`` else."""
    from flows.cases.manning import NOBODY_ENROLLED, manning

    if not staff:
        click.echo(NOBODY_ENROLLED, err=True)
    found = manning(rules.approval, staff)
    if found.problems:
        raise PolicyInvalidError(
            f"规则没有写错，但审批有 {len(found.problems)} 处缺人，案件到那里会停住；请逐条补齐。",
            found.problems,
        )
    return found.notices


@policy.command()
@click.option("--category", "key", metavar="KEY", help="只看这个类别的完整规则。")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="把全部规则写成一张表，供讨论和留档：.html 用浏览器看，.xlsx 可筛选。",
)
@policy_option
@json_option
def show(key: str | None, output: Path | None, overlay: Path | None, as_json: bool) -> None:
    """查看现行规则：类别一览和审批流程，或一个类别里每一项怎么处理、依据什么。"""
    rules = open_policy(overlay)
    if output is not None:
        _write_table(rules, output)
    elif key is not None:
        show_category(rules, rules.category(key), as_json)
    elif as_json:
        print_json(overview_json(rules))
    else:
        print_overview(rules)


@policy.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@json_option
def diff(old: str, new: str, as_json: bool) -> None:
    """比较两套规则：从 OLD 到 NEW，哪些变松，哪些变严，增减了什么。

    OLD 和 NEW 是规则文件夹；写 builtin 指内置规则。
    """
    from policies.compare import compare

    before, after = _load(old), _load(new)
    changes = compare(before, after)
    if as_json:
        listed = [{"kind": c.kind.value, "where": c.where, "words": c.words} for c in changes]
        print_json({"old": before.digest, "new": after.digest, "changes": listed})
    elif not changes:
        click.echo("两套规则的效果相同。")
    else:
        _print_changes(changes)


@policy.command("test")
@click.argument("examples", metavar="FILE", type=click.Path(path_type=Path))
@policy_option
@json_option
def try_out(examples: Path, overlay: Path | None, as_json: bool) -> None:
    """用本单位的样例检验规则：规则启用前，看每个样例的处理是否与预期一致。

    FILE 是 YAML 列表，每个样例写 name、category、text，以及 expect（value、action、becomes）、
    verdict、reads 中的几项。有不一致时退出码为 8。
    """
    from flows.compose import open_pipeline
    from flows.rules.policy_examples import read_examples, try_examples

    outcomes = list(try_examples(read_examples(examples), open_pipeline(overlay)))
    failed = [outcome for outcome in outcomes if outcome.differences]
    if as_json:
        print_json({"passed": not failed, "examples": [asdict(o) for o in outcomes]})
    else:
        for outcome in outcomes:
            click.echo(f"{'不符' if outcome.differences else '相符'}  {outcome.name}")
            for difference in outcome.differences:
                click.echo(f"    {difference}")
    if failed:
        raise PolicyInvalidError(f"{len(outcomes)} 个样例中有 {len(failed)} 个与预期不符。")


@policy.command("import")
@click.argument("table", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--policy",
    "folder",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="收进这个规则文件夹的 terms.yaml；没有就新建。",
)
@json_option
def import_table(table: Path, folder: Path, as_json: bool) -> None:
    """从表格（.xlsx、.csv、.docx 等）收入本单位的负面清单词语。

    表头写：词语、级别（禁止、审核、提示，默认审核）、类别、依据（必填）、提出单位、启用、停用、
    例外、变体、邻近、不邻近、位置（全文、标题、密级标志的位置）。有写错的行就一行也不收；
    重复、冲突、太常用的词逐行列出。
    """
    from flows.compose import open_pipeline
    from flows.processing.incoming import load
    from flows.rules.term_import import import_terms

    rules = open_policy(folder if folder.exists() else None)
    document = open_pipeline().read(load(table))
    report = import_terms(document, folder, rules, today())
    if as_json:
        print_json(
            {
                "added": [entry.term.text for entry in report.added],
                "known": report.known,
                "duplicates": [told.sentence for told in report.duplicates],
                "clashes": [told.sentence for told in report.clashes],
                "common": [told.sentence for told in report.common],
                "wrong": [told.sentence for told in report.wrong],
            }
        )
    else:
        _print_import(report, folder)
    if report.wrong:
        raise InputError(f"有 {len(report.wrong)} 行写错，没有收入任何词语，请改正后重试。")


def _print_import(report: Report, folder: Path) -> None:
    for told in report.told:
        click.echo(f"  - {told.sentence}")
    if not report.wrong:
        click.echo(
            f"收入 {len(report.added)} 个词语到 {folder / 'terms.yaml'}；已有 {report.known} 个，"
            f"重复 {len(report.duplicates)} 个，冲突 {len(report.clashes)} 个，"
            f"太短或太常用 {len(report.common)} 个没有收。"
        )


def _write_table(rules: Policy, output: Path) -> None:
    from flows.durable import write_file
    from flows.rules.policy_table import as_html, as_workbook

    makers = {".html": lambda: as_html(rules).encode(), ".xlsx": lambda: as_workbook(rules)}
    if output.suffix.lower() not in makers:
        raise WrongUsageError("规则表只能写成 .html 或 .xlsx，请改文件名后再试。")
    write_file(output, makers[output.suffix.lower()](), 0o644)
    click.echo(f"已写出规则表：{output}（{len(rules.categories)} 个类别）")


def _load(name: str) -> Policy:
    from policies.loader import load_policy

    return load_policy(None if name == "builtin" else Path(name))


def _head(rules: Policy) -> dict[str, Any]:
    return {
        "version": rules.version,
        "digest": rules.digest,
        "categories": len(rules.categories),
        "terms": len(rules.terms),
        "expressions": len(rules.expressions),
        "nlp": nlp_json(rules),
    }


def _print_changes(changes: Sequence[Change]) -> None:
    rows = [(_KINDS[c.kind], c.where, c.words) for c in changes]
    print_table("", ("方向", "范围", "变化"), rows, [_COLOURS[c.kind] for c in changes])
    weaker = sum(c.kind in ("weaker", "removed") for c in changes)
    click.echo(f"共 {len(changes)} 处变化，其中变松或去掉 {weaker} 处。")
