"""The way in and out: log-in, log-out, change of a password, at the pace of the throttle."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from flows.gateway import pages
from flows.gateway.bodies import read_form
from flows.gateway.callers import COOKIE, Person, cookie_of
from flows.gateway.sessions import WHOLE, Sessions
from flows.gateway.throttle import PATIENCE, Throttle
from flows.people.passwords import PasswordRegister
from flows.store.store import CaseStore
from review.errors import NotAllowedError

BROWSER = "review_browser"
"""The cookie of a browser in which somebody has logged in: strangers cannot slow him down there."""

_BROWSER_SECONDS = 180 * 24 * 3600
_MOST_BROWSERS = 10_000
_NEXT = re.compile(r"/(?:desk|staff|password|runs|cases|artifacts)(?:/[A-Za-z0-9._/-]*)?")


@dataclass(slots=True)
class Entrance:
    """Let people in and out by number and password."""

    store: CaseStore
    passwords: PasswordRegister
    sessions: Sessions
    now: Callable[[], datetime]
    _throttle: Throttle = field(default_factory=Throttle)
    # A check takes long on purpose: a flood of them leaves threads for those who are in.
    _checking: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))
    _browsers: dict[str, None] = field(default_factory=dict)

    def form(self, target: str, error: str = "", status: int = 200) -> Response:
        """Show where to log in; ``target`` is the page to go on to."""
        return pages.page(
            "login.html", status=status, error=error, narrow=True, next=known_page(target)
        )

    async def log_in(self, request: Request) -> Response:
        """Let somebody in who gives number and password, at the pace of the throttle."""
        form = await read_form(request)
        number, target = form.get("officer", "").strip(), form.get("next", "")
        browser = cookie_of(request.headers, BROWSER)
        place = self._place(request, number, browser)
        wait = self._throttle.reserve(number, place, self.now())
        if wait > PATIENCE:
            told = f"密码连续输错次数过多，请过 {int(wait) + 1} 秒再试。"
            return self.form(target, told, 429)
        await asyncio.sleep(wait)
        try:
            async with self._checking:
                standing = await asyncio.to_thread(
                    self.passwords.check, number, form.get("password", ""), at=self.now()
                )
        except NotAllowedError as refusal:
            self._throttle.failed(number, place, self.now())
            return self.form(target, refusal.message, 403)
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

    async def log_out(self, request: Request, person: Person) -> Response:
        """End the session of a person."""
        self.sessions.end(person.token)
        await asyncio.to_thread(
            self.store.record, actor=person.staff.id, action="logged_out", at=self.now()
        )
        response = pages.to("/login")
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response

    async def password_form(self, request: Request, person: Person) -> Response:
        """Show where to change one's own password."""
        return pages.page("password.html", person.staff, narrow=True)

    async def change_password(self, request: Request, person: Person) -> Response:
        """Change one's own password; every other session of the person ends."""
        form, officer = await read_form(request), person.staff.id
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


def known_page(target: str) -> str:
    """Give an address that is surely a page of this host, the desk in the place of any other."""
    return target if _NEXT.fullmatch(target) else "/desk"
