"""The rows of the staff register within a transaction."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, Row, select, update

from flows.store import tables
from flows.store.ledger import Ledger

STAFF_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{1,31}")
"""What a staff number may be."""


def find_row(connection: Connection, officer: str) -> Row[Any] | None:
    """Read the row of a staff number as it was typed, None where there is none."""
    if not STAFF_NUMBER.fullmatch(officer):
        return None
    return connection.execute(select(tables.staff).where(tables.staff.c.id == officer)).first()


def change_row(ledger: Ledger, officer: str, **values: str | int | bool) -> None:
    """Change columns of a staff number within a transaction."""
    table = tables.staff
    ledger.connection.execute(update(table).where(table.c.id == officer).values(**values))


def owner(officer: str, roles: str) -> str:
    """Bind a secret to the roles, too: one written into the database makes no reviewer."""
    return f"{officer}:{roles}"
