"""The rows of the cases, each bound to the audit chain by the digest of its body.

Whoever writes into the table past the store changes a body, a column or which rows there are; none
of it fits the chain then, for every change of a case leaves its new digest there.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, select

from flows.store.records import dump_case, load_case
from flows.store.tables import audit_events, cases
from review.audit import Break
from review.case import Case, State
from review.errors import AuditBrokenError

BODY = "body"
"""The key in an event's data under which the SHA-256 of the case's body after the event stands."""

REOPENABLE = (State.RETURNED, State.WITHHELD, State.WITHDRAWN)
"""The same document may be handed in again after these (条例第十八条: what is withheld, too)."""

_PAGE = 500
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")

# No value can look so: within a JSON string every quotation mark stands behind a backslash.
_BINDING = audit_events.c.data.contains(f'"{BODY}":"')

_LATEST = (
    select(audit_events.c.data)
    .where(audit_events.c.case_id == cases.c.id, _BINDING)
    .order_by(audit_events.c.seq.desc())
    .limit(1)
    .correlate(cases)
    .scalar_subquery()
    .label("latest")
)


def body_digest(body: str) -> str:
    """Give the SHA-256 of a case's body as it stands in the row."""
    return hashlib.sha256(body.encode()).hexdigest()


def row_of(case: Case) -> dict[str, str]:
    """Lay a case out as its row."""
    return _columns(case) | {"body": dump_case(case)}


def _columns(case: Case) -> dict[str, str]:
    return {
        "id": case.id,
        "state": case.state.value,
        "category": case.submission.category,
        "source_key": source_key(draft.sha256 for draft in case.drafts),
    }


def source_key(digests: Iterable[str]) -> str:
    """Fold the digests of all files of a case into one, whatever their order."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()


def read_cases(connection: Connection, *conditions: ColumnElement[bool]) -> list[Case]:
    """Load cases, oldest first; raises ``AuditBrokenError`` at one that the chain does not know."""
    found = connection.execute(_query().where(*conditions).order_by(cases.c.position))
    return [_load(row) for row in found]


def read_case(connection: Connection, case_id: str) -> Case | None:
    """Load one case; raises ``AuditBrokenError`` where it is not as the chain says."""
    return next(iter(read_cases(connection, cases.c.id == case_id)), None)


def find_live(connection: Connection, sources: Iterable[str], category: str) -> Case | None:
    """Find the newest case of these source files and category that is still in force."""
    query = (
        _query()
        .where(cases.c.source_key == source_key(sources), cases.c.category == category)
        .where(cases.c.state.not_in([state.value for state in REOPENABLE]))
        .order_by(cases.c.position.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else _load(row)


def verify_cases(connection: Connection) -> Break | None:
    """Hold every row against the chain, which must itself be whole. Linear and flat in memory."""
    for row in _walk(connection):
        if not _is_bound(row):
            return _name(connection, row.id)
    lost = select(func.min(audit_events.c.seq)).where(
        _BINDING, ~exists().where(cases.c.id == audit_events.c.case_id)
    )
    seq = connection.scalar(lost)
    return None if seq is None else Break(seq, "此条所记的案件已不在库中。")


def _query() -> Select[Any]:
    return select(cases, _LATEST)


def _walk(connection: Connection) -> Iterator[Row[Any]]:
    query = _query().order_by(cases.c.position).limit(_PAGE)
    rows = connection.execute(query).all()
    while rows:
        yield from rows
        rows = connection.execute(query.where(cases.c.position > rows[-1].position)).all()


def _load(row: Row[Any]) -> Case:
    if not _is_bound(row):
        raise AuditBrokenError(
            f"{_called(row.id)}的内容与审计记录不符，已停止办理；"
            "请运行 review audit verify 并报告审计员。"
        )
    return load_case(row.body)


def _is_bound(row: Row[Any]) -> bool:
    """Tell whether body and columns are those that the case's latest change left."""
    try:
        if body_digest(row.body) != json.loads(row.latest)[BODY]:
            return False
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
        return False
    return _columns(load_case(row.body)).items() <= row._mapping.items()


def _name(connection: Connection, case_id: object) -> Break:
    latest = select(func.max(audit_events.c.seq)).where(
        audit_events.c.case_id == str(case_id), _BINDING
    )
    seq = connection.scalar(latest)
    if seq is None:
        return Break(0, f"{_called(case_id)}没有审计记录，不是经本程序登记的，请报告审计员。")
    return Break(seq, f"{_called(case_id)}现在的内容与此条记录不符。")


def _called(case_id: object) -> str:
    """Name a case by its number; a forged number may say anything and is not repeated."""
    plain = isinstance(case_id, str) and _ID.fullmatch(case_id)
    return f"案件 {case_id} " if plain else "一个编号异常的案件"
