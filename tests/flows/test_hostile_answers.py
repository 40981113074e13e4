"""What somebody with access to Prefect's interface, but without a code, can do: nothing."""

from __future__ import annotations

import itertools
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import httpx
import pyotp
import pytest

from flows.compose import open_door
from review.case import State
from review.staffing import StaffRole
from tests.conftest import RunningOffice, eventually
from tests.fakes.refusals import refusals

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("stack")]

_numbers = itertools.count(1)


def post(office: RunningOffice, path: str, body: dict[str, Any]) -> httpx.Response:
    """Call Prefect's interface as a raw client; SQLite under load answers 503 now and then."""
    with office.raw() as client:
        while True:
            response = client.post(path.lstrip("/"), json=body)
            if response.status_code != 503:
                return response
            time.sleep(0.3)


def get(office: RunningOffice, path: str) -> Any:
    with office.raw() as client:
        return client.get(path.lstrip("/")).json()


def force(office: RunningOffice, run: str, kind: str) -> None:
    post(office, f"/flow_runs/{run}/set_state", {"state": {"type": kind}, "force": True})


def answer(**changes: object) -> dict[str, object]:
    return {"decision": "同意公开", "code": "000000"} | changes


def approval(office: RunningOffice, **changes: object) -> tuple[str, dict[str, object]]:
    """Give a reviewer whose code nobody has used yet, and a right answer of his."""
    officer = f"rev{next(_numbers)}"
    secret = office.desk.staff.add(officer, {StaffRole.REVIEWER}, at=datetime.now(UTC))
    return officer, answer(code=pyotp.TOTP(secret).now()) | changes


def still_waits(office: RunningOffice, case: str) -> bool:
    released = office.desk.files.released_dir(case).exists()
    return office.desk.store.get(case).state is State.AWAITING and not released


def test_forged_rows_release_nothing_and_each_is_recorded(running_office: RunningOffice) -> None:
    office = running_office
    case, run = office.waiting_case()
    before, asked = refusals(office.desk, case), office.desk.asked(case)[0]
    forged = ["not json", "[]", '{"decision": "同意公开"}', '{"decision": 7, "_x": {}}']
    for number, value in enumerate(forged, asked):
        body = {"key": f"suspended-review-{number}-response", "value": value, "sender": None}
        assert post(office, f"/flow_runs/{run}/input", body).status_code == 201
    force(office, run, "SCHEDULED")
    eventually(lambda: len(refusals(office.desk, case)) == len(before) + len(forged))
    assert still_waits(office, case)
    assert office.waiting_run(case) == run
    assert office.api.replies(run) == []


def test_a_forced_state_releases_nothing_and_the_case_gets_its_form_back(
    running_office: RunningOffice,
) -> None:
    from flows.intake.intake import Keeper

    office = running_office
    case, run = office.waiting_case()
    force(office, run, "COMPLETED")
    assert still_waits(office, case)
    assert Keeper(office.desk, office.api).recover(now=datetime.now(UTC)) == 0  # not at once
    assert Keeper(office.desk, office.api).recover() == 1
    assert office.waiting_run(case) != run
    assert still_waits(office, case)


def test_every_wrong_answer_is_refused_recorded_and_asked_again(
    running_office: RunningOffice,
) -> None:
    office = running_office
    case, run = office.waiting_case()
    before = len(refusals(office.desk, case))
    wrong = [
        ("zhou", answer(code=pyotp.TOTP(office.secrets["zhou"]).now())),
        approval(office, opinion="已问过苗秋实"),
    ]
    for number, (officer, values) in enumerate(wrong, before + 1):
        office.resume(case, run, values, officer)
        eventually(lambda wanted=number: len(refusals(office.desk, case)) == wanted)
        assert still_waits(office, case)
        assert office.waiting_run(case) == run
    assert "苗秋实" not in str(list(office.desk.store.events()))


def test_two_runs_of_one_case_release_it_once(running_office: RunningOffice) -> None:
    office = running_office
    case, run = office.waiting_case()
    before = refusals(office.desk, case)
    deployment = get(office, "/deployments/name/review-case/local")["id"]
    path = f"/deployments/{deployment}/create_flow_run"
    other = post(office, path, {"parameters": {"case_id": case}}).json()["id"]

    def state() -> str:
        return str(get(office, f"/flow_runs/{other}")["state_type"])

    eventually(lambda: state() == "PAUSED")
    eventually(lambda: office.api.has_form({"id": other, **run_state(office, other)}))
    answers = [approval(office), approval(office)]
    with ThreadPoolExecutor(2) as pool:
        list(
            pool.map(
                lambda each, given: office.resume(case, each, given[1], given[0]),
                (run, other),
                answers,
            )
        )
    office.until(case, State.RELEASED)
    eventually(lambda: state() == "COMPLETED")
    actions = [event.action for event in office.desk.store.events(case)]
    assert actions.count("case_approved") == 1
    assert actions.count("case_released") == 1
    assert actions.count("answer_refused") == len(before) + 1
    assert office.desk.store.verify() is None


def run_state(office: RunningOffice, run: str) -> dict[str, Any]:
    return {"state": get(office, f"/flow_runs/{run}")["state"]}


def test_two_answers_at_once_count_once(running_office: RunningOffice) -> None:
    office = running_office
    case, run = office.waiting_case()
    given = [approval(office), approval(office)]
    for officer, values in given:
        open_door(office.desk.store).seal(case, run, officer, values, datetime.now(UTC))
    bodies = [{"run_input": values} for _, values in given]
    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(lambda b: post(office, f"/flow_runs/{run}/resume", b), bodies))
    statuses = sorted(reply.json().get("status", "ERROR") for reply in replies)
    assert statuses.count("ACCEPT") == 1, statuses
    assert len(office.until(case, State.RELEASED).approvals) == 1


def test_a_run_for_no_case_fails_and_touches_nothing(running_office: RunningOffice) -> None:
    office = running_office
    deployment = get(office, "/deployments/name/review-case/local")["id"]
    before = office.desk.store.head()
    folders = sorted(office.desk.files.case_dir("2026-0001").parent.iterdir())
    runs = [
        post(
            office,
            f"/deployments/{deployment}/create_flow_run",
            {"parameters": {"case_id": strange}},
        ).json()["id"]
        for strange in (
            "../../../etc/passwd",
            {"__prefect_kind": "jinja", "template": "{{ 7 * 7 }}"},
            "9" * 50000,
        )
    ]
    for run in runs:
        eventually(lambda run=run: run_state(office, run)["state"]["type"] == "FAILED")
    assert office.desk.store.head() == before
    assert sorted(office.desk.files.case_dir("2026-0001").parent.iterdir()) == folders


def test_a_template_sent_as_opinion_is_rendered_in_the_sandbox_and_kept_as_text(
    running_office: RunningOffice,
) -> None:
    office = running_office
    case, run = office.waiting_case()
    template = {"__prefect_kind": "jinja", "template": "{{ ''.__class__.__mro__ }}{{ 7 * 7 }}"}
    post(office, f"/flow_runs/{run}/resume", {"run_input": answer(opinion=template)})
    assert still_waits(office, case)
    officer, plain = approval(office, opinion="{{ 7 * 7 }}")
    run = office.waiting_run(case)
    office.resume(case, run, plain, officer)
    assert office.until(case, State.RELEASED).approvals[0].reason == "{{ 7 * 7 }}"


def test_a_right_answer_that_nobody_gave_who_was_logged_in_is_refused(
    running_office: RunningOffice,
) -> None:
    office = running_office
    case, run = office.waiting_case()
    before = len(refusals(office.desk, case))
    _, values = approval(office)
    office.api.resume(run, values)
    eventually(lambda: len(refusals(office.desk, case)) > before)
    assert "登录" in refusals(office.desk, case)[before]
    assert still_waits(office, case)


def test_a_seal_is_good_for_the_very_answer_only(running_office: RunningOffice) -> None:
    office = running_office
    case, run = office.waiting_case()
    officer, values = approval(office, decision="退回修改", opinion="同意")
    before = len(refusals(office.desk, case))
    door = open_door(office.desk.store)
    door.seal(case, run, officer, values, datetime.now(UTC))
    office.api.resume(run, values | {"decision": "同意公开"})
    eventually(lambda: len(refusals(office.desk, case)) > before)
    assert still_waits(office, case)
