"""From findings and policy to the edits of one document."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Protocol

from review.change import Change, Changes
from review.document import (
    BLOCK_SEPARATOR,
    Block,
    BlockKind,
    Document,
    Severity,
    Span,
    is_picture_mark,
)
from review.finding import ENCODED, Entity, Finding
from review.policy import HIDING, STRENGTH, Action, Category, Policy, Rule


@dataclass(frozen=True, slots=True)
class Ruling:
    """Join a finding with the rule that governs it and the text that will stand in its place.

    ``decided`` says that a person put his own decision in the place of the policy's rule.
    """

    finding: Finding
    rule: Rule
    replacement: str | None = None
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace characters ``start``..``end`` of one block (offsets within the block)."""

    block: int
    start: int
    end: int
    replacement: str
    finding: str


class Verdict(StrEnum):
    """Say what a scan means for the case."""

    CLEAN = "clean"
    FLAGGED = "flagged"
    BLOCKED = "blocked"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class RedactionPlan:
    """Hold every ruling and every edit for one document, bound to its text and policy."""

    document_digest: str
    policy_digest: str
    category: str
    rulings: tuple[Ruling, ...]
    edits: tuple[Edit, ...]

    @property
    def digest(self) -> str:
        """Give the SHA-256 over the canonical JSON of the whole plan."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def edits_by_block(self) -> Mapping[int, tuple[Edit, ...]]:
        """Group the edits by block, in order of their place."""
        grouped: dict[int, list[Edit]] = defaultdict(list)
        for edit in self.edits:
            grouped[edit.block].append(edit)
        return {
            block: tuple(sorted(edits, key=lambda e: e.start)) for block, edits in grouped.items()
        }


class Operators(Protocol):
    """Write the published form of hidden values."""

    def replacements(
        self,
        hidden: Sequence[tuple[Finding, Rule, str]],
        kept: Sequence[tuple[Finding, str]],
    ) -> Sequence[str]:
        """Give one replacement for each (finding, rule, value), all of one document at once.

        ``kept`` are the names of people that stay in the text, so that none of them is given to
        somebody else. One call for a whole case keeps a pseudonym the same for the same person.
        """
        ...


_NO_CHANGES: Changes = {}


def build_plans(
    scanned: Sequence[tuple[Document, Sequence[Finding]]],
    policy: Policy,
    category: Category,
    operators: Operators,
    changes: Changes = _NO_CHANGES,
) -> tuple[RedactionPlan, ...]:
    """Decide every finding of a case's documents and work out the edits, one plan a document.

    ``changes`` are what people decided otherwise; their ``part`` counts the documents.

    All documents go in together so that one person bears one pseudonym in all of them. Overlaps
    are settled by the strength of the effect: the stronger covers its whole span, the weaker keeps
    only what the stronger leaves.
    """
    ruled = [
        [_rule(policy, category, f, changes.get((part, f.span, f.entity))) for f in findings]
        for part, (_, findings) in enumerate(scanned)
    ]
    hiding = [
        _settle_overlaps([r for r in rulings if r.rule.effect in HIDING]) for rulings in ruled
    ]
    written = iter(
        operators.replacements(
            [
                (r.finding, r.rule, document.value(r.finding.span))
                for (document, _), rulings in zip(scanned, hiding, strict=True)
                for r in rulings
            ],
            _kept_names(scanned, ruled),
        )
    )
    return tuple(
        _plan(document, policy, category, rulings, [(r, next(written)) for r in hidden])
        for (document, _), rulings, hidden in zip(scanned, ruled, hiding, strict=True)
    )


def _rule(policy: Policy, category: Category, finding: Finding, change: Change | None) -> Ruling:
    if change is None:
        rule = policy.rule(category, finding.entity, finding.role)
        return Ruling(finding, _whole(rule) if finding.detector == ENCODED else rule)
    return Ruling(finding, change.rule(finding.role), decided=True)


def _whole(rule: Rule) -> Rule:
    """Take out whole what a rule would mask or replace: half a code still tells something."""
    if rule.effect not in HIDING:
        return rule
    if rule.action is Action.REVIEW:
        return replace(rule, proposal=Action.REMOVE, form="")
    return replace(rule, action=Action.REMOVE, form="")


def _kept_names(
    scanned: Sequence[tuple[Document, Sequence[Finding]]], ruled: Sequence[Sequence[Ruling]]
) -> list[tuple[Finding, str]]:
    return [
        (r.finding, document.value(r.finding.span))
        for (document, _), rulings in zip(scanned, ruled, strict=True)
        for r in rulings
        if r.finding.entity is Entity.PERSON and r.rule.effect not in HIDING
    ]


def _plan(
    document: Document,
    policy: Policy,
    category: Category,
    rulings: Sequence[Ruling],
    hidden: Sequence[tuple[Ruling, str]],
) -> RedactionPlan:
    edits: list[Edit] = []
    replaced: dict[str, str] = {}
    for ruling, replacement in hidden:
        replaced.setdefault(ruling.finding.id, replacement)
        edits.extend(_edits_for(document, ruling.finding, replacement))
    told = tuple(replace(r, replacement=replaced.get(r.finding.id)) for r in rulings)
    return RedactionPlan(document.digest, policy.digest, category.key, told, tuple(edits))


def _settle_overlaps(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Cut the weaker of two overlapping rulings down to what the stronger leaves uncovered."""
    ordered = sorted(
        rulings,
        key=lambda r: (
            -STRENGTH[r.rule.effect],
            -len(r.finding.span),
            -r.finding.score,
            r.finding.span.start,
        ),
    )
    taken = _Cover()
    settled: list[Ruling] = []
    for ruling in ordered:
        for span in taken.claim(ruling.finding.span):
            settled.append(replace(ruling, finding=replace(ruling.finding, span=span)))
    return sorted(settled, key=lambda r: r.finding.span)


class _Cover:
    """Remember which characters are spoken for, so that claims stay linear in their length."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def claim(self, span: Span) -> list[Span]:
        """Take what is free of ``span`` and return it as unbroken pieces."""
        free: list[Span] = []
        start: int | None = None
        for position in range(span.start, span.end + 1):
            usable = position < span.end and position not in self._taken
            if usable and start is None:
                start = position
            elif not usable and start is not None:
                free.append(Span(start, position))
                start = None
        self._taken.update(range(span.start, span.end))
        return free


BLACKENED = "■"
"""What stands for the text under a black box in a picture."""


def _edits_for(document: Document, finding: Finding, replacement: str) -> Iterable[Edit]:
    """Put the replacement where the span begins; empty what it covers of further blocks."""
    for number, (block, local) in enumerate(document.split(finding.span)):
        written = "" if number else replacement
        if document.blocks[block].kind is BlockKind.PICTURE:
            written = BLACKENED
        yield Edit(block, local.start, local.end, written, finding.id)


def without_pictures(document: Document, plan: RedactionPlan) -> RedactionPlan | None:
    """Give the plan that takes every picture out as well; None where there is none to take out."""
    marks = {i: len(b.text) for i, b in enumerate(document.blocks) if is_picture_mark(b)}
    kept = tuple(edit for edit in plan.edits if edit.block not in marks)
    out = tuple(Edit(index, 0, length, "", "") for index, length in marks.items())
    return replace(plan, edits=(*kept, *out)) if out else None


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Write the edits of one block into its text; ``edits`` are in order and do not overlap."""
    pieces: list[str] = []
    position = 0
    for edit in edits:
        pieces += (text[position : edit.start], edit.replacement)
        position = edit.end
    pieces.append(text[position:])
    return "".join(pieces)


def redacted_document(document: Document, plan: RedactionPlan) -> Document:
    """Give the document as it must read after the plan: the measure of every writer."""
    by_block = plan.edits_by_block()
    blocks = tuple(
        replace(block, text=_redacted(block, by_block.get(index, ())))
        for index, block in enumerate(document.blocks)
    )
    return Document(document.format, blocks, document.notes)


def _redacted(block: Block, edits: Sequence[Edit]) -> str:
    return "" if block.kind is BlockKind.DROPPED else apply_edits(block.text, edits)


def replaced_spans(document: Document, plan: RedactionPlan) -> tuple[Span, ...]:
    """Say where the replacements stand in the text of the redacted document."""
    by_block = plan.edits_by_block()
    starts = _starts_after(document, by_block)
    spans: list[Span] = []
    for index, block in enumerate(document.blocks):
        shift = 0
        for edit in by_block.get(index, ()) if block.kind is not BlockKind.DROPPED else ():
            begin = starts[index] + edit.start + shift
            spans.append(Span(begin, begin + len(edit.replacement)))
            shift += len(edit.replacement) - (edit.end - edit.start)
    return tuple(spans)


def kept_by_person(document: Document, plan: RedactionPlan) -> tuple[Span, ...]:
    """Say where in the text of the redacted document stands what a person decided to keep."""
    by_block = plan.edits_by_block()
    kept = sorted(
        (index, local)
        for r in plan.rulings
        if r.decided and r.rule.effect not in HIDING
        for index, local in document.split(r.finding.span)
    )
    starts = _starts_after(document, by_block)
    spans: list[Span] = []
    for index, local in kept:
        block, edits = document.blocks[index], by_block.get(index, ())
        if block.kind is BlockKind.DROPPED or any(_touch(e, local) for e in edits):
            continue
        shift = sum(len(e.replacement) - (e.end - e.start) for e in edits if e.end <= local.start)
        begin = starts[index] + local.start + shift
        spans.append(Span(begin, begin + len(local)))
    return tuple(spans)


def _touch(edit: Edit, span: Span) -> bool:
    return edit.start < span.end and span.start < edit.end


def _starts_after(document: Document, by_block: Mapping[int, Sequence[Edit]]) -> list[int]:
    starts, start = [], 0
    for index, block in enumerate(document.blocks):
        starts.append(start)
        start += len(_redacted(block, by_block.get(index, ()))) + len(BLOCK_SEPARATOR)
    return starts


def removed_values(document: Document, plan: RedactionPlan) -> tuple[str, ...]:
    """List the distinct texts that the plan takes out, longest first.

    A surname whose replacement begins with it (王女士, published as 王某某女士) is not taken out.
    """
    shown = _shown_again(document, plan)
    values = {
        document.blocks[e.block].text[e.start : e.end] for e in plan.edits if e.finding not in shown
    }
    whole = {
        document.value(r.finding.span)
        for r in plan.rulings
        if r.replacement is not None and r.finding.id not in shown
    }
    return tuple(sorted(filter(str.strip, values | whole), key=lambda v: (-len(v), v)))


def _shown_again(document: Document, plan: RedactionPlan) -> frozenset[str]:
    """Name the findings of people whose replacement begins with the very text it replaces."""
    return frozenset(
        r.finding.id
        for r in plan.rulings
        if r.finding.entity is Entity.PERSON
        and r.replacement is not None
        and r.replacement.startswith(document.value(r.finding.span))
    )


def verdict(document: Document, plan: RedactionPlan) -> Verdict:
    """Judge a scan: one blocking rule blocks, one change or doubt needs a person."""
    actions = {ruling.rule.action for ruling in plan.rulings}
    if Action.BLOCK in actions:
        return Verdict.BLOCKED
    if any(note.severity is Severity.PERSON for note in document.notes):
        return Verdict.FLAGGED
    return Verdict.FLAGGED if actions - {Action.KEEP} else Verdict.CLEAN
