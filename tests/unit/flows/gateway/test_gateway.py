"""The gateway before a small stand-in for the server: who comes through, and with what."""

from __future__ import annotations

import base64
import json
import re
import stat
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from flows.casefiles import CaseFiles
from flows.desk import Desk
from flows.door import Door
from flows.findings_record import CaseRecord
from flows.gateway.answering import Answering, Prefect
from flows.gateway.app import Gateway
from flows.gateway.callers import COOKIE, Callers
from flows.gateway.front import Front
from flows.gateway.sessions import Sessions
from flows.passwords import PasswordRegister
from flows.staff import StaffRegister
from flows.store import CaseStore
from review.case import Case, State
from review.errors import NotAllowedError, UnavailableError
from review.plan import Verdict
from review.staffing import StaffRole

TOKEN = "a" * 64
HOST = "http://testserver"
OWN = {"origin": HOST}
RUN = "44c108ac-d86c-4393-a0e0-77a0f40328ac"
RESUME = f"/api/flow_runs/{RUN}/resume"
ANSWERS = {"decision": "同意公开", "opinion": "已核对", "code": "314159"}


@dataclass
class Server:
    """Stand for Prefect: it does whatever it is asked and remembers it."""

    tags: list[str] = field(default_factory=lambda: ["case:2026-0001"])
    paused: list[dict[str, Any]] = field(default_factory=list)
    artifacts: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[str, str, bytes]] = field(default_factory=list)
    busy: int = 0

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/flow_runs/filter", self.runs, methods=["POST"]),
                Route("/api/artifacts/filter", self.shown, methods=["POST"]),
                Route("/api/flow_runs/{id}", self.run),
                WebSocketRoute("/api/events/{way}", self.socket),
                Route("/{path:path}", self.any, methods=["GET", "POST", "PATCH", "DELETE", "PUT"]),
            ],
            exception_handlers={Exception: self.fail},
        )

    async def fail(self, request: Request, error: Exception) -> PlainTextResponse:
        """Answer as Prefect does when it is busy; Starlette raises the error all the same."""
        return PlainTextResponse("busy", 503)

    async def runs(self, request: Request) -> JSONResponse:
        return JSONResponse(self.paused)

    async def shown(self, request: Request) -> JSONResponse:
        return JSONResponse(self.artifacts)

    async def run(self, request: Request) -> JSONResponse:
        return JSONResponse({"id": request.path_params["id"], "tags": self.tags})

    async def any(self, request: Request) -> PlainTextResponse:
        self.calls.append((request.method, request.url.path, await request.body()))
        if self.busy:
            self.busy -= 1
            raise TimeoutError("database is locked")
        return PlainTextResponse("within", headers={"access-control-allow-origin": "*"})

    async def socket(self, websocket: WebSocket) -> None:
        await websocket.accept(subprotocol="prefect")
        with suppress(WebSocketDisconnect):
            await websocket.receive_json()
            await websocket.send_json({"type": "auth_success"})
            while await websocket.receive_text():
                await websocket.send_text("told")


@dataclass
class Office:
    """Everything that stands behind one gateway."""

    gateway: Gateway
    server: Server
    desk: Desk
    door: Door
    passwords: PasswordRegister
    clock: list[datetime]
    secrets: dict[str, str]
    words: dict[str, str] = field(default_factory=dict)

    def word(self, officer: str) -> str:
        """Give somebody's password, which he gets when he needs it: making one takes a while."""
        if officer not in self.words:
            self.words[officer] = self.passwords.issue(officer, at=self.clock[0])
        return self.words[officer]

    def visitor(self, officer: str = "", **options: Any) -> TestClient:
        """Give a browser, in which somebody has logged in."""
        client = TestClient(self.gateway, base_url=HOST, follow_redirects=False, **options)
        if officer:
            assert self.log_in(client, officer).status_code == 303
        return client

    def log_in(self, client: TestClient, officer: str, password: str = "", **form: str) -> Any:
        told = {"officer": officer, "password": password or self.word(officer), **form}
        return client.post("/login", data=told, headers=OWN)

    def events(self, *actions: str) -> list[tuple[str, str, dict[str, Any]]]:
        return [
            (event.actor, event.case, dict(event.data))
            for event in self.desk.store.events()
            if event.action in actions
        ]

    def pass_time(self, **time: float) -> None:
        self.clock[0] += timedelta(**time)


@pytest.fixture
def office(sqlite_store: CaseStore, tmp_path: Path, noon: datetime) -> Office:
    clock = [noon]

    def now() -> datetime:
        return clock[0]

    def no_pipeline() -> Any:
        raise AssertionError("no page scans anything")

    staff, passwords = StaffRegister(sqlite_store), PasswordRegister(sqlite_store)
    desk = Desk(sqlite_store, CaseFiles(tmp_path), staff, no_pipeline, now)
    secrets = {}
    for officer, role in (
        ("zhou", StaffRole.OFFICER),
        ("lin", StaffRole.REVIEWER),
        ("guo", StaffRole.REVIEWER),
        ("ding", StaffRole.AUDITOR),
    ):
        secrets[officer] = staff.add(officer, {role}, at=noon)
    server, sessions = Server(), Sessions()
    inner = server.app()
    prefect, door = Prefect(inner), Door(sqlite_store, tmp_path / "door.key")
    gateway = Gateway(
        inner,
        Front(desk, passwords, prefect, sessions, now),
        Callers(TOKEN, sessions, passwords, now),
        Answering(prefect, sqlite_store, desk.files, door, now),
        sqlite_store,
        sessions,
        now,
    )
    return Office(gateway, server, desk, door, passwords, clock, secrets)


@pytest.fixture
def case(office: Office, make_case: Any) -> Case:
    return add_case(office, make_case, 1)


def add_case(office: Office, make_case: Any, number: int, **changes: Any) -> Case:
    made = make_case(f"2026-{number:04d}", source=format(number % 16, "x"), **changes)
    waiting = replace(
        made,
        submission=replace(made.submission, officer="zhou"),
        drafts=(replace(made.drafts[0], sha256=f"{number:064x}"),),
        state=State.AWAITING,
        verdict=Verdict.FLAGGED,
    )
    office.desk.store.add(waiting, actor="zhou", at=office.clock[0], data={})
    record = CaseRecord(title=f"关于第{number}批救助金的公告", category="社会救助")
    office.desk.files.put_record(waiting.id, "findings", record.pack())
    office.desk.files.put_review_copy(waiting.id, "<p>原文：苗秋实</p>")
    return waiting


# Logging in and out


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


# Who may do what


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


# Answering a form


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


# Sockets


def listen(client: TestClient, path: str, word: object, **headers: str) -> str:
    with client.websocket_connect(path, subprotocols=["prefect"], headers=headers) as socket:
        socket.send_json(word)
        assert socket.receive_json() == {"type": "auth_success"}
        socket.send_text("more")
        return str(socket.receive_text())


def test_a_socket_opens_to_the_token_in_header_or_first_word(office: Office) -> None:
    word = {"type": "auth", "token": TOKEN}
    assert listen(office.visitor(), "/api/events/in", word) == "told"
    basic = base64.b64encode(TOKEN.encode()).decode()
    told = listen(office.visitor(), "/api/events/in", {}, authorization=f"Basic {basic}")
    assert told == "told"


@pytest.mark.parametrize(
    "word",
    [{"type": "auth", "token": None}, {"type": "auth", "token": "b"}, {}, [], {"token": TOKEN}],
)
def test_a_socket_stays_shut_without_the_token(office: Office, word: object) -> None:
    with pytest.raises(WebSocketDisconnect):
        listen(office.visitor(), "/api/events/in", word)
    with pytest.raises(WebSocketDisconnect):
        listen(office.visitor(), "/api/events/out", word, authorization="Bearer b")
    with pytest.raises(WebSocketDisconnect), office.visitor().websocket_connect("/api/events/out"):
        pass


def test_a_person_may_listen_from_a_page_of_ours_and_never_talk(office: Office) -> None:
    client = office.visitor("lin")
    assert listen(client, "/api/events/out", {"type": "auth"}, origin=HOST) == "told"
    for path, origin in (
        ("/api/events/in", HOST),
        ("/api/events/out", "https://evil.example"),
        ("/api/events/out", ""),
    ):
        with pytest.raises(WebSocketDisconnect):
            listen(client, path, {"type": "auth"}, origin=origin)
    with pytest.raises(WebSocketDisconnect):
        listen(office.visitor("zhou"), "/api/events/out", {"type": "auth"}, origin=HOST)


def test_a_socket_closes_when_its_session_is_over(office: Office) -> None:
    client = office.visitor("lin")
    with client.websocket_connect(
        "/api/events/out", subprotocols=["prefect"], headers={"origin": HOST}
    ) as socket:
        socket.send_json({"type": "auth"})
        socket.receive_json()
        client.post("/logout", headers=OWN)
        socket.send_text("more")
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()


# Pages


def test_nothing_is_framed_sniffed_kept_or_fetched_from_elsewhere(office: Office) -> None:
    client = office.visitor("lin")
    for path in ("/desk", "/runs", "/api/flow_runs/x", "/login"):
        headers = client.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers
        policy = dict(
            part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
        )
        assert not any("http" in sources or "*" in sources for sources in policy.values())
        assert "inline" not in policy.get("script-src", policy["default-src"])
    assert "default-src 'none'" in client.get("/desk").headers["content-security-policy"]


def test_the_desk_shows_what_waits_with_form_and_copy(office: Office, case: Case) -> None:
    office.server.paused = [{"id": RUN, "tags": [f"case:{case.id}"]}]
    shown = office.visitor("lin").get("/desk").text
    assert "关于第1批救助金的公告" in shown
    assert f'href="/runs/flow-run/{RUN}"' in shown
    assert f'href="/cases/{case.id}/review.html"' in shown
    assert f'href="/cases/{case.id}/summary"' in shown
    assert "Submit" in shown  # explained in Chinese below the list
    assert "工作日" in shown
    assert "<script" not in shown


def test_a_link_of_a_case_leads_to_its_findings_in_prefect(office: Office, case: Case) -> None:
    reviewer, page = office.visitor("lin"), f"/cases/{case.id}/summary"
    assert "请稍后" in reviewer.get(page).text
    office.server.artifacts = [{"id": RUN}]
    assert reviewer.get(page).headers["location"] == f"/artifacts/artifact/{RUN}"
    assert "location" not in office.visitor("zhou").get(page).headers


def test_a_case_that_is_not_read_yet_shows_no_key_of_its_category(
    office: Office, make_case: Any
) -> None:
    made = make_case("2026-0009")
    made = replace(made, submission=replace(made.submission, officer="zhou"))
    office.desk.store.add(made, actor="zhou", at=office.clock[0], data={})
    shown = office.visitor("zhou").get("/desk").text
    assert "尚未检测" in shown
    assert made.submission.category not in shown


def test_an_officer_sees_his_own_cases_and_their_state(office: Office, case: Case) -> None:
    office.desk.staff.add("wei", {StaffRole.OFFICER}, at=office.clock[0])
    assert "等待审批" in office.visitor("zhou").get("/desk").text
    assert case.id not in office.visitor("wei").get("/desk").text


def test_the_earliest_deadline_comes_first(office: Office, make_case: Any) -> None:
    for number, days in ((1, 0), (2, -60), (3, 10)):
        created = office.clock[0] + timedelta(days=days)
        add_case(office, make_case, number, created_at=created)
    shown = office.visitor("lin").get("/desk").text
    assert re.findall(r'day">(2026-\d{4})<', shown) == ["2026-0002", "2026-0001", "2026-0003"]
    assert "已超期" in shown


def test_a_hundred_waiting_cases_open_quickly(office: Office, make_case: Any) -> None:
    for number in range(1, 101):
        add_case(office, make_case, number)
    client = office.visitor("lin")
    client.get("/desk")
    begun = time.process_time()
    shown = client.get("/desk").text
    assert shown.count("/review.html") == 100
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("who", ["zhou", "lin", "ding"])
def test_the_review_copy_opens_for_the_people_of_the_case_and_is_recorded(
    office: Office, case: Case, who: str
) -> None:
    response = office.visitor(who).get(f"/cases/{case.id}/review.html")
    assert "苗秋实" in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert office.events("review_copy_opened") == [(who, case.id, {})]


@pytest.mark.parametrize("who", ["zhou", "lin", "ding"])
def test_a_highlighted_draft_is_handed_to_the_people_of_the_case_and_recorded(
    office: Office, case: Case, who: str
) -> None:
    name = office.desk.files.put_marked_copy(case.id, 0, ".docx", b"PK marked")
    response = office.visitor(who).get(f"/cases/{case.id}/{name}")
    assert response.content == b"PK marked"
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"].startswith("attachment;")
    assert response.headers["cache-control"] == "no-store"
    assert office.events("marked_copy_opened") == [(who, case.id, {})]


def test_the_desk_links_to_the_highlighted_drafts(office: Office, case: Case) -> None:
    for number in (0, 1):
        office.desk.files.put_marked_copy(case.id, number, ".pdf", b"%PDF")
    for who in ("zhou", "lin"):
        shown = office.visitor(who).get("/desk").text
        assert f'href="/cases/{case.id}/marked-1.pdf">标注稿1<' in shown
        assert f'href="/cases/{case.id}/marked-2.pdf">标注稿2<' in shown


def test_a_highlighted_draft_stays_shut_to_others_and_so_does_everything_beside_it(
    office: Office, case: Case
) -> None:
    name = office.desk.files.put_marked_copy(case.id, 0, ".docx", b"PK marked")
    older = office.desk.files.put_marked_copy(case.id, 0, ".docx", b"PK older", "r9")
    office.desk.staff.add("wei", {StaffRole.OFFICER}, at=office.clock[0])
    stranger, reviewer = office.visitor("wei"), office.visitor("lin")
    assert stranger.get(f"/cases/{case.id}/{name}").status_code == 403
    assert office.events("access_refused") == [("wei", case.id, {"what": "marked_copy"})]
    for other in (older, "marked-2.docx", "marked-1.pdf"):
        assert reviewer.get(f"/cases/{case.id}/{other}").status_code in (400, 403, 404)
    assert len(office.events("marked_copy_opened")) == 0


def test_the_review_copy_stays_shut_to_others_as_if_it_were_not_there(
    office: Office, case: Case
) -> None:
    office.desk.staff.add("wei", {StaffRole.OFFICER}, at=office.clock[0])
    client = office.visitor("wei")
    shut = client.get(f"/cases/{case.id}/review.html")
    absent = client.get("/cases/2026-9999/review.html")
    assert (shut.status_code, shut.text) == (absent.status_code, absent.text) == (403, shut.text)
    assert "苗秋实" not in shut.text
    assert len(office.events("access_refused")) == 2
    assert client.get("/cases/../review.html").status_code in (403, 404)


def lock(office: Office, officer: str) -> None:
    for _ in range(5):
        with pytest.raises(NotAllowedError):
            office.desk.staff.check_code(officer, "no code", at=office.clock[0])


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
