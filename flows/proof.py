"""Prove an output: read anew it says what was planned, and no detector finds what was hidden."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from review.document import BLOCK_SEPARATOR, BlockKind, Document, Span
from review.errors import UnsafeOutputError
from review.plan import RedactionPlan, Ruling, kept_by_person, redacted_document, replaced_spans
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
    if left := {r.finding.entity.value for r in left_over(document, plan, output, judge(output))}:
        names = "、".join(sorted(left))
        raise UnsafeOutputError(f"生成的文件中仍检出应隐去的内容（{names}），请交人工处理。")


def left_over(
    document: Document, plan: RedactionPlan, output: Document, found: RedactionPlan
) -> Iterator[Ruling]:
    """Yield what ``found`` would hide in ``output`` beside the replacements and what people keep.

    Output and expected text are equal but for white space, so places are compared by the number
    of other characters before them.
    """
    expected = redacted_document(document, plan)
    ours, theirs = _Folding(_written(expected)), _Folding(_written(output))
    kept_spans = kept_by_person(document, plan)
    masks = _stretches(ours, (*replaced_spans(document, plan), *kept_spans))
    kept = {expected.value(span) for span in kept_spans}
    for ruling in found.rulings:
        span = ruling.finding.span
        if ruling.rule.effect not in HIDING:
            continue
        if output.blocks[output.block_at(span.start)].kind is BlockKind.PICTURE:
            if output.value(span) not in kept:
                yield ruling
            continue
        start, end = theirs.before(span.start), theirs.before(span.end)
        mask = bisect_right(masks, start, key=lambda stretch: stretch[0]) - 1
        if mask < 0 or end > masks[mask][1]:
            yield ruling


def _stretches(folding: _Folding, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Give the settled places in order, those that touch as one: no draft text is between them."""
    united: list[tuple[int, int]] = []
    for span in sorted(spans):
        start, end = folding.before(span.start), folding.before(span.end)
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    return united


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
