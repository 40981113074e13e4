"""A key of this installation: random bytes in a private file, out of reach of the database."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from flows.durable import declared_errors, locked, make_private, write_file
from review.errors import UnavailableError

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Stand for one key file; ``unusable`` is the sentence that says it is gone or damaged."""

    path: Path
    unusable: str

    def read(self) -> bytes:
        """Give the key; raises ``UnavailableError`` where there is none or it is no key."""
        with declared_errors():
            key = self.path.read_bytes() if self.path.exists() else b""
        if len(key) != KEY_BYTES:
            raise UnavailableError(self.unusable)
        return key

    def read_or_create(self) -> bytes:
        """Give the key; the first call makes it, readable by its owner alone."""
        make_private(self.path.parent)
        with locked(self.path.with_name(self.path.name + ".lock")):
            if not self.path.exists():
                write_file(self.path, os.urandom(KEY_BYTES))
            return self.read()
