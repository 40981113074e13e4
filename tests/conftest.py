"""Fixtures for all tests: a private home, a fixed clock, the running stack."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pyotp
import pytest

from flows.compose import open_door
from flows.desk import Desk
from flows.intake import hand_in
from flows.pipeline import Incoming
from flows.prefect_api import PrefectApi
from flows.settings import Settings, read_settings
from review.case import Attribute, Case, State, Submission
from review.staffing import StaffRole

# The same examples every time, and no verdict from a clock: other tests share the machine.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady")


@pytest.fixture(autouse=True)
def private_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test a home of its own, so that none touches the user's."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("REVIEW_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("REVIEW_HOME", str(home))
    return home


@pytest.fixture
def noon() -> datetime:
    return datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass
class RunningOffice:
    """The embedded stack with its desk, one officer and one reviewer."""

    settings: Settings
    desk: Desk
    api: PrefectApi
    secrets: dict[str, str]
    used: set[str] = field(default_factory=set)

    def submit(self, name: str, data: bytes, category: str = "general") -> str:
        submission = Submission(category, Attribute.PROACTIVE, "zhou")
        return hand_in(self.desk, self.api, [Incoming(name, data)], submission)[0].id

    def until(self, case: str, *states: State, seconds: float = 90) -> Case:
        """Wait until a case reaches one of the states; the failure says where it stuck."""
        deadline = time.monotonic() + seconds
        while (found := self.desk.store.get(case)).state not in states:
            assert time.monotonic() < deadline, f"{case} is still {found.state}"
            time.sleep(0.2)
        return found

    def waiting_run(self, case: str, *, seconds: float = 60) -> str:
        """Wait for the run of a case to be suspended with its form in place."""
        deadline = time.monotonic() + seconds
        while True:
            for run in self.api.runs_of(case):
                if run["state_type"] == "PAUSED":
                    return str(run["id"])
            assert time.monotonic() < deadline, f"{case} has no suspended run"
            time.sleep(0.2)

    def resume(self, case: str, run: str, answers: Mapping[str, object], officer: str) -> None:
        """Give answers as a person who is logged in: they are sealed, and the run goes on."""
        open_door(self.desk.store).seal(case, run, officer, answers, datetime.now(UTC))
        self.api.resume(run, answers)

    def fresh_code(self, officer: str) -> str:
        """Give a code that was not used before; each is good for one answer."""
        code = pyotp.TOTP(self.secrets[officer]).now()
        while code in self.used:
            time.sleep(0.5)
            code = pyotp.TOTP(self.secrets[officer]).now()
        self.used.add(code)
        return code


@pytest.fixture(scope="session")
def running_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    """Start the real Prefect server and the serving process once for all tests that need them."""
    from flows.compose import open_desk
    from flows.stack import Stack, free_port

    home = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("REVIEW_HOME", str(home))
        patched.setenv("REVIEW_API_URL", f"http://127.0.0.1:{free_port()}/api")
        current = read_settings()
        desk = open_desk()
    secrets = {
        officer: desk.staff.add(officer, {role}, at=datetime.now(UTC))
        for officer, role in (
            ("zhou", StaffRole.OFFICER),
            ("lin", StaffRole.REVIEWER),
            ("guo", StaffRole.REVIEWER),
        )
    }
    with Stack(current) as stack:
        yield RunningOffice(current, desk, stack.api, secrets)
