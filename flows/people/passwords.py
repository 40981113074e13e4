"""The passwords with which staff log in: hashed with Argon2id, sealed, never shown twice."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row

from flows.actors import CONSOLE, UNKNOWN
from flows.people.secrets_box import SecretsBox
from flows.people.staff import NOBODY, Staff, staff_of
from flows.people.staff_rows import change_row, find_row, owner
from flows.store.ledger import Ledger
from flows.store.store import CaseStore
from review.errors import NotAllowedError, WrongUsageError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST_LENGTH = 10
MOST_LENGTH = 128

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without the letters and digits that look alike on paper."""
_GROUPS, _GROUP = 4, 4

_REFUSED = "工号或密码不对，请核对后再试。"
_LOCKED = "该工号已锁定，请联系审计员解锁。"


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold who somebody is now; ``mark`` changes with secret, roles and password."""

    staff: Staff
    mark: str


class PasswordRegister:
    """Keep the passwords of the staff register; every use of one is in its audit chain.

    A hash is sealed under ``key`` for its officer and roles, like the one-time-code secret: one
    written into the database by somebody else opens nothing.
    """

    def __init__(self, store: CaseStore, key: Path | None = None) -> None:
        self._store = store
        self._box = SecretsBox(key or store.anchor.with_name("staff.key"))

    def issue(self, officer: str, *, at: datetime) -> str:
        """Give somebody a random password, the only time it is seen; an older one is void.

        Raises ``WrongUsageError`` if there is none of that number.
        """
        password = _random_password()
        hashed = _hash(password)
        with self._store.transaction() as ledger:
            self._keep(ledger, _known(ledger, officer), hashed)
            data = {"officer": officer}
            ledger.append(actor=CONSOLE, action="password_issued", at=at, data=data)
        return password

    def check(self, officer: str, password: str, *, at: datetime) -> Standing:
        """Let somebody in who gives his password; raises ``NotAllowedError`` otherwise.

        An unknown number takes as long as a wrong password and gets the same answer. Both
        outcomes are in the audit chain.
        """
        row = self._row(officer)
        fits = self._fits(row, password)
        refusal = _refusal(row, fits)
        actor = row.id if row is not None else UNKNOWN
        if row is None or refusal:
            data = {"reason": refusal}
            self._store.record(actor=actor, action="login_refused", at=at, data=data)
            raise NotAllowedError(_LOCKED if fits and refusal == "locked" else _REFUSED)
        self._store.record(actor=actor, action="login_accepted", at=at)
        return _standing(row)

    def change(self, officer: str, old: str, new: str, *, at: datetime) -> Standing:
        """Replace one's own password; raises ``NotAllowedError`` with what to mend."""
        row = self._row(officer)
        fits = self._fits(row, old)
        if refusal := _refusal(row, fits):
            data = {"reason": refusal}
            self._store.record(actor=officer, action="password_change_refused", at=at, data=data)
            raise NotAllowedError("现用密码不对，请核对后再试。")
        _require_fit(officer, old, new)
        hashed = _hash(new)
        with self._store.transaction() as ledger:
            self._keep(ledger, _known(ledger, officer), hashed)
            ledger.append(actor=officer, action="password_changed", at=at)
            return _standing(_known(ledger, officer))

    def standing(self, officer: str) -> Standing | None:
        """Tell who somebody is now; None for who is unknown, disabled or locked."""
        row = self._row(officer)
        if row is None or row.disabled or row.locked:
            return None
        return _standing(row)

    def _row(self, officer: str) -> Row[Any] | None:
        with self._store.reading() as connection:
            return find_row(connection, officer)

    def _fits(self, row: Row[Any] | None, password: str) -> bool:
        """Check a password, against a hash of nobody's where there is none."""
        if row is None or not row.password:
            _verify(_nobodys_hash(), password)
            return False
        return _verify(self._box.open(_purpose(row), row.password), password)

    def _keep(self, ledger: Ledger, row: Row[Any], hashed: str) -> None:
        change_row(ledger, row.id, password=self._box.seal(_purpose(row), hashed))


def _purpose(row: Row[Any]) -> str:
    """Bind a hash to person, roles and use: a secret of another kind does not open as one."""
    return f"{owner(row.id, row.roles)}:password"


def _known(ledger: Ledger, officer: str) -> Row[Any]:
    row = find_row(ledger.connection, officer)
    if row is None:
        raise WrongUsageError(NOBODY)
    return row


def _refusal(row: Row[Any] | None, fits: bool) -> str:
    """Name why somebody is not let in, for the audit chain; empty if he is."""
    if row is None:
        return "unknown"
    if row.disabled:
        return "disabled"
    if row.locked:
        return "locked"
    return "" if fits else "wrong"


def _standing(row: Row[Any]) -> Standing:
    told = "\0".join((row.secret, row.roles, row.password))
    return Standing(staff_of(row), hashlib.sha256(told.encode()).hexdigest())


def _require_fit(officer: str, old: str, new: str) -> None:
    given = _folded(new)
    if not LEAST_LENGTH <= len(given) <= MOST_LENGTH:
        raise NotAllowedError(f"新密码应为 {LEAST_LENGTH} 至 {MOST_LENGTH} 个字符，请重新填写。")
    if officer.lower() in given.lower() or len(set(given)) < LEAST_LENGTH // 2:
        raise NotAllowedError("新密码太容易猜到（含有工号或重复的字符），请换一个。")
    if given == _folded(old):
        raise NotAllowedError("新密码与现用密码相同，请换一个。")


def _random_password() -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _folded(password: str) -> str:
    """Take full-width letters and digits, which an input method gives, for plain ones."""
    return unicodedata.normalize("NFKC", password)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    # OWASP's recommendation for Argon2id: a guess costs memory, a log-in under 50 ms.
    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


@cache
def _nobodys_hash() -> str:
    return _hash(_random_password())


def _hash(password: str) -> str:
    return _hasher().hash(_bytes(password))


def _verify(hashed: str, password: str) -> bool:
    from argon2.exceptions import VerificationError

    try:
        return _hasher().verify(hashed, _bytes(password)) and len(password) <= MOST_LENGTH
    except VerificationError:
        return False


def _bytes(password: str) -> bytes:
    return _folded(password[:MOST_LENGTH]).encode("utf-8", "replace")
