from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands import cases as command
from flows.reminding.deadlines import Deadlines, deadline_json, deadline_words, is_step_over
from flows.store.casefiles import CaseFiles
from flows.store.store import CaseStore
from review.approval import Step
from review.case import Case, State
from review.limits import Deadline
from review.staffing import StaffRole

LONG = Step("secrecy", "保密审查", StaffRole.SECRECY, 30)
SHORT = Step("signatory", "签发", StaffRole.SIGNATORY, 3)
FRIDAY, SATURDAY, TUESDAY = date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 10)


@pytest.fixture
def files(tmp_path: Path) -> CaseFiles:
    return CaseFiles(tmp_path / "home")


@pytest.fixture
def waiting(make_case: Callable[..., Case]) -> Case:
    return make_case(state=State.AWAITING)  # handed in on 5 March 2026


def test_a_waiting_case_counts_from_the_date_of_its_document(
    files: CaseFiles, waiting: Case
) -> None:
    files.put_record(waiting.id, "findings", {"made_on": "2026-03-02"})
    found = Deadlines(files).of(waiting)
    assert found is not None
    assert found.day == date(2026, 3, 30)
    assert "第二十六条" in found.ground


@pytest.mark.parametrize("record", [{}, {"made_on": ""}, {"made_on": "三月"}, [], None])
def test_without_a_readable_date_it_counts_from_the_hand_in(
    files: CaseFiles, waiting: Case, record: object
) -> None:
    if record is not None:
        files.put_record(waiting.id, "findings", record)
    found = Deadlines(files).of(waiting)
    assert found is not None
    assert found.day == date(2026, 4, 2)


def test_the_step_of_the_chain_counts_from_when_it_was_reached(
    files: CaseFiles, waiting: Case, noon: datetime
) -> None:
    at_step = replace(waiting, chain=(LONG, SHORT), at_step=1, waiting_since=noon)
    first, last = Deadlines(files).all(at_step)
    assert (first.day, first.ground) == (TUESDAY, "“签发”环节限 3 个工作日（审批流程）")
    assert last.day == date(2026, 4, 2)
    assert Deadlines(files).of(at_step) == first
    assert not is_step_over(at_step, datetime(2026, 3, 10, 15, 59, tzinfo=UTC))
    assert is_step_over(at_step, datetime(2026, 3, 10, 16, tzinfo=UTC))


def test_a_record_that_comes_later_is_read_then(files: CaseFiles, waiting: Case) -> None:
    deadlines = Deadlines(files)
    before = deadlines.of(waiting)
    files.put_record(waiting.id, "findings", {"made_on": "2026-03-02"})
    assert [each.day for each in (before, deadlines.of(waiting)) if each] == [
        date(2026, 4, 2),
        date(2026, 3, 30),
    ]


def test_a_draft_handed_in_anew_counts_from_the_date_that_it_bears_now(
    files: CaseFiles, waiting: Case
) -> None:
    files.put_record(waiting.id, "findings", {"made_on": "2026-01-05"})
    files.put_record(waiting.id, "findings-r2", {"made_on": "2026-03-02"})
    deadlines = Deadlines(files)
    found = [deadlines.of(each) for each in (waiting, replace(waiting, round=2))]
    assert [each.day for each in found if each] == [date(2026, 2, 2), date(2026, 3, 30)]


def test_the_hand_in_is_the_day_in_beijing(
    files: CaseFiles, make_case: Callable[..., Case]
) -> None:
    late = make_case(state=State.AWAITING, created_at=datetime(2026, 3, 5, 16, tzinfo=UTC))
    found = Deadlines(files).of(late)
    assert found is not None
    assert found.day == date(2026, 4, 3)


def test_a_case_that_waits_for_nobody_has_no_deadline(
    files: CaseFiles, make_case: Callable[..., Case]
) -> None:
    assert Deadlines(files).of(make_case(state=State.RELEASED)) is None


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 3, 5), "2026-03-06 还有 1 个工作日"),
        (FRIDAY, "2026-03-06 今天到期"),
        (SATURDAY, "2026-03-06 已超期"),
        (TUESDAY, "2026-03-06 已超期 2 个工作日"),
    ],
)
def test_words_say_how_a_case_stands_to_its_deadline(today: date, words: str) -> None:
    assert deadline_words(Deadline(FRIDAY, "条例"), today) == words


def test_words_warn_of_an_estimate() -> None:
    words = deadline_words(Deadline(date(2089, 3, 1), "条例", estimated=True), FRIDAY)
    assert words.endswith("2089 年的放假安排尚未收录，按一般工作日估算")


def test_machines_read_day_ground_and_days_left() -> None:
    assert deadline_json(None, FRIDAY) is None
    assert deadline_json(Deadline(FRIDAY, "条例"), TUESDAY) == {
        "day": "2026-03-06",
        "ground": "条例",
        "estimated": False,
        "overdue": True,
        "workdays_left": -2,
    }


@pytest.fixture
def listed(
    sqlite_store: CaseStore,
    files: CaseFiles,
    make_case: Callable[..., Case],
    noon: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., str]:
    """List one case that is overdue and one that waits for nobody."""
    states = {"2026-0001": State.AWAITING, "2026-0002": State.RELEASED}
    for number, (case_id, state) in enumerate(states.items()):
        case = make_case(case_id, source="ab"[number], state=state)
        sqlite_store.add(case, actor="zhou", at=noon, data={})
    files.put_record("2026-0001", "findings", {"made_on": "2026-01-05"})
    monkeypatch.setattr(command, "open_store", lambda: sqlite_store)
    monkeypatch.setattr(command, "open_files", lambda: files)
    monkeypatch.setattr(command, "now", lambda: noon)
    return lambda *options: CliRunner().invoke(command.cases, options).output


def test_the_list_marks_what_is_overdue(listed: Callable[..., str]) -> None:
    lines = listed().splitlines()
    (overdue,) = (line for line in lines if "2026-0001" in line)
    (released,) = (line for line in lines if "2026-0002" in line)
    assert "2026-02-02 已超期 19 个工作日" in overdue
    assert "等待审批（审核）" in overdue
    assert "超期" not in released


def test_the_list_for_machines_holds_the_deadline(listed: Callable[..., str]) -> None:
    first, second = json.loads(listed("--json"))["cases"]
    assert first["deadline"]["overdue"] is True
    assert first["step"] == "review"
    assert second["deadline"] is None
    assert second["step"] is None
