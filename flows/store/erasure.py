"""Take answers out of the embedded server's files for good."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_PATIENCE = 2.0


def fold_log(home: Path) -> bool:
    """Fold the write-ahead log of Prefect's database into it and cut the log; tell if it was done.

    A deleted row stays readable in the log until then. A server on another database, or one too
    busy just now, is left alone: the next call, and the server's own end, do it.
    """
    database = home / "prefect" / "prefect.db"
    if not database.exists():
        return False
    try:
        with closing(sqlite3.connect(database, timeout=_PATIENCE)) as connection:
            (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error:
        return False
    return not busy
