"""The audit chain as a file of JSON lines that can be verified without the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import takewhile

from flows.store.records import BrokenRecordError, compact, event_from_line, event_line
from review.audit import AuditEvent, Break, Head, verify_chain
from review.errors import InputError

_NOT_AN_EXPORT = "这不是完整的审计导出文件，请用 review audit export 重新导出。"


def export_lines(events: Iterable[AuditEvent], head: Head) -> Iterator[str]:
    """Yield the head, so that a cut tail shows, then each event up to it; lines without ends."""
    yield compact({"head": {"count": head.count, "digest": head.digest}})
    for event in takewhile(lambda event: event.seq <= head.count, events):
        yield event_line(event)


def verify_export(lines: Iterable[bytes]) -> tuple[Head, Break | None]:
    """Check an exported chain line by line; raises ``InputError`` if it is no export.

    Who can rewrite the whole file can rewrite its head: compare the head returned with one from
    elsewhere (a released manifest, the anchor).
    """
    texts = _decode(lines)
    head = _head(next(texts, ""))
    try:
        return head, verify_chain(_events(texts), head)
    except BrokenRecordError as error:
        return head, Break(error.seq, error.message)


def _decode(lines: Iterable[bytes]) -> Iterator[str]:
    for line in lines:
        yield line.rstrip(b"\r\n").decode("utf-8", "replace")


def _head(line: str) -> Head:
    try:
        fields = json.loads(line)["head"]
        head = Head(fields["count"], fields["digest"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError(_NOT_AN_EXPORT) from None
    if type(head.count) is not int or type(head.digest) is not str:
        raise InputError(_NOT_AN_EXPORT)
    return head


def _events(lines: Iterator[str]) -> Iterator[AuditEvent]:
    for seq, line in enumerate(lines, start=1):
        yield event_from_line(line, seq)
