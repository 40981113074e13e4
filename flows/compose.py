"""The only place that wires: settings, stores, detectors, formats, policy and clock.

Everything heavy is imported where it is opened, so that ``review --help`` stays quick.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.beijing import beijing_day
from flows.durable import declared_errors
from flows.settings import Settings, read_settings
from review.errors import PolicyInvalidError
from review.policy import NlpEngine

if TYPE_CHECKING:
    from flows.cases.desk import Desk
    from flows.gateway.app import Gateway
    from flows.people.door import Door
    from flows.people.passwords import PasswordRegister
    from flows.people.staff import Staff, StaffRegister
    from flows.prefect_api import PrefectApi
    from flows.processing.pipeline import Pipeline
    from flows.reminding.notice import Channel
    from flows.reminding.reminders import Reminders
    from flows.rules.rulebook import Rulebook
    from flows.store.casefiles import CaseFiles
    from flows.store.store import CaseStore
    from review.policy import Policy


def now() -> datetime:
    """Read the clock, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Read the calendar, in Beijing time."""
    return beijing_day(now())


def settings() -> Settings:
    """Read the settings and make sure that the home folder is there and private.

    Raises ``UnavailableError`` where it cannot be made.
    """
    current = read_settings(os.environ)
    os.umask(0o077)
    with declared_errors():
        current.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return current


def open_policy(overlay: Path | None = None) -> Policy:
    """Load the policy in force: the built-in one under the office's own."""
    from policies.loader import load_policy

    return load_policy(overlay or read_settings(os.environ).policy_dir)


def checked_policy(overlay: Path | None = None) -> tuple[Policy, tuple[str, ...]]:
    """Load the policy in force with what it says and hardly means, as of today."""
    from policies.loader import check_policy

    return check_policy(overlay or read_settings(os.environ).policy_dir, today())


def category_titles() -> Mapping[str, str]:
    """Name the categories in force by their keys; rules that cannot be read name none."""
    try:
        return {key: each.title for key, each in open_policy().categories.items()}
    except PolicyInvalidError:
        return {}


def check_model(policy: Policy) -> None:
    """Load the model that a policy names; raises ``PolicyInvalidError`` where that fails."""
    from detectors.run import build_detector
    from review.policy import AllowList

    build_detector((), AllowList(), policy.nlp)


def open_pipeline(overlay: Path | None = None) -> Pipeline:
    """Wire the path of a document; the detectors load at their first use, a model at once.

    Raises ``PolicyInvalidError`` where the policy names a model that cannot be loaded.
    """
    return build_pipeline(open_policy(overlay))


def build_pipeline(policy: Policy) -> Pipeline:
    """Wire the path of a document under given rules."""
    from flows.processing.pipeline import Pipeline
    from flows.processing.readings import Readings
    from flows.processing.sandbox import Sandbox
    from redact.operators import PublishedForms

    @cache
    def detector():  # type: ignore[no-untyped-def]
        from detectors.run import build_detector
        from flows.processing.timed_detector import TimedDetector

        built = build_detector(policy.terms, policy.allow, policy.nlp, today, policy.expressions)
        return TimedDetector(built)

    if policy.nlp.engine is not NlpEngine.BUILTIN:
        detector()  # a model that is missing fails the start, not the first file
    readings = Readings()
    return Pipeline(Sandbox(readings=readings), detector, policy, PublishedForms, readings)


def open_store() -> CaseStore:
    """Open the case store and bring its tables up to date."""
    from flows.store.store import CaseStore

    current = settings()
    store = CaseStore(current.database_url, current.anchor)
    store.migrate()
    return store


def open_staff(store: CaseStore | None = None) -> StaffRegister:
    """Open the register of officers, reviewers and auditors."""
    from flows.people.staff import StaffRegister

    return StaffRegister(store or open_store())


def enrolled() -> Sequence[Staff]:
    """List who is registered; makes neither home nor database where there is none."""
    from flows.store.store import CaseStore

    current = read_settings(os.environ)
    store = CaseStore(current.database_url, current.anchor)
    try:
        there = store.exists()
    finally:
        store.close()
    return open_staff().list() if there else []


def open_passwords(store: CaseStore | None = None) -> PasswordRegister:
    """Open the register of the passwords to log in with."""
    from flows.people.passwords import PasswordRegister

    return PasswordRegister(store or open_store())


def open_door(store: CaseStore | None = None) -> Door:
    """Open the door through which answers come, with its key beside the anchor."""
    from flows.people.door import Door

    opened = store or open_store()
    return Door(opened, opened.anchor.with_name("door.key"))


def worker_token(current: Settings, *, create: bool = False) -> str:
    """Read what worker and command line show at the gateway; empty where there is none yet."""
    from flows.keyfile import KeyFile

    file = KeyFile(current.token_file, "worker.token 已损坏，请删除后重新运行 review up。")
    if create:
        return file.read_or_create().hex()
    return file.read().hex() if current.token_file.exists() else ""


def open_api() -> PrefectApi:
    """Open the way to the server, as worker and command line go it."""
    from flows.prefect_api import PrefectApi

    current = settings()
    return PrefectApi(current.api_url, worker_token(current), current.tls_cert)


def open_gateway(inner: Any) -> Gateway:
    """Wire what stands before the Prefect server ``inner``, an ASGI application."""
    from flows.gateway.answering import Answering, Prefect
    from flows.gateway.app import Gateway
    from flows.gateway.callers import Callers
    from flows.gateway.entrance import Entrance
    from flows.gateway.front import Front
    from flows.gateway.sessions import Sessions

    desk = open_desk()
    store, sessions, passwords = desk.store, Sessions(), open_passwords(desk.store)
    token = worker_token(settings(), create=True)
    prefect = Prefect(inner)
    return Gateway(
        inner,
        Front(desk, prefect, Entrance(store, passwords, sessions, now), now),
        Callers(token, sessions, passwords, now),
        Answering(prefect, store, desk.files, open_door(store), now),
        store,
        sessions,
        now,
    )


def open_files() -> CaseFiles:
    """Open the case folders and the released packages."""
    from flows.store.casefiles import CaseFiles

    return CaseFiles(settings().home)


def open_desk(overlay: Path | None = None) -> Desk:
    """Wire everything that moves cases along."""
    from flows.cases.desk import Desk

    store = open_store()
    rules = open_rulebook(store, overlay)
    return Desk(store, open_files(), open_staff(store), rules, now, rules)


def open_rulebook(store: CaseStore, overlay: Path | None = None) -> Rulebook:
    """Open the rules in force and those that cases began with.

    A folder that is named must be sound; where the installation's own has become faulty, the
    rules that were in force last go on.
    """
    from flows.rules.rule_archive import RuleArchive
    from flows.rules.rulebook import Rulebook

    current = settings()
    return Rulebook(
        RuleArchive(current.home / "policies"),
        store,
        overlay or current.policy_dir,
        build_pipeline,
        now,
        time.monotonic,
        strict=overlay is not None,
    )


def reminder_channels(current: Settings) -> tuple[Channel, ...]:
    """Give the ways in which reminders are sent; raises ``WrongUsageError`` at one that is none."""
    from flows.reminding.mail import read_mail
    from flows.reminding.webhook import read_webhook

    mail = (read_mail(current.smtp_url, current.mail_from),) if current.smtp_url else ()
    webhook = (read_webhook(current.webhook_url),) if current.webhook_url else ()
    return (*mail, *webhook)


def open_reminders(desk: Desk) -> Reminders | None:
    """Wire what reminds of deadlines, None where no way to send reminders is set."""
    from flows.reminding.deadlines import Deadlines
    from flows.reminding.reminders import Reminders

    current = settings()
    channels = reminder_channels(current)
    if not channels:
        return None
    url = f"{current.ui_url}/desk"
    return Reminders(desk.store, desk.staff, Deadlines(desk.files), channels, url, now)
