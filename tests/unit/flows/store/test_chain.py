"""Whatever is changed behind the store's back shows, and the databases refuse the plain ways."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pg8000.exceptions
import pytest

from flows.store.store import CaseStore
from review.audit import GENESIS, Head, append
from review.errors import AuditBrokenError

DROP_GUARDS = """
DROP TRIGGER audit_events_no_update;
DROP TRIGGER audit_events_no_delete;
DROP TRIGGER audit_events_in_order;
"""

Tamper = Callable[..., None]


@pytest.fixture
def chain(sqlite_store: CaseStore, noon) -> CaseStore:
    """Hold a sound chain of six events."""
    for number in range(6):
        data = {"n": number, "digests": ("a", "b")}
        sqlite_store.record(actor="A01", action="x", at=noon, case="c", data=data)
    assert sqlite_store.verify() is None
    return sqlite_store


@pytest.fixture
def tamper(chain: CaseStore, tmp_path: Path) -> Tamper:
    """Change the database as someone would who owns the file."""

    def run(*statements: str, guards: bool = False) -> None:
        connection = sqlite3.connect(tmp_path / "home" / "review.db")
        try:
            if not guards:
                connection.executescript(DROP_GUARDS)
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        finally:
            connection.close()

    return run


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_events SET actor = 'B02' WHERE seq = 3",
        "DELETE FROM audit_events WHERE seq = 6",
        "DELETE FROM audit_events",
        "REPLACE INTO audit_events SELECT seq, at, 'B02', action, case_id, data, previous, digest"
        " FROM audit_events WHERE seq = 3",
        "INSERT INTO audit_events SELECT 0, at, actor, action, case_id, data, previous, digest"
        " FROM audit_events WHERE seq = 3",
        "INSERT INTO audit_events SELECT 9, at, actor, action, case_id, data, previous, digest"
        " FROM audit_events WHERE seq = 3",
    ],
)
def test_sqlite_refuses_to_change_the_chain(chain: CaseStore, tamper: Tamper, statement: str):
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        tamper(statement, guards=True)
    assert chain.verify() is None


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
@pytest.mark.parametrize("session", ["origin", "replica"])
def test_postgresql_refuses_to_change_the_chain(
    cluster, postgres_role: str, anchor: Path, noon, session: str
):
    store = CaseStore(cluster.url(postgres_role), anchor)
    store.record(actor="A01", action="x", at=noon)
    for statement in (
        "UPDATE audit_events SET actor = 'B02' WHERE seq = 1",
        "UPDATE audit_events SET actor = 'B02' WHERE seq = 77",
        "DELETE FROM audit_events",
        "TRUNCATE audit_events",
        "INSERT INTO audit_events SELECT * FROM audit_events"
        " ON CONFLICT (seq) DO UPDATE SET actor = 'B02'",
    ):
        with pytest.raises(pg8000.exceptions.DatabaseError, match="append-only"):
            cluster.run(postgres_role, f"SET session_replication_role = {session}", statement)
    assert store.verify() is None
    store.close()


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE audit_events SET actor = 'B02' WHERE seq = 3", 3),
        ("UPDATE audit_events SET at = '2026-03-05T04:00:00.123457Z' WHERE seq = 3", 3),
        ("UPDATE audit_events SET at = '2026-03-05 04:00:00.123456' WHERE seq = 3", 3),
        ("UPDATE audit_events SET at = 'never' WHERE seq = 3", 3),
        ("UPDATE audit_events SET data = '{}' WHERE seq = 3", 3),
        ("UPDATE audit_events SET data = 'no json' WHERE seq = 3", 3),
        ("UPDATE audit_events SET data = '[]' WHERE seq = 3", 3),
        ("UPDATE audit_events SET data = ' ' || data WHERE seq = 3", 3),
        ("UPDATE audit_events SET data = '{\"n\":9,' || substr(data, 2) WHERE seq = 3", 3),
        ("UPDATE audit_events SET actor = x'ff' WHERE seq = 3", 3),
        ("UPDATE audit_events SET digest = replace(digest, '0', '1') WHERE seq = 3", 3),
        ("DELETE FROM audit_events WHERE seq = 1", 1),
        ("DELETE FROM audit_events WHERE seq = 4", 4),
        ("DELETE FROM audit_events WHERE seq > 4", 5),
        ("UPDATE audit_events SET seq = -1 WHERE seq = 1", 1),
        ("UPDATE audit_head SET count = 5", 6),
        ("UPDATE audit_head SET count = 'six'", 0),
        ("DELETE FROM audit_head", 0),
    ],
)
def test_the_first_place_that_does_not_hold_is_named(chain, tamper, statement: str, seq: int):
    tamper(statement)
    broken = chain.verify()
    assert broken is not None
    assert broken.seq == seq


def cut(tamper: Tamper, chain: CaseStore, keep: int) -> None:
    """Cut the tail and mend the head row, so that the database alone looks sound."""
    kept = [event for event in chain.events() if event.seq <= keep]
    digest = kept[-1].digest if kept else GENESIS
    tamper(
        f"DELETE FROM audit_events WHERE seq > {keep}",
        f"UPDATE audit_head SET count = {keep}, digest = '{digest}'",
    )


@pytest.mark.parametrize("keep", [5, 2, 0])
def test_a_cut_tail_shows_when_the_head_was_mended_too(chain, tamper, keep: int):
    cut(tamper, chain, keep)
    broken = chain.verify()
    assert broken is not None
    assert broken.seq == keep + 1
    assert f"缺少 {6 - keep} 条" in broken.message


def test_a_chain_rewritten_throughout_does_not_fit_the_anchor(chain, tamper, noon):
    cut(tamper, chain, 2)
    head = chain.head()
    statements = []
    for _ in range(5):
        event, head = append(head, at=noon, actor="B02", action="forged")
        values = (event.seq, "2026-03-05T04:00:00.123456Z", "B02", "forged", "", "{}")
        statements.append(
            f"INSERT INTO audit_events VALUES {(*values, event.previous, event.digest)}"
        )
    connection_head = f"UPDATE audit_head SET count = {head.count}, digest = '{head.digest}'"
    database = chain._database.url.database
    connection = sqlite3.connect(database)
    for statement in (*statements, connection_head):
        connection.execute(statement)
    connection.commit()
    connection.close()
    broken = chain.verify()
    assert broken is not None
    assert broken.seq == 6
    assert "锚点" in broken.message


def test_nothing_is_written_on_a_cut_chain_so_the_cut_stays_visible(chain, tamper, noon):
    cut(tamper, chain, 4)
    for _ in range(4):
        with pytest.raises(AuditBrokenError, match="停止办理"):
            chain.record(actor="A01", action="x", at=noon)
    with pytest.raises(AuditBrokenError):
        chain.next_id(noon)
    broken = chain.verify()
    assert broken is not None
    assert broken.seq == 5


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_head SET digest = replace(digest, '0', '1')",
        "UPDATE audit_head SET count = count - 1",
        "DELETE FROM audit_head",
        "DELETE FROM audit_events WHERE seq = 6",
    ],
)
def test_nothing_is_written_where_head_and_chain_differ(chain, tamper, statement: str, noon):
    tamper(statement)
    with pytest.raises(AuditBrokenError):
        chain.record(actor="A01", action="x", at=noon)


def test_a_missing_anchor_is_a_break_and_is_not_made_up(chain: CaseStore, noon):
    chain.anchor.unlink()
    chain.migrate()
    broken = chain.verify()
    assert broken is not None
    assert "不见了" in broken.message
    with pytest.raises(AuditBrokenError, match="不见了"):
        chain.record(actor="A01", action="x", at=noon)
    assert not chain.anchor.exists()


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", "null", '{"count":"6","digest":"x"}', '{"count":true,"digest":"x"}']
)
def test_an_anchor_that_is_none_is_a_break(chain: CaseStore, noon, content: str):
    chain.anchor.write_text(content)
    broken = chain.verify()
    assert broken is not None
    assert "无法读取" in broken.message
    with pytest.raises(AuditBrokenError, match="无法读取"):
        chain.record(actor="A01", action="x", at=noon)


def test_an_older_database_restored_over_a_newer_one_shows(chain, tmp_path: Path, noon):
    home = tmp_path / "home"
    chain.close()
    shutil.copy(home / "review.db", tmp_path / "backup.db")
    chain.record(actor="A01", action="x", at=noon)
    chain.close()
    for name in ("review.db-wal", "review.db-shm"):
        (home / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup.db", home / "review.db")
    broken = chain.verify()
    assert broken is not None
    assert broken.seq == 7


def test_the_anchor_holds_the_last_head(chain: CaseStore):
    head = chain.head()
    assert json.loads(chain.anchor.read_text()) == {"count": 6, "digest": head.digest}
    assert head == Head(6, head.digest)


def test_an_anchor_that_lags_is_no_break_and_catches_up(chain: CaseStore, noon):
    kept = chain.anchor.read_bytes()
    chain.record(actor="A01", action="x", at=noon)
    chain.anchor.write_bytes(kept)
    assert chain.verify() is None
    chain.record(actor="A01", action="x", at=noon)
    assert json.loads(chain.anchor.read_text())["count"] == 8
