"""One change between two policies, and which way it goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

EVERY_CATEGORY = "所有类别"


class Kind(StrEnum):
    """Say which way a change goes; what lets more through is weaker."""

    WEAKER = "weaker"
    STRONGER = "stronger"
    CHANGED = "changed"
    NEW = "new"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """Tell one change; ``where`` names categories or the list concerned."""

    kind: Kind
    where: str
    words: str


def ranked(before: tuple[int, ...], after: tuple[int, ...]) -> Kind:
    """Say by two ranks, a higher one protecting more, which way a change goes."""
    if before == after:
        return Kind.CHANGED
    return Kind.STRONGER if after > before else Kind.WEAKER


def listed(words: Iterable[str]) -> str:
    """Write words in one stable order."""
    return "、".join(sorted(words))
