"""The gateway before a small stand-in for the server: who comes through, and with what."""

from __future__ import annotations

import base64
import json

import pytest

from tests.fakes.gateway import ANSWERS, HOST, OWN, RESUME, RUN, TOKEN, Office


@pytest.mark.parametrize(
    "path", ["//evil.example/desk", "/\\evil.example", "/%09/evil.example", "/%5Cevil.example"]
)
def test_a_link_from_elsewhere_leads_to_no_other_host(office: Office, path: str) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    response = office.visitor().request("GET", f"{HOST}{path}", headers=headers)
    assert "evil" not in response.text
    assert response.status_code == 200


def test_a_stranger_gets_nothing_but_the_log_in_page(office: Office) -> None:
    client = office.visitor()
    for path in ("/desk", "/runs", "/assets/x.js", "/staff", "/cases/2026-0001/review.html"):
        assert client.get(path).headers["location"].startswith("/login")
    assert client.get("/api/flow_runs/x").status_code == 401
    assert client.post("/api/flow_runs/filter", json={}, headers=OWN).status_code == 401
    assert client.get("/api/health").status_code == 200
    assert [path for _, path, _ in office.server.calls] == ["/api/health"]


@pytest.mark.parametrize("scheme", ["bearer", "basic"])
def test_worker_and_command_line_may_do_everything_with_the_token(
    office: Office, scheme: str
) -> None:
    told = TOKEN if scheme == "bearer" else base64.b64encode(TOKEN.encode()).decode()
    headers = {"authorization": f"{scheme.capitalize()} {told}"}
    client = office.visitor()
    response = client.post(f"/api/flow_runs/{RUN}/set_state", json={"a": 1}, headers=headers)
    assert response.text == "within"
    assert json.loads(office.server.calls[-1][2]) == {"a": 1}


@pytest.mark.parametrize("told", ["Bearer ", "Bearer b", "Basic ***", "Basic", "token", ""])
def test_a_wrong_token_is_nobody_even_with_a_session(office: Office, told: str) -> None:
    client = office.visitor("lin")
    headers = OWN | {"authorization": told}
    assert client.post("/api/flow_runs/count", json={}, headers=headers).status_code == 401


@pytest.mark.parametrize("who", ["lin", "ding", "zhou"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", f"/api/flow_runs/{RUN}/input"),
        ("POST", f"/api/flow_runs/{RUN}/set_state"),
        ("DELETE", f"/api/flow_runs/{RUN}"),
        ("DELETE", f"/api/flow_runs/{RUN}/input/suspended-review-1-response"),
        ("GET", f"/api/flow_runs/{RUN}/input/suspended-review-1-response"),
    ],
)
def test_who_forges_is_refused_and_recorded_without_what_he_sent(
    office: Office, who: str, method: str, path: str
) -> None:
    client = office.visitor(who)
    for _ in range(3):
        response = client.request(method, path, json={"secret": "苗秋实"}, headers=OWN)
        assert response.status_code == 403
        assert "角色" in response.json()["detail"]
    assert office.server.calls == []
    ((actor, _, data),) = office.events("access_refused")
    assert (actor, data["method"]) == (who, method)
    assert RUN not in data["route"]


def test_an_officer_sees_nothing_of_prefect_and_answers_no_form(office: Office) -> None:
    client = office.visitor("zhou")
    assert client.get("/runs").status_code == 403
    assert client.post(RESUME, json={"run_input": ANSWERS}, headers=OWN).status_code == 403
    assert office.server.calls == []
    assert office.events("answer_sealed") == []


def test_an_auditor_reads_and_answers_no_form(office: Office) -> None:
    client = office.visitor("ding")
    assert client.get("/runs").text == "within"
    assert client.post(RESUME, json={"run_input": ANSWERS}, headers=OWN).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"{HOST}.evil.example"},
        {"sec-fetch-site": "cross-site", "origin": HOST},
        {"sec-fetch-site": "same-site", "origin": HOST},
        {"sec-fetch-site": "none", "origin": HOST},
    ],
)
@pytest.mark.parametrize("path", [RESUME, "/logout", "/login", "/password", "/staff/unlock"])
def test_what_changes_something_must_come_from_a_page_of_ours(
    office: Office, path: str, headers: dict[str, str]
) -> None:
    client = office.visitor("lin")
    response = client.post(path, json={"run_input": ANSWERS}, headers=headers)
    assert response.status_code == 403
    assert office.server.calls == []
    assert client.get("/desk").status_code == 200


def test_what_prefects_pages_ask_first_tells_nothing_of_the_machine(office: Office) -> None:
    told = office.visitor("lin").get("/api/admin/settings").json()
    assert told["server"] == {"ui": {"show_promotional_content": False}, "analytics_enabled": False}
    assert office.visitor("zhou").get("/api/admin/settings").status_code == 403
