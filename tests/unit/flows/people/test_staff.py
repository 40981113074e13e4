"""The staff register: ids that are no names, secrets that stay secret, codes that work once."""

from __future__ import annotations

import logging
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import text

from flows.people.one_time_codes import MAX_FAILURES, STEP_SECONDS
from flows.people.staff import Staff, StaffRegister
from flows.store.store import CaseStore
from review.errors import NotAllowedError, UnavailableError, WrongUsageError
from review.staffing import StaffRole

ROLES = {StaffRole.OFFICER, StaffRole.REVIEWER}


@pytest.fixture
def register(store: CaseStore) -> StaffRegister:
    return StaffRegister(store)


@pytest.fixture
def quick(sqlite_store: CaseStore) -> StaffRegister:
    """Open a register for what does not depend on the kind of database."""
    return StaffRegister(sqlite_store)


@pytest.fixture
def secret(register: StaffRegister, noon) -> str:
    return register.add("A01", ROLES, at=noon)


def code(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(at)


def wrong_code(secret: str, at: datetime) -> str:
    """Give a code that none of the three accepted steps bears."""
    step = timedelta(seconds=STEP_SECONDS)
    taken = {code(secret, at + n * step) for n in (-1, 0, 1)}
    return next(c for c in ("000000", "111111", "222222", "333333") if c not in taken)


def actions(store: CaseStore) -> list[tuple[str, str, object]]:
    return [(e.actor, e.action, e.data.get("reason")) for e in store.events()]


def test_who_is_added_can_be_looked_up(register: StaffRegister, secret: str):
    assert register.get("A01") == Staff("A01", frozenset(ROLES), disabled=False, locked=False)
    assert register.list() == [register.get("A01")]
    assert len(secret) >= 32


@pytest.mark.parametrize(
    "officer",
    ["", "a", "张三", "A 1", "A/1", "-A1", "a" * 33, "A1\n", "１２", "policy", "System", "unknown"],
)
def test_a_malformed_or_reserved_id_is_refused(quick, sqlite_store, noon, officer: str):
    with pytest.raises(WrongUsageError, match="工号"):
        quick.add(officer, ROLES, at=noon)
    assert quick.list() == []
    assert sqlite_store.head().count == 0


@pytest.mark.parametrize("officer", ["13800000000", "11010119900307001X", "110101900307001"])
def test_a_personal_number_is_no_staff_id(quick: StaffRegister, noon, officer: str):
    with pytest.raises(WrongUsageError, match="不能是身份证号或手机号"):
        quick.add(officer, ROLES, at=noon)


@pytest.mark.parametrize("officer", ["A01", "a01"])
def test_an_id_exists_once_whatever_its_case(register, secret, noon, officer: str):
    with pytest.raises(WrongUsageError, match="A01 已经登记"):
        register.add(officer, ROLES, at=noon)


def lock(register: StaffRegister, secret: str, at: datetime) -> None:
    for _ in range(MAX_FAILURES):
        with pytest.raises(NotAllowedError):
            register.check_code("A01", wrong_code(secret, at), at=at)


def test_adding_who_is_locked_or_disabled_says_what_to_do(register, secret, noon):
    lock(register, secret, noon)
    with pytest.raises(WrongUsageError, match=r"A01 已锁定；.*--renew"):
        register.add("A01", ROLES, at=noon)
    register.disable("A01", at=noon)
    with pytest.raises(WrongUsageError, match=r"A01 已停用；.*--renew"):
        register.add("A01", ROLES, at=noon)


def test_renewing_unlocks_with_a_secret_of_its_own(register, store, secret, noon):
    register.check_code("A01", code(secret, noon), at=noon)
    lock(register, secret, noon)
    fresh = register.renew("A01", [StaffRole.AUDITOR], at=noon)
    assert fresh != secret
    assert register.get("A01") == Staff(
        "A01", frozenset({StaffRole.AUDITOR}), disabled=False, locked=False
    )
    with pytest.raises(NotAllowedError, match="不对"):
        register.check_code("A01", wrong_code(fresh, noon), at=noon)
    register.check_code("A01", code(fresh, noon), at=noon)
    renewed = next(e for e in store.events() if e.action == "staff_renewed")
    assert renewed.actor == "console"
    assert renewed.data == {"officer": "A01", "roles": ("auditor",), "was": "locked"}
    assert fresh not in str(list(store.events()))


def test_the_old_secret_is_void_once_renewed(register, secret, noon):
    fresh = register.renew("A01", ROLES, at=noon)
    steps = [timedelta(seconds=n * STEP_SECONDS) for n in (-1, 0, 1)]
    moments = (noon + timedelta(minutes=n) for n in range(10))
    at = next(t for t in moments if code(secret, t) not in {code(fresh, t + n) for n in steps})
    with pytest.raises(NotAllowedError, match="不对"):
        register.check_code("A01", code(secret, at), at=at)


def test_renewing_takes_a_disabled_person_back(register, store, secret, noon):
    register.disable("A01", at=noon)
    register.check_code("A01", code(register.renew("A01", ROLES, at=noon), noon), at=noon)
    assert not register.get("A01").disabled
    assert [e.data.get("was") for e in store.events()] == [None, None, "disabled"]


@pytest.mark.parametrize("officer", ["B02", "a01", "张三"])
def test_only_who_is_enrolled_can_be_renewed(register, store, secret, noon, officer: str):
    with pytest.raises(WrongUsageError, match="没有登记过"):
        register.renew(officer, ROLES, at=noon)
    with pytest.raises(WrongUsageError, match="角色"):
        register.renew("A01", [], at=noon)
    assert store.head().count == 1


def test_nobody_is_added_without_a_role(register: StaffRegister, noon):
    with pytest.raises(WrongUsageError, match="角色"):
        register.add("A01", [], at=noon)


def test_unknown_and_disabled_are_not_allowed(register, secret, noon):
    with pytest.raises(NotAllowedError, match="没有登记或已停用"):
        register.get("B02")
    with pytest.raises(NotAllowedError):
        register.get("张三")
    register.disable("A01", at=noon)
    with pytest.raises(NotAllowedError, match="没有登记或已停用"):
        register.get("A01")
    assert [person.disabled for person in register.list()] == [True]


def test_disabling_twice_leaves_one_event(register, store, secret, noon):
    register.disable("A01", at=noon)
    register.disable("A01", at=noon)
    assert [event.action for event in store.events()] == ["staff_added", "staff_disabled"]
    with pytest.raises(WrongUsageError, match="没有登记过"):
        register.disable("B02", at=noon)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_one_step_early_or_late_is_accepted(quick, noon, steps: int):
    secret = quick.add("A01", ROLES, at=noon)
    quick.check_code("A01", code(secret, noon + steps * timedelta(seconds=30)), at=noon)


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_a_code_further_off_is_refused(quick, noon, steps: int):
    secret = quick.add("A01", ROLES, at=noon)
    with pytest.raises(NotAllowedError, match="不对"):
        quick.check_code("A01", code(secret, noon + steps * timedelta(seconds=30)), at=noon)


@pytest.mark.parametrize("form", ["{0} ", "{1} {2}", "{3}"])
def test_a_code_may_be_typed_with_spaces_or_full_width(quick, noon, form: str):
    secret = quick.add("A01", ROLES, at=noon)
    typed = code(secret, noon)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in typed)
    quick.check_code("A01", form.format(typed, typed[:3], typed[3:], wide), at=noon)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "一二三四五六", "\ud800"])
def test_what_is_no_code_is_a_wrong_code(quick, noon, typed: str):
    quick.add("A01", ROLES, at=noon)
    with pytest.raises(NotAllowedError, match="不对"):
        quick.check_code("A01", typed, at=noon)


def test_a_code_works_once_and_spends_those_before_it(register, store, secret, noon):
    register.check_code("A01", code(secret, noon), at=noon)
    earlier = code(secret, noon - timedelta(seconds=30))
    for spent in (code(secret, noon), earlier):
        with pytest.raises(NotAllowedError, match="已经用过"):
            register.check_code("A01", spent, at=noon)
    assert actions(store)[1:] == [("A01", "code_refused", "reused")] * 2
    next_step = noon + timedelta(seconds=30)
    register.check_code("A01", code(secret, next_step), at=next_step)


def test_of_many_uses_at_once_one_succeeds(register, store, secret, noon):
    typed = code(secret, noon)

    def use(_: int) -> bool:
        try:
            register.check_code("A01", typed, at=noon)
        except NotAllowedError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(use, range(8))) == 1
    assert actions(store)[1:] == [("A01", "code_refused", "reused")] * 7


def test_five_wrong_in_a_row_lock_the_account(register, store, secret, noon):
    for _ in range(MAX_FAILURES - 1):
        with pytest.raises(NotAllowedError, match="不对"):
            register.check_code("A01", wrong_code(secret, noon), at=noon)
    assert not register.get("A01").locked
    with pytest.raises(NotAllowedError, match="锁定"):
        register.check_code("A01", wrong_code(secret, noon), at=noon)
    assert register.get("A01").locked
    with pytest.raises(NotAllowedError, match="锁定"):
        register.check_code("A01", code(secret, noon), at=noon)
    assert actions(store)[1:] == [
        *[("A01", "code_refused", "wrong")] * MAX_FAILURES,
        ("A01", "staff_locked", None),
        ("A01", "code_refused", "locked"),
    ]


def test_wrong_codes_at_once_are_all_counted(register, secret, noon):
    typed = wrong_code(secret, noon)

    def use(_: int) -> None:
        with pytest.raises(NotAllowedError):
            register.check_code("A01", typed, at=noon)

    with ThreadPoolExecutor(MAX_FAILURES) as pool:
        list(pool.map(use, range(MAX_FAILURES)))
    assert register.get("A01").locked


def test_a_right_code_starts_the_count_again(register, secret, noon):
    for round_ in range(3):
        at = noon + timedelta(minutes=round_)
        for _ in range(MAX_FAILURES - 1):
            with pytest.raises(NotAllowedError):
                register.check_code("A01", wrong_code(secret, at), at=at)
        register.check_code("A01", code(secret, at), at=at)
    assert not register.get("A01").locked


def test_what_was_typed_as_an_unknown_id_stays_out_of_the_chain(register, store, noon):
    for typed in ("张三", "B02", "13800000000"):
        with pytest.raises(NotAllowedError, match="不对"):
            register.check_code(typed, "123456", at=noon)
    assert actions(store) == [("unknown", "code_refused", "unknown")] * 3


def test_a_disabled_account_is_refused_like_an_unknown_one(register, store, secret, noon):
    register.disable("A01", at=noon)
    with pytest.raises(NotAllowedError, match="不对"):
        register.check_code("A01", code(secret, noon), at=noon)
    assert actions(store)[-1] == ("A01", "code_refused", "disabled")


def test_the_secret_shows_nowhere(register, store, secret, noon, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(NotAllowedError):
        register.check_code("A01", wrong_code(secret, noon), at=noon)
    with store.reading() as connection:
        rows = str(connection.execute(text("SELECT * FROM staff")).all())
    shown = repr(register.get("A01")) + str(list(store.events())) + rows + caplog.text
    assert "A01" in shown
    assert secret not in shown


def test_the_raw_database_files_do_not_hold_the_secret(sqlite_store: CaseStore, noon):
    secret = StaffRegister(sqlite_store).add("A01", ROLES, at=noon)
    raw = b"".join(p.read_bytes() for p in sqlite_store.anchor.parent.iterdir())
    assert b"staff_added" in raw
    assert secret.encode() not in raw


def test_the_key_file_is_private_and_made_once(register, store, secret, noon):
    key = store.anchor.with_name("staff.key")
    before = key.read_bytes()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    register.add("B02", ROLES, at=noon)
    assert key.read_bytes() == before
    assert len(before) == 32


def test_the_key_file_may_lie_elsewhere(store: CaseStore, tmp_path: Path, noon):
    register = StaffRegister(store, tmp_path / "elsewhere" / "key")
    typed = code(register.add("A01", ROLES, at=noon), noon)
    register.check_code("A01", typed, at=noon)
    assert (tmp_path / "elsewhere" / "key").exists()
    assert not store.anchor.with_name("staff.key").exists()


@pytest.mark.parametrize("content", [None, b"", b"x" * 32, b"short"])
def test_without_its_key_no_code_is_accepted_or_counted(quick, sqlite_store, noon, content):
    secret = quick.add("A01", ROLES, at=noon)
    key = sqlite_store.anchor.with_name("staff.key")
    key.unlink()
    if content is not None:
        key.write_bytes(content)
    for _ in range(MAX_FAILURES + 1):
        with pytest.raises(UnavailableError, match="密钥文件"):
            quick.check_code("A01", code(secret, noon), at=noon)
    assert not quick.get("A01").locked


def test_a_sealed_secret_does_not_open_for_somebody_else(register, store, secret, noon):
    register.add("B02", ROLES, at=noon)
    with store._database.write() as connection:
        connection.execute(
            text(
                "UPDATE staff SET secret = (SELECT secret FROM staff WHERE id = 'A01')"
                " WHERE id = 'B02'"
            )
        )
    with pytest.raises(UnavailableError, match="密钥文件"):
        register.check_code("B02", code(secret, noon), at=noon)


def test_a_role_written_into_the_database_opens_no_secret(register, store, noon):
    secret = register.add("C03", [StaffRole.OFFICER], at=noon)
    with store._database.write() as connection:
        connection.execute(text("UPDATE staff SET roles = 'officer,reviewer' WHERE id = 'C03'"))
    with pytest.raises(UnavailableError):
        register.check_code("C03", code(secret, noon), at=noon)
