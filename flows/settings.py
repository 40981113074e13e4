"""Where this installation keeps its things; the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

DEFAULT_PORT = 4200


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold the paths and addresses of one installation.

    ``home`` is ``REVIEW_HOME``; ``database_url`` an SQLAlchemy URL; ``api_url`` the address of
    the Prefect API without a trailing slash, where the gateway listens. ``tls_cert`` and
    ``tls_key`` are its certificate chain and key in PEM; ``behind_proxy`` says that a proxy in
    front of it encrypts. ``smtp_url``, ``mail_from`` and ``webhook_url`` say how reminders are
    sent; empty where they are not. The URLs may bear passwords.
    """

    home: Path
    database_url: str
    api_url: str
    policy_dir: Path | None = None
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    webhook_url: str = field(default="", repr=False)
    tls_cert: Path | None = None
    tls_key: Path | None = None
    behind_proxy: bool = False

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

    @property
    def token_file(self) -> Path:
        """Name the file with what worker and command line show at the gateway."""
        return self.home / "worker.token"

    @property
    def is_local(self) -> bool:
        """Tell whether the gateway listens on this machine alone."""
        return urlsplit(self.api_url).hostname in ("127.0.0.1", "localhost", "::1")


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
        tls_cert=_path(environ.get("REVIEW_TLS_CERT")),
        tls_key=_path(environ.get("REVIEW_TLS_KEY")),
        behind_proxy=environ.get("REVIEW_BEHIND_PROXY") == "1",
    )


def _path(named: str | None) -> Path | None:
    return Path(named).expanduser().absolute() if named else None
