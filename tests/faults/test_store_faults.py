"""A process killed between any two steps leaves a state from which the next one goes on."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import op

import flows.durable
import flows.store.anchor
import flows.store.casefiles
import flows.store.database
from flows.store.casefiles import CaseFiles
from flows.store.store import CaseStore
from review.audit import Head
from review.errors import UnavailableError, UnsafeOutputError
from review.release import ReleasePackage
from tests.fakes.processes import run_in_process

KILLED = 77
NOON = datetime(2026, 3, 5, 4, tzinfo=UTC)
PACKAGE = ReleasePackage("2026-0001", {"a.txt": b"a"}, b"{}")


def die(*_: object, **__: object) -> None:
    """End the process at once, as a kill or a power cut would."""
    os._exit(KILLED)


def die_after(times: int, original: Callable[..., object]) -> Callable[..., object]:
    """Let some calls pass and die at the next."""
    calls: list[int] = []

    def wrapped(*arguments: object, **named: object) -> object:
        if len(calls) == times:
            die()
        calls.append(1)
        return original(*arguments, **named)

    return wrapped


def open_store(home: Path) -> CaseStore:
    return CaseStore(f"sqlite:///{home}/review.db", home / "anchor.json")


def killed(step: Callable[[], object]) -> None:
    """Run a step in a process of its own that must end by its own sudden death."""
    assert run_in_process(step) == KILLED


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def store(home: Path) -> CaseStore:
    store = open_store(home)
    store.migrate()
    store.record(actor="A01", action="first", at=NOON)
    store.close()
    return store


def goes_on(store: CaseStore, count: int) -> None:
    """Show that the chain is whole at ``count`` events and takes another."""
    assert store.verify() is None
    assert store.head().count == count
    store.record(actor="A01", action="next", at=NOON)
    assert store.verify() is None
    assert store._anchor.read() == store.head()


def test_killed_between_event_and_commit_nothing_happened(store: CaseStore, home: Path):
    def step() -> None:
        with open_store(home).transaction() as ledger:
            ledger.append(actor="A01", action="lost", at=NOON)
            die()

    killed(step)
    goes_on(store, 1)


def test_killed_between_commit_and_anchor_the_event_stands(store: CaseStore, home: Path):
    def step() -> None:
        flows.store.anchor.Anchor.advance = die
        open_store(home).record(actor="A01", action="kept", at=NOON)

    killed(step)
    assert [event.action for event in store.events()] == ["first", "kept"]
    assert store._anchor.read() != store.head()
    goes_on(store, 2)


def test_killed_while_the_anchor_is_written_the_old_one_stands(store: CaseStore, home: Path):
    before = (home / "anchor.json").read_bytes()

    def step() -> None:
        flows.durable.Path.replace = die
        open_store(home).record(actor="A01", action="kept", at=NOON)

    killed(step)
    assert (home / "anchor.json").read_bytes() == before
    goes_on(store, 2)


def test_killed_with_a_number_drawn_the_number_is_gone(store: CaseStore, home: Path):
    def step() -> None:
        open_store(home).next_id(NOON)
        die()

    killed(step)
    assert store.next_id(NOON) == "2026-0002"


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (flows.store.database, "_run_migrations"),
        (flows.store.anchor.Anchor, "create"),
    ],
)
def test_killed_while_migrating_the_next_start_finishes(home: Path, place: object, name: str):
    def step() -> None:
        setattr(place, name, die)
        open_store(home).migrate()

    killed(step)
    store = open_store(home)
    store.migrate()
    assert store.head() == Head()
    goes_on(store, 0)


def test_killed_in_the_middle_of_a_migration_no_table_stays(home: Path):
    def step() -> None:
        op.create_index = die_after(2, op.create_index)
        open_store(home).migrate()

    killed(step)
    connection = sqlite3.connect(home / "review.db")
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    connection.close()
    store = open_store(home)
    store.migrate()
    goes_on(store, 0)


def test_killed_while_a_file_is_written_it_is_not_there(home: Path):
    files = CaseFiles(home)

    def step() -> None:
        flows.durable.Path.replace = die
        files.put_source("2026-0001", 0, "a.txt", b"draft")

    killed(step)
    assert not (home / "cases/2026-0001/sources/0.bin").exists()
    files.put_source("2026-0001", 0, "a.txt", b"draft")
    assert files.source("2026-0001", 0) == ("a.txt", b"draft")


def test_killed_between_bytes_and_name_the_mixture_is_not_handed_out(home: Path):
    files = CaseFiles(home)
    files.put_output("2026-0001", 0, "old.txt", b"old")

    def step() -> None:
        flows.durable.Path.replace = die_after(1, flows.durable.Path.replace)
        files.put_output("2026-0001", 0, "new.txt", b"new")

    killed(step)
    with pytest.raises(UnsafeOutputError):
        files.output("2026-0001", 0)
    files.put_output("2026-0001", 0, "new.txt", b"new")
    assert files.output("2026-0001", 0) == ("new.txt", b"new")


def at_the_rename() -> None:
    flows.store.casefiles.Path.rename = die


def at_the_second_file() -> None:
    flows.store.casefiles.write_file = die_after(1, flows.store.casefiles.write_file)


@pytest.mark.parametrize("fatal", [at_the_rename, at_the_second_file])
def test_killed_while_publishing_nothing_is_released(home: Path, fatal: Callable[[], None]):
    files = CaseFiles(home)

    def step() -> None:
        fatal()
        files.publish(PACKAGE)

    killed(step)
    assert not files.released_dir("2026-0001").exists()
    folder = files.publish(PACKAGE)
    assert {path.name for path in folder.iterdir()} == {"a.txt", "manifest.json"}
    assert {path.name for path in folder.parent.iterdir()} == {"2026-0001", ".2026-0001.lock"}


def test_a_database_that_stays_locked_is_unavailable(store: CaseStore, home: Path, monkeypatch):
    monkeypatch.setattr("flows.store.database._WAIT_SECONDS", 0.2)
    impatient = open_store(home)
    holder = sqlite3.connect(home / "review.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(UnavailableError, match="SQLITE_BUSY"):
        impatient.record(actor="A01", action="x", at=NOON)
    assert len(list(impatient.events())) == 1
    holder.execute("ROLLBACK")
    holder.close()
    goes_on(store, 1)


def test_a_database_that_cannot_grow_is_unavailable_and_whole(store: CaseStore, home: Path):
    with store.transaction() as ledger:
        pages = ledger.connection.exec_driver_sql("PRAGMA page_count").scalar()
        ledger.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(UnavailableError, match="SQLITE_FULL"):
        store.record(actor="A01", action="x", at=NOON, data={"k": "x" * 100_000})
    store.close()
    goes_on(store, 1)


def test_an_anchor_that_cannot_be_written_is_told_and_the_event_stands(
    store: CaseStore, monkeypatch
):
    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("flows.durable.os.fsync", refuse)
        with pytest.raises(UnavailableError, match="磁盘空间不足"):
            store.record(actor="A01", action="x", at=NOON)
    goes_on(store, 2)
