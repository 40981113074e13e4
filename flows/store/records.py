"""Cases and audit events as text: one canonical form for database rows and export lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from review.audit import AuditEvent
from review.case import Case
from review.errors import AuditBrokenError, WrongUsageError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

# Made once: building an encoder costs as much as a short record does.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_FIELDS = frozenset({"seq", "at", "actor", "action", "case", "data", "previous", "digest"})


class BrokenRecordError(AuditBrokenError):
    """An audit record that is not in the form it was written in; ``seq`` says which."""

    def __init__(self, seq: int, message: str = "记录无法读取，可能被改动。") -> None:
        super().__init__(message)
        self.seq = seq


def stamp(at: datetime) -> str:
    """Write a moment as UTC text with microseconds; such texts sort as the moments do."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def compact(value: object) -> str:
    """Write JSON with sorted keys and no spaces; raises ``WrongUsageError`` on broken Unicode."""
    text = _encode(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise WrongUsageError("内容里有无法保存的字符，请改正后再提交。") from None
    return text


def dump_case(case: Case) -> str:
    """Write a whole case as JSON; moments become UTC."""
    return compact(_case_form().dump_python(case, mode="json"))


def load_case(text: str) -> Case:
    """Read a case back; equal to the one that was written."""
    return _case_form().validate_json(text)


@cache
def _case_form() -> TypeAdapter[Case]:
    from pydantic import TypeAdapter

    return TypeAdapter(Case)


def event_fields(event: AuditEvent) -> dict[str, Any]:
    """Give an event as plain values, ready for JSON."""
    data = {k: list(v) if isinstance(v, tuple) else v for k, v in event.data.items()}
    return {
        "seq": event.seq, "at": stamp(event.at), "actor": event.actor, "action": event.action,
        "case": event.case, "data": data, "previous": event.previous, "digest": event.digest,
    }  # fmt: skip


def event_from_fields(fields: Mapping[str, Any], seq: int) -> AuditEvent:
    """Read an event back; ``seq`` names the record in the ``BrokenRecordError``.

    ``fields`` come from JSON that was compact. What would be written differently today was not
    written by us: it counts as broken.
    """
    try:
        event = AuditEvent(
            seq=fields["seq"],
            at=datetime.fromisoformat(fields["at"]).astimezone(UTC),
            actor=fields["actor"],
            action=fields["action"],
            case=fields["case"],
            data={k: tuple(v) if isinstance(v, list) else v for k, v in fields["data"].items()},
            previous=fields["previous"],
            digest=fields["digest"],
        )
        same = event_fields(event) == fields
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BrokenRecordError(seq) from None
    if not same or type(event.seq) is not int or not _all_text(event):
        raise BrokenRecordError(seq)
    return event


def _all_text(event: AuditEvent) -> bool:
    texts = (event.actor, event.action, event.case, event.previous, event.digest)
    return all(isinstance(text, str) for text in texts)


def event_line(event: AuditEvent) -> str:
    """Write an event as one line of an export."""
    return compact(event_fields(event))


def event_from_line(line: str, seq: int) -> AuditEvent:
    """Read one line of an export; raises ``BrokenRecordError`` unless it is byte for byte ours."""
    try:
        fields = json.loads(line)
        ours = isinstance(fields, dict) and fields.keys() == _FIELDS and compact(fields) == line
    except (ValueError, RecursionError, WrongUsageError):
        raise BrokenRecordError(seq) from None
    if not ours:
        raise BrokenRecordError(seq)
    return event_from_fields(fields, seq)
