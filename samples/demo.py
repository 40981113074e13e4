"""The demonstration: every sample through the real stack, one approved, one sent back.

``python -m samples.demo`` ends by itself; with ``--stay`` it keeps the stack running so that a
person can approve in the browser.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import click
import pyotp
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from flows.cases.artifacts import DECISION_NAMES
from flows.cases.desk import Desk
from flows.cli import speak_chinese
from flows.commands.tables import console, verdict_cell
from flows.commands.waiting import SETTLED
from flows.compose import category_titles, open_desk, open_passwords, settings
from flows.intake.intake import hand_in
from flows.prefect_api import PrefectApi
from flows.processing.scanned import Incoming
from flows.stack import Stack, free_port
from flows.state_names import STATE_NAMES
from flows.terminable import terminable
from review.case import Attribute, Case, Decision, State, Submission
from review.errors import AuditBrokenError, ReviewError, UnavailableError
from review.plan import Verdict
from review.staffing import StaffRole
from samples.manifest import Sample, load_samples

OFFICER, REVIEWER = "demo-officer", "demo-reviewer"
HOME = Path("demo-home")
_MARKER = ".review-demo"
_WAIT_SECONDS = 300


@click.command()
@click.option("--stay", is_flag=True, help="演示后不退出，可在网页上继续审批。")
def demo(stay: bool) -> None:
    """把 samples/ 中的全部样例走一遍：送审、检测、审批、公开、核验。"""
    _prepare_home()
    out = Console(stderr=True)
    out.print("正在启动本机的审查服务（SQLite、Prefect），通常半分钟左右，机器繁忙时要一两分钟……")
    out.print("随后送审并检测全部样例，共约三分钟，下面显示进度。")
    with terminable(), Stack(settings()) as stack:
        desk = open_desk()
        at = datetime.now(UTC)
        desk.staff.add(OFFICER, {StaffRole.OFFICER}, at=at)
        secret = desk.staff.add(REVIEWER, {StaffRole.REVIEWER}, at=at)
        password = open_passwords(desk.store).issue(REVIEWER, at=at)
        reviewer = PrefectApi(settings().api_url)
        reviewer.log_in(REVIEWER, password)
        samples = load_samples()
        cases = _submit_all(desk, stack.api, samples, out)
        approved, returned = _decide_two(desk, reviewer, cases, secret)
        print_outcome(desk, samples, cases)
        _verify(desk)
        click.echo(f"审批：{approved} 同意公开，{returned} 退回修改。")
        if stay:
            _stay(stack, secret, password)


def _prepare_home() -> None:
    """Begin with an empty home; only a folder that an earlier demonstration made is removed."""
    home = HOME.absolute()
    if home.exists():
        if not (home / _MARKER).exists():
            raise UnavailableError(f"{home} 不是演示建立的文件夹，请先移走它再试。")
        shutil.rmtree(home)
    home.mkdir(mode=0o700)
    (home / _MARKER).touch()
    os.environ["REVIEW_HOME"] = str(home)
    os.environ.pop("REVIEW_DATABASE_URL", None)
    os.environ.setdefault("REVIEW_API_URL", f"http://127.0.0.1:{free_port()}/api")


def _submit_all(desk: Desk, api: PrefectApi, samples: Sequence[Sample], out: Console) -> list[Case]:
    """Hand every sample in and wait until each waits for a person or is through."""
    with Progress(console=out, transient=False) as progress:
        handing = progress.add_task("送审", total=len(samples))
        cases = []
        for sample in samples:
            submission = Submission(
                sample.category, Attribute(sample.attribute), OFFICER, sample.reason, sample.basis
            )
            incoming = [Incoming(sample.path.name, sample.path.read_bytes())]
            cases.append(hand_in(desk, api, incoming, submission)[0])
            progress.advance(handing)
        scanning = progress.add_task("检测与处理", total=len(cases))
        _until(
            lambda: _settled(desk, cases),
            lambda number: progress.update(scanning, completed=number),
        )
    return [desk.store.get(case.id) for case in cases]


def _settled(desk: Desk, cases: Sequence[Case]) -> tuple[bool, int]:
    done = sum(desk.store.get(case.id).state in SETTLED for case in cases)
    return done == len(cases), done


def _until(check: Callable[[], tuple[bool, int]], tell: Callable[[int], None]) -> None:
    """Wait as long as there is progress: a small machine needs minutes for the scans."""
    deadline, done = time.monotonic() + _WAIT_SECONDS, -1
    while True:
        finished, number = check()
        tell(number)
        if number > done:
            deadline, done = time.monotonic() + _WAIT_SECONDS, number
        if finished:
            return
        if time.monotonic() > deadline:
            raise UnavailableError("演示没有按时完成，请查看 demo-home/logs 中的日志。")
        time.sleep(0.3)


def _decide_two(desk: Desk, api: PrefectApi, cases: Sequence[Case], secret: str) -> tuple[str, str]:
    """Approve the first flagged case and send the second back, as the user interface would."""
    waiting = [c for c in cases if c.state is State.AWAITING and c.verdict is Verdict.FLAGGED]
    first, second = waiting[:2]
    answer(api, first.id, Decision.APPROVE, "已逐项核对，同意公开处理后的版本。", REVIEWER, secret)
    _await_state(desk, first.id, State.RELEASED)
    answer(api, second.id, Decision.RETURN, "请核对公开范围后重新送审。", REVIEWER, secret)
    _await_state(desk, second.id, State.RETURNED)
    return first.id, second.id


def answer(
    api: PrefectApi, case_id: str, decision: Decision, opinion: str, officer: str, secret: str
) -> None:
    """Fill in the form of a waiting case as who is logged in, by the call that the pages make."""
    totp = pyotp.TOTP(secret)
    code = totp.now()
    while (previous := _LAST_CODE.get(officer)) == code:  # a code is good for one answer
        time.sleep(1)
        code = totp.now()
        assert previous
    _LAST_CODE[officer] = code
    run = next(run for run in api.runs_of(case_id) if run["state_type"] == "PAUSED")
    values = {"decision": DECISION_NAMES[decision], "opinion": opinion, "code": code}
    api.resume(run["id"], values)


_LAST_CODE: dict[str, str] = {}


def _await_state(desk: Desk, case_id: str, state: State) -> None:
    _until(lambda: (desk.store.get(case_id).state is state, 0), lambda _: None)


def print_outcome(desk: Desk, samples: Sequence[Sample], cases: Sequence[Case]) -> None:
    """Print what became of each sample."""
    table = Table(title="样例处理结果", header_style="bold")
    for name in ("样例", "类别", "结果", "检出", "进展", "在哪里"):
        table.add_column(name, overflow="fold")
    titles = category_titles()
    for sample, before in zip(samples, cases, strict=True):
        case = desk.store.get(before.id)
        released, key = case.state is State.RELEASED, case.submission.category
        folder = desk.files.released_dir(case.id) if released else desk.files.case_dir(case.id)
        table.add_row(
            escape(sample.path.name),
            f"{titles.get(key, key)} {key}",
            verdict_cell(case.verdict) if case.verdict else "",
            str(len(desk.record(case.id).findings)),
            STATE_NAMES[case.state],
            escape(os.path.relpath(folder)),
        )
    console().print(table)


def _verify(desk: Desk) -> None:
    if broken := desk.store.verify():
        raise AuditBrokenError(f"审计链在第 {broken.seq} 条断开：{broken.message}")
    click.echo(f"审计链完整，共 {desk.store.head().count} 条记录。")


def _stay(stack: Stack, secret: str, password: str) -> None:
    click.echo(f"登录网页：{settings().ui_url}")
    click.echo(f"审核人工号：{REVIEWER}")
    click.echo(f"登录密码：{password}")
    click.echo(f"动态口令密钥（加入手机验证器）：{secret}")
    click.echo("按 Ctrl-C 停止。")
    with suppress(KeyboardInterrupt):
        stack.wait()


def main() -> None:
    """Run the demonstration; a declared error ends with one sentence and its exit code."""
    speak_chinese()
    try:
        demo.main(standalone_mode=False)
    except (KeyboardInterrupt, click.Abort):
        click.echo("已停止。", err=True)
        sys.exit(130)
    except (ReviewError, click.ClickException) as error:
        click.echo(f"错误：{error}", err=True)
        sys.exit(getattr(error, "exit_code", 1))


if __name__ == "__main__":
    main()
