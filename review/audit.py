"""The audit chain: each event carries the digest of the one before, so no change goes unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64

Value = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """Record one step: who did what to which case, when.

    ``seq`` counts from 1 without gaps; ``data`` holds digests, counts and codes, never a person's
    data; ``digest`` is the SHA-256 over the canonical JSON of all other fields.
    """

    seq: int
    at: datetime
    actor: str
    action: str
    case: str
    data: Mapping[str, Value]
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Head:
    """Hold count and last digest, kept apart from the events so that a cut tail shows."""

    count: int = 0
    digest: str = GENESIS


def canonical(
    seq: int,
    at: datetime,
    actor: str,
    action: str,
    case: str,
    data: Mapping[str, Value],
    previous: str,
) -> str:
    """Write an event's fields as canonical JSON: sorted keys, no spaces, UTC with microseconds."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    fields = {
        "seq": seq, "at": moment, "actor": actor, "action": action,
        "case": case, "data": dict(data), "previous": previous,
    }  # fmt: skip
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def append(
    head: Head,
    *,
    at: datetime,
    actor: str,
    action: str,
    case: str = "",
    data: Mapping[str, Value] | None = None,
) -> tuple[AuditEvent, Head]:
    """Make the event that follows ``head`` and the head that follows the event."""
    values = dict(data or {})
    seq = head.count + 1
    digest = _digest(canonical(seq, at, actor, action, case, values, head.digest))
    event = AuditEvent(seq, at, actor, action, case, values, head.digest, digest)
    return event, Head(seq, digest)


@dataclass(frozen=True, slots=True)
class Break:
    """Name the first place where the chain does not hold and why, in Chinese."""

    seq: int
    message: str


def verify_chain(events: Iterable[AuditEvent], head: Head) -> Break | None:
    """Check every link and the head; None means the chain is whole. Linear and flat in memory."""
    reached = Head()
    for event in events:
        if broken := _check_link(event, reached):
            return broken
        reached = Head(event.seq, event.digest)
    if reached.count < head.count:
        return Break(reached.count + 1, f"末尾缺少 {head.count - reached.count} 条记录。")
    if reached != head:
        return Break(reached.count, "末尾记录与链头不一致，记录可能被追加或替换。")
    return None


def _check_link(event: AuditEvent, reached: Head) -> Break | None:
    if event.seq != reached.count + 1:
        return Break(reached.count + 1, "记录缺失或次序被改。")
    if event.previous != reached.digest:
        return Break(event.seq, "与前一条记录的链接不符。")
    text = canonical(
        event.seq, event.at, event.actor, event.action, event.case, event.data, event.previous
    )
    if _digest(text) != event.digest:
        return Break(event.seq, "记录内容被改动。")
    return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
