"""The gateway's own pages: log-in and log-out, password, desk, review copy, locked accounts."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from flows.cases.desk import Desk
from flows.cases.waiting import may_read
from flows.durable import declared_errors
from flows.gateway import pages
from flows.gateway.answering import Prefect
from flows.gateway.callers import COOKIE, Person, cookie_of
from flows.gateway.desk_page import own_rows, waiting_rows
from flows.gateway.rights import may_answer, may_look
from flows.gateway.sessions import WHOLE, Sessions
from flows.gateway.throttle import PATIENCE, Throttle
from flows.people.passwords import PasswordRegister
from review.case import Case
from review.errors import NotAllowedError, WrongUsageError
from review.staffing import StaffRole, role_names

BROWSER = "review_browser"
"""The cookie of a browser in which somebody has logged in: strangers cannot slow him down there."""

_BROWSER_SECONDS = 180 * 24 * 3600
_MOST_FORM = 16 * 1024
_MOST_BROWSERS = 10_000
_COPY = re.compile(r"/cases/([A-Za-z0-9][A-Za-z0-9_-]{0,63})/review\.html")
_MARKED = re.compile(
    r"/cases/([A-Za-z0-9][A-Za-z0-9_-]{0,63})/(marked-[A-Za-z0-9-]{1,40}\.(?:docx|pdf))"
)
_SUMMARY = re.compile(r"/cases/([A-Za-z0-9][A-Za-z0-9_-]{0,63})/summary")
_NEXT = re.compile(r"/(?:desk|staff|password|runs|cases|artifacts)(?:/[A-Za-z0-9._/-]*)?")

Handler = Callable[[Request, Person], Awaitable[Response]]


@dataclass(slots=True)
class Front:
    """Answer what is asked of the gateway itself."""

    desk: Desk
    passwords: PasswordRegister
    prefect: Prefect
    sessions: Sessions
    now: Callable[[], datetime]
    _throttle: Throttle = field(default_factory=Throttle)
    # A check takes long on purpose: a flood of them leaves threads for those who are in.
    _checking: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))
    _browsers: dict[str, None] = field(default_factory=dict)

    def handler(self, method: str, path: str) -> Handler | None:
        """Give what answers a person's request, None where the path is none of ours."""
        verb = "GET" if method == "HEAD" else method
        if verb == "GET" and _COPY.fullmatch(path):
            return self._review_copy
        if verb == "GET" and _MARKED.fullmatch(path):
            return self._marked_copy
        if verb == "GET" and _SUMMARY.fullmatch(path):
            return self._summary
        routes: Mapping[tuple[str, str], Handler] = {
            ("GET", "/"): self._home,
            ("GET", "/desk"): self._desk_page,
            ("GET", "/password"): self._password_form,
            ("POST", "/password"): self._change_password,
            ("GET", "/staff"): self._staff_page,
            ("POST", "/staff/unlock"): self._unlock,
            ("POST", "/logout"): self._log_out,
        }
        return routes.get((verb, path))

    def login_form(self, target: str, error: str = "", status: int = 200) -> Response:
        """Show where to log in; ``target`` is the page to go on to."""
        return pages.page(
            "login.html", status=status, error=error, narrow=True, next=known_page(target)
        )

    async def log_in(self, request: Request) -> Response:
        """Let somebody in who gives number and password, at the pace of the throttle."""
        form = await _form(request)
        number, target = form.get("officer", "").strip(), form.get("next", "")
        browser = cookie_of(request.headers, BROWSER)
        place = self._place(request, number, browser)
        wait = self._throttle.reserve(number, place, self.now())
        if wait > PATIENCE:
            told = f"密码连续输错次数过多，请过 {int(wait) + 1} 秒再试。"
            return self.login_form(target, told, 429)
        await asyncio.sleep(wait)
        try:
            async with self._checking:
                standing = await asyncio.to_thread(
                    self.passwords.check, number, form.get("password", ""), at=self.now()
                )
        except NotAllowedError as refusal:
            self._throttle.failed(number, place, self.now())
            return self.login_form(target, refusal.message, 403)
        self._throttle.succeeded(number, place)
        response = pages.to(known_page(target))
        self._set_cookie(request, response, COOKIE, self.sessions.begin(standing, self.now()))
        if self._known(number, browser) is None:
            browser = secrets.token_urlsafe(16)
            self._remember(number, browser)
            self._set_cookie(request, response, BROWSER, browser, _BROWSER_SECONDS)
        return response

    def _place(self, request: Request, number: str, browser: str) -> str:
        known = self._known(number, browser)
        return known or (request.client.host if request.client else "nowhere")

    def _known(self, number: str, browser: str) -> str | None:
        key = f"{number} in {browser}"
        return key if key in self._browsers else None

    def _remember(self, number: str, browser: str) -> None:
        while len(self._browsers) >= _MOST_BROWSERS:
            del self._browsers[next(iter(self._browsers))]
        self._browsers[f"{number} in {browser}"] = None

    def _set_cookie(
        self, request: Request, response: Response, name: str, value: str, seconds: int = 0
    ) -> None:
        response.set_cookie(
            name,
            value,
            max_age=seconds or int(WHOLE.total_seconds()),
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )

    async def _log_out(self, request: Request, person: Person) -> Response:
        self.sessions.end(person.token)
        await asyncio.to_thread(self._record, person, "logged_out", "", {})
        response = pages.to("/login")
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response

    async def _home(self, request: Request, person: Person) -> Response:
        return pages.to("/desk")

    async def _password_form(self, request: Request, person: Person) -> Response:
        return pages.page("password.html", person.staff, narrow=True)

    async def _change_password(self, request: Request, person: Person) -> Response:
        """Change one's own password; every other session of the person ends."""
        form, officer = await _form(request), person.staff.id
        old, new = form.get("old", ""), form.get("new", "")
        place = f"change by {person.token}"
        try:
            if new != form.get("again", ""):
                raise NotAllowedError("两次输入的新密码不一样，请重新填写。")
            if self._throttle.reserve(officer, place, self.now()) > 0:
                raise NotAllowedError("现用密码连续输错次数过多，请过一分钟再试。")
            standing = await asyncio.to_thread(
                self.passwords.change, officer, old, new, at=self.now()
            )
        except NotAllowedError as refusal:
            self._throttle.failed(officer, place, self.now())
            return pages.page(
                "password.html", person.staff, status=403, error=refusal.message, narrow=True
            )
        self._throttle.succeeded(officer, place)
        self.sessions.end_all(officer)
        response = pages.page("password.html", person.staff, done="密码已修改。", narrow=True)
        self._set_cookie(request, response, COOKIE, self.sessions.begin(standing, self.now()))
        return response

    async def _desk_page(self, request: Request, person: Person) -> Response:
        staff = person.staff
        decides, submits = may_answer(staff.roles), StaffRole.OFFICER in staff.roles
        runs = await self.prefect.paused_runs() if decides else {}
        waiting = (
            await asyncio.to_thread(waiting_rows, self.desk, staff, runs, self.now())
            if decides
            else []
        )
        own, older = await asyncio.to_thread(own_rows, self.desk, staff) if submits else ([], 0)
        return pages.page(
            "desk.html",
            staff,
            decides=decides,
            submits=submits,
            waiting=waiting,
            own=own,
            left_out=older,
        )

    async def _review_copy(self, request: Request, person: Person) -> Response:
        match = _COPY.fullmatch(request.scope["path"])
        assert match is not None
        return await asyncio.to_thread(self._open_copy, match[1], person)

    def _open_copy(self, case_id: str, person: Person) -> Response:
        """Show the draft in clear to the people of the case; the chain says who looked."""
        case = self._readable(case_id, person, "review_copy")
        with declared_errors():
            copy = self.desk.files.review_copy(case.id, case.version)
            text = copy.read_text("utf-8") if copy.exists() else None
        if text is None:
            raise WrongUsageError("该件还没有对照页，请等检测完成后再看。")
        self._record(person, "review_copy_opened", case.id, {})
        return pages.as_html(text)

    def _readable(self, case_id: str, person: Person, what: str) -> Case:
        """Give a case to the people of the case; the chain says who else tried."""
        case = self._case(case_id)
        if case is None or not may_read(case, person.staff):
            self._record(person, "access_refused", case.id if case else "", {"what": what})
            raise NotAllowedError(
                "没有这个案件，或者您无权查看它的对照页；请核对编号，或请办理这个案件的人查看。"
            )
        return case

    async def _marked_copy(self, request: Request, person: Person) -> Response:
        match = _MARKED.fullmatch(request.scope["path"])
        assert match is not None
        return await asyncio.to_thread(self._open_marked, match[1], match[2], person)

    def _open_marked(self, case_id: str, name: str, person: Person) -> Response:
        """Hand out a highlighted draft as the review copy is shown; older versions are not."""
        case = self._readable(case_id, person, "marked_copy")
        held = {path.name: path for path in self.desk.files.marked_copies(case.id, case.version)}
        if name not in held:
            raise WrongUsageError("该件没有这份标注稿，请从对照页重新打开。")
        with declared_errors():
            data = held[name].read_bytes()
        self._record(person, "marked_copy_opened", case.id, {})
        return pages.as_download(f"{case.id}-{name}", data)

    async def _summary(self, request: Request, person: Person) -> Response:
        """Lead to the masked findings of a case, where Prefect's rights decide who sees them."""
        match = _SUMMARY.fullmatch(request.scope["path"])
        assert match is not None
        found = await self.prefect.summary_of(match[1]) if may_look(person.staff.roles) else None
        if found is None:
            raise WrongUsageError("没有这个案件的检测结果，或者正在准备；请稍后再打开。")
        return pages.to(f"/artifacts/artifact/{found}")

    def _case(self, case_id: str) -> Case | None:
        try:
            return self.desk.store.get(case_id)
        except WrongUsageError:
            return None

    async def _staff_page(self, request: Request, person: Person) -> Response:
        return await asyncio.to_thread(self._locked, person)

    def _locked(self, person: Person, error: str = "", done: str = "") -> Response:
        if StaffRole.AUDITOR not in person.staff.roles:
            self._record(person, "access_refused", "", {"what": "staff"})
            raise NotAllowedError("只有审计员可以查看锁定的工号，请找审计员解锁。")
        rows = [
            {"id": member.id, "roles": role_names(member.roles)}
            for member in self.desk.staff.list()
            if member.locked and not member.disabled
        ]
        status = 403 if error else 200
        return pages.page(
            "staff.html", person.staff, status=status, error=error, done=done, locked=rows
        )

    async def _unlock(self, request: Request, person: Person) -> Response:
        form = await _form(request)
        return await asyncio.to_thread(
            self._unlocked, person, form.get("officer", ""), form.get("code", "")
        )

    def _unlocked(self, person: Person, officer: str, code: str) -> Response:
        try:
            self.desk.staff.unlock(officer, by=person.staff.id, code=code, at=self.now())
        except (NotAllowedError, WrongUsageError) as refusal:
            return self._locked(person, error=refusal.message)
        return self._locked(person, done=f"已解锁工号 {officer}。")

    def _record(self, person: Person, action: str, case: str, data: Mapping[str, str]) -> None:
        self.desk.store.record(
            actor=person.staff.id, action=action, at=self.now(), case=case, data=data
        )


def known_page(target: str) -> str:
    """Give an address that is surely a page of this host, the desk in the place of any other."""
    return target if _NEXT.fullmatch(target) else "/desk"


async def _form(request: Request) -> dict[str, str]:
    """Read a small form; raises ``WrongUsageError`` on anything else."""
    body = await read_body(request, _MOST_FORM)
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=10))
    except ValueError:
        raise WrongUsageError("提交的内容无法读取，请回到上一页重新填写。") from None


async def read_body(request: Request, most: int) -> bytes:
    """Read a request's body; raises ``WrongUsageError`` beyond ``most`` bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise WrongUsageError("提交的内容太长，请删减后再提交。")
    return bytes(body)
