"""``review cases``: what stands where."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import click

from flows.beijing import BEIJING, beijing_day
from flows.commands.options import json_option
from flows.compose import category_titles, now, open_files, open_store
from review.case import Case, State
from review.limits import Deadline


@click.command()
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([state.value for state in State]),
    help="只列出这些状态的案件，可多次给出。",
)
@click.option("--mine", "officer", metavar="ID", help="只列出这个工号送审的案件。")
@json_option
def cases(states: tuple[str, ...], officer: str | None, as_json: bool) -> None:
    """列出案件、进展和等待审批的期限。"""
    from flows.reminding.deadlines import Deadlines

    listed_states = tuple(State(state) for state in states)
    found = [
        case
        for case in open_store().list(listed_states)
        if officer in (None, case.submission.officer)
    ]
    deadlines, today = Deadlines(open_files()), beijing_day(now())
    if as_json:
        listed = [case_json(case, deadlines.of(case), today) for case in found]
        click.echo(json.dumps({"cases": listed}, ensure_ascii=False, indent=2))
    elif not found:
        click.echo("没有案件。")
    else:
        from flows.commands.tables import cases_table, console

        console().print(cases_table(found, category_titles(), deadlines, today))


def case_json(case: Case, deadline: Deadline | None, today: date) -> dict[str, Any]:
    """Lay out a case for machines, its moments in Beijing time."""
    from flows.reminding.deadlines import deadline_json

    submission = case.submission
    return {
        "case": case.id,
        "title": case.title,
        "category": submission.category,
        "attribute": submission.attribute.value,
        "officer": submission.officer,
        "state": case.state.value,
        "step": case.step.key if case.state is State.AWAITING else None,
        "verdict": case.verdict.value if case.verdict else None,
        "note": case.note,
        "deadline": deadline_json(deadline, today),
        "created_at": case.created_at.astimezone(BEIJING).isoformat(),
        "sources": [draft.sha256 for draft in case.drafts],
        "approvals": [
            {
                "officer": approval.officer,
                "step": approval.step,
                "role": approval.role,
                "at": approval.at.astimezone(BEIJING).isoformat(),
                "decision": approval.decision.value,
                "reason": approval.reason,
                "wording": approval.wording,
                "timing": approval.timing,
                "channel": approval.channel,
            }
            for approval in case.approvals
        ],
    }
