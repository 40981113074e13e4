"""A chain that cannot be staffed is told of when the rules are checked, not when a case hangs."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.commands.doctor import doctor
from flows.commands.policy import policy
from flows.commands.up import _warn_of_missing_people
from flows.compose import enrolled, open_desk, open_staff
from review.errors import PolicyInvalidError, UnavailableError
from review.staffing import StaffRole

pytestmark = pytest.mark.usefixtures("doctor_reads_a_picture_once")

CHAIN = "weakening: secrecy\nchains:\n  - steps: [unit_head, secrecy, signatory]\n    basis: 条例\n"
PEOPLE = {
    "zhou": {StaffRole.OFFICER},
    "wu": {StaffRole.UNIT_HEAD},
    "sun": {StaffRole.SECRECY},
    "li": {StaffRole.SECRECY},
    "qian": {StaffRole.SIGNATORY},
}


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    (tmp_path / "approval.yaml").write_text(CHAIN, encoding="utf-8")
    return tmp_path


def enrol(noon: datetime, *numbers: str) -> None:
    for number in numbers:
        open_staff().add(number, PEOPLE[number], at=noon)


def check(overlay: Path, *options: str) -> Result:
    return CliRunner().invoke(policy, ["check", "--policy", str(overlay), *options])


def staffing(overlay: Path) -> list[dict[str, object]]:
    output = CliRunner().invoke(doctor, ["--json", "--policy", str(overlay)]).output
    return [c for c in json.loads(output)["checks"] if c["name"].startswith("审批")]


def test_without_a_register_the_check_passes_and_says_what_it_left_out(
    overlay: Path, private_home: Path
) -> None:
    done = check(overlay)
    assert done.exit_code == 0
    assert "没有登记人员，未核对" in done.stderr
    assert done.stdout.startswith("规则没有问题")
    assert list(private_home.iterdir()) == []


def test_a_home_that_is_not_there_is_not_made(
    overlay: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVIEW_HOME", str(tmp_path / "nowhere"))
    assert check(overlay).exit_code == 0
    assert staffing(overlay)[0]["ok"] is True
    assert not (tmp_path / "nowhere").exists()


def test_an_empty_register_is_as_good_as_none(overlay: Path) -> None:
    open_staff()
    done = check(overlay, "--json")
    assert json.loads(done.stdout)["staff_checked"] is False
    assert "没有登记人员" in done.stderr


def test_a_chain_that_lacks_people_is_refused_with_every_remedy(
    overlay: Path, noon: datetime
) -> None:
    enrol(noon, "zhou", "wu")
    error = check(overlay).exception
    assert isinstance(error, PolicyInvalidError)
    assert error.exit_code == 8
    assert [problem.split("：")[-1] for problem in error.problems] == [
        "review staff add 工号 --role secrecy",
        "review staff add 工号 --role signatory",
    ]


def test_machines_are_told_of_lacking_people_too(overlay: Path, noon: datetime) -> None:
    enrol(noon, "zhou", "wu", "sun")
    told = json.loads(check(overlay, "--json").stdout)
    assert told["valid"] is False
    assert len(told["problems"]) == 1


def test_a_full_office_passes_and_one_alone_at_the_agreeing_step_is_noticed(
    overlay: Path, noon: datetime
) -> None:
    enrol(noon, "zhou", "wu", "sun", "qian")
    done = check(overlay)
    assert done.exit_code == 0
    assert "提示：“保密审查”只有一个人能办" in done.stdout
    assert staffing(overlay) == [
        {"name": "审批环节只有一个人", "ok": False, "advice": done.stdout.splitlines()[0][7:],
         "exit_code": 0},
        {"name": "审批各环节都有人办", "ok": True, "advice": "", "exit_code": 0},
    ]  # fmt: skip
    enrol(noon, "li")
    told = json.loads(check(overlay, "--json").stdout)
    assert (told["staff_checked"], told["notices"]) == (True, [])


def test_who_is_disabled_no_longer_counts(overlay: Path, noon: datetime) -> None:
    enrol(noon, *PEOPLE)
    assert check(overlay).exit_code == 0
    open_staff().disable("qian", at=noon)
    error = check(overlay).exception
    assert isinstance(error, PolicyInvalidError)
    assert "签发" in error.problems[0]


def test_the_doctor_tells_who_is_lacking(overlay: Path, noon: datetime) -> None:
    enrol(noon, "zhou", "wu", "sun")
    (found,) = (each for each in staffing(overlay) if each["exit_code"])
    assert found["name"] == "审批环节缺人"
    assert "--role signatory" in str(found["advice"])


def test_the_service_warns_and_starts_all_the_same(
    overlay: Path, noon: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    enrol(noon, "zhou", "wu", "sun")
    _warn_of_missing_people(open_desk(overlay))
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("注意：审批缺人，“签发”没有人能办")
    assert err.count("\n") == 1


def test_a_register_that_cannot_be_read_is_not_taken_for_none(
    overlay: Path, private_home: Path
) -> None:
    (private_home / "review.db").write_bytes(b"no database at all, whatever it is called")
    assert isinstance(check(overlay).exception, UnavailableError)


def test_an_empty_file_is_no_register(private_home: Path) -> None:
    (private_home / "review.db").touch()
    assert enrolled() == []
