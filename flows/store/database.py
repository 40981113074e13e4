"""One SQLite file or one PostgreSQL database: connections, transactions, migrations, errors."""

from __future__ import annotations

import logging
import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import NullPool

from flows.durable import PRIVATE_FILE, declared_errors, locked, make_private
from flows.store.tables import SCHEMA
from review.errors import UnavailableError, WrongUsageError

_WAIT_SECONDS = 30
"""How long a writer waits for the others before it gives up."""

_MIGRATION_LOCK = 0x7265766965770001
"""The advisory lock under which one process at a time migrates a PostgreSQL database."""

_TLS_MODES = ("verify-full", "verify-ca", "disable")
"""The values of ``sslmode``.

With none of them the driver takes TLS where the server offers it, unchecked; on this machine it
does not ask, for asking makes it read all authorities of the system anew for every transaction.
"""

_LOOPBACK = frozenset({None, "localhost", "127.0.0.1", "::1"})

_BAD_TLS_MODE = (
    "数据库地址里的 sslmode 请写 verify-full（加密，核对服务器证书和主机名）、"
    "verify-ca（加密，只核对证书）或 disable（不加密，只宜用于本机）；"
    "require、prefer、allow 不核对证书，防不住冒充的服务器，因此不接受。"
)

_POSTGRESQL_OPTIONS = frozenset({"sslmode", "unix_sock", "application_name"})
"""What may follow ``?`` in a PostgreSQL URL; the driver knows no other option of libpq."""


_POOL = "review"
# Closing a connection that is gone already fails, with a traceback in the log that helps nobody.
logging.getLogger(f"sqlalchemy.pool.impl.NullPool.{_POOL}").setLevel(logging.CRITICAL)


class Database:
    """Hand out transactions; writers come one at a time, readers see one moment throughout."""

    def __init__(self, url: str) -> None:
        self.url = _understand(url)
        self._engine = _sqlite(self.url) if self.is_sqlite else _postgresql(self.url)
        self._writing = self._engine.execution_options(immediate=True)
        steady = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self._reading = self._engine.execution_options(**steady)

    @property
    def is_sqlite(self) -> bool:
        """Say which of the two it is."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that sees one state of the database from beginning to end."""
        with _declared(), self._reading.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that commits at the end and rolls back on any error.

        On SQLite it holds the write lock from the start; on PostgreSQL the caller locks the
        audit head first.
        """
        with _declared(), self._writing.begin() as connection:
            yield connection

    def exists(self) -> bool:
        """Tell whether there are tables, of whatever revision; makes nothing."""
        if self.is_sqlite and not _file_of(self.url).exists():
            return False
        with self.read() as connection:
            return _revision(connection) is not None

    def migrate(self) -> None:
        """Bring the schema to the newest revision; safe when several processes start at once.

        Raises ``UnavailableError`` if the database is newer than this code.
        """
        if self.is_sqlite:
            path = _file_of(self.url)
            with locked(path.with_name(path.name + ".lock")), declared_errors():
                _create_file(path)
                self._upgrade()
        else:
            self._upgrade()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _upgrade(self) -> None:
        with self.read() as connection:
            if _revision(connection) == SCHEMA:
                return
        if self.is_sqlite:
            with _declared(), self._engine.connect() as connection:
                driver = connection.connection.driver_connection
                assert driver is not None
                driver.execute("PRAGMA journal_mode=WAL")
        with self.write() as connection:
            if not self.is_sqlite:
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK}
                )
            _run_migrations(connection)


def _understand(url: str) -> URL:
    """Read a database URL; raises ``WrongUsageError`` on what is not supported."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise WrongUsageError(_BAD_URL) from None
    if parsed.drivername in ("postgresql", "postgres", "postgresql+pg8000"):
        return parsed.set(drivername="postgresql+pg8000")
    on_disk = parsed.database and not parsed.database.startswith((":memory:", "file:"))
    if parsed.drivername in ("sqlite", "sqlite+pysqlite") and on_disk:
        return parsed
    raise WrongUsageError(_BAD_URL)


_BAD_URL = "数据库地址不能用，请写成 sqlite:///文件路径 或 postgresql://用户:密码@主机/库名。"


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": _WAIT_SECONDS})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        # In WAL mode only FULL keeps a committed event through a power cut; with less, the anchor
        # could be ahead of the chain and a healthy chain would look cut.
        connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _postgresql(url: URL) -> Engine:
    query = dict(url.query)
    if not query.keys() <= _POSTGRESQL_OPTIONS:
        known = "、".join(sorted(_POSTGRESQL_OPTIONS))
        raise WrongUsageError(f"数据库地址里“?”后面只能用这些参数：{known}。")
    arguments: dict[str, Any] = {
        "timeout": 2 * _WAIT_SECONDS,
        "startup_params": {
            "synchronous_commit": "on",
            "lock_timeout": f"{_WAIT_SECONDS}s",
        },
    }
    on_this_machine = "unix_sock" in query or url.host in _LOOPBACK
    if (mode := query.pop("sslmode", "disable" if on_this_machine else None)) is not None:
        arguments["ssl_context"] = _tls(mode)
    # A kept connection may be dead or stand in the middle of an answer, and the driver does not
    # always tell: each transaction opens its own.
    engine = create_engine(
        url.set(query=query),
        hide_parameters=True,
        poolclass=NullPool,
        pool_logging_name=_POOL,
        connect_args=arguments,
    )

    @event.listens_for(engine, "handle_error")
    def _give_up(context: ExceptionContext) -> None:
        if not isinstance(context.original_exception, context.dialect.loaded_dbapi.Error):
            context.is_disconnect = True

    return engine


def _tls(mode: str | tuple[str, ...]) -> ssl.SSLContext | bool:
    """Make what the driver calls its TLS context, False for none.

    Certificates are checked against the system's authorities, or those of ``SSL_CERT_FILE``. The
    driver's own context, which it would make of True, checks nothing.
    """
    if mode not in _TLS_MODES:
        raise WrongUsageError(_BAD_TLS_MODE)
    if mode == "disable":
        return False
    context = ssl.create_default_context()
    context.check_hostname = mode == "verify-full"
    return context


def _file_of(url: URL) -> Path:
    assert url.database is not None
    return Path(url.database).absolute()


def _create_file(path: Path) -> None:
    """Make the file before SQLite does, so that it and its WAL are nobody else's to read."""
    make_private(path.parent)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        os.fchmod(handle, PRIVATE_FILE)
    finally:
        os.close(handle)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _run_migrations(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "flows:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise UnavailableError("数据库是由更新版本的程序建立的，请先升级本程序再使用。") from None


@contextmanager
def _declared() -> Iterator[None]:
    """Turn what the driver raises into ``UnavailableError``.

    Its own message may quote a row or a password, so only its code goes on.
    """
    try:
        yield
    except UnicodeEncodeError:
        raise WrongUsageError("输入里有无法识别的字符，请改正后再试。") from None
    except (DBAPIError, PoolTimeoutError, OSError) as error:
        raise UnavailableError(
            f"数据库无法使用（{_code(error)}），请检查数据库地址、服务和磁盘后再试。"
        ) from None


def _code(error: Exception) -> str:
    """Name the cause by SQLite's error name, PostgreSQL's SQLSTATE or the exception's class."""
    original = getattr(error, "orig", None) or error
    if name := getattr(original, "sqlite_errorname", None):
        return str(name)
    # Refused at the door, the driver fails once more in closing; the server's answer lies below.
    cause: BaseException | None = original
    while cause is not None:
        details = cause.args[0] if cause.args else None
        if isinstance(details, dict) and "C" in details:
            return f"SQLSTATE {details['C']}"
        cause = cause.__context__
    return type(original).__name__
