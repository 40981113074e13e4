"""Labelled texts and the figures that finding things in them comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum

from review.conceal import IMPERSONAL
from review.document import Span
from review.finding import Entity, Finding

PERSONAL = frozenset(Entity) - IMPERSONAL
SURE = 0.8
"""Below this score a number is only probable: its check digit does not hold."""


class Kind(StrEnum):
    """Name a mistake: nothing found, too much found, wrong border, found as something else."""

    MISSED = "missed"
    FALSE = "false"
    BORDER = "border"
    ENTITY = "entity"
    TRAP = "trap"


@dataclass(frozen=True, slots=True)
class Label:
    """Say what stands in a stretch of text; an ``optional`` one may be found or not."""

    entity: Entity
    span: Span
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Expectation:
    """Say that something of ``entity`` (None: of any) must or must not be found in a text.

    Findings with a score under ``least`` do not count.
    """

    entity: Entity | None
    present: bool
    least: float = 0.0

    def answers(self, found: Sequence[Finding]) -> list[Finding]:
        """Give the findings that this is about."""
        return [f for f in found if self.entity in (None, f.entity) and f.score >= self.least]


@dataclass(frozen=True, slots=True)
class Example:
    """Hold a labelled text; only for ``exhaustive`` entities is anything else found wrong."""

    id: str
    text: str
    labels: tuple[Label, ...] = ()
    exhaustive: frozenset[Entity] = frozenset()
    traps: tuple[Span, ...] = ()
    expectations: tuple[Expectation, ...] = ()

    @property
    def plain(self) -> bool:
        """Say whether the text is labelled as one in which nothing must be found."""
        return bool(self.exhaustive) and all(label.optional for label in self.labels)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Hold one mistake: what should have been (entity, span) and what was found instead."""

    kind: Kind
    label: tuple[Entity | None, Span] | None = None
    found: tuple[Entity, Span] | None = None

    @property
    def pair(self) -> tuple[Kind, Entity | None, Entity | None]:
        """Give the line of the confusion list that this belongs to."""
        return self.kind, self.label and self.label[0], self.found and self.found[0]


@dataclass(frozen=True, slots=True)
class Tally:
    """Count labels met and findings right, exactly and by overlap.

    ``judged`` are the findings of entities that are labelled exhaustively, ``right`` those of them
    that are right; ``met`` are the labels that were found.
    """

    labels: int = 0
    met_exact: int = 0
    met_overlap: int = 0
    judged: int = 0
    right_exact: int = 0
    right_overlap: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)))

    @property
    def exact(self) -> Score:
        return Score.of(self.right_exact, self.judged, self.met_exact, self.labels)

    @property
    def overlap(self) -> Score:
        return Score.of(self.right_overlap, self.judged, self.met_overlap, self.labels)


@dataclass(frozen=True, slots=True)
class Score:
    """Hold precision, recall and F1 from 0 to 1; None is what the labels cannot tell."""

    precision: float | None
    recall: float | None
    f1: float | None

    @classmethod
    def of(cls, right: int, judged: int, met: int, labels: int) -> Score:
        """Work them out from counts; F1 needs both others."""
        precision = right / judged if judged else None
        recall = met / labels if labels else None
        if precision is None or recall is None:
            return cls(precision, recall, None)
        both = precision + recall
        return cls(precision, recall, 2 * precision * recall / both if both else 0.0)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Hold what one text, or many added up, amounts to; ``alarms`` are those on plain texts."""

    records: int = 0
    characters: int = 0
    tallies: Mapping[Entity, Tally] = field(default_factory=dict)
    plain_characters: int = 0
    alarms: int = 0
    traps: int = 0
    traps_found: int = 0
    expectations: int = 0
    expectations_met: int = 0
    confusion: Mapping[tuple[Kind, Entity | None, Entity | None], int] = field(default_factory=dict)

    def __add__(self, other: Judgement) -> Judgement:
        entities = sorted(self.tallies.keys() | other.tallies.keys(), key=list(Entity).index)
        none = Tally()
        return Judgement(
            self.records + other.records,
            self.characters + other.characters,
            {e: self.tallies.get(e, none) + other.tallies.get(e, none) for e in entities},
            self.plain_characters + other.plain_characters,
            self.alarms + other.alarms,
            self.traps + other.traps,
            self.traps_found + other.traps_found,
            self.expectations + other.expectations,
            self.expectations_met + other.expectations_met,
            Counter(self.confusion) + Counter(other.confusion),
        )

    @property
    def alarm_rate(self) -> float | None:
        """Give the false alarms in 10,000 characters of plain text."""
        return 10_000 * self.alarms / self.plain_characters if self.plain_characters else None
