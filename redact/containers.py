"""Text containers: the pieces of markup that make up one block, and edits written back to them."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Protocol

from lxml import etree

from redact.digest import check_digest
from review.document import BLOCK_SEPARATOR, Block, BlockKind, Cell, Document, Location, Note
from review.plan import Edit, RedactionPlan


class Segment(Protocol):
    """Hold one piece of a block's text and write what becomes of it."""

    text: str

    def put(self, text: str) -> None:
        """Replace the piece in the markup."""
        ...


@dataclass(slots=True)
class AttributeText:
    """Stand for an attribute that people or programs read as text, such as an alt text."""

    element: etree._Element
    attribute: str
    text: str

    def put(self, text: str) -> None:
        self.element.set(self.attribute, text)


@dataclass(slots=True)
class Container:
    """Hold one block-to-be: its pieces in reading order and where it stands."""

    part: str
    segments: Sequence[Segment]
    kind: BlockKind = BlockKind.PARAGRAPH
    cell: Cell | None = None
    label: str | None = None
    page: int | None = None

    @property
    def text(self) -> str:
        """Join the pieces."""
        return "".join(s.text for s in self.segments)

    def block(self, index: int) -> Block:
        """Give the block that detectors see."""
        return Block(
            self.text, Location(self.part, index, self.page, self.label), self.kind, self.cell
        )


class TextPlace(Protocol):
    """Stand for one block-to-be of any kind of file."""

    @property
    def text(self) -> str:
        """Give the text as read."""
        ...

    @property
    def segments(self) -> Sequence[Segment]:
        """Give the pieces to edit."""
        ...

    def block(self, index: int) -> Block:
        """Give the block that detectors see."""
        ...


def to_document(format: str, containers: Iterable[TextPlace], notes: Sequence[Note]) -> Document:
    """Number the containers as blocks of a document."""
    blocks = [c.block(index) for index, c in enumerate(containers)]
    return Document(format, tuple(pictured_apart(blocks)), tuple(notes))


def pictured_apart(blocks: Sequence[Block]) -> Iterable[Block]:
    """Number the tables within pictures, which each counts from 0, after those of the document."""
    if not any(b.kind is BlockKind.PICTURE and b.cell for b in blocks):
        return blocks
    own = (b.cell.table for b in blocks if b.cell and b.kind is not BlockKind.PICTURE)
    after = max(own, default=-1) + 1
    numbers: dict[tuple[str, int], int] = {}
    numbered: list[Block] = []
    for block in blocks:
        if block.kind is BlockKind.PICTURE and block.cell:
            table = numbers.setdefault(
                (block.location.part, block.cell.table), after + len(numbers)
            )
            block = replace(block, cell=replace(block.cell, table=table))
        numbered.append(block)
    return numbered


def carry_out(containers: Sequence[TextPlace], plan: RedactionPlan) -> None:
    """Write a plan into the containers that it was made on; raises ``UnsafeOutputError``."""
    check_plan(containers, plan)
    for index, edits in plan.edits_by_block().items():
        write_edits(containers[index], edits)


def check_plan(containers: Iterable[TextPlace], plan: RedactionPlan) -> None:
    """Raise ``UnsafeOutputError`` unless the plan was made on this very text.

    The digest is that of ``Document``, without the cost of building one block for every cell.
    """
    text = BLOCK_SEPARATOR.join(c.text for c in containers)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    check_digest(digest, plan)


def write_edits(container: TextPlace, edits: Sequence[Edit]) -> None:
    """Write the edits of one block into its pieces; the first piece's format stays.

    ``edits`` are in order and do not overlap. Linear in pieces and edits together.
    """
    text = container.text
    starts = [0, *accumulate(len(s.text) for s in container.segments)]
    written: list[list[str]] = [[] for _ in container.segments]

    def owner(position: int) -> int:
        return min(bisect_right(starts, position), len(written)) - 1

    def keep(start: int, end: int) -> None:
        index = owner(start)
        while start < end:
            stop = min(end, starts[index + 1])
            written[index].append(text[start:stop])
            start = stop
            index += 1

    position = 0
    for edit in edits:
        keep(position, edit.start)
        written[owner(edit.start)].append(edit.replacement)
        position = edit.end
    keep(position, len(text))
    for segment, pieces in zip(container.segments, written, strict=True):
        if (piece := "".join(pieces)) != segment.text:
            segment.put(piece)
