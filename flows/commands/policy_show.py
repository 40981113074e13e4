"""What ``review policy show`` prints of the rules, for people and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from policies.describe import Cell
    from review.policy import Category, Policy, Rule

_ORIGINS = {"floor": "底线", "category": "本类别", "defaults": "通用", "none": "无规则"}
_RULE_COLUMNS = ("种类", "身份", "处理", "依据")


def nlp_json(rules: Policy) -> dict[str, str]:
    """Lay out which engine recognises names and addresses."""
    return {"engine": rules.nlp.engine.value, "model": rules.nlp.model}


def _rule_json(rule: Rule) -> dict[str, Any]:
    return {
        "entity": rule.entity.value,
        "role": rule.role.value if rule.role else None,
        "action": rule.action.value,
        "effect": rule.effect.value,
        "form": rule.form,
        "basis": rule.basis,
    }


def _category_json(category: Category) -> dict[str, Any]:
    return {
        "key": category.key,
        "title": category.title,
        "basis": category.basis,
        "on_clean": category.on_clean.value,
        "channels": list(category.channels),
        "scope": category.scope,
        "take_down_days": category.take_down_days,
        "needs_interpretation": category.needs_interpretation,
        "least_group": category.least_group,
    }


def _cell_json(cell: Cell) -> dict[str, Any]:
    role = cell.role.value if cell.role else None
    return {**_rule_json(cell.rule), "role": role, "origin": cell.origin.value}


def overview_json(rules: Policy) -> dict[str, Any]:
    """Lay out all rules for machines."""
    from flows.rules.approval_table import approval_json

    return {
        "version": rules.version,
        "digest": rules.digest,
        "floor": [_rule_json(rule) for rule in rules.floor],
        "defaults": [_rule_json(rule) for rule in rules.defaults],
        "categories": [
            {**_category_json(c), "rules": [_rule_json(rule) for rule in c.rules]}
            for c in rules.categories.values()
        ],
        "terms": len(rules.terms),
        "negative_list": [asdict(term) for term in rules.terms],
        "expressions": len(rules.expressions),
        "nlp": nlp_json(rules),
        "approval": approval_json(rules.approval),
    }


def show_category(rules: Policy, category: Category, as_json: bool) -> None:
    """Show the whole matrix of a category."""
    from policies.describe import matrix

    cells = list(matrix(rules, category))
    if as_json:
        listed = [_cell_json(cell) for cell in cells]
        print_json({"digest": rules.digest, **_category_json(category), "matrix": listed})
        return
    from policies.names import ENTITY_NAMES, ON_CLEAN_NAMES, role_name, treatment

    days = f"{category.take_down_days} 天后撤下" if category.take_down_days else "不设撤下期限"
    click.echo(f"{category.title}（{category.key}）")
    click.echo(f"依据：{category.basis}")
    click.echo(f"渠道：{'、'.join(category.channels) or '未定'}；范围：{category.scope or '未定'}")
    beside = "；须与解读同步公布" if category.needs_interpretation else ""
    click.echo(f"{ON_CLEAN_NAMES[category.on_clean]}；{days}{beside}")
    rows = [
        (
            ENTITY_NAMES[cell.entity],
            role_name(cell.role),
            treatment(cell.rule),
            cell.rule.basis,
            _ORIGINS[cell.origin],
        )
        for cell in cells
    ]
    print_table("", (*_RULE_COLUMNS, "出处"), rows)


def print_overview(rules: Policy) -> None:
    """Print categories, floor, defaults, chains and expressions."""
    from policies.expressions import expression_words
    from policies.names import ON_CLEAN_NAMES, nlp_name

    click.echo(
        f"版本 {rules.version}，摘要 {rules.digest[:12]}，负面清单 {len(rules.terms)} 个词语，"
        f"用语清单 {len(rules.expressions)} 条，{nlp_name(rules.nlp)}"
    )
    rows = [
        (
            category.key,
            category.title,
            ON_CLEAN_NAMES[category.on_clean],
            f"{category.take_down_days} 天" if category.take_down_days else "",
            category.basis,
        )
        for category in rules.categories.values()
    ]
    print_table("类别", ("键", "名称", "未发现问题时", "撤下", "依据"), rows)
    print_table("底线（任何类别都适用）", _RULE_COLUMNS, _rule_rows(rules.floor))
    print_table("通用规则（类别没有另行规定时适用）", _RULE_COLUMNS, _rule_rows(rules.defaults))
    _print_approval(rules)
    if rules.expressions:
        listed = [(expression_words(each), each.basis) for each in rules.expressions]
        print_table("用语清单（只提示）", ("说法", "依据"), listed)
    click.echo("查看一个类别的完整规则：review policy show --category 键")


def _print_approval(rules: Policy) -> None:
    from flows.rules.approval_table import CAPTION
    from policies.describe_approval import CHAIN_COLUMNS, chain_rows, weakening_words

    print_table(CAPTION, CHAIN_COLUMNS, chain_rows(rules))
    click.echo(f"{weakening_words(rules.approval)}。")


def _rule_rows(rules: Iterable[Rule]) -> list[tuple[str, ...]]:
    from policies.names import ENTITY_NAMES, role_name, treatment

    return [
        (ENTITY_NAMES[rule.entity], role_name(rule.role), treatment(rule), rule.basis)
        for rule in rules
    ]


def print_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    styles: Sequence[str] = (),
) -> None:
    """Print a table; ``styles`` colour its rows."""
    from rich.markup import escape
    from rich.table import Table

    from flows.commands.tables import console

    table = Table(title=title or None, title_justify="left", header_style="bold")
    for name in columns:
        table.add_column(name, overflow="fold")
    for number, row in enumerate(rows):
        style = styles[number] if styles else None
        table.add_row(*(escape(text) for text in row), style=style or None)
    console().print(table)
