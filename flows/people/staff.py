"""The staff register: who may submit, approve and audit."""

from __future__ import annotations

import builtins
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyotp
from sqlalchemy import Row, insert, select

from flows.actors import CONSOLE, SYSTEM, UNKNOWN
from flows.people.one_time_codes import OneTimeCodes
from flows.people.secrets_box import SecretsBox
from flows.people.staff_rows import STAFF_NUMBER, change_row, find_row, owner
from flows.store import tables
from flows.store.store import CaseStore
from review.audit import Value
from review.case import POLICY_OFFICER
from review.errors import NotAllowedError, WrongUsageError
from review.staffing import StaffRole

_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_PERSONAL_NUMBER = re.compile(r"\d{17}[\dXx]|\d{15}|1[3-9]\d{9}")
_RESERVED = frozenset({POLICY_OFFICER, SYSTEM, CONSOLE, UNKNOWN})

NOBODY = "没有登记过这个工号，请用 review staff list 查看。"
_RENEW = "review staff add 工号 --role 角色 --renew"


@dataclass(frozen=True, slots=True)
class Staff:
    """Describe a member of staff; secrets stay in the register.

    ``notify`` is the e-mail address for reminders, empty for none.
    """

    id: str
    roles: frozenset[StaffRole]
    disabled: bool
    locked: bool
    notify: str = ""


class StaffRegister:
    """Keep staff in the database of the case store; every change is in its audit chain.

    ``key`` is the file that locks the secrets, by default ``staff.key`` beside the anchor.
    """

    def __init__(self, store: CaseStore, key: Path | None = None) -> None:
        self._store = store
        self._box = SecretsBox(key or store.anchor.with_name("staff.key"))
        self._codes = OneTimeCodes(self._box)

    def add(
        self, officer: str, roles: Collection[StaffRole], *, at: datetime, notify: str = ""
    ) -> str:
        """Enrol a staff number and return its TOTP secret in base32, the only time it is seen.

        Raises ``WrongUsageError`` if the number exists, is malformed or has no role, or where the
        address for reminders is none.
        """
        _check_id(officer)
        _check_address(notify)
        names = _names(roles)
        secret = pyotp.random_base32()
        row = {"id": officer, "folded": officer.lower(), "notify": notify}
        row |= self._fresh(officer, names, secret)
        taken = select(tables.staff).where(tables.staff.c.folded == officer.lower())
        with self._store.transaction() as ledger:
            if (known := ledger.connection.execute(taken).first()) is not None:
                raise WrongUsageError(_already(known))
            ledger.connection.execute(insert(tables.staff).values(row))
            data: dict[str, Value] = {"officer": officer, "roles": names}
            ledger.append(actor=CONSOLE, action="staff_added", at=at, data=data)
        return secret

    def renew(
        self, officer: str, roles: Collection[StaffRole], *, at: datetime, notify: str = ""
    ) -> str:
        """Give a person who is enrolled new roles and a new secret; old one and password are void.

        It is the way back for who is locked, disabled or has lost the secret; the chain says from
        which state. Without ``notify`` the address stays. Raises ``WrongUsageError`` if there is
        none such or no role.
        """
        _check_address(notify)
        names = _names(roles)
        secret = pyotp.random_base32()
        with self._store.transaction() as ledger:
            row = find_row(ledger.connection, officer)
            if row is None:
                raise WrongUsageError(NOBODY)
            fresh = self._fresh(officer, names, secret)
            change_row(ledger, officer, **fresh, notify=notify or row.notify)
            data: dict[str, Value] = {"officer": officer, "roles": names, "was": _state(row)}
            ledger.append(actor=CONSOLE, action="staff_renewed", at=at, data=data)
        return secret

    def _fresh(self, officer: str, names: tuple[str, ...], secret: str) -> dict[str, Any]:
        """Lay out what a person starts with."""
        roles = ",".join(names)
        return {
            "roles": roles,
            "secret": self._box.seal(owner(officer, roles), secret),
            "password": "",
            "disabled": False,
            "locked": False,
            "failures": 0,
            "last_step": -1,
        }

    def get(self, officer: str) -> Staff:
        """Look up who may act; raises ``NotAllowedError`` if unknown or disabled."""
        with self._store.reading() as connection:
            row = find_row(connection, officer)
        if row is None or row.disabled:
            raise NotAllowedError("该工号没有登记或已停用，请联系管理员。")
        return staff_of(row)

    def require(self, officer: str, role: StaffRole) -> None:
        """Make sure that somebody holds a role; raises ``NotAllowedError`` otherwise."""
        if role not in self.get(officer).roles:
            raise NotAllowedError("该工号没有办理此事的权限，请联系管理员核对角色。")

    def list(self) -> builtins.list[Staff]:
        """List everybody, disabled ones too, by number."""
        with self._store.reading() as connection:
            rows = connection.execute(select(tables.staff).order_by(tables.staff.c.folded)).all()
        return [staff_of(row) for row in rows]

    def disable(self, officer: str, *, at: datetime) -> None:
        """Bar a staff number until it is renewed; raises ``WrongUsageError`` if there is none."""
        with self._store.transaction() as ledger:
            row = find_row(ledger.connection, officer)
            if row is None:
                raise WrongUsageError(NOBODY)
            if not row.disabled:
                change_row(ledger, officer, disabled=True)
                data = {"officer": officer}
                ledger.append(actor=CONSOLE, action="staff_disabled", at=at, data=data)

    def unlock(self, officer: str, *, by: str, code: str, at: datetime) -> None:
        """Let an auditor with a fresh one-time code unlock another's account.

        Raises ``NotAllowedError`` where he may not or the code is refused, and ``WrongUsageError``
        where there is nothing to unlock.
        """
        self.require(by, StaffRole.AUDITOR)
        if by == officer:
            raise NotAllowedError("不能给自己解锁，请由另一位审计员办理。")
        self.check_code(by, code, at=at)
        with self._store.transaction() as ledger:
            row = find_row(ledger.connection, officer)
            if row is None:
                raise WrongUsageError(NOBODY)
            if not row.locked:
                raise WrongUsageError("该工号没有锁定，无须解锁。")
            change_row(ledger, officer, locked=False, failures=0)
            ledger.append(actor=by, action="staff_unlocked", at=at, data={"officer": officer})

    def check_code(self, officer: str, code: str, *, at: datetime) -> None:
        """Accept a one-time code at the moment ``at``, once; raises ``NotAllowedError``.

        The code of RFC 6238 may be one step early or late; it and all before it are spent then.
        The fifth wrong one in a row locks the account. Every refusal is in the audit chain.
        """
        # The refusal must be committed, so it is raised only when the transaction is over.
        with self._store.transaction() as ledger:
            refusal = self._codes.judge(ledger, officer, code, at)
        if refusal:
            raise NotAllowedError(refusal)


def _names(roles: Collection[StaffRole]) -> tuple[str, ...]:
    if not roles:
        raise WrongUsageError("请至少指定一个角色，见 review staff add --help。")
    return tuple(sorted({StaffRole(role).value for role in roles}))


def _state(row: Row[Any]) -> str:
    if row.disabled:
        return "disabled"
    return "locked" if row.locked else "active"


def _already(row: Row[Any]) -> str:
    """Say what to do with a number that is taken, by the state it is in."""
    if row.disabled:
        return f"工号 {row.id} 已停用；重新启用并换发密钥请用 {_RENEW}。"
    if row.locked:
        return f"工号 {row.id} 已锁定；解锁并换发密钥请用 {_RENEW}。"
    return f"工号 {row.id} 已经登记过（不分大小写），请换一个；本人换发密钥请用 {_RENEW}。"


def _check_address(address: str) -> None:
    if address and not _ADDRESS.fullmatch(address):
        raise WrongUsageError("提醒地址应是一个电子邮件地址，如 zhangke@example.gov.cn。")


def _check_id(officer: str) -> None:
    if not STAFF_NUMBER.fullmatch(officer) or officer.lower() in _RESERVED:
        raise WrongUsageError(
            "工号只能用 2 至 32 个字母、数字、横线和下划线，不能用姓名和系统保留的名称。"
        )
    if _PERSONAL_NUMBER.fullmatch(officer):
        raise WrongUsageError("工号不能是身份证号或手机号，请使用单位内部的编号。")


def staff_of(row: Row[Any]) -> Staff:
    """Describe the person of a row."""
    roles = frozenset(map(StaffRole, row.roles.split(",")))
    return Staff(row.id, roles, bool(row.disabled), bool(row.locked), row.notify)
