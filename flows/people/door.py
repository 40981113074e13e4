"""The door: who gave an answer, sealed where he was logged in and shown again where it is taken.

Between the two lies Prefect, which knows no users: anyone who reaches its interface or its
database can write an answer there. A seal he cannot write, for he has no key.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.actors import SYSTEM
from flows.keyfile import KeyFile
from flows.store.records import compact, stamp
from flows.store.store import CaseStore
from review.audit import AuditEvent

SEALED = "answer_sealed"
TAKEN = "answer_taken"

_UNUSABLE = "答复签章密钥文件缺失或已损坏，请从备份取回密钥文件后再试。"


@dataclass(frozen=True, slots=True)
class Sealed:
    """Tell who gave an answer and when, by the gateway's clock; ``mark`` names the seal."""

    officer: str
    at: datetime
    mark: str


class Door:
    """Seal answers into the audit chain of ``store`` under the key file ``key``.

    An event holds an HMAC-SHA256 of the answer, from which nothing of it can be told.
    """

    def __init__(self, store: CaseStore, key: Path) -> None:
        self._store = store
        self._key = KeyFile(key, _UNUSABLE)

    def seal(
        self, case_id: str, run_id: str, officer: str, answers: Mapping[str, object], at: datetime
    ) -> None:
        """Record that a person who is logged in gives these answers to a run of a case."""
        mark = _mark(self._key.read_or_create(), case_id, run_id, officer, answers, at)
        data = {"run": run_id, "seal": mark}
        self._store.record(actor=officer, action=SEALED, at=at, case=case_id, data=data)

    def sealed(self, case_id: str, run_id: str, answers: Mapping[str, object]) -> Sealed | None:
        """Find the newest seal that fits these very answers and is not taken; None without one.

        Raises ``UnavailableError`` where there are seals but no key to try them with.
        """
        events = list(self._store.events(case_id))
        taken = {event.data.get("seal") for event in events if event.action == TAKEN}
        for event in reversed(events):
            if event.action != SEALED or event.data.get("seal") in taken:
                continue
            if self._fits(event, run_id, answers):
                return Sealed(event.actor, event.at, str(event.data["seal"]))
        return None

    def take(self, case_id: str, seal: Sealed, at: datetime) -> None:
        """Use a seal up: it is good for one answer."""
        data = {"seal": seal.mark}
        self._store.record(actor=SYSTEM, action=TAKEN, at=at, case=case_id, data=data)

    def _fits(self, event: AuditEvent, run_id: str, answers: Mapping[str, object]) -> bool:
        key = self._key.read()
        mark = _mark(key, event.case, run_id, event.actor, answers, event.at)
        return hmac.compare_digest(mark, str(event.data.get("seal")))


def _mark(
    key: bytes,
    case_id: str,
    run_id: str,
    officer: str,
    answers: Mapping[str, object],
    at: datetime,
) -> str:
    text = compact([case_id, run_id, officer, dict(answers), stamp(at)])
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
