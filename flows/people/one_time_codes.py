"""One-time codes (RFC 6238): each counts once, and too many wrong ones lock the account."""

from __future__ import annotations

import hmac
import unicodedata
from datetime import datetime
from typing import Any

import pyotp
from sqlalchemy import Row

from flows.actors import UNKNOWN
from flows.people.secrets_box import SecretsBox
from flows.people.staff_rows import change_row, find_row, owner
from flows.store.ledger import Ledger

MAX_FAILURES = 5
"""Wrong codes in a row that lock an account."""

STEP_SECONDS = 30
"""The time step of RFC 6238; one step earlier or later is accepted for clocks that differ."""

_REFUSED = "工号或动态口令不对，请核对后用新的口令再试。"
_REUSED = "这个动态口令已经用过，请等下一个口令再试。"
_LOCKED = "动态口令连续错误次数过多，该工号已锁定，请联系审计员解锁。"


class OneTimeCodes:
    """Judge codes by the secrets that ``box`` opens; every refusal is in the audit chain."""

    def __init__(self, box: SecretsBox) -> None:
        self._box = box

    def judge(self, ledger: Ledger, officer: str, code: str, at: datetime) -> str | None:
        """Give the sentence that refuses the code, None if it is accepted."""
        row = find_row(ledger.connection, officer)
        if row is None:
            _note_refusal(ledger, UNKNOWN, "unknown", at)
            return _REFUSED
        if row.disabled:
            _note_refusal(ledger, officer, "disabled", at)
            return _REFUSED
        if row.locked:
            _note_refusal(ledger, officer, "locked", at)
            return _LOCKED
        step = _matching_step(self._box.open(owner(officer, row.roles), row.secret), code, at)
        if step is None:
            return _count_failure(ledger, row, at)
        if step <= row.last_step:
            _note_refusal(ledger, officer, "reused", at)
            return _REUSED
        change_row(ledger, officer, last_step=step, failures=0)
        return None


def _matching_step(secret: str, code: str, at: datetime) -> int | None:
    """Find the time step whose code was given: now, one before or one after."""
    given = "".join(unicodedata.normalize("NFKC", code).split()).encode("utf-8", "replace")
    totp = pyotp.TOTP(secret)
    now = int(at.timestamp()) // STEP_SECONDS
    steps = [
        step
        for step in (now - 1, now, now + 1)
        if hmac.compare_digest(totp.generate_otp(step).encode(), given)
    ]
    # Two steps bear the same code once in a million: the later one spends both.
    return max(steps, default=None)


def _count_failure(ledger: Ledger, row: Row[Any], at: datetime) -> str:
    failures = row.failures + 1
    locked = failures >= MAX_FAILURES
    change_row(ledger, row.id, failures=failures, locked=locked)
    _note_refusal(ledger, row.id, "wrong", at)
    if not locked:
        return _REFUSED
    data = {"failures": failures}
    ledger.append(actor=row.id, action="staff_locked", at=at, data=data)
    return _LOCKED


def _note_refusal(ledger: Ledger, actor: str, reason: str, at: datetime) -> None:
    ledger.append(actor=actor, action="code_refused", at=at, data={"reason": reason})
