"""``review submit``: open a case for each file."""

from __future__ import annotations

import json
import sys
import time
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.commands.named import NamedChoice
from flows.commands.options import json_option, paths_argument, policy_option
from flows.compose import open_api, open_desk, open_policy, settings
from flows.declaration import ATTRIBUTE_NAMES, require_grounds
from review.case import PUBLISHABLE, Attribute, State, Submission
from review.errors import ReviewError, WrongUsageError
from review.plan import Verdict

if TYPE_CHECKING:
    from flows.desk import Desk
    from flows.prefect_api import PrefectApi
    from review.case import Case

SETTLED = frozenset(State) - {
    State.REGISTERED,
    State.SCANNED,
    State.FLAGGED,
    State.CLEAN,
    State.BLOCKED,
    State.QUARANTINED,
    State.APPROVED,
}


@click.command()
@paths_argument
@click.option("--category", metavar="KEY", required=True, help="文件类别，见 review policy show。")
@click.option(
    "--attribute",
    required=True,
    type=NamedChoice("公开属性", ATTRIBUTE_NAMES),
    help="公开属性：proactive 主动公开，on_request 依申请公开，withheld 不予公开。",
)
@click.option("--officer", metavar="ID", required=True, help="送审人工号。")
@click.option("--reason", default="", help="理由（依申请公开、不予公开时必填）。")
@click.option("--basis", default="", help="法律依据（不予公开时必填）。")
@click.option("--channel", "channels", multiple=True, help="公开渠道，可多次给出。")
@click.option(
    "--publish-on", type=click.DateTime(["%Y-%m-%d"]), help="计划公开日期，如 2026-12-01。"
)
@click.option(
    "--attach",
    "attachments",
    multiple=True,
    type=click.Path(path_type=Path),
    help="附件，与正文同属一个案件，可多次给出。",
)
@click.option("--wait", is_flag=True, help="等到检测完成再返回。")
@policy_option
@json_option
def submit(
    paths: tuple[Path, ...],
    category: str,
    attribute: str,
    officer: str,
    reason: str,
    basis: str,
    channels: tuple[str, ...],
    publish_on: datetime | None,
    attachments: tuple[Path, ...],
    wait: bool,
    overlay: Path | None,
    as_json: bool,
) -> None:
    """送审：为每个文件立一个案件，等待审核人审批。原文件不动。"""
    from flows.incoming import expand

    submission = _submission(
        category,
        attribute,
        officer,
        reason,
        basis,
        channels,
        publish_on.date() if publish_on else None,
    )
    open_policy(overlay).category(category)
    files = list(expand(paths))
    if attachments and len(files) != 1:
        raise WrongUsageError("用 --attach 时只能给出一个正文文件，请分开送审。")
    desk, api = open_desk(overlay), open_api()
    results = [_submit_one(desk, api, path, attachments, submission, wait) for path in files]
    if as_json:
        click.echo(json.dumps({"cases": results}, ensure_ascii=False, indent=2))
    else:
        for result in results:
            _tell(result, settings().ui_url)
    sys.exit(max(result["exit_code"] for result in results) if results else 0)


def _submission(
    category: str,
    attribute: str,
    officer: str,
    reason: str,
    basis: str,
    channels: tuple[str, ...],
    publish_on: date | None,
) -> Submission:
    """Put together what is declared; reason and basis are asked for before anything is read."""
    chosen = Attribute(attribute)
    submission = Submission(category, chosen, officer, reason, basis, channels, publish_on)
    require_grounds(submission)
    return submission


def _submit_one(
    desk: Desk,
    api: PrefectApi,
    path: Path,
    attachments: tuple[Path, ...],
    submission: Submission,
    wait: bool,
) -> dict[str, Any]:
    from flows.incoming import load
    from flows.intake import hand_in

    try:
        incoming = [load(item) for item in (path, *attachments)]
        case, new = hand_in(desk, api, incoming, submission)
        if wait:
            case = _wait_for(desk, case)
    except ReviewError as error:
        told = {"code": error.code, "message": error.message}
        return {"path": str(path), "exit_code": error.exit_code, "error": told}
    return {
        "path": str(path),
        "exit_code": 0,
        "case": case.id,
        "new": new,
        "state": case.state.value,
        "verdict": case.verdict.value if case.verdict else None,
        "note": case.note,
        "advice": _advice(desk, case),
    }


def _advice(desk: Desk, case: Case) -> str:
    """Say what to do about a case that cannot be published; empty for any other."""
    from flows.artifacts import next_step

    stopped = case.verdict is not None and case.verdict not in PUBLISHABLE
    return next_step(case, desk.record(case.id)) if stopped else ""


def _wait_for(desk: Desk, case: Case) -> Case:
    while case.state not in SETTLED:
        time.sleep(0.3)
        case = desk.store.get(case.id)
    return case


def _tell(result: dict[str, Any], ui_url: str) -> None:
    if "error" in result:
        click.echo(f"{result['path']}：{result['error']['message']}", err=True)
        return
    if result["new"]:
        click.echo(f"{result['path']} → 案件 {result['case']}，请审核人到 {ui_url} 审批。")
    else:
        click.echo(f"{result['path']} → 同一文件已立案 {result['case']}，没有重复立案。")
    if result["verdict"]:
        click.echo(f"  检测结果：{_outcome(result)}")


def _outcome(result: dict[str, Any]) -> str:
    from flows.artifacts import VERDICT_NAMES

    verdict = f"{VERDICT_NAMES[Verdict(result['verdict'])]}。"
    reason = f"原因：{result['note']}" if result["note"] else ""
    return verdict + reason + str(result["advice"])
