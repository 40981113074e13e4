"""Runs of code in a draft that hold, decoded, what rules hide: found, so that they go out whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from redact.verify.encodings import encoded_runs
from review.document import Block, BlockKind, Document, Location, Span
from review.finding import ENCODED, Finding
from review.plan import RedactionPlan, Ruling
from review.policy import HIDING, STRENGTH

_CODE_LINE = re.compile(r"[A-Za-z0-9+/_-]{16,}", re.ASCII)
_CODE_END = re.compile(r"[A-Za-z0-9+/_-]{2,}={0,2}", re.ASCII)


def code_runs(
    document: Document, judge: Callable[[Document], RedactionPlan]
) -> tuple[Finding, ...]:
    """Find what ``judge`` would hide in runs of base64 and the like, one finding for each run.

    The finding is of the kind that is hidden most strongly in the run, and covers all of it.
    """
    runs = [run for first, last in code_blocks(document) for run in _runs(document, first, last)]
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


def code_blocks(document: Document) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of lines that are one text: a code wrapped over lines, else each."""
    run: list[int] = []
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.DROPPED:
            continue
        line = block.text.strip() if block.cell is None else ""
        if run and not _CODE_END.fullmatch(line):
            yield run[0], run[-1]
            run = []
        run.append(number)
        # A shorter line is the last one of a code.
        if not _CODE_LINE.fullmatch(line):
            yield run[0], run[-1]
            run = []
    if run:
        yield run[0], run[-1]


def code_text(document: Document, first: int, last: int) -> str:
    """Give what a code wrapped over these blocks says together; a single block as it is."""
    if first == last:
        return document.blocks[first].text
    blocks = document.blocks[first : last + 1]
    return "".join(b.text.strip() for b in blocks if b.kind is not BlockKind.DROPPED)


def _runs(document: Document, first: int, last: int) -> list[tuple[Span, str]]:
    start, end = document.starts[first], document.starts[last] + len(document.blocks[last].text)
    found = list(_readable(code_text(document, first, last)))
    if first == last:
        return [(Span(start + each.start, start + each.end), text) for each, text in found]
    whole = [(Span(start, end), text) for _, text in found]
    return whole or [run for n in range(first, last + 1) for run in _runs(document, n, n)]


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
