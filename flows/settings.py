"""Where this installation keeps its things; the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path

DEFAULT_PORT = 4200


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold the paths and addresses of one installation.

    ``home`` is ``REVIEW_HOME``; ``database_url`` an SQLAlchemy URL; ``api_url`` the address of
    the Prefect API without a trailing slash. ``smtp_url``, ``mail_from`` and ``webhook_url`` say
    how reminders are sent; empty where they are not. The URLs may bear passwords.
    """

    home: Path
    database_url: str
    api_url: str
    policy_dir: Path | None = None
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    webhook_url: str = field(default="", repr=False)

    @property
    def anchor(self) -> Path:
        return self.home / "audit.head"

    @property
    def inbox(self) -> Path:
        return self.home / "inbox"

    @property
    def released(self) -> Path:
        return self.home / "released"

    @property
    def ui_url(self) -> str:
        return self.api_url.removesuffix("/api")


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the variables ``REVIEW_…`` that ``Settings`` speaks of."""
    named = environ.get("REVIEW_HOME")
    home = Path(named) if named else user_data_path("review", appauthor=False)
    home = home.expanduser().absolute()
    policy = environ.get("REVIEW_POLICY")
    return Settings(
        home=home,
        database_url=environ.get("REVIEW_DATABASE_URL") or f"sqlite:///{home / 'review.db'}",
        api_url=environ.get("REVIEW_API_URL", f"http://127.0.0.1:{DEFAULT_PORT}/api").rstrip("/"),
        policy_dir=Path(policy) if policy else None,
        smtp_url=environ.get("REVIEW_SMTP_URL", ""),
        mail_from=environ.get("REVIEW_MAIL_FROM", ""),
        webhook_url=environ.get("REVIEW_WEBHOOK_URL", ""),
    )
