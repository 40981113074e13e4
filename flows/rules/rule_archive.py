"""The rules that cases began with: the files of every edition that was in force, by digest."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from flows.durable import TEMPORARY, declared_errors, locked, make_private, write_file
from policies.loader import Edition, load_edition, read_edition
from review.errors import PolicyInvalidError, UnsafeOutputError
from review.policy import Policy

_DIGEST = re.compile(r"[0-9a-f]{64}")
_BUILTIN, _OFFICE = "builtin", "office"


class RuleArchive:
    """Keep editions of the rules in one folder; each is written whole and never changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, policy: Policy, files: Edition) -> None:
        """Keep the files that a policy was read from; once is enough."""
        target = self._folder / policy.digest
        make_private(self._folder)
        with locked(self._folder / ".lock"), declared_errors():
            if target.exists():
                return
            for left_over in self._folder.glob(f"{TEMPORARY}*"):
                shutil.rmtree(left_over)
            fresh = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=self._folder))
            for prefix, found in files.items():
                for name, data in found.items():
                    path = fresh / (_BUILTIN if prefix else _OFFICE) / name
                    make_private(path.parent)
                    write_file(path, data)
            fresh.rename(target)

    def load(self, digest: str) -> Policy:
        """Read an edition back; raises ``UnsafeOutputError`` unless it is the one that was kept."""
        folder = self._folder / digest
        if not _DIGEST.fullmatch(digest) or not folder.is_dir():
            raise UnsafeOutputError("本件送审时的规则没有留存，不能按原规则办理，请退回重新送审。")
        office = folder / _OFFICE
        try:
            policy = load_edition(
                read_edition(office if office.exists() else None, folder / _BUILTIN)
            )
        except PolicyInvalidError:
            policy = None
        if policy is None or policy.digest != digest:
            raise UnsafeOutputError("本件送审时的规则已损坏，不能按原规则办理，请退回重新送审。")
        return policy
