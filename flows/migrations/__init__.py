"""Migrations of the case store (alembic)."""
