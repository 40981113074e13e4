from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.commands import resubmit as command
from review.case import Case, State
from review.errors import (
    EncryptedInputError,
    InputError,
    NotAllowedError,
    ReviewError,
    WrongUsageError,
)
from tests.fakes.officers_desk import DRAFT, OfficersDesk

CORRECTED = "关于救助的公告\n救助对象已公布。"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str, name: str = "公告.txt") -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def resubmit(case: Case | str, *arguments: str | Path) -> Result:
    number = case if isinstance(case, str) else case.id
    return CliRunner().invoke(command.resubmit, [number, *map(str, arguments)])


def test_a_corrected_draft_begins_another_round_of_its_case(
    there: OfficersDesk, write: Callable[..., Path]
) -> None:
    case = there.returned()
    path = write(CORRECTED)
    told = resubmit(case, path, "--officer", "zhou", "--wait")
    assert told.exit_code == 0, told.output
    assert f"{path} → 案件 {case.id} 第 2 次送审，请审核人到" in told.output
    assert "检测结果：未发现问题。" in told.output
    now = there.desk.store.get(case.id)
    assert (now.round, now.state) == (2, State.AWAITING)
    assert path.read_text() == CORRECTED


def test_json_tells_how_the_case_stands_after_waiting(
    there: OfficersDesk, write: Callable[..., Path]
) -> None:
    case = there.returned()
    told = resubmit(case, write(CORRECTED), "--officer", "zhou", "--wait", "--json")
    assert json.loads(told.stdout) == {
        "case": case.id,
        "round": 2,
        "state": "awaiting",
        "verdict": "clean",
        "note": "",
        "advice": "",
    }
    assert told.stderr == ""


def test_without_waiting_the_case_is_registered_again(
    there: OfficersDesk, write: Callable[..., Path]
) -> None:
    case = there.returned()
    there.server.desk = None  # nobody works on it
    told = json.loads(resubmit(case, write(CORRECTED), "--officer", "zhou", "--json").stdout)
    assert (told["state"], told["verdict"]) == ("registered", None)


def test_attachments_are_handed_in_again_with_the_document(
    there: OfficersDesk, write: Callable[..., Path]
) -> None:
    case = there.returned(DRAFT, "附件")
    attached = ("--attach", write("附件改", "附件.txt"))
    assert resubmit(case, write(DRAFT), *attached, "--officer", "zhou").exit_code == 0
    now = there.desk.store.get(case.id)
    assert len(now.drafts) == 2
    assert now.drafts[0] == case.drafts[0]
    assert now.drafts[1] != case.drafts[1]


@pytest.mark.parametrize(
    ("number", "officer", "text", "kind", "told"),
    [
        ("2026-9999", "zhou", CORRECTED, WrongUsageError, "没有这个编号"),
        ("../2026", "zhou", CORRECTED, WrongUsageError, "没有这个编号"),
        ("", "zheng", CORRECTED, NotAllowedError, "只有原送审人"),
        ("", "lin", CORRECTED, NotAllowedError, "只有原送审人"),
        ("", "zhou", DRAFT, WrongUsageError, "完全相同"),
    ],
)
def test_what_is_no_correction_of_the_case_is_refused_and_changes_nothing(
    there: OfficersDesk,
    write: Callable[..., Path],
    number: str,
    officer: str,
    text: str,
    kind: type[ReviewError],
    told: str,
) -> None:
    case = there.returned()
    refused = resubmit(number or case, write(text), "--officer", officer)
    assert isinstance(refused.exception, kind)
    assert told in refused.exception.message
    assert there.desk.store.get(case.id) == case
    assert there.server.started == []


def test_a_case_that_was_not_sent_back_takes_no_correction(
    there: OfficersDesk, write: Callable[..., Path]
) -> None:
    case = there.waiting()
    refused = resubmit(case, write(CORRECTED), "--officer", "zhou")
    assert isinstance(refused.exception, NotAllowedError)
    assert there.desk.store.get(case.id) == case


def test_an_officer_who_was_disabled_hands_nothing_in(
    there: OfficersDesk, write: Callable[..., Path], noon: datetime
) -> None:
    case = there.returned()
    there.staff.disable("zhou", at=noon)
    refused = resubmit(case, write(CORRECTED), "--officer", "zhou")
    assert isinstance(refused.exception, NotAllowedError)
    assert there.desk.store.get(case.id).state is State.RETURNED


def test_a_file_that_cannot_be_used_leaves_the_case_sent_back(
    there: OfficersDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = there.returned()
    missing = resubmit(case, tmp_path / "没有.txt", "--officer", "zhou")
    assert isinstance(missing.exception, InputError)

    def locked(*_: object) -> None:
        raise EncryptedInputError("文件有密码，请去掉密码后再试。")

    monkeypatch.setattr(there.desk.pipeline_in_force(), "read", locked)
    path = tmp_path / "公告.txt"
    path.write_text(CORRECTED)
    refused = resubmit(case, path, "--officer", "zhou")
    assert isinstance(refused.exception, EncryptedInputError)
    assert there.desk.store.get(case.id).state is State.RETURNED


def test_the_same_correction_twice_is_one_round_and_one_run(
    there: OfficersDesk, write: Callable[..., Path]
) -> None:
    case = there.returned()
    path = write(CORRECTED)
    for _ in range(2):
        assert resubmit(case, path, "--officer", "zhou").exit_code == 0
    assert there.desk.store.get(case.id).round == 2
    assert there.server.started == [(case.id, "round-2")]


def test_who_resubmits_must_be_named(there: OfficersDesk, write: Callable[..., Path]) -> None:
    assert resubmit(there.returned(), write(CORRECTED)).exit_code == 2
