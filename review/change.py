"""What people change in a proposal: findings kept or hidden otherwise, text hidden besides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from review.document import Span
from review.finding import Entity, Finding, Role
from review.policy import Action, Rule

REVIEWER = "reviewer"
"""The detector of what a person pointed at."""


class Treatment(StrEnum):
    """Say what a person does with a finding: 误报、依法公开、整处删去."""

    MISTAKEN = "mistaken"
    LAWFUL = "lawful"
    REMOVE = "remove"


TREATMENT_NAMES: Mapping[Treatment, str] = {
    Treatment.MISTAKEN: "保留：检测有误，不是这类内容",
    Treatment.LAWFUL: "保留：依法应当公开",
    Treatment.REMOVE: "整处删去",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Point at a stretch of a case: text number ``part`` of the case, offsets in that text.

    The texts are numbered file by file, each file's content before its name.
    """

    part: int
    span: Span


@dataclass(frozen=True, slots=True)
class Change:
    """Record what a person decided against the proposal, where and why; never a value."""

    entity: Entity
    places: tuple[Place, ...]
    treatment: Treatment
    reason: str
    officer: str
    at: datetime

    @property
    def weakens(self) -> bool:
        """Tell whether something is shown that the rules would hide or ask about."""
        return self.treatment is not Treatment.REMOVE

    def rule(self, role: Role) -> Rule:
        """Give the rule that this decision stands for."""
        words = TREATMENT_NAMES[self.treatment]
        action = Action.KEEP if self.weakens else Action.REMOVE
        return Rule(self.entity, role, action, f"审核人决定（{words}）：{self.reason}")


Changes = Mapping[tuple[int, Span, Entity], Change]


def by_place(changes: Iterable[Change]) -> Changes:
    """Index changes by the place they are about; a later one takes the place of an earlier."""
    return {(p.part, p.span, c.entity): c for c in changes for p in c.places}


def pointed_at(changes: Changes, part: int, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give the findings that only a person has made: changes of a text that no detector found."""
    known = {(f.span, f.entity) for f in found}
    return tuple(
        Finding(entity, span, 1.0, REVIEWER, Role.REVIEW, "审核人指出")
        for (where, span, entity) in changes
        if where == part and (span, entity) not in known
    )
