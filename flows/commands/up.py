"""``review up``: server, worker and watched folder together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import policy_option
from flows.compose import now, open_desk, open_reminders, settings
from flows.durable import declared_errors
from review.errors import ReviewError, UnavailableError

if TYPE_CHECKING:
    from flows.cases.desk import Desk
    from flows.intake.inbox import Inbox
    from flows.intake.intake import Keeper
    from flows.reminding.reminders import Reminders

KEEP_SECONDS = 60.0


@click.command()
@policy_option
def up(overlay: Path | None) -> None:
    """启动服务：网页、处理进程和收件文件夹；按 Ctrl-C 全部停止。

    网址由 REVIEW_API_URL 决定（默认 http://127.0.0.1:4200/api）；对外开放时另设
    REVIEW_TLS_CERT 和 REVIEW_TLS_KEY。用工号和密码登录，工号由 review staff add 登记。
    """
    try:
        _run(overlay)
    except KeyboardInterrupt:
        click.echo("已停止。", err=True)


def _run(overlay: Path | None) -> None:
    from flows.commands.watch import open_inbox, tidy
    from flows.intake.intake import Keeper, bury
    from flows.stack import Stack
    from flows.store.erasure import fold_log

    with declared_errors():
        current = settings()
    desk = open_desk(overlay)
    reminders = open_reminders(desk)
    _warn_of_missing_people(desk)
    tidy()
    click.echo("正在启动，通常半分钟左右，机器繁忙时要一两分钟……", err=True)
    with Stack(current, overlay, prepare=bury) as stack:
        keeper = Keeper(desk, stack.api)
        keeper.recover()
        with _watching(open_inbox(None, overlay)) as check, _reminding(reminders):
            click.echo(f"登录网页：{current.ui_url}")
            click.echo(f"收件文件夹：{current.inbox}")
            click.echo("按 Ctrl-C 停止。", err=True)
            stack.wait(_each(check, keeper, lambda: fold_log(current.home)))


def _warn_of_missing_people(desk: Desk) -> None:
    """Tell before anything is handed in which cases would hang; the service starts all the same."""
    from flows.cases.manning import manning

    for problem in manning(desk.rules_in_force().approval, desk.staff.list()).problems:
        click.echo(f"注意：审批缺人，{problem}", err=True)


def _each(
    check: Callable[[], None], keeper: Keeper, tidy: Callable[[], object]
) -> Callable[[], None]:
    """Look after everything: the watcher at every turn, cases and database once a minute."""
    due = time.monotonic() + KEEP_SECONDS

    def each() -> None:
        nonlocal due
        check()
        if time.monotonic() < due:
            return
        with suppress(ReviewError):  # a busy server or a locked database: the next turn does it
            keeper.recover(now=now())
        tidy()
        due = time.monotonic() + KEEP_SECONDS

    return each


@contextmanager
def _watching(inbox: Inbox) -> Iterator[Callable[[], None]]:
    """Watch a folder in a thread; gives what raises the error that ended it, if one did."""
    from flows.commands.watch import tell
    from flows.intake.watch import watch

    stop = threading.Event()
    failed: list[ReviewError] = []

    def run() -> None:
        try:
            watch(inbox, stop, False, tell)
        except ReviewError as error:
            failed.append(error)
        except Exception as error:  # its text may bear a file name
            reason = type(error).__name__
            failed.append(UnavailableError(f"收件文件夹出错（{reason}），请检查后重新启动。"))

    def check() -> None:
        if failed:
            raise failed[0]

    watcher = threading.Thread(target=run)
    watcher.start()
    try:
        yield check
    finally:
        stop.set()
        watcher.join()


@contextmanager
def _reminding(reminders: Reminders | None) -> Iterator[None]:
    """Send reminders once a minute in a thread of their own: a mail server may take its time."""
    stop = threading.Event()

    def run() -> None:
        while reminders is not None:
            try:
                reminders.send_due()
            except ReviewError as error:
                click.echo(f"提醒没有发出：{error.message}", err=True)
            except Exception as error:  # its text may bear an address
                click.echo(f"提醒出错（{type(error).__name__}），稍后再试。", err=True)
            if stop.wait(KEEP_SECONDS):
                return

    # A daemon: at Ctrl-C nobody waits for a server that does not answer.
    threading.Thread(target=run, daemon=True).start()
    try:
        yield
    finally:
        stop.set()
