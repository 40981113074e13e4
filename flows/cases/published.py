"""Whether released packages still are what was approved, as far as they still lie here."""

from __future__ import annotations

import hashlib
import json

from flows.store.casefiles import CaseFiles
from flows.store.store import CaseStore
from review.audit import AuditEvent, Break
from review.case import State

RELEASED = "case_released"
MANIFEST = "manifest"
"""The key in the event of a release under which the SHA-256 of ``manifest.json`` stands."""


def changed_package(store: CaseStore, files: CaseFiles) -> Break | None:
    """Find the first package that is not as it was released; the chain must itself be whole.

    A package or file that was moved away is none that was changed. What an earlier version of
    this program released is held against the digests of its files alone.
    """
    for case in store.list([State.RELEASED]):
        held = files.released(case.id)
        released = [event for event in store.events(case.id) if event.action == RELEASED]
        if held and released and not _is_whole(dict(held), released[-1]):
            message = f"案件 {case.id} 的公开包与发布时的不一致，请停止使用这个公开包。"
            return Break(released[-1].seq, message)
    return None


def _is_whole(held: dict[str, bytes], event: AuditEvent) -> bool:
    """Hold what still lies in a package against its release; what was taken out is no change."""
    manifest, known = held.pop("manifest.json", None), event.data.get(MANIFEST)
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in held.items()}
    if manifest is None or known is None:
        return set(digests.values()) <= set(event.data["redacted"])  # type: ignore[arg-type]
    if hashlib.sha256(manifest).hexdigest() != known:
        return False
    released = {each["name"]: each["sha256"] for each in json.loads(manifest)["files"]}
    return digests.items() <= released.items()
