"""What the audit chain says of answers that were refused."""

from __future__ import annotations

from flows.cases.answer import REFUSED
from flows.cases.desk import Desk


def refusals(desk: Desk, case_id: str) -> list[str]:
    """List why answers to a waiting case were refused."""
    events = desk.store.events(case_id)
    return [str(event.data["reason"]) for event in events if event.action == REFUSED]
