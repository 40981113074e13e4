"""The rules in force and the rules that each case began with; a change needs no restart.

A changed folder counts once it has lain still and holds no mistake; until then the rules before
stay in force as a whole. What is in force, and every change of it, is in the audit chain.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import RLock

from flows.actors import SYSTEM
from flows.processing.pipeline import Pipeline
from flows.rules.rule_archive import RuleArchive
from flows.store.ledger import latest
from flows.store.store import CaseStore
from policies.compare import compare
from policies.layer import Signature, signature_of
from policies.loader import load_edition, read_edition
from review.audit import AuditEvent, Value
from review.errors import PolicyInvalidError, UnsafeOutputError
from review.policy import Policy

IN_FORCE = "policy_in_force"
"""The audit action that names the rules from there on."""

SETTLE_SECONDS = 3.0
"""How long a changed folder must lie still: several files are not saved at once."""

_REMEMBERED = 4

log = logging.getLogger(__name__)


class Rulebook:
    """Give pipelines: under the rules in force by calling it, under a case's own by ``of``.

    ``build`` makes a pipeline of a policy and raises ``PolicyInvalidError`` where its model cannot
    be loaded. With ``strict`` the folder must be sound at the start; otherwise the rules that the
    chain names last stand in for it.
    """

    def __init__(
        self,
        archive: RuleArchive,
        store: CaseStore,
        overlay: Path | None,
        build: Callable[[Policy], Pipeline],
        now: Callable[[], datetime],
        clock: Callable[[], float],
        *,
        strict: bool,
    ) -> None:
        self._archive = archive
        self._store = store
        self._overlay = overlay
        self._build = build
        self._now = now
        self._clock = clock
        self._strict = strict
        self._lock = RLock()
        self._current: Pipeline | None = None
        self._seen: Signature = None
        self._changed: tuple[Signature, float] | None = None
        self._announced = ""
        self._others: dict[str, Pipeline] = {}

    def __call__(self) -> Pipeline:
        """Give the pipeline under the rules in force, which the audit chain names from now on."""
        with self._lock:
            pipeline = self._refreshed()
            self._announce(pipeline.policy)
            return pipeline

    def digest(self) -> str:
        """Name the rules in force; writes nothing into the chain."""
        with self._lock:
            return self._refreshed().policy.digest

    def of(self, digest: str) -> Pipeline:
        """Give the pipeline under the rules of a digest; raises ``UnsafeOutputError`` if lost."""
        with self._lock:
            if self._current and self._current.policy.digest == digest:
                return self._current
            if digest not in self._others:
                if len(self._others) == _REMEMBERED:
                    del self._others[next(iter(self._others))]
                self._others[digest] = self._build(self._archive.load(digest))
            return self._others[digest]

    def _refreshed(self) -> Pipeline:
        """Look whether the folder has changed; reads it only then."""
        seen = signature_of(self._overlay)
        if self._current is None:
            self._current = self._first()
            self._seen = seen
        elif seen == self._seen:
            self._changed = None
        elif self._changed is None or self._changed[0] != seen:
            self._changed = (seen, self._clock())
        elif self._clock() - self._changed[1] >= SETTLE_SECONDS:
            self._seen, self._changed = seen, None
            self._current = self._changed_to(self._current)
        return self._current

    def _first(self) -> Pipeline:
        try:
            return self._loaded()
        except PolicyInvalidError as error:
            last = _digest_in(self._store.latest(IN_FORCE))
            if self._strict or not last:
                raise
            try:
                pipeline = self._build(self._archive.load(last))
            except UnsafeOutputError:
                raise error from None
            _warn(error, pipeline)
            return pipeline

    def _changed_to(self, before: Pipeline) -> Pipeline:
        try:
            return self._loaded(before)
        except PolicyInvalidError as error:
            _warn(error, before)
            return before

    def _loaded(self, before: Pipeline | None = None) -> Pipeline:
        files = read_edition(self._overlay)
        policy = load_edition(files)
        if before and before.policy.digest == policy.digest:
            return before
        pipeline = self._build(policy)
        self._archive.keep(policy, files)
        return pipeline

    def _announce(self, policy: Policy) -> None:
        """Put the rules into the chain unless its last word on them is the same."""
        if policy.digest == self._announced:
            return
        if _digest_in(self._store.latest(IN_FORCE)) != policy.digest:
            with self._store.transaction() as ledger:  # another process may be first
                previous = _digest_in(latest(ledger.connection, IN_FORCE))
                if previous != policy.digest:
                    data: dict[str, Value] = {"version": policy.version, "digest": policy.digest}
                    data |= self._counted(previous, policy)
                    ledger.append(actor=SYSTEM, action=IN_FORCE, at=self._now(), data=data)
        self._announced = policy.digest

    def _counted(self, previous: str, policy: Policy) -> dict[str, Value]:
        """Count what changed since, weaker, stronger and otherwise; only the digest if lost."""
        if not previous:
            return {}
        try:
            changes = compare(self._archive.load(previous), policy)
        except UnsafeOutputError:
            changes = ()
        counts = Counter(change.kind.value for change in changes)
        return {"previous": previous, **dict(sorted(counts.items()))}


def _digest_in(event: AuditEvent | None) -> str:
    return str(event.data["digest"]) if event else ""


def _warn(error: PolicyInvalidError, kept: Pipeline) -> None:
    log.warning(
        "规则文件夹有问题，仍按原规则（摘要 %s）办理：%s", kept.policy.digest[:12], error.message
    )
