"""The released package: which bytes may go out, and the manifest that proves why."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from review.audit import Head
from review.case import Case, State
from review.errors import NotAllowedError, UnsafeOutputError
from review.plan import Ruling
from review.policy import Category


@dataclass(frozen=True, slots=True)
class ReleasedFile:
    """Name one file of a package with the digests of what came in and what goes out."""

    name: str
    source_sha256: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReleasePackage:
    """Hold all files of a release by name; ``manifest`` is the bytes of ``manifest.json``."""

    case: str
    files: Mapping[str, bytes]
    manifest: bytes


def count_findings(rulings: Iterable[Ruling]) -> dict[str, dict[str, int]]:
    """Count findings by entity and action; counts are all a manifest may say of them."""
    counted = Counter((r.finding.entity.value, r.rule.action.value) for r in rulings)
    table: dict[str, dict[str, int]] = {}
    for (entity, action), number in sorted(counted.items()):
        table.setdefault(entity, {})[action] = number
    return table


def build_package(
    case: Case,
    category: Category,
    document_number: str,
    findings: Mapping[str, Mapping[str, int]],
    outputs: Sequence[tuple[str, bytes]],
    head: Head,
    publish_on: date,
    take_down_on: date | None,
) -> ReleasePackage:
    """Assemble the package of an approved case; ``take_down_on`` None where it stays.

    ``outputs`` are (checked name, bytes) in the order of the case's drafts. Raises
    ``NotAllowedError`` if the case is not approved and ``UnsafeOutputError`` if any byte differs
    from what the approval was given on or two files share a name.
    """
    if case.state is not State.APPROVED or case.digests is None or not case.approvals:
        raise NotAllowedError("该件尚未获批，不能发布。")
    digests = tuple(hashlib.sha256(data).hexdigest() for _, data in outputs)
    if digests != case.digests.redacted or case.approvals[-1].digests != case.digests:
        raise UnsafeOutputError("待发布文件与审批时的文件不一致，已停止发布，请重新送审。")
    if len({name for name, _ in outputs}) != len(outputs):
        raise UnsafeOutputError("待发布的文件有重名，已停止发布，请改名后重新送审。")
    files = [
        ReleasedFile(name, source, digest)
        for (name, _), source, digest in zip(outputs, case.digests.source, digests, strict=True)
    ]
    days = (publish_on, take_down_on)
    manifest = _manifest(case, category, document_number, findings, files, head, days)
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=False) + "\n"
    return ReleasePackage(case.id, dict(outputs), text.encode())


def _manifest(
    case: Case,
    category: Category,
    document_number: str,
    findings: Mapping[str, Mapping[str, int]],
    files: Sequence[ReleasedFile],
    head: Head,
    days: tuple[date, date | None],
) -> dict[str, object]:
    """Lay out the manifest: the fields of the contract, in its order, nothing personal."""
    submission = case.submission
    publish, down = days
    assert case.digests is not None
    return {
        "case": case.id,
        "title": case.title,
        "document_number": document_number,
        "category": category.key,
        "attribute": submission.attribute.value,
        "basis": submission.basis,
        "channels": list(submission.channels or category.channels),
        "scope": category.scope,
        "publish_on": publish.isoformat(),
        "take_down_on": down.isoformat() if down else None,
        "policy_digest": case.digests.policy,
        "findings": findings,
        "files": [
            {"name": f.name, "source_sha256": f.source_sha256, "sha256": f.sha256} for f in files
        ],
        "approvals": [
            {
                "officer": a.officer,
                "role": a.role,
                "at": a.at.isoformat(),
                "decision": a.decision.value,
                "reason": a.reason,
            }
            for a in case.approvals
        ],
        "audit": {"count": head.count, "head": head.digest},
    }
