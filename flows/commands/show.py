"""``review show``: one case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.beijing import BEIJING, beijing_day
from flows.commands.cases import case_json
from flows.commands.options import json_option, reveal_option
from flows.compose import category_titles, now, open_desk
from review.audit import Head
from review.case import Case, State
from review.errors import PolicyInvalidError

if TYPE_CHECKING:
    from flows.cases.desk import Desk
    from flows.copies.findings_record import CaseRecord
    from review.policy import Category


_NOBODY = {"system": "系统", "policy": "规则", "unknown": "未登记的工号"}
"""Who acts without being a person."""


@click.command()
@click.argument("case_id", metavar="CASE")
@json_option
@reveal_option
@click.option(
    "--export",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="把原件、处理后的文件、对照页和审查表取出到这个文件夹；不覆盖已有文件。",
)
def show(case_id: str, as_json: bool, reveal: bool, folder: Path | None) -> None:
    """查看一个案件：检出的内容、处理办法、审批经过和结果所在。"""
    from flows.cases.case_export import export_files

    desk = open_desk()
    case = desk.store.get(case_id)
    record = None if case.state is State.REGISTERED else desk.record(case_id)
    exported = export_files(desk.files, case, folder, _forms(desk, case, record)) if folder else []
    if record is not None and reveal:
        record = desk.revealed(case)
    if as_json:
        content = _json(desk, case, record) | {"exported": [str(path) for path in exported]}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    _print(desk, case, record)
    for path in exported:
        click.echo(f"已取出：{path}")


def _forms(desk: Desk, case: Case, record: CaseRecord | None) -> dict[str, bytes]:
    """Print the review record; what it shows is masked, whatever the terminal shows."""
    from flows.copies.findings_record import CaseRecord
    from flows.record.basics import Facts
    from flows.record.review_record import write_record

    *_, last = desk.store.events(case.id)
    facts = Facts(
        case,
        record or CaseRecord(),
        _category(desk, case),
        Head(last.seq, last.digest),
        desk.files.manifest(case.id),
    )
    return write_record(facts)


def _category(desk: Desk, case: Case) -> Category | None:
    """Look up the category under the rules that the case began with, None where it is lost."""
    try:
        return desk.rules_of(case).categories.get(case.submission.category)
    except PolicyInvalidError:
        return None


def _json(desk: Desk, case: Case, record: CaseRecord | None) -> dict[str, Any]:
    from flows.reminding.deadlines import Deadlines

    deadline = Deadlines(desk.files).of(case)
    return case_json(case, deadline, beijing_day(now())) | {
        "findings": record.pack()["findings"] if record else [],
        "notes": record.pack()["notes"] if record else [],
        "attribute_proposed": dict(record.attribute_proposed) if record else {},
        "review_copy": str(page)
        if (page := desk.files.review_copy(case.id, case.version)).exists()
        else None,
        "marked_copies": [str(p) for p in desk.files.marked_copies(case.id, case.version)],
        "folder": str(desk.files.case_dir(case.id)),
        "released": str(desk.files.released_dir(case.id)) if case.state is State.RELEASED else None,
        "history": [
            {
                "at": e.at.astimezone(BEIJING).isoformat(),
                "actor": e.actor,
                "action": e.action,
                "data": dict(e.data),
            }
            for e in desk.store.events(case.id)
        ],
    }


def _print(desk: Desk, case: Case, record: CaseRecord | None) -> None:
    from rich.markup import escape

    from flows.cases.artifacts import DECISION_NAMES
    from flows.cases.sent_back import next_command, reasons
    from flows.commands.audit import ACTIONS
    from flows.commands.tables import cases_table, console, record_table
    from flows.reminding.deadlines import Deadlines

    out = console()
    deadlines, today = Deadlines(desk.files), beijing_day(now())
    out.print(cases_table([case], category_titles(), deadlines, today))
    if deadline := deadlines.of(case):
        out.print(f"期限依据：{escape(deadline.ground)}")
    for line in reasons(case):
        out.print(f"[bold]{escape(line)}[/]")
    if case.state is State.RETURNED:
        out.print(f"改正后重新提交：{escape(next_command(case))}", soft_wrap=True)
    if case.note:
        out.print(f"原因：{escape(case.note)}")
    if record is not None:
        for note in record.notes:
            out.print(f"· {escape(note.message)}")
        if record.findings:
            out.print(record_table(record))
    for event in desk.store.events(case.id):
        reason = escape(str(event.data.get("reason", "")))
        action = ACTIONS.get(event.action, event.action)
        moment = event.at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")
        out.print(f"{moment}  {_named(event.actor)}  {action}  {reason}")
    for approval in case.approvals:
        decision = DECISION_NAMES[approval.decision]
        out.print(f"{_named(approval.officer)}：{decision} {escape(approval.reason)}")
    if case.state is State.RELEASED:
        out.print(f"公开包：{escape(str(desk.files.released_dir(case.id)))}")
    else:
        out.print(f"案件文件夹：{escape(str(desk.files.case_dir(case.id)))}")
    if (page := desk.files.review_copy(case.id, case.version)).exists():
        out.print(f"审核对照页：{escape(str(page))}（用浏览器打开，左右对照）")
    for copy in desk.files.marked_copies(case.id, case.version):
        out.print(f"原件标注稿：{escape(str(copy))}（检出处有底色和批注，含原文，不得公开）")


def _named(actor: str) -> str:
    return _NOBODY.get(actor, actor)
