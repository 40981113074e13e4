"""A process killed between any two steps leaves a state from which the next one goes on."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.casefiles import CaseFiles
from flows.store import CaseStore
from review.audit import Head
from review.errors import UnavailableError, UnsafeOutputError
from review.release import ReleasePackage

KILLED = 77
NOON = datetime(2026, 3, 5, 4, tzinfo=UTC)

PROLOGUE = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
import flows.anchor, flows.casefiles, flows.database, flows.durable, flows.ledger
from flows.casefiles import CaseFiles
from flows.store import CaseStore
from review.release import ReleasePackage

home = Path(sys.argv[1])
store = CaseStore(f"sqlite:///{home}/review.db", home / "anchor.json")
files = CaseFiles(home)
NOON = datetime(2026, 3, 5, 4, tzinfo=UTC)

def die(*_, **__):
    os._exit(77)

def die_after(times, original):
    calls = []
    def wrapped(*arguments, **named):
        if len(calls) == times:
            os._exit(77)
        calls.append(1)
        return original(*arguments, **named)
    return wrapped
"""


def killed(home: Path, script: str) -> None:
    """Run a script in a process of its own that must end by its own sudden death."""
    done = subprocess.run(
        [sys.executable, "-c", PROLOGUE + script, str(home)],
        timeout=60,
        capture_output=True,
        text=True,
    )
    assert done.returncode == KILLED, done.stderr


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def store(home: Path) -> CaseStore:
    store = CaseStore(f"sqlite:///{home}/review.db", home / "anchor.json")
    store.migrate()
    store.record(actor="A01", action="first", at=NOON)
    return store


def goes_on(store: CaseStore, count: int) -> None:
    """Show that the chain is whole at ``count`` events and takes another."""
    assert store.verify() is None
    assert store.head().count == count
    store.record(actor="A01", action="next", at=NOON)
    assert store.verify() is None
    assert store._anchor.read() == store.head()


def test_killed_between_event_and_commit_nothing_happened(store: CaseStore, home: Path):
    killed(
        home,
        """
with store.transaction() as ledger:
    ledger.append(actor="A01", action="lost", at=NOON)
    die()
""",
    )
    goes_on(store, 1)


def test_killed_between_commit_and_anchor_the_event_stands(store: CaseStore, home: Path):
    killed(
        home,
        """
flows.anchor.Anchor.advance = die
store.record(actor="A01", action="kept", at=NOON)
""",
    )
    assert [event.action for event in store.events()] == ["first", "kept"]
    assert store._anchor.read() != store.head()
    goes_on(store, 2)


def test_killed_while_the_anchor_is_written_the_old_one_stands(store: CaseStore, home: Path):
    before = (home / "anchor.json").read_bytes()
    killed(
        home,
        """
flows.durable.Path.replace = die
store.record(actor="A01", action="kept", at=NOON)
""",
    )
    assert (home / "anchor.json").read_bytes() == before
    goes_on(store, 2)


def test_killed_with_a_number_drawn_the_number_is_gone(store: CaseStore, home: Path):
    killed(home, "store.next_id(NOON)\ndie()")
    assert store.next_id(NOON) == "2026-0002"


@pytest.mark.parametrize("point", ["flows.database._run_migrations", "flows.anchor.Anchor.create"])
def test_killed_while_migrating_the_next_start_finishes(home: Path, point: str):
    killed(home, f"{point} = die\nstore.migrate()")
    store = CaseStore(f"sqlite:///{home}/review.db", home / "anchor.json")
    store.migrate()
    assert store.head() == Head()
    goes_on(store, 0)


def test_killed_in_the_middle_of_a_migration_no_table_stays(home: Path):
    killed(
        home,
        """
from alembic import op
op.create_index = die_after(2, op.create_index)
store.migrate()
""",
    )
    connection = sqlite3.connect(home / "review.db")
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    connection.close()
    store = CaseStore(f"sqlite:///{home}/review.db", home / "anchor.json")
    store.migrate()
    goes_on(store, 0)


def test_killed_while_a_file_is_written_it_is_not_there(home: Path):
    files = CaseFiles(home)
    killed(
        home,
        """
flows.durable.Path.replace = die
files.put_source("2026-0001", 0, "a.txt", b"draft")
""",
    )
    assert not (home / "cases/2026-0001/sources/0.bin").exists()
    files.put_source("2026-0001", 0, "a.txt", b"draft")
    assert files.source("2026-0001", 0) == ("a.txt", b"draft")


def test_killed_between_bytes_and_name_the_mixture_is_not_handed_out(home: Path):
    files = CaseFiles(home)
    files.put_output("2026-0001", 0, "old.txt", b"old")
    killed(
        home,
        """
flows.durable.Path.replace = die_after(1, flows.durable.Path.replace)
files.put_output("2026-0001", 0, "new.txt", b"new")
""",
    )
    with pytest.raises(UnsafeOutputError):
        files.output("2026-0001", 0)
    files.put_output("2026-0001", 0, "new.txt", b"new")
    assert files.output("2026-0001", 0) == ("new.txt", b"new")


@pytest.mark.parametrize("step", ["Path.rename = die", "write_file = die_after(1, {write})"])
def test_killed_while_publishing_nothing_is_released(home: Path, step: str):
    files = CaseFiles(home)
    step = step.format(write="flows.casefiles.write_file")
    killed(
        home,
        f"""
package = ReleasePackage("2026-0001", {{"a.txt": b"a"}}, b"{{}}")
flows.casefiles.{step}
files.publish(package)
""",
    )
    assert not files.released_dir("2026-0001").exists()
    folder = files.publish(ReleasePackage("2026-0001", {"a.txt": b"a"}, b"{}"))
    assert {path.name for path in folder.iterdir()} == {"a.txt", "manifest.json"}
    assert {path.name for path in folder.parent.iterdir()} == {"2026-0001", ".2026-0001.lock"}


def test_a_database_that_stays_locked_is_unavailable(store: CaseStore, home: Path, monkeypatch):
    monkeypatch.setattr("flows.database._WAIT_SECONDS", 0.2)
    impatient = CaseStore(f"sqlite:///{home}/review.db", home / "anchor.json")
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
