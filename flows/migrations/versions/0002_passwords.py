"""Give staff a password to log in with and an address for reminders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both columns, empty: who was enrolled before logs in once he is renewed."""
    for name in ("password", "notify"):
        op.add_column("staff", sa.Column(name, sa.Text, nullable=False, server_default=""))
