"""An office behind the gateway, and a small stand-in for the server."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from flows.cases.desk import Desk
from flows.copies.findings_record import CaseRecord
from flows.gateway.app import Gateway
from flows.people.door import Door
from flows.people.passwords import PasswordRegister
from review.case import Case, State
from review.errors import NotAllowedError
from review.plan import Verdict

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


def lock(office: Office, officer: str) -> None:
    for _ in range(5):
        with pytest.raises(NotAllowedError):
            office.desk.staff.check_code(officer, "no code", at=office.clock[0])
