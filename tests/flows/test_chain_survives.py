"""A chain of four steps over restarts and killed workers ends in exactly one release."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest

from flows.cases.desk import Desk
from flows.compose import open_desk, open_passwords
from flows.intake.intake import Keeper, bury, hand_in
from flows.prefect_api import PrefectApi
from flows.processing.scanned import Incoming
from flows.settings import read_settings
from flows.stack import Stack, free_port
from review.case import Attribute, State, Submission
from review.errors import NotAllowedError
from review.staffing import StaffRole
from tests.conftest import eventually

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("own_stack"), pytest.mark.timeout(600)]

CHAIN = """
weakening: secrecy
chains:
  - steps: [unit_head, secrecy, disclosure, signatory]
    basis: 政府信息公开条例第十七条
"""
PEOPLE = {
    "zhou": StaffRole.OFFICER,
    "wu": StaffRole.UNIT_HEAD,
    "sun": StaffRole.SECRECY,
    "zheng": StaffRole.DISCLOSURE,
    "qian": StaffRole.SIGNATORY,
}
DRAFT = "关于发放临时救助金的公告\n\n救助对象姓名：苗秋实，联系电话：13912345678。\n".encode()


class Office:
    """An installation with a chain of four steps, started and killed at will."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        rules = home / "rules"
        rules.mkdir()
        (rules / "approval.yaml").write_text(CHAIN)
        monkeypatch.setenv("REVIEW_API_URL", f"http://127.0.0.1:{free_port()}/api")
        monkeypatch.setenv("REVIEW_POLICY", str(rules))
        self.settings = read_settings()
        self.desk: Desk = open_desk()
        passwords, at = open_passwords(self.desk.store), datetime.now(UTC)
        self.secrets = {n: self.desk.staff.add(n, {role}, at=at) for n, role in PEOPLE.items()}
        self.words = {name: passwords.issue(name, at=at) for name in PEOPLE}

    @contextmanager
    def running(self) -> Iterator[PrefectApi]:
        """Start server and worker, and give every open case a run again."""
        with Stack(self.settings, prepare=bury) as stack:
            Keeper(self.desk, stack.api).recover()
            self.worker = stack._children[-1].pid
            yield stack.api

    def asked(self, api: PrefectApi, case: str) -> None:
        """Wait until the form of the case is there."""
        eventually(
            lambda: any(r["state_type"] == "PAUSED" and api.has_form(r) for r in api.runs_of(case))
        )

    def agree(self, api: PrefectApi, case: str, officer: str) -> None:
        """Log in and agree, once the form of the case is there."""
        person = PrefectApi(self.settings.api_url)
        person.log_in(officer, self.words[officer])
        values = {"decision": "同意公开", "code": pyotp.TOTP(self.secrets[officer]).now()}
        self.asked(api, case)
        run = next(r["id"] for r in api.runs_of(case) if r["state_type"] == "PAUSED")
        deadline = time.monotonic() + 20
        while True:
            try:
                return person.resume(run, values)
            except NotAllowedError:
                assert time.monotonic() < deadline, "the form was never accepted"
                time.sleep(0.3)

    def kill_worker(self) -> None:
        """End the worker and its runs as a power cut would."""
        os.killpg(self.worker, signal.SIGKILL)

    def actions(self, case: str) -> list[str]:
        return [event.action for event in self.desk.store.events(case)]


def until(check: Callable[[], object]) -> None:
    """Wait until something is so, and go on at once: what is killed then has hardly gone on."""
    eventually(check, pause=0.05)


def test_four_steps_over_restarts_and_killed_workers_release_once(
    private_home: Path,
    prefect_tables: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prefect_tables(private_home)
    office = Office(private_home, monkeypatch)
    with office.running() as api:
        submission = Submission("general", Attribute.PROACTIVE, "zhou")
        case = hand_in(office.desk, api, [Incoming("公告.txt", DRAFT)], submission)[0].id
        office.asked(api, case)
        office.kill_worker()
        office.agree(api, case, "wu")  # and nobody is there to take it
    with office.running() as api:
        until(lambda: "step_agreed" in office.actions(case))
        office.agree(api, case, "sun")
        until(lambda: office.actions(case).count("step_agreed") == 2)
        office.kill_worker()  # with the decision taken and the next form not there
    with office.running() as api:
        office.agree(api, case, "zheng")
        until(lambda: office.actions(case).count("step_agreed") == 3)
        office.agree(api, case, "qian")
        until(lambda: "case_approved" in office.actions(case))
        office.kill_worker()  # with the case approved and nothing published
    with office.running():
        until(lambda: office.desk.store.get(case).state is State.RELEASED)
    actions = office.actions(case)
    assert actions.count("step_agreed") == 3
    assert actions.count("case_approved") == actions.count("case_released") == 1
    approvals = office.desk.store.get(case).approvals
    assert [a.officer for a in approvals] == ["wu", "sun", "zheng", "qian"]
    assert "苗某某" in (office.desk.files.released_dir(case) / "公告.txt").read_text()
    assert office.desk.store.verify() is None
