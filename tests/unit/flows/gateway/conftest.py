"""An office behind the gateway, with a case that waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from flows.cases.desk import Desk
from flows.gateway.answering import Answering, Prefect
from flows.gateway.app import Gateway
from flows.gateway.callers import Callers
from flows.gateway.entrance import Entrance
from flows.gateway.front import Front
from flows.gateway.sessions import Sessions
from flows.people.door import Door
from flows.people.passwords import PasswordRegister, _nobodys_hash
from flows.people.staff import StaffRegister
from flows.store.casefiles import CaseFiles
from flows.store.store import CaseStore
from review.case import Case
from review.staffing import StaffRole
from tests.fakes.gateway import TOKEN, Office, Server, add_case


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no log-in take the time that a guess shall cost, and keep no quick hash for others."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("flows.people.passwords._hasher", lambda: quick)
    _nobodys_hash.cache_clear()
    yield
    _nobodys_hash.cache_clear()


@pytest.fixture
def office(sqlite_store: CaseStore, tmp_path: Path, noon: datetime) -> Office:
    clock = [noon]

    def now() -> datetime:
        return clock[0]

    def no_pipeline() -> Any:
        raise AssertionError("no page scans anything")

    staff, passwords = StaffRegister(sqlite_store), PasswordRegister(sqlite_store)
    desk = Desk(sqlite_store, CaseFiles(tmp_path), staff, no_pipeline, now)
    secrets = {}
    for officer, role in (
        ("zhou", StaffRole.OFFICER),
        ("lin", StaffRole.REVIEWER),
        ("guo", StaffRole.REVIEWER),
        ("ding", StaffRole.AUDITOR),
    ):
        secrets[officer] = staff.add(officer, {role}, at=noon)
    server, sessions = Server(), Sessions()
    inner = server.app()
    prefect, door = Prefect(inner), Door(sqlite_store, tmp_path / "door.key")
    gateway = Gateway(
        inner,
        Front(desk, prefect, Entrance(desk.store, passwords, sessions, now), now),
        Callers(TOKEN, sessions, passwords, now),
        Answering(prefect, sqlite_store, desk.files, door, now),
        sqlite_store,
        sessions,
        now,
    )
    return Office(gateway, server, desk, door, passwords, clock, secrets)


@pytest.fixture
def case(office: Office, make_case: Any) -> Case:
    return add_case(office, make_case, 1)
