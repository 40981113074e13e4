"""``review staff`` enrols people and shows their secret once."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, unquote, urlparse

import pyotp
import pytest
from click.testing import CliRunner, Result

from flows.commands import staff as command
from flows.people.passwords import PasswordRegister
from flows.people.staff import StaffRegister
from flows.store.store import CaseStore
from review.errors import WrongUsageError
from review.staffing import StaffRole


@pytest.fixture
def register(sqlite_store: CaseStore, noon, monkeypatch) -> StaffRegister:
    register = StaffRegister(sqlite_store)
    monkeypatch.setattr(command, "open_staff", lambda: register)
    monkeypatch.setattr(command, "open_passwords", lambda: PasswordRegister(sqlite_store))
    monkeypatch.setattr(command, "now", lambda: noon)
    return register


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command.staff, arguments)


def test_the_secret_printed_is_the_one_that_works(register: StaffRegister, noon):
    shown = json.loads(
        run("add", "A01", "--role", "reviewer", "--role", "officer", "--json").output
    )
    assert (shown["id"], shown["roles"]) == ("A01", ["officer", "reviewer"])
    assert register.get("A01").roles == {StaffRole.OFFICER, StaffRole.REVIEWER}
    register.check_code("A01", pyotp.TOTP(shown["secret"]).at(noon), at=noon)


def test_the_password_printed_is_the_one_that_lets_in(
    register: StaffRegister, sqlite_store: CaseStore, noon
):
    passwords = PasswordRegister(sqlite_store)
    shown = json.loads(run("add", "A01", "--role", "reviewer", "--json").output)["password"]
    assert passwords.check("A01", shown, at=noon).staff.id == "A01"
    output = run("add", "A01", "--role", "reviewer", "--renew").output
    renewed = output.split("登录密码：")[1].split("（")[0]
    assert renewed != shown
    assert passwords.check("A01", renewed, at=noon).staff.id == "A01"


def test_an_address_for_reminders_is_taken(register: StaffRegister):
    run("add", "A01", "--role", "reviewer", "--notify", "a01@example.gov.cn")
    assert register.get("A01").notify == "a01@example.gov.cn"


def test_the_link_is_one_an_authenticator_reads(register: StaffRegister):
    shown = json.loads(run("add", "A01", "--role", "reviewer", "--json").output)
    link = urlparse(shown["otpauth"])
    assert (link.scheme, link.netloc, unquote(link.path)) == ("otpauth", "totp", "/公开审查:A01")
    assert parse_qs(link.query) == {"secret": [shown["secret"]], "issuer": ["公开审查"]}


def test_people_see_secret_link_and_a_drawing_without_colours(register: StaffRegister):
    output = run("add", "A01", "--role", "auditor").output
    secret = output.split("密钥：")[1].splitlines()[0]
    assert f"secret={secret}" in output
    assert "审计员" in output
    drawing = [line for line in output.splitlines() if line.startswith("█")]
    assert len(drawing) >= 20
    assert len({len(line) for line in drawing}) == 1
    assert "\x1b" not in output


def test_renewing_shows_a_new_secret_and_says_so(register: StaffRegister, noon):
    first = json.loads(run("add", "A01", "--role", "officer", "--json").output)["secret"]
    refused = run("add", "A01", "--role", "officer")
    assert isinstance(refused.exception, WrongUsageError)
    assert "--renew" in refused.exception.message
    output = run("add", "A01", "--role", "reviewer", "--renew").output
    assert output.startswith("已换发密钥和密码，旧的作废：工号 A01（审核人）。")
    secret = output.split("密钥：")[1].splitlines()[0]
    assert secret != first
    register.check_code("A01", pyotp.TOTP(secret).at(noon), at=noon)


def test_nobody_is_renewed_who_is_not_enrolled(register: StaffRegister):
    result = run("add", "A01", "--role", "officer", "--renew")
    assert isinstance(result.exception, WrongUsageError)
    assert register.list() == []


@pytest.mark.parametrize("arguments", [("A01",), ("A01", "--role", "boss"), ()])
def test_adding_needs_an_id_and_a_known_role(register: StaffRegister, arguments):
    assert run("add", *arguments).exit_code == 2
    assert register.list() == []


def test_a_name_is_no_id(register: StaffRegister):
    assert isinstance(run("add", "张三", "--role", "officer").exception, WrongUsageError)


def test_the_list_shows_state_and_never_a_secret(register: StaffRegister, noon):
    secrets = [register.add(officer, [StaffRole.OFFICER], at=noon) for officer in ("B02", "A01")]
    run("disable", "B02")
    output = run("list").output
    assert [line.split() for line in output.splitlines()] == [
        ["A01", "可用", "送审人"],
        ["B02", "已停用", "送审人"],
    ]
    as_json = run("list", "--json").output
    assert json.loads(as_json)["staff"][1] == {
        "id": "B02",
        "roles": ["officer"],
        "disabled": True,
        "locked": False,
    }
    assert not any(secret in output + as_json for secret in secrets)


def test_an_empty_list_says_what_to_do(register: StaffRegister):
    result = run("list")
    assert result.stdout == ""
    assert "review staff add" in result.stderr


def test_disabling_nobody_is_wrong_usage(register: StaffRegister):
    assert isinstance(run("disable", "A01").exception, WrongUsageError)
