"""How a draft becomes a running case, whichever door it came through."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.desk import Desk
from flows.incoming import load
from flows.pipeline import Incoming
from flows.prefect_api import LIVE_STATES, PrefectApi
from review.case import Attribute, Case, State, Submission

if TYPE_CHECKING:
    from flows.watch import Sidecar

OPEN_STATES = frozenset(State) - {
    State.RETURNED,
    State.WITHHELD,
    State.RELEASED,
    State.WITHDRAWN,
}


def hand_in(
    desk: Desk, api: PrefectApi, incoming: Sequence[Incoming], submission: Submission
) -> tuple[Case, bool]:
    """Open a case and start its flow; the server is asked first, so that no case is left lying.

    Returns the case and whether it is new.
    """
    api.check()
    case, new = desk.submit(incoming, submission)
    api.start_case(case.id)
    return case, new


class Intake:
    """Take files from the watched folder."""

    def __init__(self, desk: Desk, api_url: str) -> None:
        self._desk = desk
        self._api = PrefectApi(api_url)

    def __call__(self, path: Path, category: str, sidecar: Sidecar) -> str:
        """Open a case for one file; returns its number, raises a ``ReviewError`` on refusal."""
        submission = Submission(
            category=category,
            attribute=Attribute(sidecar.attribute),
            officer=sidecar.officer,
            reason=sidecar.reason,
            basis=sidecar.basis,
            channels=tuple(sidecar.channels),
            publish_on=sidecar.publish_on,
        )
        case, _ = hand_in(self._desk, self._api, [load(path)], submission)
        return case.id


def recover(desk: Desk, api: PrefectApi) -> int:
    """Start a flow for every open case that has none running; returns how many.

    Called when the one serving process starts: a run that the server still calls running lost
    its process and is replaced. Waiting cases keep their suspended run and its form.
    """
    started = 0
    for case in desk.store.list(OPEN_STATES):
        runs = api.runs_of(case.id)
        live = [run for run in runs if run["state_type"] in LIVE_STATES]
        for run in live:
            if run["state_type"] in ("RUNNING", "PENDING"):
                api.set_crashed(run["id"])
        if any(run["state_type"] in ("PAUSED", "SCHEDULED") for run in live):
            continue
        api.start_case(case.id, attempt=len(runs))
        started += 1
    return started
