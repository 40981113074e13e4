"""Create cases, audit chain and staff; let the database itself refuse to change the chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_GENESIS = "0" * 64

_SQLITE_GUARDS = (
    """CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
       BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END""",
    """CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
       BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END""",
    # INSERT OR REPLACE deletes without asking the delete trigger, so only the next number may in.
    """CREATE TRIGGER audit_events_in_order BEFORE INSERT ON audit_events
       WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit_events)
       BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END""",
)

_POSTGRESQL_GUARDS = (
    """CREATE FUNCTION audit_events_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'audit_events is append-only'; END $$""",
    """CREATE TRIGGER audit_events_append_only
       BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
       FOR EACH STATEMENT EXECUTE FUNCTION audit_events_append_only()""",
    # Holds in a session that calls itself a replica, too.
    "ALTER TABLE audit_events ENABLE ALWAYS TRIGGER audit_events_append_only",
)


def upgrade() -> None:
    """Create everything and start the chain at its genesis head."""
    _create_cases()
    _create_audit()
    _create_staff()
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _POSTGRESQL_GUARDS if postgresql else _SQLITE_GUARDS:
        op.execute(statement)


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _create_cases() -> None:
    op.create_table(
        "cases",
        sa.Column("position", _key(), primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("source_key", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("ix_cases_state", "cases", ["state", "position"])
    op.create_index("ix_cases_source", "cases", ["source_key", "category"])
    op.create_table(
        "case_numbers",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("last", sa.Integer, nullable=False),
    )


def _create_audit() -> None:
    op.create_table(
        "audit_events",
        sa.Column("seq", _key(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )
    op.create_index("ix_audit_events_case", "audit_events", ["case_id", "seq"])
    head = op.create_table(
        "audit_head",
        sa.Column(
            "id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True, autoincrement=False
        ),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "count": 0, "digest": _GENESIS}])


def _create_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("folded", sa.String(32), nullable=False, unique=True),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("locked", sa.Boolean, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_step", sa.BigInteger, nullable=False),
    )
