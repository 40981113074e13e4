"""The case store: cases and the audit chain in one database, changed only together."""

from __future__ import annotations

import builtins
import hashlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from flows.anchor import MISSING, Anchor
from flows.database import Database
from flows.ledger import Ledger, read_head, read_page, verify, walk
from flows.records import dump_case, load_case
from flows.tables import case_numbers, cases
from review.audit import AuditEvent, Break, Head, Value
from review.case import Case, State
from review.errors import AuditBrokenError, NotAllowedError, WrongUsageError

BEIJING = timezone(timedelta(hours=8))
"""The time of the offices: case numbers count by its year."""

_REOPENABLE = (State.RETURNED, State.WITHDRAWN)
"""The same document may be handed in again after these."""

_NO_DATA: Mapping[str, Value] = {}


class CaseStore:
    """Keep cases and audit events; every change of a case is one transaction with its event.

    Every method raises ``UnavailableError`` when the database cannot be used; every change
    raises ``AuditBrokenError`` where the end of the chain is not what the head and the anchor
    say. A change that has committed may still raise ``UnavailableError`` if the anchor could not
    be written: ask the store what stands before trying again.
    """

    def __init__(self, url: str, anchor: Path) -> None:
        self._database = Database(url)
        self._anchor = Anchor(anchor)

    @property
    def anchor(self) -> Path:
        """Name the file that keeps the last known head."""
        return self._anchor.path

    def migrate(self) -> None:
        """Create or upgrade the tables; safe when several processes start at once.

        An empty chain gets its anchor here. A chain that has events and no anchor gets none:
        bring the file along when a second machine joins.
        """
        self._database.migrate()
        if not self.anchor.exists():
            with self._database.write() as connection:
                if read_head(connection, lock=True) == Head():
                    self._anchor.create()

    @contextmanager
    def transaction(self) -> Iterator[Ledger]:
        """Open the one kind of write there is: alone, on a sound chain, all or nothing."""
        with self._database.write() as connection:
            ledger = Ledger.open(connection, self._anchor)
            before = ledger.head
            yield ledger
        if ledger.head != before:
            self._anchor.advance(ledger.head)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that only looks."""
        with self._database.read() as connection:
            yield connection

    def add(self, case: Case, *, actor: str, at: datetime, data: Mapping[str, Value]) -> None:
        """Keep a new case; raises ``WrongUsageError`` if the number is taken."""
        with self.transaction() as ledger:
            if _stored_state(ledger.connection, case.id) is not None:
                raise WrongUsageError("这个案件编号已经用过，请重新取号。")
            row = {
                "id": case.id,
                "state": case.state.value,
                "category": case.submission.category,
                "source_key": _source_key(draft.sha256 for draft in case.drafts),
                "body": dump_case(case),
            }
            ledger.connection.execute(insert(cases).values(row))
            ledger.append(actor=actor, action="case_registered", at=at, case=case.id, data=data)

    def get(self, case_id: str) -> Case:
        """Load a case; raises ``WrongUsageError`` if there is none of that number."""
        with self.reading() as connection:
            body = connection.scalar(select(cases.c.body).where(cases.c.id == case_id))
        if body is None:
            raise WrongUsageError(_UNKNOWN)
        return load_case(body)

    def save(
        self,
        case: Case,
        *,
        was: State,
        actor: str,
        action: str,
        at: datetime,
        data: Mapping[str, Value] = _NO_DATA,
    ) -> None:
        """Replace a case that still stands at ``was``, else raise ``NotAllowedError``."""
        changed = (
            update(cases)
            .where(cases.c.id == case.id, cases.c.state == was.value)
            .values(state=case.state.value, body=dump_case(case))
        )
        with self.transaction() as ledger:
            if ledger.connection.execute(changed).rowcount != 1:
                if _stored_state(ledger.connection, case.id) is None:
                    raise WrongUsageError(_UNKNOWN)
                raise NotAllowedError("案件已被别人办理，请重新打开案件查看现在的状态。")
            ledger.append(actor=actor, action=action, at=at, case=case.id, data=data)

    def list(self, states: Collection[State] = ()) -> builtins.list[Case]:
        """List the cases in the given states, or all; newest last."""
        query = select(cases.c.body).order_by(cases.c.position)
        if states:
            query = query.where(cases.c.state.in_([state.value for state in states]))
        with self.reading() as connection:
            return [load_case(body) for body in connection.scalars(query)]

    def find_duplicate(self, sources: tuple[str, ...], category: str) -> Case | None:
        """Find the newest case of the same source files and category that is still in force.

        ``sources`` are SHA-256 digests in any order. A case returned or withdrawn is no obstacle.
        """
        query = (
            select(cases.c.body)
            .where(cases.c.source_key == _source_key(sources), cases.c.category == category)
            .where(cases.c.state.not_in([state.value for state in _REOPENABLE]))
            .order_by(cases.c.position.desc())
            .limit(1)
        )
        with self.reading() as connection:
            body = connection.scalar(query)
        return None if body is None else load_case(body)

    def next_id(self, at: datetime) -> str:
        """Draw the next case number of the year in Beijing; a number drawn never comes again."""
        year = at.astimezone(BEIJING).year
        of_year = case_numbers.c.year == year
        with self.transaction() as ledger:
            last = ledger.connection.scalar(select(case_numbers.c.last).where(of_year))
            number = (last or 0) + 1
            ledger.connection.execute(
                insert(case_numbers).values(year=year, last=number)
                if last is None
                else update(case_numbers).where(of_year).values(last=number)
            )
        return f"{year}-{number:04d}"

    def record(
        self,
        *,
        actor: str,
        action: str,
        at: datetime,
        case: str = "",
        data: Mapping[str, Value] = _NO_DATA,
    ) -> AuditEvent:
        """Append an event that changes no case."""
        with self.transaction() as ledger:
            return ledger.append(actor=actor, action=action, at=at, case=case, data=data)

    def events(self, case: str | None = None) -> Iterator[AuditEvent]:
        """Stream the events in order, of one case or all; no connection stays open in between.

        Raises ``AuditBrokenError`` at a record that cannot be read.
        """

        def page(after: int) -> builtins.list[AuditEvent]:
            with self.reading() as connection:
                return read_page(connection, case, after)

        return walk(page)

    def head(self) -> Head:
        """Give the number of events and the digest of the last."""
        with self.reading() as connection:
            return read_head(connection)

    def verify(self) -> Break | None:
        """Check the chain, the head row and the anchor file together; None means all is whole."""
        try:
            # Before the snapshot: what the anchor says now is surely in it.
            anchor = self._anchor.read()
        except AuditBrokenError as error:
            return Break(0, error.message)
        if anchor is None:
            return Break(0, MISSING)
        with self.reading() as connection:
            return verify(connection, anchor)

    def close(self) -> None:
        """Close every connection."""
        self._database.close()


_UNKNOWN = "没有这个编号的案件，请用 review cases 查看已有案件。"


def _source_key(digests: Collection[str] | Iterator[str]) -> str:
    """Fold the digests of all files of a case into one, whatever their order."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()


def _stored_state(connection: Connection, case_id: str) -> str | None:
    return connection.scalar(select(cases.c.state).where(cases.c.id == case_id))
