"""What becomes of one document: rulings, edits, and the text as it reads after them."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import accumulate

from review.document import (
    BLOCK_SEPARATOR,
    Block,
    BlockKind,
    Document,
    Severity,
    Span,
    is_picture_mark,
)
from review.finding import Entity, Finding
from review.policy import HIDING, Action, Rule

_LEAST_PIECE = 3
"""Letters or digits from which a piece of something tells anything by itself."""


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


class Moves:
    """Know where the places of a block stand once its edits are made.

    The edits are in order and do not overlap.
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._ends = [edit.end for edit in edits]
        longer = (len(edit.replacement) - (edit.end - edit.start) for edit in edits)
        self._shifts = [0, *accumulate(longer)]

    def at(self, place: int) -> tuple[int, Edit | None]:
        """Say by how much the edits before a place move it, and which is the first after them."""
        number = bisect_right(self._ends, place)
        return self._shifts[number], self._edits[number] if number < len(self._edits) else None


def redacted_document(document: Document, plan: RedactionPlan) -> Document:
    """Give the document as it must read after the plan: the measure of every writer."""
    by_block = plan.edits_by_block()
    blocks = tuple(
        block
        if index not in by_block and block.kind is not BlockKind.DROPPED
        else replace(block, text=_redacted(block, by_block.get(index, ())))
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
    moves = {index: Moves(edits) for index, edits in by_block.items()}
    spans: list[Span] = []
    for index, local in kept:
        shift, following = moves[index].at(local.start) if index in moves else (0, None)
        touched = following is not None and following.start < local.end
        if document.blocks[index].kind is BlockKind.DROPPED or touched:
            continue
        begin = starts[index] + local.start + shift
        spans.append(Span(begin, begin + len(local)))
    return tuple(spans)


def _starts_after(document: Document, by_block: Mapping[int, Sequence[Edit]]) -> list[int]:
    starts, start = [], 0
    for index, block in enumerate(document.blocks):
        starts.append(start)
        start += len(_redacted(block, by_block.get(index, ()))) + len(BLOCK_SEPARATOR)
    return starts


def removed_values(document: Document, plan: RedactionPlan) -> tuple[str, ...]:
    """List the distinct texts that the plan takes out, longest first.

    A surname whose replacement begins with it (王女士, published as 王某某女士) is not taken out.
    Of what stands in pieces, as a number one digit to a box, the whole is a value and so is a
    piece that tells something by itself.
    """
    shown = _shown_again(document, plan)
    pieces: dict[str, list[str]] = defaultdict(list)
    for edit in plan.edits:
        if edit.finding not in shown:
            text = document.blocks[edit.block].text
            pieces[edit.finding].append(text[edit.start : edit.end])
    values = {
        value
        for each in pieces.values()
        for value in ("".join(each), *(piece for piece in each if _tells(piece)))
    }
    whole = {
        document.value(r.finding.span)
        for r in plan.rulings
        if r.replacement is not None and r.finding.id not in shown
    }
    return tuple(sorted(filter(str.strip, values | whole), key=lambda v: (-len(v), v)))


def _tells(piece: str) -> bool:
    """Tell whether a piece can be missed: a digit or two stand on every page by themselves."""
    return not piece.isascii() or len(piece) >= _LEAST_PIECE


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
