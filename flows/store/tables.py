"""The tables of the case store, the audit chain and the staff register, as the code uses them.

The migrations create them; a test holds the two together.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

SCHEMA = "0002"
"""The newest revision in ``flows.migrations.versions``."""

_KEY = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only in a column of exactly this type."""

metadata = MetaData()

cases = Table(
    "cases",
    metadata,
    Column("position", _KEY, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("category", Text, nullable=False),
    Column("source_key", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_cases_state", "state", "position"),
    Index("ix_cases_source", "source_key", "category"),
)

case_numbers = Table(
    "case_numbers",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

audit_events = Table(
    "audit_events",
    metadata,
    Column("seq", _KEY, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Index("ix_audit_events_case", "case_id", "seq"),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
    Column("count", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("folded", String(32), nullable=False, unique=True),
    Column("roles", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("last_step", BigInteger, nullable=False),
    Column("password", Text, nullable=False, server_default=""),
    Column("notify", Text, nullable=False, server_default=""),
)
