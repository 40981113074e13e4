"""Judge what was found in a text against what is labelled there, mistake by mistake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from review.conceal import NOBODY
from review.document import Span
from review.evaluation import (
    PERSONAL,
    Example,
    Expectation,
    Judgement,
    Kind,
    Label,
    Mistake,
    Tally,
)
from review.finding import Entity, Finding


def judge(example: Example, findings: Iterable[Finding]) -> tuple[Judgement, tuple[Mistake, ...]]:
    """Compare the findings in a text with its labels."""
    found = _distinct(example, findings)
    required = [label for label in example.labels if not label.optional]
    labels, optional = _Index(required), _Index(label for label in example.labels if label.optional)
    counted = [f for f in found if _counts(f, labels, optional)]
    judged = [f for f in counted if f.entity in example.exhaustive]
    wrong = _Index(f for f in counted if not labels.same(f))
    everything = _Index(found)
    short = [m for label in required if (m := _short_of(label, everything))]
    unmet = [m for each in example.expectations if (m := _unmet(each, example, found))]
    mistakes = (*short, *_alarms(example, counted, labels, short), *unmet)
    return Judgement(
        records=1,
        characters=len(example.text),
        tallies=_tallies(required, found, judged),
        plain_characters=len(example.text) if example.plain else 0,
        alarms=len(judged) if example.plain else 0,
        traps=len(example.traps),
        traps_found=sum(bool(wrong.at(trap)) for trap in example.traps),
        expectations=len(example.expectations),
        expectations_met=len(example.expectations) - len(unmet),
        confusion=Counter(mistake.pair for mistake in mistakes),
    ), mistakes


class _Placed(Protocol):
    @property
    def entity(self) -> Entity: ...

    @property
    def span(self) -> Span: ...


Item = TypeVar("Item", bound=_Placed)


class _Index(Generic[Item]):
    """Look up by offset what stands where, so that a long text costs no more than its length."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._at: dict[int, list[Item]] = {}
        for item in items:
            for offset in range(item.span.start, item.span.end):
                self._at.setdefault(offset, []).append(item)

    def at(self, span: Span) -> list[Item]:
        """Give what touches a span, in order."""
        offsets = range(span.start, span.end)
        return list({id(i): i for offset in offsets for i in self._at.get(offset, ())}.values())

    def same(self, other: _Placed) -> list[Item]:
        """Give what touches another and is of its entity."""
        return [item for item in self.at(other.span) if item.entity is other.entity]


def _distinct(example: Example, findings: Iterable[Finding]) -> list[Finding]:
    """Take each span and entity once; wording and marks count only where they are labelled."""
    asked = PERSONAL | example.exhaustive | {label.entity for label in example.labels}
    once = {(f.entity, f.span): f for f in findings if f.entity in asked and len(f.span)}
    return sorted(once.values(), key=lambda f: (f.span, f.entity))


def _counts(found: Finding, required: _Index[Label], optional: _Index[Label]) -> bool:
    """Leave out what may be found or not, and names that give no one away and are always kept."""
    return bool(required.same(found)) or not (found.role in NOBODY or optional.same(found))


def _short_of(label: Label, found: _Index[Finding]) -> Mistake | None:
    """Say how a label was not met exactly; the finding nearest in length stands for the rest."""
    same = found.same(label)
    if any(f.span == label.span for f in same):
        return None
    expected = (label.entity, label.span)
    others = same or found.at(label.span)
    if not others:
        return Mistake(Kind.MISSED, expected)
    nearest = min(others, key=lambda f: abs(len(f.span) - len(label.span)))
    kind = Kind.BORDER if same else Kind.ENTITY
    return Mistake(kind, expected, (nearest.entity, nearest.span))


def _alarms(
    example: Example, counted: Iterable[Finding], labels: _Index[Label], short: Sequence[Mistake]
) -> Iterator[Mistake]:
    """List the findings that are not labelled so and that no label short of its due has told."""
    told = {mistake.label for mistake in short} | {mistake.found for mistake in short}
    traps = _Index(Label(Entity.PERSON, trap) for trap in example.traps)
    for found in counted:
        place = (found.entity, found.span)
        met = [(label.entity, label.span) for label in labels.same(found)]
        if place in met or not told.isdisjoint([place, *met]):
            continue
        if traps.at(found.span):
            yield Mistake(Kind.TRAP, None, place)
        elif met and found.entity in example.exhaustive:
            yield Mistake(Kind.BORDER, met[0], place)
        elif found.entity in example.exhaustive:
            yield Mistake(Kind.FALSE, None, place)


def _unmet(expected: Expectation, example: Example, found: Sequence[Finding]) -> Mistake | None:
    answers = expected.answers(found)
    if bool(answers) is expected.present:
        return None
    if expected.present:
        return Mistake(Kind.MISSED, (expected.entity, Span(0, len(example.text))))
    return Mistake(Kind.FALSE, None, (answers[0].entity, answers[0].span))


def _tallies(
    required: Sequence[Label], found: Sequence[Finding], judged: Sequence[Finding]
) -> dict[Entity, Tally]:
    labels, findings = _Index(required), _Index(found)
    tallies: dict[Entity, Tally] = {}
    for label in required:
        same = findings.same(label)
        exact = any(f.span == label.span for f in same)
        tallies[label.entity] = tallies.get(label.entity, Tally()) + Tally(1, exact, bool(same))
    for f in judged:
        met = labels.same(f)
        exact = any(label.span == f.span for label in met)
        counted = Tally(judged=1, right_exact=exact, right_overlap=bool(met))
        tallies[f.entity] = tallies.get(f.entity, Tally()) + counted
    return tallies
