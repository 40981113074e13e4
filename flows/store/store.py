"""The case store: cases and the audit chain in one database, changed only together."""

from __future__ import annotations

import builtins
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from flows.beijing import beijing_day
from flows.store.anchor import MISSING, Anchor
from flows.store.caserows import (
    BODY,
    body_digest,
    find_live,
    read_case,
    read_cases,
    row_of,
    verify_cases,
)
from flows.store.database import Database
from flows.store.ledger import Ledger, latest, read_head, read_page, verify, walk
from flows.store.tables import case_numbers, cases
from review.audit import AuditEvent, Break, Head, Value
from review.case import Case, State
from review.errors import AuditBrokenError, NotAllowedError, ReviewError, WrongUsageError

_NO_DATA: Mapping[str, Value] = {}


class DuplicateCaseError(ReviewError):
    """The same files in the same category are a case in force already; ``case`` is its number."""

    exit_code = 2
    code = "duplicate"

    def __init__(self, case: str) -> None:
        super().__init__(f"同样的文件已经以案件 {case} 送审，不能重复立案；请先办结该案。")
        self.case = case


class CaseStore:
    """Keep cases and audit events; every change of a case is one transaction with its event.

    The event carries the digest of the case as it stands after it. Every method raises
    ``UnavailableError`` when the database cannot be used and ``AuditBrokenError`` at a case that
    is not as its latest event says; every change does so, too, where the end of the chain is not
    what the head and the anchor say. A change that has committed may still raise
    ``UnavailableError`` if the anchor could not be written: ask the store what stands before
    trying again.
    """

    def __init__(self, url: str, anchor: Path) -> None:
        self._database = Database(url)
        self._anchor = Anchor(anchor)

    @property
    def anchor(self) -> Path:
        """Name the file that keeps the last known head."""
        return self._anchor.path

    def exists(self) -> bool:
        """Tell whether there is a store at all; makes none."""
        return self._database.exists()

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
        """Keep a new case.

        Raises ``DuplicateCaseError`` if the same files in the same category are a case in force
        and ``WrongUsageError`` if the number is taken.
        """
        row = row_of(case)
        with self.transaction() as ledger:
            sources = [draft.sha256 for draft in case.drafts]
            known = find_live(ledger.connection, sources, case.submission.category)
            if known is not None:
                raise DuplicateCaseError(known.id)
            if read_case(ledger.connection, case.id) is not None:
                raise WrongUsageError("这个案件编号已经用过，请重新取号。")
            ledger.connection.execute(insert(cases).values(row))
            bound = {**data, BODY: body_digest(row["body"])}
            ledger.append(actor=actor, action="case_registered", at=at, case=case.id, data=bound)

    def get(self, case_id: str) -> Case:
        """Load a case; raises ``WrongUsageError`` if there is none of that number."""
        with self.reading() as connection:
            case = read_case(connection, case_id)
        if case is None:
            raise WrongUsageError(_UNKNOWN)
        return case

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
        row = row_of(case)
        with self.transaction() as ledger:
            # Writing over a forged row would bury the forgery.
            stored = read_case(ledger.connection, case.id)
            if stored is None:
                raise WrongUsageError(_UNKNOWN)
            if stored.state is not was:
                raise NotAllowedError("案件已被别人办理，请重新打开案件查看现在的状态。")
            ledger.connection.execute(update(cases).where(cases.c.id == case.id).values(row))
            bound = {**data, BODY: body_digest(row["body"])}
            ledger.append(actor=actor, action=action, at=at, case=case.id, data=bound)

    def list(self, states: Collection[State] = ()) -> builtins.list[Case]:
        """List the cases in the given states, or all; newest last."""
        wanted = [cases.c.state.in_([state.value for state in states])] if states else []
        with self.reading() as connection:
            return read_cases(connection, *wanted)

    def list_of(self, officer: str) -> builtins.list[Case]:
        """List the cases that somebody handed in, newest last."""
        named = cases.c.body.contains(f'"officer":"{officer}"', autoescape=True)
        with self.reading() as connection:
            found = read_cases(connection, named)
        # A text of the case may look the same.
        return [case for case in found if case.submission.officer == officer]

    def find_duplicate(self, sources: tuple[str, ...], category: str) -> Case | None:
        """Find the newest case of the same source files and category that is still in force.

        ``sources`` are SHA-256 digests in any order. A case returned, withheld or withdrawn is no
        obstacle. By the time of the answer another may have come: ``add`` looks again.
        """
        with self.reading() as connection:
            return find_live(connection, sources, category)

    def next_id(self, at: datetime) -> str:
        """Draw the next case number of the year in Beijing; a number drawn never comes again."""
        year = beijing_day(at).year
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

    def latest(self, action: str) -> AuditEvent | None:
        """Load the newest event of an action, of whichever case."""
        with self.reading() as connection:
            return latest(connection, action)

    def head(self) -> Head:
        """Give the number of events and the digest of the last."""
        with self.reading() as connection:
            return read_head(connection)

    def verify(self) -> Break | None:
        """Check chain, head row, anchor file and every case together; None means all is whole."""
        try:
            # Before the snapshot: what the anchor says now is surely in it.
            anchor = self._anchor.read()
        except AuditBrokenError as error:
            return Break(0, error.message)
        if anchor is None:
            return Break(0, MISSING)
        with self.reading() as connection:
            return verify(connection, anchor) or verify_cases(connection)

    def close(self) -> None:
        """Close every connection."""
        self._database.close()


_UNKNOWN = "没有这个编号的案件，请用 review cases 查看已有案件。"
