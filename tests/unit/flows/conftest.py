"""What tests of flows share: case stores on both databases, PostgreSQL started here, an inbox."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pg8000.dbapi
import pg8000.native
import pytest
from _pytest.nodeid import NodeId
from sqlalchemy import event

from flows import durable
from flows.intake.inbox import Inbox
from flows.store.anchor import Anchor
from flows.store.store import CaseStore
from review.case import Attribute, Case, Draft, Submission
from tests.fakes.inbox import Cases, inbox_at

NOON = datetime(2026, 3, 5, 4, 0, 0, 123456, tzinfo=UTC)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Make ``xdist_group`` hold, so that one worker alone starts the server of a group.

    xdist 3.8 hangs the group's name on ``item._nodeid``, which pytest 9.2 no longer reads: every
    worker got tests of every group.
    """
    if not config.getoption("loadgroup", default=False):
        return
    for item in items:
        group = item.get_closest_marker("xdist_group")
        if group is not None and not item.nodeid.endswith(f"@{group.args[0]}"):
            item._id = NodeId.parse(f"{item.nodeid}@{group.args[0]}")


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Leave out what only a power cut could tell apart; tests of refusing disks put it back."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(durable.os, "fsync", lambda _: None)
        yield


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
    options = f"-k {home} -c listen_addresses='' -c fsync=off -c autovacuum=off -c jit=off"
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
_AS_ROLE = (
    "CREATE ROLE {0} LOGIN SUPERUSER",
    "CREATE SCHEMA {0} AUTHORIZATION {0}",
    "ALTER ROLE {0} SET search_path = {0}",
    "SET ROLE {0}",
    "SET search_path = {0}",
)
Statement = tuple[str, Sequence[object]]


def make_role(cluster: Cluster, statements: Sequence[Statement] = ()) -> str:
    """Make a role with a schema of its own and run statements in it."""
    role = f"test_{next(_numbers)}"
    connection = pg8000.dbapi.connect("postgres", unix_sock=str(cluster.socket))
    cursor = connection.cursor()
    for statement in _AS_ROLE:
        cursor.execute(statement.format(role))
    for text, parameters in statements:
        cursor.execute(text, parameters)
    connection.commit()
    connection.close()
    return role


@pytest.fixture(scope="session")
def migration(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> list[Statement]:
    """Take down what the migrations say to PostgreSQL, for working it out takes them long."""
    said: list[Statement] = []

    def note(_c: object, _cursor: object, text: str, parameters: Sequence[object], *_: object):
        if not text.lstrip().startswith("SELECT"):
            said.append((text, parameters))

    anchor = tmp_path_factory.mktemp("migration") / "anchor.json"
    store = CaseStore(cluster.url(make_role(cluster)), anchor)
    event.listen(store._database._engine, "before_cursor_execute", note)
    store.migrate()
    store.close()
    return said


@pytest.fixture
def postgres_role(cluster: Cluster, migration: list[Statement], anchor: Path) -> str:
    """Make a role that sees the tables in a schema of its own, with an anchor beside it."""
    Anchor(anchor).create()
    return make_role(cluster, migration)


BOTH = [
    "sqlite",
    pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgres")]),
]


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name a database without tables, once of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/home/review.db"
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.url(make_role(cluster))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file for all tests to copy."""
    home = tmp_path_factory.mktemp("migrated")
    store = CaseStore(f"sqlite:///{home}/review.db", home / "anchor.json")
    store.migrate()
    store.close()
    return home / "review.db"


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """Name a SQLite database that has its tables."""
    durable.make_private(tmp_path / "home")
    shutil.copy(migrated_file, tmp_path / "home" / "review.db")
    return f"sqlite:///{tmp_path}/home/review.db"


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name the database of ``store``, once of either kind."""
    if request.param == "sqlite":
        return request.getfixturevalue("sqlite_url")
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
def sqlite_store(sqlite_url: str, anchor: Path) -> Iterator[CaseStore]:
    """Open an empty, migrated store on SQLite alone."""
    opened = CaseStore(sqlite_url, anchor)
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def cases() -> Cases:
    return Cases()


@pytest.fixture
def inbox(tmp_path: Path, cases: Cases) -> Inbox:
    return inbox_at(tmp_path / "inbox", cases)
