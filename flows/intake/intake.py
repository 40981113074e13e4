"""How a draft becomes a running case, whichever door it came through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.cases.desk import Desk
from flows.intake.sidecar import NO_ATTRIBUTE
from flows.prefect_api import PrefectApi, case_tag
from flows.processing.incoming import load
from flows.processing.scanned import Incoming
from review.case import Attribute, Case, State, Submission
from review.errors import WrongUsageError

if TYPE_CHECKING:
    from flows.intake.sidecar import Sidecar

_FORM_PATIENCE = timedelta(seconds=30)
"""How long a suspended run may be without its form: Prefect stores it a moment later."""

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


def hand_in_again(
    desk: Desk, api: PrefectApi, case_id: str, incoming: Sequence[Incoming], officer: str
) -> Case:
    """Take corrected drafts for a case that was sent back, and start its flow again.

    The same files once more start no second run of the round.
    """
    api.check()
    case = desk.resubmit(case_id, incoming, officer)
    api.start_case(case.id, after=f"round-{case.round}")
    return case


class Intake:
    """Take files from the watched folder."""

    def __init__(self, desk: Desk, api: PrefectApi) -> None:
        self._desk = desk
        self._api = api

    def __call__(self, path: Path, category: str, sidecar: Sidecar) -> str:
        """Open a case for one file, or go on with the one that it corrects; returns its number.

        Raises a ``ReviewError`` on refusal.
        """
        if sidecar.case:
            return self._again(path, category, sidecar)
        submission = Submission(
            category=category,
            attribute=self._attribute(sidecar),
            officer=sidecar.officer,
            reason=sidecar.reason,
            basis=sidecar.basis,
            channels=tuple(sidecar.channels),
            publish_on=sidecar.publish_on,
            forwards=sidecar.forwards,
            joint=tuple(dict.fromkeys(sidecar.joint)),
        )
        case, _ = hand_in(self._desk, self._api, [load(path)], submission)
        return case.id

    def _attribute(self, sidecar: Sidecar) -> Attribute:
        """Give the declared attribute, or that of what is forwarded once it is settled."""
        forwarded = self._desk.attribute_of(sidecar.forwards) if sidecar.forwards else None
        attribute = sidecar.attribute or forwarded
        if attribute is None:
            raise WrongUsageError(NO_ATTRIBUTE)
        return attribute

    def _again(self, path: Path, category: str, sidecar: Sidecar) -> str:
        """Hand a corrected draft in; a folder holds one file a case, attachments need more."""
        case = self._desk.store.get(sidecar.case)
        if category != case.submission.category:
            raise WrongUsageError(
                f"案件 {case.id} 是按类别 {case.submission.category} 送审的，"
                "请把改正后的文件放进这个类别的文件夹。"
            )
        if len(case.drafts) > 1:
            raise WrongUsageError(
                f"案件 {case.id} 带有附件，收件文件夹一次只收一个文件；请用命令把正文和附件"
                f"一起重新提交：review resubmit {case.id} 正文 --attach 附件 "
                f"--officer {case.submission.officer}"
            )
        return hand_in_again(self._desk, self._api, case.id, [load(path)], sidecar.officer).id


def bury(api: PrefectApi) -> None:
    """Mark what the server still calls running as crashed, before the one worker starts.

    Nothing runs then; once it does, a run that truly works must not be touched.
    """
    for run in list(api.live_runs()):
        if run["state_type"] in ("RUNNING", "PENDING"):
            api.set_crashed(run["id"])


class Keeper:
    """See to it that every open case has a run that works on it or waits with its form."""

    def __init__(self, desk: Desk, api: PrefectApi) -> None:
        self._desk = desk
        self._api = api
        self._formed: set[str] = set()

    def recover(self, *, now: datetime | None = None) -> int:
        """Start a run for every open case that has none; returns how many.

        With ``now``, a case whose runs keep failing waits longer each time, and a suspended run
        may take a moment to store its form; without, everything is looked at as final.
        """
        for case in self._desk.store.list([State.AWAITING]):
            self._lapse(case)
        alive = {
            tag for run in self._api.live_runs() if self._sound(run, now) for tag in run["tags"]
        }
        started = 0
        for case in self._desk.store.list(OPEN_STATES):
            if case_tag(case.id) not in alive:
                started += self._restart(case.id, now)
        return started

    def _lapse(self, case: Case) -> None:
        """End the run that still asks joint units whose time is over: the next one asks on."""
        if case.step.asked and self._desk.lapse(case.id).at_step != case.at_step:
            for run in self._api.runs_of(case.id):
                if run["state_type"] == "PAUSED":
                    self._api.set_crashed(run["id"])

    def _sound(self, run: dict[str, Any], now: datetime | None) -> bool:
        """Tell whether a run can go on; one that waits without a form cannot and is ended."""
        if run["state_type"] != "PAUSED" or run["state_id"] in self._formed:
            return True
        if self._api.has_form(run):
            self._formed.add(run["state_id"])
            return True
        suspended = datetime.fromisoformat(run["state"]["timestamp"])
        if now is not None and now - suspended < _FORM_PATIENCE:
            return True
        self._api.set_crashed(run["id"])
        return False

    def _restart(self, case_id: str, now: datetime | None) -> int:
        runs = self._api.runs_of(case_id)
        if not runs:
            self._api.start_case(case_id)
            return 1
        newest = max(runs, key=lambda run: datetime.fromisoformat(run["created"]))
        ended = datetime.fromisoformat(newest["state"]["timestamp"])
        if now is not None and now - ended < _patience(len(runs)):
            return 0
        self._api.start_case(case_id, after=newest["id"])
        return 1


def _patience(runs: int) -> timedelta:
    """Wait a minute after the first run, two after the second, a day at the most."""
    return min(timedelta(minutes=2 ** min(runs - 1, 12)), timedelta(days=1))
