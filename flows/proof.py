"""Prove an output: read anew it says what was planned, and no detector finds what was hidden."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from review.document import BLOCK_SEPARATOR, BlockKind, Document
from review.errors import UnsafeOutputError
from review.plan import RedactionPlan, kept_by_person, redacted_document, replaced_spans
from review.policy import HIDING


def prove_text(
    document: Document,
    plan: RedactionPlan,
    output: Document,
    judge: Callable[[Document], RedactionPlan],
) -> None:
    """Show that ``output`` reads as planned and that ``judge`` finds nothing left to hide in it.

    What a machine read in pictures is not compared sign by sign: painting over one sign can change
    how its neighbours are recognised. It is searched for what had to be hidden like all the rest.

    Raises ``UnsafeOutputError`` naming what kind of thing is left, never the thing.
    """
    expected = redacted_document(document, plan)
    if _folded(_written(output)) != _folded(_written(expected)):
        raise UnsafeOutputError("生成的文件与应有内容不一致，请交人工处理。")
    if left := _left(document, plan, expected, output, judge(output)):
        names = "、".join(sorted(left))
        raise UnsafeOutputError(f"生成的文件中仍检出应隐去的内容（{names}），请交人工处理。")


def _left(
    document: Document,
    plan: RedactionPlan,
    expected: Document,
    output: Document,
    found: RedactionPlan,
) -> set[str]:
    """Name the entities that would be hidden outside the replacements and what a person keeps.

    Output and expected text are equal but for white space, so places are compared by the number
    of other characters before them.
    """
    ours, theirs = _Folding(_written(expected)), _Folding(_written(output))
    settled = sorted((*replaced_spans(document, plan), *kept_by_person(document, plan)))
    masks = [(ours.before(span.start), ours.before(span.end)) for span in settled]
    starts = [start for start, _ in masks]
    kept = {expected.value(span) for span in kept_by_person(document, plan)}
    left: set[str] = set()
    for ruling in found.rulings:
        span = ruling.finding.span
        if output.blocks[output.block_at(span.start)].kind is BlockKind.PICTURE:
            if ruling.rule.effect in HIDING and output.value(span) not in kept:
                left.add(ruling.finding.entity.value)
            continue
        start, end = theirs.before(span.start), theirs.before(span.end)
        mask = bisect_right(starts, start) - 1
        inside = mask >= 0 and end <= masks[mask][1]
        if ruling.rule.effect in HIDING and not inside:
            left.add(ruling.finding.entity.value)
    return left


def _written(document: Document) -> str:
    """Give the text at its offsets, what was read in pictures blank."""
    return BLOCK_SEPARATOR.join(
        " " * len(block.text) if block.kind is BlockKind.PICTURE else block.text
        for block in document.blocks
    )


class _Folding:
    """Count the characters before an offset that are not white space."""

    def __init__(self, text: str) -> None:
        self._counts = list(accumulate((not c.isspace() for c in text), initial=0))

    def before(self, offset: int) -> int:
        return self._counts[offset]


def _folded(text: str) -> str:
    return "".join(text.split())
