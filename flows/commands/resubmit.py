"""``review resubmit``: corrected drafts for a case that was sent back."""

from __future__ import annotations

import json
from pathlib import Path

import click

from flows.commands.options import json_option, policy_option
from flows.commands.waiting import advice, on_terminal, outcome, wait_for
from flows.compose import open_api, open_desk, settings


@click.command()
@click.argument("case_id", metavar="CASE")
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--officer", metavar="ID", required=True, help="送审人工号，须是原送审人。")
@click.option(
    "--attach",
    "attachments",
    multiple=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="附件，可多次给出；没有改动的附件也要一起重新提交。",
)
@click.option("--wait", is_flag=True, help="等到检测完成再返回（在终端里总是等）。")
@policy_option
@json_option
def resubmit(
    case_id: str,
    path: Path,
    officer: str,
    attachments: tuple[Path, ...],
    wait: bool,
    overlay: Path | None,
    as_json: bool,
) -> None:
    """重新提交：把改正后的文件交回被退回的案件。原文件不动。

    退回的原因用 review show CASE 查看。类别、公开属性等照原来送审时的办；
    审核人会看到改了哪里，上一次人工隐去的内容仍然隐去。
    """
    from flows.intake.intake import hand_in_again
    from flows.processing.incoming import load

    incoming = [load(item) for item in (path, *attachments)]
    desk = open_desk(overlay)
    case = hand_in_again(desk, open_api(), case_id, incoming, officer)
    if wait or (on_terminal() and not as_json):
        case = wait_for(desk, [case])[case.id]
    if as_json:
        told = {
            "case": case.id,
            "round": case.round,
            "state": case.state.value,
            "verdict": case.verdict.value if case.verdict else None,
            "note": case.note,
            "advice": advice(desk, case),
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(
        f"{path} → 案件 {case.id} 第 {case.round} 次送审，请审核人到 {settings().ui_url} 审批。"
    )
    if told_of_scan := outcome(desk, case):
        click.echo(told_of_scan)
