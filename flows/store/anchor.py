"""The anchor: the last known audit head in a file, out of reach of whoever holds the database."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from flows.durable import declared_errors, locked, make_private, write_file
from review.audit import Head
from review.errors import AuditBrokenError

MISSING = "链外锚点文件不见了，请从备份或原机器取回后再试。"
UNREADABLE = "链外锚点文件无法读取，请从备份取回后再试。"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Keep the head that the chain had reached after the last committed event.

    The file is written after the commit: it may lag behind the chain, it is never ahead of it.
    """

    path: Path

    def read(self) -> Head | None:
        """Return the anchored head, None if there is no file; raises ``AuditBrokenError``."""
        try:
            with declared_errors():
                if not self.path.exists():
                    return None
                fields = json.loads(self.path.read_bytes())
            head = Head(fields["count"], fields["digest"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise AuditBrokenError(UNREADABLE) from None
        if type(head.count) is not int or type(head.digest) is not str:
            raise AuditBrokenError(UNREADABLE)
        return head

    def create(self) -> None:
        """Start at the genesis head; an existing file stays as it is."""
        with self._lock():
            if self.read() is None:
                self._write(Head())

    def advance(self, head: Head) -> None:
        """Move forward to ``head``, never back, never where the file has gone missing."""
        with self._lock():
            current = self.read()
            if current is not None and current.count < head.count:
                self._write(head)

    def _lock(self) -> AbstractContextManager[None]:
        return locked(self.path.with_name(self.path.name + ".lock"))

    def _write(self, head: Head) -> None:
        make_private(self.path.parent)
        text = json.dumps({"count": head.count, "digest": head.digest})
        write_file(self.path, text.encode() + b"\n")
