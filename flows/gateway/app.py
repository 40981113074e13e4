"""The application that stands before Prefect: who is known passes as far as his rights go."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, timedelta

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from flows.actors import UNKNOWN
from flows.gateway import pages
from flows.gateway.answering import MOST_BYTES, Answering
from flows.gateway.bodies import read_body
from flows.gateway.callers import Caller, Callers, Machine, Person, own_origin, same_origin
from flows.gateway.entrance import known_page
from flows.gateway.front import Front
from flows.gateway.headers import secured
from flows.gateway.rights import (
    API,
    HEALTH,
    SETTINGS,
    answered_run,
    may_call,
    may_listen,
    may_look,
    template,
)
from flows.gateway.sessions import Sessions
from flows.store.store import CaseStore
from review.errors import NotAllowedError, ReviewError, UnavailableError

LOGIN = "/login"
_SAFE = frozenset({"GET", "HEAD"})
_POLICY_VIOLATION = 1008
_BUSY = 503
_PAUSES = (0.2, 0.5, 1.0, 2.0, 0.0)
_REPEATED = timedelta(minutes=1)
_STATUS = {2: 400, 10: 403}
"""The HTTP status by the exit code of an error; every other one is a fault on our side."""

_NO_RIGHT = "您的角色不能做这件事；如确有需要，请联系管理员核对角色。"
_FOREIGN = "这个请求不是从本系统的网页发出的，没有执行；请从“我的待办”重新打开。"


class Gateway:
    """Pass requests on to Prefect, or answer them."""

    def __init__(
        self,
        inner: ASGIApp,
        front: Front,
        callers: Callers,
        answering: Answering,
        store: CaseStore,
        sessions: Sessions,
        now: Callable[[], datetime],
    ) -> None:
        self._inner = inner
        self._front = front
        self._callers = callers
        self._answering = answering
        self._store = store
        self._sessions = sessions
        self._now = now
        self._refused: dict[tuple[str, str, str], datetime] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._inner(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        headed = _Headed(send, scope)
        caller: Caller = None
        try:
            caller = await self._callers.of(request.headers)
            app = await self._choose(request, caller)
        except ReviewError as error:
            app = _told(request, caller, error)
        except Exception as error:  # its text may quote what was sent
            reason = f"网关内部出错（{type(error).__name__}），没有执行，请管理员查看。"
            app = _told(request, caller, UnavailableError(reason))
        await app(scope, request.receive, headed)

    async def _choose(self, request: Request, caller: Caller) -> ASGIApp:
        """Decide what answers a request."""
        method, path = request.method, request.scope["path"]
        if caller is Machine.OURS or (path == HEALTH and method in _SAFE):
            return self._inner
        assert not isinstance(caller, Machine)
        if method not in _SAFE and not same_origin(request.headers):
            await self._refuse(caller, method, path)
            raise NotAllowedError(_FOREIGN)
        if path == LOGIN:
            return await self._log_in(request)
        if caller is None:
            return await self._stranger(request)
        if (handler := self._front.handler(method, path)) is not None:
            self._sessions.touch(caller.token, self._now())
            return await handler(request, caller)
        return await self._pass_on(request, caller)

    async def _log_in(self, request: Request) -> Response:
        if request.method == "POST":
            return await self._front.entrance.log_in(request)
        return self._front.entrance.form(request.query_params.get("next", ""))

    async def _stranger(self, request: Request) -> Response:
        """Send a person to the log-in page and a program away."""
        path = request.scope["path"]
        if request.method not in _SAFE:
            await self._refuse(None, request.method, path)
        if request.method in _SAFE and not path.startswith(f"{API}/"):
            if request.headers.get("sec-fetch-site") == "cross-site":
                return pages.come_again(known_page(path))
            return pages.to(f"{LOGIN}?next={path}" if path.isascii() else LOGIN)
        return pages.refusal("请先登录再操作。", 401)

    async def _pass_on(self, request: Request, person: Person) -> ASGIApp:
        """Let a person's request through to Prefect where his role may send it."""
        method, path = request.method, request.scope["path"]
        if (method, path) == ("GET", SETTINGS) and may_look(person.staff.roles):
            return pages.interface_settings()
        if not may_call(person.staff.roles, method, path):
            await self._refuse(person, method, path)
            raise NotAllowedError(_NO_RIGHT)
        if request.headers.get("sec-fetch-mode") == "navigate" or answered_run(method, path):
            self._sessions.touch(person.token, self._now())
        if (run := answered_run(method, path)) is None:
            return self._inner
        sent = await read_body(request, MOST_BYTES)
        return _with_body(self._inner, await self._answering.seal(run, person.staff.id, sent))

    async def _refuse(self, person: Person | None, method: str, path: str) -> None:
        """Record what was refused to whom, once a minute: a page may ask again and again."""
        actor = person.staff.id if person else UNKNOWN
        key, now = (actor, method, template(path)), self._now()
        self._refused = {k: at for k, at in self._refused.items() if now - at < _REPEATED}
        if key in self._refused:
            return
        self._refused[key] = now
        data = {"method": method if method.isalpha() else "?", "route": key[2]}
        await asyncio.to_thread(
            self._store.record, actor=actor, action="access_refused", at=now, data=data
        )

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        try:
            caller = await self._callers.of(headers)
            if caller is Machine.OURS:
                return await self._inner(scope, receive, send)
            if isinstance(caller, Person):
                if may_listen(caller.staff.roles, scope["path"]) and own_origin(headers):
                    return await self._inner(scope, receive, self._while_logged_in(caller, send))
                await self._refuse(caller, "WEBSOCKET", scope["path"])
            elif "authorization" not in headers and "prefect" in scope.get("subprotocols", ()):
                return await self._inner(scope, self._after_token(receive, send), send)
        except ReviewError:
            pass  # what cannot be checked is not let in
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        return None

    def _while_logged_in(self, person: Person, send: Send) -> Send:
        """Close a socket as soon as the session of its person is over."""

        async def guarded(message: Message) -> None:
            telling = message["type"] == "websocket.send"
            if telling and await self._callers.person(person.token) is None:
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
                raise WebSocketDisconnect(_POLICY_VIOLATION)
            await send(message)

        return guarded

    def _after_token(self, receive: Receive, send: Send) -> Receive:
        """Hand on what a client sends only if its first word holds the token.

        Prefect's subscribers send no header; the server within would take any first word.
        """
        state = {"open": False}

        async def checked() -> Message:
            message = await receive()
            if message["type"] != "websocket.receive" or state["open"]:
                return message
            if not self._callers.is_token(_first_word(message)):
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
                return {"type": "websocket.disconnect", "code": _POLICY_VIOLATION}
            state["open"] = True
            return message

        return checked


def _first_word(message: Message) -> object:
    try:
        word = json.loads(message.get("text") or message.get("bytes") or "")
    except (ValueError, RecursionError):
        return None
    return word.get("token") if isinstance(word, dict) and word.get("type") == "auth" else None


def _told(request: Request, caller: Caller, error: ReviewError) -> Response:
    """Say what is wrong, on a page for a person and as JSON for a program."""
    status = _STATUS.get(error.exit_code, 503 if isinstance(error, UnavailableError) else 500)
    if request.scope["path"].startswith(f"{API}/"):
        return pages.refusal(error.message, status)
    staff = caller.staff if isinstance(caller, Person) else None
    return pages.message("不能办理", error.message, staff, status=status)


def _with_body(inner: ASGIApp, body: bytes) -> ASGIApp:
    """Pass a request on with another body, and again where the server says that it is busy.

    SQLite under load makes it say so, having done nothing; the page would just show an error.
    """
    changed = (b"content-length", b"content-type", b"content-encoding", b"transfer-encoding")

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(n, v) for n, v in scope["headers"] if n.lower() not in changed]
        headers += [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ]
        answer: list[Message] = []
        for pause in _PAUSES:
            answer = await _asked(inner, {**scope, "headers": headers}, body, receive)
            if answer[0]["status"] != _BUSY:
                break
            await asyncio.sleep(pause)
        for message in answer:
            await send(message)

    return app


async def _asked(inner: ASGIApp, scope: Scope, body: bytes, receive: Receive) -> list[Message]:
    """Give the whole answer to a request with this body.

    The server raises what went wrong once more after it has answered; the answer says enough.
    """
    sent = iter([{"type": "http.request", "body": body, "more_body": False}])
    answer: list[Message] = []

    async def once() -> Message:
        return next(sent, None) or await receive()

    async def hold(message: Message) -> None:
        answer.append(message)

    try:
        await inner(scope, once, hold)
    except Exception:
        if not answer:
            raise
    return answer


class _Headed:
    """Send an answer with the headers that all answers carry."""

    def __init__(self, send: Send, scope: Scope) -> None:
        self._send = send
        self._keep = scope["path"].startswith(("/assets/", "/v2/assets/"))
        self._https = scope.get("scheme") == "https"

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = secured(message.get("headers", ()), keep=self._keep, https=self._https)
            message = {**message, "headers": headers}
        await self._send(message)
