"""The audit chain in the database: append under its lock, read in order, verify as a whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from flows.store.anchor import MISSING, Anchor
from flows.store.records import BrokenRecordError, compact, event_fields, event_from_fields
from flows.store.tables import audit_events, audit_head
from review.audit import AuditEvent, Break, Head, Value, append, verify_chain
from review.errors import AuditBrokenError, WrongUsageError

_PAGE = 1000
_BEFORE_FIRST = -(2**63)
"""Below every number a row can bear, so that a forged row below 1 is read, too."""

_STOPPED = "审计链已损坏，为安全起见停止办理；请运行 review audit verify 查明断点并报告审计员。"


@dataclass(slots=True)
class Ledger:
    """Stand for one write transaction that holds the chain's lock; ``head`` moves as it appends."""

    connection: Connection
    head: Head

    @classmethod
    def open(cls, connection: Connection, anchor: Anchor) -> Ledger:
        """Take the lock; raises ``AuditBrokenError`` where the end of the chain is not sound.

        Going on over a cut tail would bury the cut: the anchor would move past it.
        """
        head = read_head(connection, lock=True)
        known = anchor.read()
        if known is None:
            raise AuditBrokenError(MISSING)
        last = connection.execute(
            select(audit_events.c.seq, audit_events.c.digest)
            .order_by(audit_events.c.seq.desc())
            .limit(1)
        ).first()
        reached = Head(last.seq, last.digest) if last else Head()
        if reached != head or not _contains(connection, known):
            raise AuditBrokenError(_STOPPED)
        return cls(connection, head)

    def append(
        self,
        *,
        actor: str,
        action: str,
        at: datetime,
        case: str = "",
        data: Mapping[str, Value] | None = None,
    ) -> AuditEvent:
        """Add one event; it counts once the transaction commits."""
        try:
            event, head = append(
                self.head, at=at.astimezone(UTC), actor=actor, action=action, case=case, data=data
            )
        except UnicodeEncodeError:
            raise WrongUsageError("内容里有无法保存的字符，请改正后再提交。") from None
        fields = event_fields(event)
        row = fields | {"case_id": fields["case"], "data": compact(fields["data"])}
        del row["case"]
        self.connection.execute(insert(audit_events).values(row))
        self.connection.execute(update(audit_head).values(count=head.count, digest=head.digest))
        self.head = head
        return event


def read_head(connection: Connection, *, lock: bool = False) -> Head:
    """Read the head row; raises ``AuditBrokenError`` if it is gone or no head."""
    query = select(audit_head.c.count, audit_head.c.digest)
    row = connection.execute(query.with_for_update() if lock else query).first()
    if row is None or type(row[0]) is not int or type(row[1]) is not str:
        raise AuditBrokenError("审计链头记录缺失或被改动，请报告审计员。")
    return Head(row[0], row[1])


def read_page(connection: Connection, case: str | None, after: int) -> list[AuditEvent]:
    """Read the events that follow number ``after``, of one case or of all."""
    query = select(audit_events).where(audit_events.c.seq > after)
    if case is not None:
        query = query.where(audit_events.c.case_id == case)
    rows = connection.execute(query.order_by(audit_events.c.seq).limit(_PAGE))
    return [_event(row) for row in rows]


def latest(connection: Connection, action: str) -> AuditEvent | None:
    """Read the newest event of an action."""
    query = select(audit_events).where(audit_events.c.action == action)
    row = connection.execute(query.order_by(audit_events.c.seq.desc()).limit(1)).first()
    return _event(row) if row else None


def walk(page: Callable[[int], list[AuditEvent]]) -> Iterator[AuditEvent]:
    """Stream events page by page, flat in memory."""
    after = _BEFORE_FIRST
    while events := page(after):
        yield from events
        after = events[-1].seq


def verify(connection: Connection, anchor: Head) -> Break | None:
    """Check chain, head row and anchor; None means that nothing was changed, cut or added."""
    seen = _Sighting(anchor)
    try:
        head = read_head(connection)
        events = walk(lambda after: read_page(connection, None, after))
        broken = verify_chain(seen.watch(events), head)
    except BrokenRecordError as error:
        return Break(error.seq, error.message)
    except AuditBrokenError as error:
        return Break(0, error.message)
    return broken or seen.judge(head)


class _Sighting:
    """Look out for the anchored event while the chain passes by."""

    def __init__(self, anchor: Head) -> None:
        self._anchor = anchor
        self._found = anchor == Head()

    def watch(self, events: Iterable[AuditEvent]) -> Iterator[AuditEvent]:
        for event in events:
            if event.seq == self._anchor.count:
                self._found = event.digest == self._anchor.digest
            yield event

    def judge(self, head: Head) -> Break | None:
        missing = self._anchor.count - head.count
        if missing > 0:
            return Break(head.count + 1, f"与链外锚点相比，末尾缺少 {missing} 条记录。")
        if not self._found:
            return Break(self._anchor.count, "记录与链外锚点不一致，此条或更早的记录被替换。")
        return None


def _contains(connection: Connection, known: Head) -> bool:
    if known == Head():
        return True
    query = select(audit_events.c.digest).where(audit_events.c.seq == known.count)
    return connection.scalar(query) == known.digest


def _event(row: Sequence[Any]) -> AuditEvent:
    """Read a row; a row that we would not write so is broken."""
    seq, at, actor, action, case, text, previous, digest = row
    try:
        data = json.loads(text)
        if compact(data) != text:
            raise BrokenRecordError(seq)
    except (ValueError, TypeError, RecursionError, WrongUsageError):
        raise BrokenRecordError(seq) from None
    fields = {
        "seq": seq, "at": at, "actor": actor, "action": action,
        "case": case, "data": data, "previous": previous, "digest": digest,
    }  # fmt: skip
    return event_from_fields(fields, seq)
