"""Fixtures for all tests: a private home, a fixed clock, the running stack."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import pyotp
import pytest

from flows.cases.desk import Desk
from flows.compose import open_door
from flows.durable import locked
from flows.intake.intake import hand_in
from flows.people.passwords import PasswordRegister
from flows.prefect_api import PrefectApi
from flows.processing.scanned import Incoming
from flows.settings import Settings, read_settings
from review.case import Attribute, Case, State, Submission
from review.staffing import StaffRole

# The same examples every time, and no verdict from a clock: other tests share the machine.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share out whole modules where groups are asked for."""
    if config.getvalue("dist") != "loadgroup":
        return None
    from tests.sharing_out import WholeModules

    return WholeModules(config, log)


gc.disable()  # thousands of tests are collected, and all stay: there is nothing to look for


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Look for garbage again, but never among what was imported and collected."""
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the groups, one after the other: each waits for servers most of its time."""
    items.sort(key=lambda item: (not _group(item), _group(item)))


def _group(item: pytest.Item) -> str:
    mark = item.get_closest_marker("xdist_group")
    return str(mark.args[0]) if mark else ""


_homes = count()


@pytest.fixture(autouse=True)
def private_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test a home of its own, so that none touches the user's."""
    # ``mktemp`` would look through all homes before it to number this one.
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(_homes))
    home.mkdir(mode=0o700, parents=True)  # as ``mktemp`` makes it: doctor looks
    for name in [name for name in os.environ if name.startswith("REVIEW_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("REVIEW_HOME", str(home))
    return home


@pytest.fixture
def noon() -> datetime:
    return datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


ID_CARD = "350181198503122019"
"""What the draft of a waiting case says of a person, beside his name 苗秋实 and a telephone."""

_DRAFT = """关于发放临时救助金的公告

救助对象姓名：苗秋实，身份证号码：{id_card}，联系电话：{phone}。

青禾县民政局
2026年3月2日
（此件公开发布）
"""


def draft(phone: str) -> bytes:
    """Write a notice that names a person, his number and this telephone."""
    return _DRAFT.format(id_card=ID_CARD, phone=phone).encode()


PATIENCE = 200
"""Seconds after which what a stack shall do counts as never done, also on a machine of many."""


def eventually(
    check: Callable[[], object], told: Callable[[], object] = str, pause: float = 0.3
) -> None:
    """Wait until something is so, looking every ``pause`` seconds; a failure says what is told."""
    deadline = time.monotonic() + PATIENCE
    while not check():
        if time.monotonic() > deadline:
            pytest.fail(f"it never happened: {told()}")
        time.sleep(pause)


@dataclass
class RunningOffice:
    """The embedded stack with its desk, one officer, two reviewers and one auditor.

    ``api`` goes as the worker does, with the token; ``person`` logs in.
    """

    settings: Settings
    desk: Desk
    passwords: PasswordRegister
    api: PrefectApi
    token: str
    secrets: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    people: dict[str, PrefectApi] = field(default_factory=dict)
    phones: Iterator[str] = field(default_factory=lambda: map("139{}0001".format, count(1234)))
    left: str = ""

    def enrol(self, officer: str, *roles: StaffRole) -> str:
        """Register somebody with a password; gives the secret of the one-time codes."""
        at = datetime.now(UTC)
        self.secrets[officer] = self.desk.staff.add(officer, set(roles), at=at)
        self.words[officer] = self.passwords.issue(officer, at=at)
        return self.secrets[officer]

    def person(self, officer: str) -> PrefectApi:
        """Give the server as somebody sees it who is logged in, once for all tests."""
        if officer not in self.people:
            self.people[officer] = PrefectApi(self.settings.api_url)
            self.people[officer].log_in(officer, self.words[officer])
        return self.people[officer]

    def raw(self) -> httpx.Client:
        """Give a client that calls Prefect's interface as the worker may, whatever it says."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.Client(base_url=self.settings.api_url, headers=headers, timeout=60)

    def submit(self, name: str, data: bytes, category: str = "general") -> str:
        submission = Submission(category, Attribute.PROACTIVE, "zhou")
        return hand_in(self.desk, self.api, [Incoming(name, data)], submission)[0].id

    def until(self, case: str, *states: State) -> Case:
        """Wait until a case reaches one of the states; the failure says where it stuck."""
        eventually(
            lambda: self.desk.store.get(case).state in states,
            lambda: [case, *(event.action for event in self.desk.store.events(case))],
        )
        return self.desk.store.get(case)

    def waiting_case(self) -> tuple[str, str]:
        """Give a case of ``draft`` that waits for its reviewer, and its suspended run.

        A case that an earlier test left waiting is given again: each costs a run of its own.
        """
        if not self.left or self.desk.store.get(self.left).state is not State.AWAITING:
            self.left = self.submit("公告.txt", draft(next(self.phones)))
            self.until(self.left, State.AWAITING)
        return self.left, self.waiting_run(self.left)

    def waiting_run(self, case: str) -> str:
        """Wait for the run of a case to be suspended with its form in place.

        Prefect suspends a moment before it stores the form.
        """
        suspended: list[str] = []

        def found() -> bool:
            runs = (run for run in self.api.runs_of(case) if run["state_type"] == "PAUSED")
            suspended.extend(str(run["id"]) for run in runs if self.api.has_form(run))
            return bool(suspended)

        eventually(found, lambda: f"{case} has no suspended run")
        return suspended[0]

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


_running = ExitStack()
"""What ``running_office`` has started."""


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Stop the stack behind the last test that needs it: idle, it still takes processor time."""
    if not _needs_office(nextitem):
        _running.close()


def _needs_office(item: pytest.Item | None) -> bool:
    return "running_office" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def prefect_tables(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], None]:
    """Give what lays Prefect's tables into a new home: migrating is half of a stack's start.

    All workers share one database; that a stack migrates its own is a test of ``review up``.
    """
    mine = tmp_path_factory.getbasetemp()
    made = (mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine) / "prefect-tables"
    made.mkdir(exist_ok=True)
    with locked(made / "lock"):
        if not (made / "done").exists():
            command = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "-y"]
            environment = os.environ | {"PREFECT_HOME": str(made)}
            subprocess.run(command, env=environment, check=True, capture_output=True)
            (made / "done").touch()

    def lay(home: Path) -> None:
        (home / "prefect").mkdir(mode=0o700)
        shutil.copy(made / "prefect.db", home / "prefect" / "prefect.db")

    return lay


@pytest.fixture(scope="session")
def running_office(
    tmp_path_factory: pytest.TempPathFactory, prefect_tables: Callable[[Path], None]
) -> Iterator[RunningOffice]:
    """Start the real Prefect server and the serving process once for all tests that need them.

    They are the tests of the group ``stack``: behind the last of them it stops.
    """
    from flows.compose import open_desk, open_passwords, worker_token
    from flows.stack import Stack, free_port

    home = tmp_path_factory.mktemp("office")
    prefect_tables(home)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("REVIEW_HOME", str(home))
        patched.setenv("REVIEW_API_URL", f"http://127.0.0.1:{free_port()}/api")
        current = read_settings()
        desk = open_desk()
        passwords = open_passwords(desk.store)
    with _running:
        stack = _running.enter_context(Stack(current))
        office = RunningOffice(current, desk, passwords, stack.api, worker_token(current))
        office.enrol("zhou", StaffRole.OFFICER)
        office.enrol("lin", StaffRole.REVIEWER)
        office.enrol("guo", StaffRole.REVIEWER)
        office.enrol("ding", StaffRole.AUDITOR)
        yield office
