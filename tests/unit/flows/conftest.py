"""Case stores on both databases; the PostgreSQL server is started here and dies with the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pg8000.native
import pytest

from flows.store import CaseStore
from review.case import Attribute, Case, Draft, Submission

NOON = datetime(2026, 3, 5, 4, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture
def make_case() -> Callable[..., Case]:
    """Make a registered case of one draft; ``source`` stands for the draft's bytes."""

    def make(case_id: str = "2026-0001", source: str = "a", **changes: object) -> Case:
        case = Case(
            id=case_id,
            submission=Submission("general", Attribute.PROACTIVE, "A01"),
            drafts=(Draft("draft.docx", source * 64, "docx", 10),),
            policy="f" * 64,
            created_at=NOON,
        )
        return replace(case, **changes)

    return make


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server that listens on a unix socket only.

    Each test has a role and a schema of its own: a database for each would be 300 files.
    """

    socket: Path

    def url(self, role: str) -> str:
        return f"postgresql://{role}@/postgres?unix_sock={self.socket}"

    def run(self, role: str, *statements: str) -> list[list[object]]:
        connection = pg8000.native.Connection(role, unix_sock=str(self.socket), database="postgres")
        try:
            rows: list[list[object]] = []
            for statement in statements:
                rows = connection.run(statement) or []
            return rows
        finally:
            connection.close()


def _program(name: str) -> str | None:
    if found := shutil.which(name):
        return found
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_major)
    return str(installed[-1]) if installed else None


def _major(program: Path) -> int:
    return int(program.parts[-3]) if program.parts[-3].isdigit() else 0


GUARD = 'cat >/dev/null; "$1" -D "$2/data" -w -m immediate stop; rm -rf "$2"'


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    if initdb is None or pg_ctl is None:
        message = "PostgreSQL is not installed: apt-get install postgresql"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    root = os.geteuid() == 0
    prefix = ["runuser", "-u", "postgres", "--"] if root else []
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    if root:
        shutil.chown(home, "postgres")
    data = home / "data"

    def run(*command: str) -> None:
        done = subprocess.run(
            [*prefix, *command], cwd=home, capture_output=True, text=True, timeout=90
        )
        assert done.returncode == 0, done.stdout + done.stderr

    # The guard sees its input end however the tests end, killed or not.
    guard = subprocess.Popen(
        [*prefix, "sh", "-c", GUARD, "guard", pg_ctl, str(home)],
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert guard.stdin is not None
    options = f"-k {home} -c listen_addresses='' -c fsync=off"
    log = str(home / "log")
    try:
        run(initdb, "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        run(pg_ctl, "-D", str(data), "-w", "-l", log, "-o", options, "start")
        yield Cluster(home / ".s.PGSQL.5432")
    finally:
        guard.stdin.close()
        guard.wait(timeout=60)
    assert not home.exists()


_numbers = count(1)


@pytest.fixture
def postgres_role(cluster: Cluster) -> str:
    """Make a role that sees an empty schema of its own."""
    role = f"test_{next(_numbers)}"
    cluster.run(
        "postgres",
        f"CREATE ROLE {role} LOGIN SUPERUSER",
        f"CREATE SCHEMA {role} AUTHORIZATION {role}",
        f"ALTER ROLE {role} SET search_path = {role}",
    )
    return role


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param(
            "postgresql", marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgres")]
        ),
    ]
)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name an empty database, once of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/home/review.db"
    role = request.getfixturevalue("postgres_role")
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.url(role)


@pytest.fixture
def anchor(tmp_path: Path) -> Path:
    return tmp_path / "home" / "anchor.json"


@pytest.fixture
def store(database_url: str, anchor: Path) -> Iterator[CaseStore]:
    """Open an empty, migrated store, once on either database."""
    opened = CaseStore(database_url, anchor)
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path, anchor: Path) -> Iterator[CaseStore]:
    """Open an empty, migrated store on SQLite alone."""
    opened = CaseStore(f"sqlite:///{tmp_path}/home/review.db", anchor)
    opened.migrate()
    yield opened
    opened.close()
