"""What only a database server can do to us: go away, come back, refuse, make us wait."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.store import CaseStore
from review.errors import UnavailableError

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("postgres")]

HANG_UP = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def store(postgres_database, anchor: Path) -> Iterator[CaseStore]:
    cluster, name = postgres_database
    opened = CaseStore(cluster.url(name), anchor)
    opened.migrate()
    yield opened
    opened.close()


def test_a_server_that_came_back_is_used_again(store: CaseStore, postgres_database, noon):
    cluster, name = postgres_database
    store.record(actor="A01", action="x", at=noon)
    cluster.run(name, HANG_UP)
    store.record(actor="A01", action="x", at=noon)
    assert store.verify() is None
    assert store.head().count == 2


def test_a_connection_lost_in_a_transaction_leaves_nothing(store, postgres_database, noon):
    cluster, name = postgres_database

    def lose() -> None:
        with store.transaction() as ledger:
            ledger.append(actor="A01", action="x", at=noon)
            cluster.run(name, HANG_UP)

    with pytest.raises(UnavailableError, match="数据库无法使用"):
        lose()
    assert store.head().count == 0
    store.record(actor="A01", action="x", at=noon)
    assert store.verify() is None


def test_a_lock_that_is_never_given_is_unavailable(postgres_database, store, monkeypatch, noon):
    cluster, name = postgres_database
    monkeypatch.setattr("flows.database._WAIT_SECONDS", 1)
    impatient = CaseStore(cluster.url(name), store.anchor)
    with store.transaction(), pytest.raises(UnavailableError, match="SQLSTATE 55P03"):
        impatient.record(actor="A01", action="x", at=noon)
    impatient.close()


def test_a_commit_waits_for_the_disk_even_where_the_server_would_not(store, postgres_database):
    cluster, name = postgres_database
    cluster.run(name, f"ALTER DATABASE {name} SET synchronous_commit = off")
    store.close()
    with store.reading() as connection:
        shown = connection.exec_driver_sql("SHOW synchronous_commit").scalar()
    assert shown == "on"


def test_tls_that_was_asked_for_is_not_left_out(cluster, postgres_database, anchor: Path):
    _, name = postgres_database
    demanding = CaseStore(f"{cluster.url(name)}&sslmode=require", anchor)
    with pytest.raises(UnavailableError):
        demanding.migrate()


def test_a_database_that_is_not_there_is_unavailable(cluster, anchor: Path):
    with pytest.raises(UnavailableError, match="SQLSTATE 3D000"):
        CaseStore(cluster.url("nowhere"), anchor).migrate()
