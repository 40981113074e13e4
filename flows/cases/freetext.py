"""What people write into a case by hand: none of it may carry personal data.

Reasons, opinions and channels go into the case store, the audit chain and the manifest, all of
which live longer than any page. So the measure is stricter than the policy's: a name that the
published text keeps has no place in them either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flows.cases.revision import folded
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Scan
from review.change import REVIEWER
from review.conceal import IMPERSONAL, NOBODY
from review.document import plain_document
from review.errors import UnavailableError
from review.finding import Entity, Finding

_NO_POINTER = IMPERSONAL | {
    Entity.CN_USCC,
    Entity.ETHNICITY,
    Entity.HEALTH,
    Entity.MARITAL_STATUS,
    Entity.MINOR,
    Entity.RELIGION,
}
"""Entities that point to no person by themselves: a reviewer may write that an illness shows."""


_SET_PHRASES = frozenset(
    ("同意", "同意公开", "同意发布", "同意主动公开", "无意见", "没有意见", "无异议")
)
_STOPS = " \u3000。！!.，,"


def names_nobody(texts: Iterable[str]) -> bool:
    """Tell at once that texts are set phrases (同意。), as most opinions are."""
    lines = (line.strip(_STOPS) for text in texts for line in text.splitlines())
    return all(line in _SET_PHRASES for line in lines if line)


def holds_personal(
    pipeline: Pipeline, texts: Iterable[str], known: frozenset[str] = frozenset()
) -> bool:
    """Tell whether texts name or describe somebody; ``known`` are the values of the draft.

    A name that stands bare in a short sentence is found because the draft has told it.
    """
    lines = [line for text in texts for line in text.splitlines()]
    if not any(map(str.strip, lines)):
        return False
    text = folded("\n".join(lines))
    if any(value in text for value in known):
        return True
    return any(map(_is_personal, pipeline.detect(plain_document(lines))))


def known_values(scan: Callable[[], Scan]) -> frozenset[str]:
    """List the values of drafts that point to somebody; an unreadable draft has told none.

    Read anew each time, so that no list of them lies anywhere. Raises ``UnavailableError``.
    """
    try:
        return _values(scan())
    except UnavailableError:
        raise
    except Exception:  # the case is quarantined for it already; a person must be able to say so
        return frozenset()


def _values(scan: Scan) -> frozenset[str]:
    parts = [
        part
        for file in scan.files
        for part in ((file.document, file.plan), (file.name_document, file.name_plan))
    ]
    values = (
        folded(document.value(ruling.finding.span))
        for document, plan in parts
        for ruling in plan.rulings
        if _is_personal(ruling.finding)
    )
    return frozenset(value for value in values if len(value) > 1)


def _is_personal(finding: Finding) -> bool:
    if finding.detector == REVIEWER:  # he may have pointed at what no detector knows
        return True
    return finding.entity not in _NO_POINTER and finding.role not in NOBODY
