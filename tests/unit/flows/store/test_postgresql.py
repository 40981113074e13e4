"""What only a database server can do to us: go away, come back, refuse, make us wait."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.store.store import CaseStore
from review.errors import UnavailableError

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("postgres")]

HANG_UP = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE usename = current_user AND pid <> pg_backend_pid()"
)


@pytest.fixture
def store(cluster, postgres_role, anchor: Path) -> Iterator[CaseStore]:
    opened = CaseStore(cluster.url(postgres_role), anchor)
    opened.migrate()
    yield opened
    opened.close()


def test_a_server_that_came_back_is_used_again(store: CaseStore, cluster, postgres_role, noon):
    store.record(actor="A01", action="x", at=noon)
    cluster.run(postgres_role, HANG_UP)
    store.record(actor="A01", action="x", at=noon)
    assert store.verify() is None
    assert store.head().count == 2


def test_a_connection_lost_in_a_transaction_leaves_nothing(store, cluster, postgres_role, noon):

    def lose() -> None:
        with store.transaction() as ledger:
            ledger.append(actor="A01", action="x", at=noon)
            cluster.run(postgres_role, HANG_UP)

    with pytest.raises(UnavailableError, match="数据库无法使用"):
        lose()
    assert store.head().count == 0
    store.record(actor="A01", action="x", at=noon)
    assert store.verify() is None


def test_a_lock_that_is_never_given_is_unavailable(
    cluster, postgres_role, store, monkeypatch, noon
):
    monkeypatch.setattr("flows.store.database._WAIT_SECONDS", 1)
    impatient = CaseStore(cluster.url(postgres_role), store.anchor)
    with store.transaction(), pytest.raises(UnavailableError, match="SQLSTATE 55P03"):
        impatient.record(actor="A01", action="x", at=noon)
    impatient.close()


def test_a_commit_waits_for_the_disk_even_where_the_server_would_not(store, cluster, postgres_role):
    cluster.run(postgres_role, f"ALTER ROLE {postgres_role} SET synchronous_commit = off")
    store.close()
    with store.reading() as connection:
        shown = connection.exec_driver_sql("SHOW synchronous_commit").scalar()
    assert shown == "on"


def test_tls_that_was_asked_for_is_not_left_out(cluster, postgres_role, anchor: Path):
    demanding = CaseStore(f"{cluster.url(postgres_role)}&sslmode=verify-full", anchor)
    with pytest.raises(UnavailableError):
        demanding.migrate()


def test_a_server_that_refuses_says_why_by_its_code(cluster, postgres_role, anchor: Path):
    nowhere = cluster.url(postgres_role).replace("/postgres?", "/nowhere?")
    with pytest.raises(UnavailableError, match="SQLSTATE 3D000"):
        CaseStore(nowhere, anchor).migrate()
    with pytest.raises(UnavailableError, match="SQLSTATE 28000"):
        CaseStore(cluster.url("nobody"), anchor).migrate()
