"""The gateway before the real server: what a logged-in person, a forger and a stranger reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pyotp
import pytest
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from flows.prefect_api import PrefectApi
from review.case import State
from review.errors import NotAllowedError
from tests.conftest import RunningOffice

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("stack")]


@pytest.fixture(scope="module")
def run(running_office: RunningOffice) -> str:
    """Give the suspended run of a waiting case, form in place."""
    return running_office.waiting_case()[1]


@pytest.fixture
def browser(running_office: RunningOffice) -> Iterator[httpx.Client]:
    """Give a client without token or cookie that says it comes from our pages."""
    own = running_office.settings.ui_url
    with httpx.Client(base_url=own, headers={"Origin": own}, timeout=60) as client:
        yield client


def log_in(office: RunningOffice, client: httpx.Client, officer: str, password: str = "") -> int:
    form = {"officer": officer, "password": password or office.words[officer]}
    return client.post("/login", data=form).status_code


def sealed(office: RunningOffice) -> list[str]:
    return [e.actor for e in office.desk.store.events() if e.action == "answer_sealed"]


def test_nobody_comes_in_with_a_wrong_password_or_number(
    running_office: RunningOffice, browser: httpx.Client, run: str
) -> None:
    assert log_in(running_office, browser, "lin", "wrong-password") == 403
    assert log_in(running_office, browser, "nobody", "wrong-password") == 403
    assert browser.get(f"/api/flow_runs/{run}").status_code == 401
    with pytest.raises(NotAllowedError):
        PrefectApi(running_office.settings.api_url).log_in("lin", "wrong-password")


@pytest.mark.parametrize("officer", ["lin", "zhou", "ding"])
def test_no_role_writes_past_the_form(
    running_office: RunningOffice, browser: httpx.Client, run: str, officer: str
) -> None:
    assert log_in(running_office, browser, officer) == 303
    row = {"key": "suspended-review-1-response", "value": '{"decision": "同意公开"}'}
    state = {"state": {"type": "SCHEDULED"}, "force": True}
    forged = [
        browser.post(f"/api/flow_runs/{run}/input", json=row),
        browser.post(f"/api/flow_runs/{run}/set_state", json=state),
        browser.delete(f"/api/flow_runs/{run}"),
        browser.patch(f"/api/flow_runs/{run}", json={"name": "x"}),
    ]
    assert [response.status_code for response in forged] == [403] * 4
    assert running_office.api.replies(run) == []
    with running_office.raw() as worker:
        assert worker.get(f"flow_runs/{run}").json()["state_type"] == "PAUSED"


def test_an_officer_or_a_foreign_page_answers_no_form(
    running_office: RunningOffice, browser: httpx.Client, run: str
) -> None:
    before, body = sealed(running_office), {"run_input": {"decision": "同意公开"}}
    assert log_in(running_office, browser, "zhou") == 303
    assert browser.post(f"/api/flow_runs/{run}/resume", json=body).status_code == 403
    assert log_in(running_office, browser, "lin") == 303
    foreign = {"Origin": "https://evil.example"}
    response = browser.post(f"/api/flow_runs/{run}/resume", json=body, headers=foreign)
    assert response.status_code == 403
    assert sealed(running_office) == before


def test_a_stolen_cookie_dies_with_the_log_out(
    running_office: RunningOffice, browser: httpx.Client, run: str
) -> None:
    assert log_in(running_office, browser, "guo") == 303
    stolen = dict(browser.cookies)
    assert browser.get(f"/api/flow_runs/{run}").status_code == 200
    browser.post("/logout")
    own = running_office.settings.ui_url
    with httpx.Client(base_url=own, cookies=stolen) as thief:
        assert thief.get(f"/api/flow_runs/{run}").status_code == 401


def test_a_socket_needs_a_log_in_or_the_token(
    running_office: RunningOffice, browser: httpx.Client
) -> None:
    office = running_office
    address = office.settings.api_url.replace("http", "ws", 1)
    for path in ("/events/out", "/events/in", "/logs/out"):
        with pytest.raises(WebSocketException):
            first_word_back(address + path, "null")
    assert "auth_success" in first_word_back(f"{address}/events/out", f'"{office.token}"')
    log_in(office, browser, "lin")
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    headers = {"Cookie": cookie, "Origin": office.settings.ui_url}
    assert "auth_success" in first_word_back(f"{address}/events/out", "null", headers)
    with pytest.raises(WebSocketException):
        first_word_back(f"{address}/events/in", "null", headers)


def first_word_back(address: str, token: str, headers: dict[str, str] | None = None) -> str:
    """Open a socket as Prefect's pages and subscribers do; gives what the server says first."""
    protocols = [Subprotocol("prefect")]
    with connect(address, subprotocols=protocols, additional_headers=headers) as socket:
        socket.send(f'{{"type": "auth", "token": {token}}}')
        return str(socket.recv(timeout=10))


def test_an_answer_is_sealed_for_who_gave_it_and_reaches_the_case(
    running_office: RunningOffice,
) -> None:
    office = running_office
    case, run = office.waiting_case()
    values = {
        "decision": "退回修改",
        "opinion": "请核对公开范围",
        "code": office.fresh_code("guo"),
    }
    office.person("guo").resume(run, values)
    assert office.until(case, State.RETURNED).approvals[0].officer == "guo"
    assert "guo" in sealed(office)
    with pytest.raises(NotAllowedError):
        office.person("guo").resume(run, values)
    assert [a.officer for a in office.desk.store.get(case).approvals] == ["guo"]


def test_a_locked_account_comes_back_by_an_auditor_alone(
    running_office: RunningOffice, browser: httpx.Client
) -> None:
    from review.staffing import StaffRole

    office = running_office
    office.enrol("locked-one", StaffRole.REVIEWER)
    for _ in range(5):
        with pytest.raises(NotAllowedError):
            office.desk.staff.check_code("locked-one", "no code", at=datetime.now(UTC))
    assert log_in(office, browser, "locked-one") == 403
    assert log_in(office, browser, "lin") == 303
    form = {"officer": "locked-one", "code": pyotp.TOTP(office.secrets["lin"]).now()}
    assert browser.post("/staff/unlock", data=form).status_code == 403
    assert log_in(office, browser, "ding") == 303
    assert "locked-one" in browser.get("/staff").text
    form["code"] = office.fresh_code("ding")
    assert browser.post("/staff/unlock", data=form).status_code == 200
    assert log_in(office, browser, "locked-one") == 303
