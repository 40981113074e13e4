"""How scans and cases look in a terminal."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.copies.findings_record import CaseRecord
from flows.reminding.deadlines import Deadlines, deadline_words
from flows.state_names import STATE_NAMES
from policies.names import ACTION_NAMES, ENTITY_NAMES, ROLE_NAMES, VERDICT_NAMES
from review.case import Case, State
from review.finding import Entity, Role
from review.limits import Deadline
from review.plan import Verdict
from review.policy import Action

_COLOURS = {
    Verdict.CLEAN: "green",
    Verdict.FLAGGED: "yellow",
    Verdict.BLOCKED: "red",
    Verdict.QUARANTINED: "red",
}

_MOST_ROWS = 200
"""Rows of a table that somebody reads; the last word on everything is ``--json``."""


def console() -> Console:
    """Make a console on standard output: no colour and no line breaking off a terminal."""
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else 200)


def verdict_cell(verdict: Verdict) -> str:
    """Name a verdict in its colour."""
    return f"[{_COLOURS[verdict]}]{VERDICT_NAMES[verdict]}[/]"


def print_scan(file: dict[str, Any]) -> dict[str, Any]:
    """Print the scan of one file as the contract lays it out; returns it unchanged."""
    if error := file.get("error"):
        click.echo(f"{file['path']}：{error['message']}", err=True)
        return file
    out = console()
    verdict = Verdict(file["verdict"])
    findings = file["findings"]
    out.print(f"[bold]{escape(file['path'])}[/]  {verdict_cell(verdict)}，检出 {len(findings)} 处")
    for note in file.get("notes", ()):
        out.print(f"  · {escape(note['message'])}")
    if key := file.get("category_suggested"):
        out.print("  · " + other_category(key))
    print_findings(out, findings)
    return file


def other_category(key: str) -> str:
    """Say that the title speaks of another category than the rules that were used."""
    return f"按标题像另一类文件，要按那一类的规则检测，请加 --category {key}。"


def print_findings(out: Console, findings: Sequence[dict[str, Any]]) -> None:
    """Print findings of ``--json`` as a table; of very many the first, then counts of them all."""
    if findings:
        out.print(_findings_table(_first(findings)))
    if len(findings) > _MOST_ROWS:
        out.print(_rest(findings))


def _first(findings: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """Choose the rows to print, in the order of the text; what stops a file goes before others."""
    blocking = [n for n, found in enumerate(findings) if found["action"] == Action.BLOCK]
    chosen = islice(dict.fromkeys((*blocking, *range(len(findings)))), _MOST_ROWS)
    return [findings[n] for n in sorted(chosen)]


def _rest(findings: Sequence[dict[str, Any]]) -> str:
    """Say how many findings there are of each kind and treatment, and how to see them all."""
    kinds = Counter((found["entity"], found["action"]) for found in findings)
    counts = "、".join(
        f"{ENTITY_NAMES[Entity(entity)]}（{ACTION_NAMES[Action(action)]}）{number:,} 处"
        for (entity, action), number in kinds.most_common()
    )
    return (
        f"[bold]上表只列出 {_MOST_ROWS} 处，全文共 {len(findings):,} 处[/]："
        f"{counts}。要看全部，请加 --json。"
    )


def _findings_table(findings: Sequence[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=True, header_style="bold")
    for name in ("编号", "种类", "身份", "人员", "内容", "处理", "位置", "依据"):
        table.add_column(name, overflow="fold")
    for found in findings:
        table.add_row(
            found["id"],
            ENTITY_NAMES[Entity(found["entity"])],
            ROLE_NAMES[Role(found["role"])],
            found["person"],
            escape(found["text"]),
            ACTION_NAMES[Action(found["action"])],
            escape(found.get("place") or _place(found["location"])),
            escape(found["basis"]),
        )
    return table


def _place(location: dict[str, Any]) -> str:
    if location.get("part") == "file_name":
        return "文件名"
    page = f"第{location['page']}页 " if "page" in location else ""
    return page + str(location.get("cell") or f"第{location['block'] + 1}段")


def cases_table(
    cases: Iterable[Case], titles: Mapping[str, str], deadlines: Deadlines, today: date
) -> Table:
    """Lay out cases as a table; ``titles`` names the categories that are known by their key."""
    table = Table(header_style="bold")
    for name in ("案件", "标题", "类别", "结果", "进展", "期限", "送审人"):
        table.add_column(name, overflow="fold")
    for case in cases:
        table.add_row(
            case.id,
            escape(case.title),
            escape(titles.get(case.submission.category, case.submission.category)),
            verdict_cell(case.verdict) if case.verdict else "",
            _state_cell(case),
            _deadline_cell(deadlines.of(case), today),
            case.submission.officer,
        )
    return table


def _state_cell(case: Case) -> str:
    """Name the state of a case, and the step at which it waits."""
    step = f"（{escape(case.step.title)}）" if case.state is State.AWAITING else ""
    return STATE_NAMES[case.state] + step


def _deadline_cell(deadline: Deadline | None, today: date) -> str:
    """Say how a case stands to its deadline, in red once that is over."""
    if deadline is None:
        return ""
    words = escape(deadline_words(deadline, today))
    return f"[red]{words}[/]" if deadline.is_over(today) else words


def record_table(record: CaseRecord) -> Table:
    """Lay out the masked findings of a case as a table."""
    table = Table(header_style="bold")
    for name in ("编号", "种类", "身份", "人员", "内容", "处理", "改为", "位置", "依据"):
        table.add_column(name, overflow="fold")
    for row in record.findings:
        table.add_row(
            row.id,
            ENTITY_NAMES[Entity(row.entity)],
            ROLE_NAMES[Role(row.role)],
            row.person,
            escape(row.text),
            ACTION_NAMES[Action(row.action)],
            escape(row.replacement),
            escape(row.place),
            escape(row.basis),
        )
    return table
