"""``review up``: server, worker and watched folder together."""

from __future__ import annotations

import threading
from pathlib import Path

import click

from flows.commands.options import policy_option
from flows.compose import open_desk, settings


@click.command()
@policy_option
def up(overlay: Path | None) -> None:
    """启动服务：网页、处理进程和收件文件夹；按 Ctrl-C 全部停止。

    网址由 REVIEW_API_URL 决定（默认 http://127.0.0.1:4200/api）。
    """
    from flows.commands.watch import open_inbox, tell
    from flows.intake import recover
    from flows.stack import Stack, terminable
    from flows.watch import watch

    current = settings()
    stop = threading.Event()
    click.echo("正在启动，约需半分钟……", err=True)
    with terminable(), Stack(current, overlay) as stack:
        recover(open_desk(overlay), stack.api)
        watcher = threading.Thread(
            target=watch, args=(open_inbox(None, overlay), stop, False, tell)
        )
        watcher.start()
        click.echo(f"审批网页：{current.ui_url}")
        click.echo(f"收件文件夹：{current.inbox}")
        click.echo("按 Ctrl-C 停止。", err=True)
        try:
            stack.wait()
        finally:
            stop.set()
            watcher.join()
