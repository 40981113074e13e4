"""The schema is made once, by whoever comes first, and is the one that the code expects."""

from __future__ import annotations

import os
import sqlite3
import stat
from importlib.resources import files
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from flows.store.store import CaseStore
from flows.store.tables import SCHEMA, metadata
from review.audit import Head
from review.errors import UnavailableError
from tests.fakes.processes import run_at_once


def test_the_migrations_make_the_tables_of_the_code(empty_database_url: str, anchor: Path):
    store = CaseStore(empty_database_url, anchor)
    store.migrate()
    with store.reading() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == SCHEMA
    store.close()


def test_the_newest_migration_is_the_one_the_code_names():
    versions = [entry.name for entry in files("flows.migrations.versions").iterdir()]
    assert max(name[:4] for name in versions if name[:4].isdigit()) == SCHEMA


def test_many_processes_may_migrate_at_once(empty_database_url: str, anchor: Path):
    def migrate() -> None:
        CaseStore(empty_database_url, anchor).migrate()

    assert run_at_once([migrate] * 4) == [0, 0, 0, 0]
    store = CaseStore(empty_database_url, anchor)
    assert store.head() == Head()
    assert store.verify() is None
    store.close()


def test_migrating_again_keeps_what_is_there(store: CaseStore, make_case, noon):
    store.add(make_case(), actor="A01", at=noon, data={})
    store.migrate()
    assert [case.id for case in store.list()] == ["2026-0001"]
    assert store.verify() is None


def test_a_newer_database_is_told_apart(store: CaseStore, database_url: str, anchor: Path):
    with store._database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    newer = CaseStore(database_url, anchor)
    with pytest.raises(UnavailableError, match="更新版本"):
        newer.migrate()
    newer.close()


def test_the_database_is_private_whatever_the_umask(tmp_path: Path, noon):
    before = os.umask(0)
    try:
        home = tmp_path / "new" / "home"
        store = CaseStore(f"sqlite:///{home}/review.db", home / "anchor.json")
        store.migrate()
        store.record(actor="A01", action="x", at=noon)
        names = {path.name for path in home.iterdir()}
        modes = {stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()}
        store.close()
    finally:
        os.umask(before)
    assert {"review.db", "review.db-wal", "review.db-shm", "anchor.json"} <= names
    assert modes == {0o600}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE(home.parent.stat().st_mode) == 0o700


def test_an_existing_database_file_is_made_private(tmp_path: Path):
    path = tmp_path / "review.db"
    path.touch(mode=0o644)
    CaseStore(f"sqlite:///{path}", tmp_path / "anchor").migrate()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_sqlite_keeps_a_write_ahead_log(sqlite_store: CaseStore, tmp_path: Path):
    connection = sqlite3.connect(tmp_path / "home" / "review.db")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_second_machine_without_the_anchor_does_not_make_one(
    store: CaseStore, database_url: str, tmp_path: Path, noon
):
    store.record(actor="A01", action="x", at=noon)
    elsewhere = CaseStore(database_url, tmp_path / "elsewhere" / "anchor.json")
    elsewhere.migrate()
    broken = elsewhere.verify()
    assert broken is not None
    assert "锚点" in broken.message
    elsewhere.close()
