"""What ends a name for certain: a stop, or a verb that a person is the subject of."""

from __future__ import annotations

import re
from functools import cache

from detectors.names.evidence import HAN
from detectors.text.vocabulary import cues

_STOP = re.compile(r"[，,、。；;（(：:\s\d]|\Z")
_PARTICLES = frozenset("患说称系与和对向将因在已自被把给为等的诉")
"""Single letters that may follow a name, as they may follow many a word."""


def stops(text: str, at: int) -> bool:
    """Say whether a name that ends at ``at`` fills its place up to a stop."""
    return _STOP.match(text, at) is not None


def acts(text: str, at: int) -> bool:
    """Say whether a verb of two letters begins at ``at`` that persons do."""
    return _acts().match(text, at) is not None


def goes_on(text: str, at: int) -> bool:
    """Say whether a letter stands at ``at`` that often follows a name."""
    return text[at : at + 1] in _PARTICLES


def begins(text: str, at: int) -> bool:
    """Say whether a clause begins at ``at``, or a word stands before it that names follow."""
    return not at or _OPENING.search(text, max(0, at - 4), at) is not None


_OPENING = re.compile(rf"(?:[^{HAN}]|(?:已|现|应)?[对向与由经])\Z")


@cache
def _acts() -> re.Pattern[str]:
    verbs = sorted(w for w in cues("act") | cues("verb") | cues("strong") if len(w) > 1)
    return re.compile("|".join(verbs))
