"""What may be shown of a document outside its case folder: everything personal concealed.

Stricter than the published text: names that the policy keeps are concealed as well, because the
store, Prefect and the audit chain keep what they are given far longer than a page stays public.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from review.change import REVIEWER
from review.document import BlockKind, Document, Span
from review.finding import Entity, Finding, Role
from review.plan import Ruling

IMPERSONAL = frozenset({Entity.SECRECY_MARK, Entity.NEGATIVE_TERM, Entity.WORDING})
"""Entities whose text is the office's own and may be told to the reviewer."""

NOBODY = frozenset({Role.PUBLIC_FIGURE, Role.MASKED})
"""Roles whose names give no one away: leaders in set phrases, names that are masked already."""


def is_impersonal(finding: Finding) -> bool:
    """Tell whether what was found gives no one away; what a person pointed at may."""
    if finding.role in NOBODY:
        return True
    return finding.entity in IMPERSONAL and finding.detector != REVIEWER


_ELLIPSIS = "…"


def masked_value(finding: Finding, value: str) -> str:
    """Give a value as lists show it: its first character and a mask of fixed length."""
    if is_impersonal(finding):
        return value
    return f"{value[:1]}***"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Hold the surroundings of one finding with the finding itself between 【 and 】."""

    finding: str
    before: str
    after: str


class Concealer:
    """Write stretches of one document with every finding of its plan concealed."""

    def __init__(self, document: Document, rulings: tuple[Ruling, ...]) -> None:
        self._document = document
        personal = [r.finding for r in rulings if not is_impersonal(r.finding)]
        self._spans = _united(sorted(f.span for f in personal))

    def text(self, span: Span) -> str:
        """Give the text under ``span``; a finding that reaches in is concealed as a whole."""
        pieces: list[str] = []
        position = span.start
        for hidden in self._within(span):
            pieces += (self._document.text[position : hidden.start], "***")
            position = min(hidden.end, span.end)
        pieces.append(self._document.text[position : span.end])
        return "".join(pieces)

    def _within(self, span: Span) -> Iterator[Span]:
        index = bisect_right(self._spans, span.start, key=lambda s: s.end)
        while index < len(self._spans) and self._spans[index].start < span.end:
            hidden = self._spans[index]
            yield Span(max(hidden.start, span.start), hidden.end)
            index += 1

    def document(self) -> Document:
        """Give the whole document concealed, block by block."""
        blocks = tuple(
            replace(block, text=self.text(Span(start, start + len(block.text))))
            for start, block in zip(self._document.starts, self._document.blocks, strict=True)
        )
        return Document(self._document.format, blocks, self._document.notes)

    def excerpt(self, ruling: Ruling, width: int = 12) -> Excerpt:
        """Cut the surroundings of a finding out of its block: ``width`` characters either side.

        Few, because what no detector found stands there in clear; none of text that no output
        holds, which nobody has to judge beyond the finding.
        """
        span = ruling.finding.span
        index = self._document.block_at(span.start)
        block = self._document.blocks[index]
        width = 0 if block.kind is BlockKind.DROPPED else width
        start = self._document.starts[index]
        end = start + len(block.text)
        left, right = max(start, span.start - width), min(end, span.end + width)
        head = (_ELLIPSIS if left > start else "") + self.text(Span(left, max(left, span.start)))
        tail = self.text(Span(min(span.end, right), right)) + (_ELLIPSIS if right < end else "")
        shown = masked_value(ruling.finding, self._document.value(span))
        after = shown if ruling.replacement is None else ruling.replacement
        return Excerpt(ruling.finding.id, f"{head}【{shown}】{tail}", f"{head}【{after}】{tail}")


def _united(spans: list[Span]) -> list[Span]:
    united: list[Span] = []
    for span in spans:
        if united and span.start <= united[-1].end:
            united[-1] = Span(united[-1].start, max(united[-1].end, span.end))
        else:
            united.append(span)
    return united
