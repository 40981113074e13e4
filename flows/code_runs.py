"""Runs of code in a draft that hold, decoded, what rules hide: found, so that they go out whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from redact.verify.encodings import encoded_runs
from review.document import Block, BlockKind, Document, Location, Span
from review.finding import ENCODED, Finding
from review.plan import RedactionPlan, Ruling
from review.policy import HIDING, STRENGTH


def code_runs(
    document: Document, judge: Callable[[Document], RedactionPlan]
) -> tuple[Finding, ...]:
    """Find what ``judge`` would hide in runs of base64 and the like, one finding for each run.

    The finding is of the kind that is hidden most strongly in the run, and covers all of it.
    """
    runs = [
        (Span(start + each.start, start + each.end), text)
        for start, block in zip(document.starts, document.blocks, strict=True)
        if block.kind is not BlockKind.DROPPED
        for each, text in _readable(block.text)
    ]
    if not runs:
        return ()
    decoded = Document(
        "txt", tuple(Block(text, Location("text", n)) for n, (_, text) in enumerate(runs))
    )
    strongest: dict[Span, Ruling] = {}
    for ruling in judge(decoded).rulings:
        span = runs[decoded.block_at(ruling.finding.span.start)][0]
        if ruling.rule.effect in HIDING and _strength(ruling) > _strength(strongest.get(span)):
            strongest[span] = ruling
    return tuple(_found(span, ruling.finding) for span, ruling in strongest.items())


def _readable(text: str) -> Iterator[tuple[Span, str]]:
    for start, end, plain in encoded_runs(text):
        for each in plain:
            line = " ".join(each.split())
            if line and line.isprintable():
                yield Span(start, end), line


def _strength(ruling: Ruling | None) -> int:
    return -1 if ruling is None else STRENGTH[ruling.rule.effect]


def _found(span: Span, inside: Finding) -> Finding:
    reason = f"解开编码后可以看出：{inside.reason}"
    return Finding(inside.entity, span, inside.score, ENCODED, inside.role, reason)
