"""Passwords: shown once, useless when copied, no telling of numbers that exist."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy import text

from flows.people.passwords import LEAST_LENGTH, MOST_LENGTH, PasswordRegister
from flows.people.staff import StaffRegister
from flows.store.store import CaseStore
from review.errors import NotAllowedError, UnavailableError, WrongUsageError
from review.staffing import StaffRole


@pytest.fixture
def staff(sqlite_store: CaseStore, noon: datetime) -> StaffRegister:
    register = StaffRegister(sqlite_store)
    for officer in ("lin", "guo"):
        register.add(officer, {StaffRole.REVIEWER}, at=noon)
    return register


@pytest.fixture
def passwords(sqlite_store: CaseStore, staff: StaffRegister) -> PasswordRegister:
    return PasswordRegister(sqlite_store)


@pytest.fixture
def password(passwords: PasswordRegister, noon: datetime) -> str:
    return passwords.issue("lin", at=noon)


def events(store: CaseStore) -> list[tuple[str, str, object]]:
    return [
        (e.actor, e.action, e.data.get("reason"))
        for e in store.events()
        if e.action.startswith(("login", "password_change"))
    ]


def test_the_right_password_lets_in_and_is_recorded(passwords, password, sqlite_store, noon):
    assert passwords.check("lin", password, at=noon).staff.id == "lin"
    assert events(sqlite_store) == [("lin", "login_accepted", None)]


def test_full_width_letters_are_the_same_password(passwords, password, noon):
    wide = "".join(chr(ord(c) + 0xFEE0) for c in password)
    assert passwords.check("lin", wide, at=noon).staff.id == "lin"


@pytest.mark.parametrize("number", ["lin", "guo", "nobody", "not a number", "苗秋实"])
def test_every_refusal_sounds_the_same_and_names_no_stranger(
    passwords, password, sqlite_store, noon, number
):
    with pytest.raises(NotAllowedError, match="工号或密码不对"):
        passwords.check(number, "wrong-password", at=noon)
    ((actor, action, _),) = events(sqlite_store)
    assert action == "login_refused"
    assert actor == (number if number in ("lin", "guo") else "unknown")


def test_an_unknown_number_takes_as_long_as_a_wrong_password(passwords, password, noon):
    def fastest(number: str) -> float:
        taken = []
        for _ in range(5):
            start = time.perf_counter()
            with pytest.raises(NotAllowedError):
                passwords.check(number, "wrong-password", at=noon)
            taken.append(time.perf_counter() - start)
        return min(taken)

    fastest("nobody")
    known, unknown = fastest("lin"), fastest("nobody")
    assert unknown > known / 3, "a quick answer tells that there is no such number"


def test_who_was_enrolled_before_there_were_passwords_is_refused(passwords, noon):
    for attempt in ("", "x"):
        with pytest.raises(NotAllowedError):
            passwords.check("guo", attempt, at=noon)


def test_disabled_and_locked_stay_out_with_the_right_password(
    passwords, password, staff, sqlite_store, noon
):
    staff.disable("lin", at=noon)
    with pytest.raises(NotAllowedError, match="工号或密码不对"):
        passwords.check("lin", password, at=noon)
    own = passwords.issue("guo", at=noon)
    lock(staff, "guo", noon)
    with pytest.raises(NotAllowedError, match="锁定"):
        passwords.check("guo", own, at=noon)
    with pytest.raises(NotAllowedError, match="工号或密码不对"):
        passwords.check("guo", "wrong", at=noon)
    assert [reason for *_, reason in events(sqlite_store)] == ["disabled", "locked", "locked"]


def lock(staff: StaffRegister, officer: str, at: datetime) -> None:
    for _ in range(5):
        with pytest.raises(NotAllowedError):
            staff.check_code(officer, "no code", at=at)


def test_a_standing_ends_or_changes_with_whatever_ends_a_session(passwords, password, staff, noon):
    first = passwords.standing("lin")
    assert first is not None
    assert passwords.check("lin", password, at=noon) == first
    staff.renew("lin", {StaffRole.REVIEWER}, at=noon)
    renewed = passwords.standing("lin")
    assert renewed is not None
    assert renewed.mark != first.mark
    lock(staff, "lin", noon)
    assert passwords.standing("lin") is None
    staff.disable("guo", at=noon)
    assert passwords.standing("guo") is None
    assert passwords.standing("nobody") is None


def test_renewing_voids_the_password(passwords, password, staff, noon):
    staff.renew("lin", {StaffRole.REVIEWER}, at=noon)
    with pytest.raises(NotAllowedError):
        passwords.check("lin", password, at=noon)


def test_one_changes_ones_own_password_with_the_old_one(passwords, password, sqlite_store, noon):
    changed = passwords.change("lin", password, "青山依旧在几度夕阳红", at=noon)
    assert passwords.check("lin", "青山依旧在几度夕阳红", at=noon) == changed
    with pytest.raises(NotAllowedError):
        passwords.check("lin", password, at=noon)
    with pytest.raises(NotAllowedError, match="现用密码"):
        passwords.change("lin", password, "another-good-one", at=noon)
    assert ("lin", "password_change_refused", "wrong") in events(sqlite_store)


@pytest.mark.parametrize(
    "new",
    ["", "x" * (LEAST_LENGTH - 1), "x" * (MOST_LENGTH + 1), "aaaaaaaaaaaa", "my-LIN-password"],
)
def test_a_password_that_is_easy_to_guess_is_refused(passwords, password, noon, new):
    with pytest.raises(NotAllowedError, match="新密码"):
        passwords.change("lin", password, new, at=noon)
    assert passwords.check("lin", password, at=noon)


def test_the_old_password_is_no_new_one(passwords, password, noon):
    with pytest.raises(NotAllowedError, match="相同"):
        passwords.change("lin", password, password, at=noon)


def test_a_password_is_random_and_lies_nowhere_in_clear(passwords, password, sqlite_store, noon):
    assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", password)
    assert passwords.issue("lin", at=noon) != password
    with sqlite_store.reading() as connection:
        stored = connection.execute(text("SELECT password FROM staff WHERE id = 'lin'")).scalar()
    assert stored
    assert "argon2" not in stored, "a hash could be put to the test with the database alone"
    assert password not in str(list(sqlite_store.events()))


def test_a_hash_copied_from_another_row_opens_nothing(passwords, password, sqlite_store, noon):
    with sqlite_store._database.write() as connection:
        connection.execute(
            text(
                "UPDATE staff SET password = (SELECT password FROM staff WHERE id = 'lin')"
                " WHERE id = 'guo'"
            )
        )
    with pytest.raises(UnavailableError):
        passwords.check("guo", password, at=noon)


def test_an_auditor_unlocks_another_with_a_code_and_nobody_else_does(
    staff, sqlite_store, noon: datetime
):
    secret = staff.add("ding", {StaffRole.AUDITOR, StaffRole.REVIEWER}, at=noon)
    other = staff.add("wei", {StaffRole.REVIEWER}, at=noon)
    lock(staff, "guo", noon)

    def code(number: int, own: str = secret) -> tuple[str, datetime]:
        moment = noon + timedelta(minutes=number)
        return pyotp.TOTP(own).at(moment), moment

    given, at = code(1, other)
    with pytest.raises(NotAllowedError, match="权限"):
        staff.unlock("guo", by="wei", code=given, at=at)
    with pytest.raises(NotAllowedError, match="口令不对"):
        staff.unlock("guo", by="ding", code="000000", at=noon)
    given, at = code(2)
    with pytest.raises(NotAllowedError, match="自己"):
        staff.unlock("ding", by="ding", code=given, at=at)
    assert staff.get("guo").locked
    staff.unlock("guo", by="ding", code=given, at=at)
    assert not staff.get("guo").locked
    last = list(sqlite_store.events())[-1]
    assert (last.actor, last.action, last.data) == ("ding", "staff_unlocked", {"officer": "guo"})
    given, at = code(3)
    with pytest.raises(WrongUsageError, match="没有锁定"):
        staff.unlock("guo", by="ding", code=given, at=at)


def test_an_address_for_reminders_is_kept_and_stays_when_renewed(staff, sqlite_store, noon):
    staff.add("wei", {StaffRole.REVIEWER}, at=noon, notify="wei@example.gov.cn")
    staff.renew("wei", {StaffRole.REVIEWER}, at=noon)
    assert staff.get("wei").notify == "wei@example.gov.cn"
    assert staff.get("lin").notify == ""
    assert "example.gov.cn" not in str(list(sqlite_store.events()))


@pytest.mark.parametrize("address", ["x", "a@b", "a b@example.cn", "a@example.cn\nBcc: c@d.cn"])
def test_what_is_no_address_is_refused(staff, noon, address):
    with pytest.raises(WrongUsageError, match="电子邮件"):
        staff.add("wei", {StaffRole.REVIEWER}, at=noon, notify=address)
