"""``review audit``: verify, show and export the chain."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.beijing import BEIJING
from flows.commands.options import json_option
from flows.compose import open_files, open_store
from review.audit import Break, Head, Value
from review.errors import AuditBrokenError, InputError

if TYPE_CHECKING:
    from review.audit import AuditEvent

ACTIONS = {
    "access_refused": "访问被拒",
    "answer_refused": "审批答复被拒",
    "answer_sealed": "交审批表",
    "answer_taken": "收到审批表",
    "case_approved": "同意公开",
    "case_approved_by_policy": "按规则直接公开",
    "case_quarantined": "隔离",
    "case_reclassified": "改变公开属性",
    "case_registered": "立案",
    "case_released": "发布",
    "case_resubmitted": "重新提交",
    "case_returned": "退回修改",
    "case_revised": "修改处理",
    "case_scanned": "检测完成",
    "case_waiting": "等待审批",
    "case_withdrawn": "撤回",
    "case_withheld": "不予公开",
    "code_refused": "动态口令被拒",
    "logged_out": "退出登录",
    "login_accepted": "登录",
    "login_refused": "登录被拒",
    "password_change_refused": "修改密码被拒",
    "password_changed": "修改密码",
    "password_issued": "发放密码",
    "marked_copy_opened": "打开标注稿",
    "policy_in_force": "规则生效",
    "reminder_failed": "提醒没有发出",
    "reminder_sent": "已发提醒",
    "review_copy_opened": "打开对照页",
    "staff_added": "登记人员",
    "staff_disabled": "停用人员",
    "staff_locked": "工号锁定",
    "staff_renewed": "换发密钥",
    "staff_unlocked": "解锁工号",
    "step_agreed": "本环节同意",
    "step_sent_back": "退回上一步",
    "step_silent": "逾期未答复，视为同意",
}
"""What a person reads for an action; one that is not here shows its key."""

_DIGEST_LENGTH = 64
_DIGEST_SHOWN = 12


@click.group()
def audit() -> None:
    """审计链：核验、查看、导出。"""


@audit.command()
@click.option(
    "--file",
    "exported",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="核验导出的文件，不用数据库。",
)
@json_option
def verify(exported: Path | None, as_json: bool) -> None:
    """核验整条审计链和仍在本机的公开包；断开或被改动时指出第一处，退出码 7。"""
    head, broken = _verify_store() if exported is None else _verify_file(exported)
    if as_json:
        click.echo(_outcome(head, broken))
    if broken is not None:
        raise AuditBrokenError(_describe(broken))
    if not as_json:
        click.echo(f"审计链完整：共 {head.count} 条记录，链头 {head.digest}。")


@audit.command()
@click.argument("case", metavar="[CASE]", required=False)
@json_option
def show(case: str | None, as_json: bool) -> None:
    """按先后列出审计记录，可只看一个案件。"""
    store = open_store()
    if case is not None:
        store.get(case)
    events = store.events(case)
    if as_json:
        _echo_json(events)
        return
    for event in events:
        click.echo(_line(event))


@audit.command()
@click.argument("target", metavar="FILE|-")
def export(target: str) -> None:
    """把审计链导出为 JSONL：首行是链头，其后每行一条记录。

    导出的文件可用 review audit verify --file 在任何机器上核验。
    """
    from flows.durable import replacing
    from flows.store.audit_export import export_lines

    store = open_store()
    head = store.head()
    with ExitStack() as stack:
        if target == "-":
            stream = sys.stdout.buffer
        else:
            path = Path(target)
            if not path.absolute().parent.is_dir():
                raise click.UsageError("导出文件所在的文件夹不存在，请先建好，或换一个位置。")
            stream = stack.enter_context(replacing(path.absolute()))
        for line in export_lines(store.events(), head):
            stream.write(line.encode() + b"\n")
        stream.flush()
    click.echo(f"已导出 {head.count} 条记录。", err=True)


def _verify_store() -> tuple[Head, Break | None]:
    from flows.cases.published import changed_package

    store = open_store()
    broken = store.verify() or changed_package(store, open_files())
    return (Head(), broken) if broken else (store.head(), None)


def _verify_file(path: Path) -> tuple[Head, Break | None]:
    from flows.store.audit_export import verify_export

    try:
        with path.open("rb") as lines:
            return verify_export(lines)
    except OSError:
        raise InputError("导出文件打不开，请检查路径和权限。") from None


def _outcome(head: Head, broken: Break | None) -> str:
    from flows.store.records import compact

    if broken is None:
        return compact({"whole": True, "count": head.count, "head": head.digest})
    return compact({"whole": False, "seq": broken.seq, "message": broken.message})


def _describe(broken: Break) -> str:
    if broken.seq < 1:
        return f"审计链无法核验：{broken.message}"
    return f"审计链在第 {broken.seq} 条断开：{broken.message}请保留现场并报告审计员。"


def _echo_json(events: Iterable[AuditEvent]) -> None:
    """Write one JSON object without holding all events at once."""
    from flows.store.records import event_line

    click.echo('{"events":[', nl=False)
    for number, event in enumerate(events):
        click.echo((",\n" if number else "\n") + event_line(event), nl=False)
    click.echo("\n]}")


def _line(event: AuditEvent) -> str:

    moment = event.at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")
    details = "，".join(f"{key}={_short(value)}" for key, value in sorted(event.data.items()))
    action = ACTIONS.get(event.action, event.action)
    columns = (f"{event.seq:>5}", moment, event.actor, event.case or "-", action, details)
    return "  ".join(columns).rstrip()


def _short(value: Value) -> str:
    if isinstance(value, tuple):
        return "、".join(map(_short, value))
    text = str(value)
    return text[:_DIGEST_SHOWN] + "…" if len(text) == _DIGEST_LENGTH else text
