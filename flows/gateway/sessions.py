"""Who is logged in: a random token in the browser, its hash here, ended by time or by a word."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.people.passwords import Standing

IDLE = timedelta(minutes=30)
WHOLE = timedelta(hours=10)


@dataclass(frozen=True, slots=True)
class Session:
    """Hold one log-in; ``mark`` is how the person stood then, ``used`` when he last did something.

    A page that refreshes itself does nothing.
    """

    officer: str
    mark: str
    begun: datetime
    used: datetime

    def over(self, now: datetime) -> bool:
        """Tell whether time has ended it."""
        return now - self.used > IDLE or now - self.begun > WHOLE


class Sessions:
    """Keep the sessions of one gateway in memory: they end with it."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}

    def begin(self, standing: Standing, now: datetime) -> str:
        """Open a session and give its token, which is not kept."""
        for key in [key for key, session in self._sessions.items() if session.over(now)]:
            del self._sessions[key]
        token = secrets.token_urlsafe(32)
        self._sessions[_key(token)] = Session(standing.staff.id, standing.mark, now, now)
        return token

    def find(self, token: str, now: datetime) -> Session | None:
        """Give the session of a token, None where there is none or its time is over."""
        session = self._sessions.get(_key(token))
        if session is not None and session.over(now):
            self.end(token)
            return None
        return session

    def touch(self, token: str, now: datetime) -> None:
        """Note that the person did something himself."""
        key = _key(token)
        if (session := self._sessions.get(key)) is not None:
            self._sessions[key] = replace(session, used=now)

    def end(self, token: str) -> None:
        """End a session; one that is over already stays so."""
        self._sessions.pop(_key(token), None)

    def end_all(self, officer: str) -> None:
        """End every session of a person."""
        for key in [key for key, one in self._sessions.items() if one.officer == officer]:
            del self._sessions[key]


def _key(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
