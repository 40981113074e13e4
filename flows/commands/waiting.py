"""Wait until cases have come to a person, with the state shown to whoever watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from flows.commands.progress import status
from review.case import PUBLISHABLE, Case, State
from review.errors import UnavailableError

if TYPE_CHECKING:
    from flows.cases.desk import Desk

SETTLED = frozenset(State) - {
    State.REGISTERED,
    State.SCANNED,
    State.FLAGGED,
    State.CLEAN,
    State.BLOCKED,
    State.QUARANTINED,
    State.APPROVED,
}
"""States in which a case waits for a person or has ended."""

_PAUSE = 0.3
_GOES_ON = "案件照常办理；进展用 review cases 查看。"


def on_terminal() -> bool:
    """Tell whether a person sits there who can be asked and sees what is said."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def wait_for(desk: Desk, cases: Sequence[Case]) -> dict[str, Case]:
    """Give the cases by number when each waits for a person or has ended.

    Ctrl-C ends the waiting and nothing else, and so does a database that cannot be reached: the
    cases are given as they stood last.
    """
    found = {case.id: case for case in cases}
    try:
        with status("正在检测") as tell:
            while under_way := [case for case in found.values() if case.state not in SETTLED]:
                tell(_progress(under_way[0], len(found) - len(under_way), len(found)))
                time.sleep(_PAUSE)
                found |= {case.id: desk.store.get(case.id) for case in under_way}
    except KeyboardInterrupt:
        click.echo(f"不再等待，{_GOES_ON}", err=True)
    except UnavailableError as error:  # the cases stand: which they are must still be told
        click.echo(f"没有等到结果：{error.message}{_GOES_ON}", err=True)
    return found


def _progress(case: Case, done: int, total: int) -> str:
    from flows.state_names import STATE_NAMES

    many = f"（共 {total} 件，已完成 {done} 件）" if total > 1 else ""
    return f"案件 {case.id}：{STATE_NAMES[case.state]}，正在检测{many}，按 Ctrl-C 不再等待"


def outcome(desk: Desk, case: Case) -> str:
    """Say in a sentence or two what the scan of a case has come to and what to do about it."""
    from policies.names import VERDICT_NAMES

    if case.verdict is None:
        return ""
    reason = f"原因：{case.note}" if case.note else ""
    return f"  检测结果：{VERDICT_NAMES[case.verdict]}。{reason}{advice(desk, case)}"


def advice(desk: Desk, case: Case) -> str:
    """Say what to do about a case that cannot be published; empty for any other."""
    from flows.cases.artifacts import next_step

    stopped = case.verdict is not None and case.verdict not in PUBLISHABLE
    return next_step(case, desk.record(case.id)) if stopped else ""
