"""What a reminder says, whichever way it is sent; nothing personal is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Where a message may go unencrypted."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Hold one reminder: for mail its ``subject``, ``text`` and ``addresses``, for machines all."""

    subject: str
    text: str
    addresses: tuple[str, ...]
    fields: dict[str, Any]


class UnsentError(Exception):
    """A notice that did not get through; its text is a short code, fit for the audit chain."""


class Channel(Protocol):
    """Send notices one way; ``name`` stands in the audit chain.

    ``reaches`` tells whether there is anybody whom a notice could reach this way.
    """

    @property
    def name(self) -> str: ...

    def reaches(self, notice: Notice) -> bool: ...

    def send(self, notice: Notice) -> None: ...
