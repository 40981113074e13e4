"""Who sends a request: a machine of ours with the token, a person with a session, or nobody."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from flows.gateway.sessions import Sessions
from flows.people.passwords import PasswordRegister
from flows.people.staff import Staff

COOKIE = "review_session"


class Machine(Enum):
    """Stand for worker and command line, which hold the token and may do everything."""

    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Person:
    """Hold who is logged in, as he stands now, and the token of his session."""

    staff: Staff
    token: str


Caller = Machine | Person | None


class Callers:
    """Tell callers apart by the given token and sessions."""

    def __init__(
        self,
        token: str,
        sessions: Sessions,
        passwords: PasswordRegister,
        now: Callable[[], datetime],
    ) -> None:
        self._token = token
        self._sessions = sessions
        self._passwords = passwords
        self._now = now

    async def of(self, headers: Headers) -> Caller:
        """Name the caller of a request; a wrong token is nobody, whatever the cookie says."""
        if (credentials := headers.get("authorization")) is not None:
            return Machine.OURS if self.is_token(_token_in(credentials)) else None
        token = cookie_of(headers, COOKIE)
        return await self.person(token) if token else None

    async def person(self, token: str) -> Person | None:
        """Give the person of a session that is not over; one whose standing changed is ended."""
        session = self._sessions.find(token, self._now())
        if session is None:
            return None
        standing = await asyncio.to_thread(self._passwords.standing, session.officer)
        if standing is None or standing.mark != session.mark:
            self._sessions.end(token)
            return None
        return Person(standing.staff, token)

    def is_token(self, given: object) -> bool:
        """Compare what was given with the token, in the same time whatever it is."""
        told = given if isinstance(given, str) else ""
        return hmac.compare_digest(told.encode("utf-8", "replace"), self._token.encode())


def _token_in(credentials: str) -> str:
    """Read ``Bearer TOKEN``, which we send, or ``Basic …``, as Prefect's client encodes it."""
    scheme, _, rest = credentials.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    try:
        return base64.b64decode(rest, validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def cookie_of(headers: Headers, name: str) -> str:
    """Read a cookie, empty where there is none."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return "" if morsel is None else morsel.value


def same_origin(headers: Headers) -> bool:
    """Tell whether a page of ours sent a request: what changes something must come from one."""
    if (site := headers.get("sec-fetch-site")) is not None:
        return site == "same-origin"
    return own_origin(headers)


def own_origin(headers: Headers) -> bool:
    """Tell whether ``Origin`` names the very host that was asked."""
    origin = urlsplit(headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc == headers.get("host")
