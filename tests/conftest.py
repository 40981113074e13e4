"""Fixtures for all tests: a private home, a fixed clock."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def private_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test a home of its own, so that none touches the user's."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("REVIEW_HOME", str(home))
    for name in ("REVIEW_DATABASE_URL", "REVIEW_POLICY", "REVIEW_API_URL"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def noon() -> datetime:
    return datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
