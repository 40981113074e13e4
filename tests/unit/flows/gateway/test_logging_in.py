"""Logging in and out of the gateway: who gets in, and how long it lasts."""

from __future__ import annotations

import pyotp
import pytest
from starlette.testclient import TestClient

from flows.gateway.callers import COOKIE
from review.staffing import StaffRole
from tests.fakes.gateway import OWN, RUN, Office, lock


def test_a_person_logs_in_and_comes_to_his_desk(office: Office) -> None:
    client = office.visitor()
    assert client.get("/").headers["location"] == "/login?next=/"
    response = office.log_in(client, "lin")
    assert response.headers["location"] == "/desk"
    cookie = response.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert "等我审批" in client.get("/desk").text
    assert office.events("login_accepted") == [("lin", "", {})]


def test_the_cookie_is_secure_under_tls(office: Office) -> None:
    client = TestClient(office.gateway, base_url="https://testserver", follow_redirects=False)
    form = {"officer": "lin", "password": office.word("lin")}
    response = client.post("/login", data=form, headers={"origin": "https://testserver"})
    assert "Secure" in response.headers["set-cookie"]
    assert "max-age" in response.headers["strict-transport-security"]


@pytest.mark.parametrize("number", ["lin", "nobody"])
def test_a_wrong_password_and_an_unknown_number_look_the_same(office: Office, number: str) -> None:
    response = office.log_in(office.visitor(), number, "wrong-password")
    assert response.status_code == 403
    assert "工号或密码不对" in response.text
    assert COOKIE not in response.headers.get("set-cookie", "")
    ((actor, _, _),) = office.events("login_refused")
    assert actor == ("lin" if number == "lin" else "unknown")


def test_guessing_is_slowed_and_then_not_looked_at(office: Office) -> None:
    client = office.visitor()
    while office.log_in(client, "lin", "wrong").status_code == 403:
        office.pass_time(seconds=11)
    refused = len(office.events("login_refused"))
    assert refused < 10
    told = office.log_in(client, "lin")
    assert told.status_code == 429
    assert "秒再试" in told.text
    assert len(office.events("login_refused")) == refused, "a flood must not fill the chain"
    office.pass_time(seconds=61)
    assert office.log_in(client, "lin").status_code == 303


def test_who_has_logged_in_here_before_is_not_slowed_by_others(office: Office) -> None:
    own = office.visitor("lin")
    stranger = office.visitor()
    while office.log_in(stranger, "lin", "wrong").status_code == 403:
        office.pass_time(seconds=11)
    assert office.log_in(own, "lin").status_code == 303


def test_leaving_kills_a_stolen_cookie(office: Office) -> None:
    client, thief = office.visitor("lin"), office.visitor()
    thief.cookies.set(COOKIE, client.cookies[COOKIE])
    assert thief.get("/desk").status_code == 200
    assert client.post("/logout", headers=OWN).status_code == 303
    assert thief.get("/desk").status_code == 303
    assert thief.post("/api/flow_runs/filter", json={}, headers=OWN).status_code == 401


@pytest.mark.parametrize("end", ["disable", "renew", "lock"])
def test_a_session_ends_with_the_standing_of_its_person(office: Office, end: str) -> None:
    client, at = office.visitor("lin"), office.clock[0]
    staff = office.desk.staff
    if end == "disable":
        staff.disable("lin", at=at)
    elif end == "renew":
        staff.renew("lin", {StaffRole.REVIEWER}, at=at)
    else:
        lock(office, "lin")
    assert client.get("/desk").status_code == 303


def test_a_page_that_asks_by_itself_keeps_nobody_logged_in(office: Office) -> None:
    client = office.visitor("lin")
    for _ in range(4):
        office.pass_time(minutes=10)
        last = client.post("/api/flow_runs/count", json={}, headers=OWN)
    assert last.status_code == 401
    client = office.visitor("lin")
    for _ in range(4):
        office.pass_time(minutes=10)
        assert client.get("/desk").status_code == 200


def test_a_new_password_ends_every_other_session(office: Office) -> None:
    client, other = office.visitor("lin"), office.visitor("lin")
    form = {"old": office.word("lin"), "new": "hao-ji-de-mima", "again": "hao-ji-de-mima"}
    assert client.post("/password", data=form | {"again": "x"}, headers=OWN).status_code == 403
    assert "已修改" in client.post("/password", data=form, headers=OWN).text
    assert client.get("/desk").status_code == 200
    assert other.get("/desk").status_code == 303
    assert office.log_in(office.visitor(), "lin", "hao-ji-de-mima").status_code == 303


def test_after_logging_in_one_comes_to_the_page_asked_for_and_never_elsewhere(
    office: Office,
) -> None:
    client = office.visitor()
    path = f"/runs/flow-run/{RUN}"
    assert client.get(path).headers["location"] == f"/login?next={path}"
    assert f'value="{path}"' in client.get(f"/login?next={path}").text
    assert office.log_in(client, "lin", next=path).headers["location"] == path
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example", "/login"):
        response = office.log_in(client, "lin", next=elsewhere)
        assert response.headers["location"] == "/desk"


def test_a_link_from_a_mail_finds_the_session_by_itself(office: Office) -> None:
    response = office.visitor().get("/desk", headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 200
    assert 'url=/desk"' in response.text


def test_a_locked_account_is_unlocked_by_an_auditor_alone(office: Office) -> None:
    lock(office, "guo")
    assert office.log_in(office.visitor(), "guo").status_code == 403
    code = pyotp.TOTP(office.secrets["lin"]).at(office.clock[0])
    form = {"officer": "guo", "code": code}
    reviewer = office.visitor("lin")
    assert reviewer.get("/staff").status_code == 403
    assert reviewer.post("/staff/unlock", data=form, headers=OWN).status_code == 403
    auditor = office.visitor("ding")
    assert "guo" in auditor.get("/staff").text
    wrong = auditor.post("/staff/unlock", data=form | {"code": "000000"}, headers=OWN)
    assert "口令不对" in wrong.text
    code = pyotp.TOTP(office.secrets["ding"]).at(office.clock[0])
    done = auditor.post("/staff/unlock", data=form | {"code": code}, headers=OWN)
    assert "已解锁工号 guo" in done.text
    assert office.log_in(office.visitor(), "guo").status_code == 303
    assert office.events("staff_unlocked") == [("ding", "", {"officer": "guo"})]


def test_where_the_chain_cannot_be_written_nobody_gets_in(office: Office) -> None:
    office.word("lin")
    office.desk.store.anchor.write_text("broken")
    response = office.log_in(office.visitor(), "lin")
    assert response.status_code == 500
    assert "锚点" in response.text
    assert COOKIE not in response.headers.get("set-cookie", "")
