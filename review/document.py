"""A document as detectors see it: blocks of text whose every character knows where it stands."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

BLOCK_SEPARATOR = "\n"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Mark a stretch of text: character offsets, end exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start


class BlockKind(StrEnum):
    """Say what a block is; detectors weigh a table cell differently from running text.

    ``DROPPED`` text is looked at and reported, but its format writes it to no output. ``PICTURE``
    text was read by a machine in a picture: it is redacted by painting over, so that no mask can
    be read there afterwards.
    """

    PARAGRAPH = "paragraph"
    CELL = "cell"
    PAGE_HEADER = "page_header"
    PAGE_FOOTER = "page_footer"
    NOTE = "note"
    ATTRIBUTE = "attribute"
    FILE_NAME = "file_name"
    DROPPED = "dropped"
    PICTURE = "picture"

    @property
    def is_running(self) -> bool:
        """Tell whether it comes again on every page."""
        return self in (BlockKind.PAGE_HEADER, BlockKind.PAGE_FOOTER)

    @property
    def is_on_page(self) -> bool:
        """Tell whether a reader sees it on a page."""
        return self not in (BlockKind.ATTRIBUTE, BlockKind.DROPPED, BlockKind.FILE_NAME)


def picture_mark(number: int) -> str:
    """Name a picture of a document, from 1, in a block of its own before what is read in it.

    A plan that takes this block's text out takes the picture out.
    """
    return f"［图片{number}］"


def is_picture_mark(block: Block) -> bool:
    """Tell whether a block stands for a whole picture."""
    return block.kind is BlockKind.PICTURE and bool(_PICTURE_MARK.fullmatch(block.text))


_PICTURE_MARK = re.compile("［图片[0-9]+］")


@dataclass(frozen=True, slots=True)
class Cell:
    """Place a block in a table: table number in the document, row and column, all from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Location:
    """Say where a block stands in its file.

    ``part`` is the package part (``word/document.xml``), ``page`` counts from 1, ``cell`` is the
    spreadsheet's own name of the cell (``表1!B3``).
    """

    part: str
    block: int
    page: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Hold one unbroken piece of text: a paragraph, a table cell, an attribute."""

    text: str
    location: Location
    kind: BlockKind = BlockKind.PARAGRAPH
    cell: Cell | None = None


class Severity(StrEnum):
    """Say whether a note is only worth knowing or needs a person."""

    INFO = "info"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Note:
    """Tell in Chinese what a reader or writer dropped or could not see; quotes no document text."""

    code: str
    message: str
    severity: Severity = Severity.INFO


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Document:
    """Hold the whole visible and hidden text of a file as blocks.

    ``text`` is the blocks joined by line feeds; findings point into it. ``starts`` holds the offset
    of each block in ``text``.
    """

    format: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    text: str = field(init=False, repr=False)
    starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        starts: list[int] = []
        position = 0
        for block in self.blocks:
            starts.append(position)
            position += len(block.text) + len(BLOCK_SEPARATOR)
        object.__setattr__(self, "text", BLOCK_SEPARATOR.join(b.text for b in self.blocks))
        object.__setattr__(self, "starts", tuple(starts))

    @property
    def digest(self) -> str:
        """Give the SHA-256 of the text; a writer checks by it that it reads what was planned on."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def last_page(self) -> int:
        """Give the number of the last page with text, 0 where the format has no pages."""
        return max((block.location.page or 0 for block in self.blocks), default=0)

    @property
    def is_pictured(self) -> bool:
        """Tell whether some of the text was read in pictures."""
        return any(block.kind is BlockKind.PICTURE for block in self.blocks)

    @property
    def is_blank(self) -> bool:
        """Tell whether there is no text at all, and nothing that a person must look at."""
        asked = any(note.severity is Severity.PERSON for note in self.notes)
        return not self.text.strip() and not asked

    def block_at(self, offset: int) -> int:
        """Find the index of the block that holds the character at ``offset`` of ``text``."""
        if not 0 <= offset <= len(self.text) or not self.blocks:
            raise IndexError(f"offset {offset} lies outside the document")
        return bisect_right(self.starts, offset) - 1

    def split(self, span: Span) -> Iterator[tuple[int, Span]]:
        """Cut a span of ``text`` at block borders: (block index, span within that block)."""
        index = self.block_at(span.start)
        while index < len(self.blocks) and self.starts[index] < span.end:
            start = max(span.start - self.starts[index], 0)
            end = min(span.end - self.starts[index], len(self.blocks[index].text))
            if start < end:
                yield index, Span(start, end)
            index += 1

    def value(self, span: Span) -> str:
        """Look up the text under a span."""
        return self.text[span.start : span.end]


def plain_document(
    lines: Iterable[str], *, format: str = "txt", kind: BlockKind = BlockKind.PARAGRAPH
) -> Document:
    """Build a document of one block a line, for text that comes without a file."""
    blocks = tuple(Block(line, Location("text", index), kind) for index, line in enumerate(lines))
    return Document(format, blocks)
