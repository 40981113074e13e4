"""Count how well found names meet labelled ones, exactly and by overlap."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Score:
    """Hold precision, recall and F1, each from 0 to 1."""

    precision: float
    recall: float
    f1: float


def exact(pairs: Sequence[tuple[Collection[Place], Collection[Place]]]) -> Score:
    """Score (labelled, found) of each text; a span counts where both ends are right."""
    hits = sum(len(set(labelled) & set(found)) for labelled, found in pairs)
    return _score(hits, hits, pairs)


def overlap(pairs: Sequence[tuple[Collection[Place], Collection[Place]]]) -> Score:
    """Score (labelled, found) of each text; a span counts where it touches one of the others."""
    right = sum(_touching(found, labelled) for labelled, found in pairs)
    met = sum(_touching(labelled, found) for labelled, found in pairs)
    return _score(right, met, pairs)


def _touching(ones: Collection[Place], others: Collection[Place]) -> int:
    return sum(any(a < d and c < b for c, d in set(others)) for a, b in set(ones))


def _score(
    right: int, met: int, pairs: Sequence[tuple[Collection[Place], Collection[Place]]]
) -> Score:
    found = sum(len(set(places)) for _, places in pairs)
    labelled = sum(len(set(places)) for places, _ in pairs)
    precision = right / found if found else 0.0
    recall = met / labelled if labelled else 0.0
    both = precision + recall
    return Score(precision, recall, 2 * precision * recall / both if both else 0.0)
