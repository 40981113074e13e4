"""Answers to a form: sealed for who is logged in, or passed on to nobody."""

from __future__ import annotations

import json
import re
import stat

import pytest

from review.case import Case
from review.errors import UnavailableError
from tests.fakes.gateway import ANSWERS, OWN, RESUME, RUN, Office


def test_an_answer_is_sealed_for_who_is_logged_in(office: Office, case: Case) -> None:
    client = office.visitor("lin")
    spelled = f"/api/flow_runs/{RUN.upper().replace('-', '')}/resume"
    response = client.post(spelled, json={"run_input": ANSWERS}, headers=OWN)
    assert response.text == "within"
    (_, _, body) = office.server.calls[-1]
    passed = json.loads(body)["run_input"]
    assert passed == ANSWERS | {"turn": case.turn}
    found = office.door.sealed(case.id, RUN, passed)
    assert found is not None
    assert found.officer == "lin"
    assert office.door.sealed(case.id, RUN, ANSWERS | {"decision": "不予公开"}) is None


def test_an_answer_to_a_busy_server_is_given_again_and_sealed_once(
    office: Office, case: Case
) -> None:
    office.server.busy = 2
    response = office.visitor("lin").post(RESUME, json={"run_input": ANSWERS}, headers=OWN)
    assert response.text == "within"
    bodies = {body for _, _, body in office.server.calls}
    assert (len(office.server.calls), len(bodies)) == (3, 1)
    assert len(office.events("answer_sealed")) == 1


def test_a_form_left_open_while_the_case_went_on_is_not_taken(office: Office, case: Case) -> None:
    stale = {"run_input": ANSWERS | {"turn": "1.7.0"}}
    response = office.visitor("lin").post(RESUME, json=stale, headers=OWN)
    assert response.status_code == 403
    assert "重新打开" in response.json()["detail"]
    assert office.events("answer_sealed") == []
    assert office.server.calls == []


def test_every_sealed_answer_says_what_the_case_asked_then(office: Office, case: Case) -> None:
    client = office.visitor("lin")
    client.post(RESUME, json={"run_input": ANSWERS}, headers=OWN)
    (_, _, body) = office.server.calls[-1]
    assert json.loads(body)["run_input"]["turn"] == case.turn


def test_free_text_to_hide_stays_in_the_case_folder(office: Office, case: Case) -> None:
    text = "请另隐去：苗秋实之女苗苗"
    client = office.visitor("lin")
    client.post(RESUME, json={"run_input": ANSWERS | {"further": text}}, headers=OWN)
    (_, _, body) = office.server.calls[-1]
    passed = json.loads(body)["run_input"]
    assert re.fullmatch(r"[0-9a-f]{32}", passed["further"])
    assert "苗" not in body.decode()
    name = f"further-{passed['further']}"
    assert office.desk.files.record(case.id, name) == {"text": text}
    kept = office.desk.files.case_dir(case.id) / "records" / f"{name}.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert office.door.sealed(case.id, RUN, passed) is not None
    assert "苗" not in str(list(office.desk.store.events()))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"not json",
        b"\xff",
        b'{"run_input": null}',
        b'{"run_input": []}',
        b'{"run_input": {"further": ["x"]}}',
        b'{"run_input": {"further": {"__prefect_kind": "jinja", "template": "x"}}}',
        b'{"run_input": {"code": NaN}}',
        b'{"run_input": {"opinion": "\\ud800"}}',
        b'{"run_input": {"opinion": "' + b"x" * 300_000 + b'"}}',
        b"[" * 100_000,
    ],
)
def test_a_body_that_is_no_answer_goes_nowhere(office: Office, case: Case, body: bytes) -> None:
    client = office.visitor("lin")
    response = client.post(RESUME, content=body, headers=OWN)
    assert response.status_code == 400
    assert "。" in response.json()["detail"]
    assert office.server.calls == []
    assert office.events("answer_sealed") == []


@pytest.mark.parametrize("tags", [[], ["case:2026-0001", "case:2026-0002"], ["other"]])
def test_a_run_of_no_case_takes_no_answer(office: Office, case: Case, tags: list[str]) -> None:
    office.server.tags = tags
    response = office.visitor("lin").post(RESUME, json={"run_input": ANSWERS}, headers=OWN)
    assert response.status_code == 403
    assert office.server.calls == []


def test_a_tag_of_a_case_that_is_not_there_takes_no_answer(office: Office) -> None:
    response = office.visitor("lin").post(RESUME, json={"run_input": ANSWERS}, headers=OWN)
    assert response.status_code == 400
    assert office.server.calls == []


def test_an_answer_that_cannot_be_sealed_is_not_passed_on(
    office: Office, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = office.visitor("lin")

    def fail(*_: object) -> None:
        raise UnavailableError("磁盘空间不足。")

    monkeypatch.setattr(office.door, "seal", fail)
    response = client.post(RESUME, json={"run_input": ANSWERS}, headers=OWN)
    assert (response.status_code, response.json()["detail"]) == (503, "磁盘空间不足。")
    assert office.server.calls == []
