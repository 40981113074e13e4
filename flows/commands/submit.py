"""``review submit``: open a case for each file."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.cases.declaration import require_grounds
from flows.commands.asking import Declared, complete, require_complete
from flows.commands.marks import compare_marks
from flows.commands.named import NamedChoice
from flows.commands.options import json_option, paths_argument, policy_option
from flows.commands.waiting import advice, on_terminal, outcome, wait_for
from flows.compose import open_api, open_desk, open_policy, settings
from review.attribute_proposal import ATTRIBUTE_NAMES
from review.case import Attribute, Submission
from review.errors import ReviewError, WrongUsageError

if TYPE_CHECKING:
    from flows.cases.desk import Desk
    from flows.prefect_api import PrefectApi
    from review.case import Case


@click.command()
@paths_argument
@click.option("--category", metavar="KEY", default="", help="文件类别，见 review policy show。")
@click.option(
    "--attribute",
    type=NamedChoice("公开属性", ATTRIBUTE_NAMES),
    help="公开属性：proactive 主动公开，on_request 依申请公开，withheld 不予公开。",
)
@click.option("--officer", metavar="ID", default="", help="送审人工号。")
@click.option("--reason", default="", help="理由（依申请公开、不予公开时必填）。")
@click.option("--basis", default="", help="法律依据（不予公开时必填）。")
@click.option("--channel", "channels", multiple=True, help="公开渠道，可多次给出。")
@click.option(
    "--publish-on",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="计划公开日期，如 2026-12-01。",
)
@click.option(
    "--attach",
    "attachments",
    multiple=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="附件，与正文同属一个案件，可多次给出。",
)
@click.option(
    "--forwards",
    metavar="CASE",
    default="",
    help="转发件：所转发文件的案件编号，公开属性要与它一致。",
)
@click.option(
    "--joint",
    metavar="ID",
    multiple=True,
    help="联合发文：会签单位办理人的工号，可多次给出；先征求他们的意见。",
)
@click.option("--wait", is_flag=True, help="等到检测完成再返回（在终端里总是等）。")
@policy_option
@json_option
def submit(
    paths: tuple[Path, ...],
    category: str,
    attribute: str | None,
    officer: str,
    reason: str,
    basis: str,
    channels: tuple[str, ...],
    publish_on: datetime | None,
    attachments: tuple[Path, ...],
    forwards: str,
    joint: tuple[str, ...],
    wait: bool,
    overlay: Path | None,
    as_json: bool,
) -> None:
    """送审：为每个文件立一个案件，等待审核人审批。原文件不动。

    在终端里运行时，没有写上的类别、公开属性、理由、依据和工号会逐项询问，并给出建议。
    """
    asking = on_terminal() and not as_json
    declared = Declared(category, attribute or "", officer, reason, basis)
    if not asking:
        require_complete(declared)
        require_grounds(_submission(declared))
    if category:
        open_policy(overlay).category(category)
    files = _files(paths, attachments)
    desk, api = open_desk(overlay), open_api()
    if asking:
        declared = _as_forwarded(declared, desk, forwards)
        declared = _asked(declared, desk, api, files, attachments)
    submission = replace(
        _submission(declared),
        channels=channels,
        publish_on=publish_on.date() if publish_on else None,
        forwards=forwards,
        joint=tuple(dict.fromkeys(joint)),
    )
    compare_marks(desk, (*files, *attachments), submission.attribute, asking)
    opened = [_hand_in(desk, api, (path, *attachments), submission) for path in files]
    if wait or asking:
        opened = _followed(desk, opened)
    if as_json:
        told = {"cases": [_json(desk, each) for each in opened]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for each in opened:
            _tell(desk, each, settings().ui_url)
    sys.exit(max(each.exit_code for each in opened))


@dataclass(frozen=True, slots=True)
class _Opened:
    """Hold what became of one document: its case, or why there is none."""

    path: Path
    case: Case | None = None
    new: bool = False
    error: ReviewError | None = None

    @property
    def exit_code(self) -> int:
        return self.error.exit_code if self.error else 0


def _submission(declared: Declared) -> Submission:
    attribute = Attribute(declared.attribute)
    return Submission(
        declared.category, attribute, declared.officer, declared.reason, declared.basis
    )


def _files(paths: tuple[Path, ...], attachments: tuple[Path, ...]) -> list[Path]:
    from flows.processing.incoming import expand

    files = list(expand(paths))
    if not files:
        raise WrongUsageError("指定的文件夹里没有文件，请核对路径。")
    if attachments and len(files) != 1:
        raise WrongUsageError("用 --attach 时只能给出一个正文文件，请分开送审。")
    return files


def _as_forwarded(declared: Declared, desk: Desk, source: str) -> Declared:
    """Take the attribute of what is forwarded, where that has one: it is no question then."""
    found = desk.attribute_of(source) if source and not declared.attribute else None
    if found is None:
        return declared
    click.echo(f"公开属性：{ATTRIBUTE_NAMES[found]}（转发件随被转发的案件 {source}）。", err=True)
    return replace(declared, attribute=found.value)


def _asked(
    declared: Declared,
    desk: Desk,
    api: PrefectApi,
    files: Sequence[Path],
    attachments: Sequence[Path],
) -> Declared:
    """Ask for what is missing, once it is sure that the answers can be used."""
    from flows.processing.incoming import load

    if declared.is_complete:
        return declared
    api.check()
    if len(files) > 1:
        click.echo(
            f"共 {len(files)} 个文件，各项都用于全部文件，建议是按第一个（{files[0]}）给出的；"
            "类别或公开属性不同的请分开送审。",
            err=True,
        )
    return complete(declared, desk, [load(path) for path in (files[0], *attachments)])


def _hand_in(desk: Desk, api: PrefectApi, paths: Sequence[Path], submission: Submission) -> _Opened:
    from flows.intake.intake import hand_in
    from flows.processing.incoming import load

    try:
        case, new = hand_in(desk, api, [load(path) for path in paths], submission)
    except ReviewError as error:
        return _Opened(paths[0], error=error)
    return _Opened(paths[0], case, new)


def _followed(desk: Desk, opened: Sequence[_Opened]) -> list[_Opened]:
    """Wait for the cases and take them as they stand then."""
    found = wait_for(desk, [each.case for each in opened if each.case])
    return [replace(each, case=found[each.case.id]) if each.case else each for each in opened]


def _json(desk: Desk, opened: _Opened) -> dict[str, Any]:
    if opened.error:
        told = {"code": opened.error.code, "message": opened.error.message}
        return {"path": str(opened.path), "exit_code": opened.exit_code, "error": told}
    case = opened.case
    assert case is not None
    return {
        "path": str(opened.path),
        "exit_code": 0,
        "case": case.id,
        "new": opened.new,
        "state": case.state.value,
        "verdict": case.verdict.value if case.verdict else None,
        "note": case.note,
        "advice": advice(desk, case),
    }


def _tell(desk: Desk, opened: _Opened, ui_url: str) -> None:
    if opened.error:
        click.echo(f"{opened.path}：{opened.error.message}", err=True)
    if opened.case is None:
        return
    if opened.new:
        click.echo(f"{opened.path} → 案件 {opened.case.id}，请审核人到 {ui_url} 审批。")
    else:
        click.echo(
            f"{opened.path} → 同一文件已立案 {opened.case.id}，没有重复立案。"
            + _renamed(opened.path, opened.case)
        )
    if told := outcome(desk, opened.case):
        click.echo(told)


def _renamed(path: Path, case: Case) -> str:
    """Say that a file handed in before had another ending, which is told of new files alone."""
    before = Path(case.drafts[0].name).suffix
    if path.suffix.lower() == before:
        return ""
    now = path.suffix or "没有"
    return f"现在的扩展名（{now}）与立案时的（{before}）不同，请核对是否改错了文件名。"
