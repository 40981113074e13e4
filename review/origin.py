"""The way back from the text after a plan to the text before it."""

from __future__ import annotations

from collections.abc import Sequence

from review.document import Document, Span
from review.plan import Edit, RedactionPlan


def original_span(document: Document, plan: RedactionPlan, planned: Document, span: Span) -> Span:
    """Give the stretch of ``document`` that ``span`` of ``planned`` came from, never empty.

    ``planned`` is the document as it reads after the plan. Of a replacement that the span touches
    the whole original counts.
    """
    by_block = plan.edits_by_block()

    def origin(offset: int) -> tuple[int, int]:
        block = planned.block_at(offset)
        start, end = _origin(by_block.get(block, ()), offset - planned.starts[block])
        return document.starts[block] + start, document.starts[block] + end

    return Span(origin(span.start)[0], origin(span.end - 1)[1])


def _origin(edits: Sequence[Edit], offset: int) -> tuple[int, int]:
    """Say what one character of a block after its edits was before them."""
    shift = 0
    for edit in edits:
        begin = edit.start + shift
        if offset < begin:
            break
        if offset < begin + len(edit.replacement):
            return edit.start, edit.end
        shift += len(edit.replacement) - (edit.end - edit.start)
    return offset - shift, offset - shift + 1
