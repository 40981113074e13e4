"""``review watch``: the watched folder alone."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path

import click

from flows.commands.options import policy_option
from flows.intake.inbox import Fate, Inbox, Outcome
from flows.intake.watch import SETTLE_SECONDS
from flows.intake.watch import watch as keep_watching
from flows.scratch import sweep


@click.command()
@click.argument(
    "directory",
    metavar="[DIR]",
    required=False,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--poll", is_flag=True, help="定时查看，不等系统通知（网络共享文件夹用）。")
@policy_option
def watch(directory: Path | None, poll: bool, overlay: Path | None) -> None:
    """收件：放进“类别文件夹”的文件自动送审，Ctrl-C 停止。

    DIR 默认是数据目录下的 inbox。立案的原件移到 accepted/案件编号，
    不能受理的移到 rejected/类别，并附一份说明原因的 .reason.txt。
    送审人工号等写在同名 .yaml 或文件夹里的 submission.yaml 中，至少写明：

    \b
    officer: 送审人工号
    attribute: 主动公开

    被退回的案件，意见在 accepted/案件编号/退回意见.txt；改正后的文件放回原来的类别文件夹，
    它自己的 .yaml 写上 case（案件编号）和 officer。
    """
    inbox = open_inbox(directory, overlay)
    tidy()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    click.echo(f"收件文件夹：{inbox.root}", err=True)
    keep_watching(inbox, stop, poll, tell)


def open_inbox(directory: Path | None, overlay: Path | None = None) -> Inbox:
    """Wire the watched folder: ``directory``, or ``inbox`` in the home folder."""
    from flows.cases.sent_back import notes_of
    from flows.compose import open_api, open_desk, settings
    from flows.durable import make_private
    from flows.intake.intake import Intake

    root = directory or settings().inbox
    make_private(root)
    desk = open_desk(overlay)

    def categories() -> dict[str, str]:
        return {key: each.title for key, each in desk.rules_in_force().categories.items()}

    categories()  # rules that cannot be used stop the start
    intake = Intake(desk, open_api())
    return Inbox(root, intake, categories, SETTLE_SECONDS, time.monotonic, notes_of(desk))


def tidy() -> None:
    """Remove what killed processes left of drafts, and say so."""
    if swept := sweep():
        click.echo(f"清理了上次中断留下的临时文件夹 {swept} 个。", err=True)


def tell(outcome: Outcome) -> None:
    """Say on standard output what became of a file, by its case or its masked name."""
    if outcome.fate is Fate.ACCEPTED:
        click.echo(f"已立案 {outcome.case}")
    elif outcome.fate is Fate.REJECTED:
        click.echo(f"未受理 {outcome.shown}（原因也写在它旁边的 .reason.txt）：{outcome.message}")
    else:
        click.echo(f"暂缓 {outcome.shown}，稍后再试：{outcome.message or outcome.code}")
