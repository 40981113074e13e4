"""What the edits of a block mean on its page: bars to paint, pieces of text to lay down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from redact.page.block import TextBlock
from redact.page.glyphs import Box, Glyph, unite
from review.plan import Edit

_PAD_ABOVE = 0.15
_PAD_BELOW = 0.25
_PAD_ALONG = 0.15

Characters = Sequence[tuple[str, Glyph | None, int]]
"""Characters of a block, each with its glyph, if it has one, and the number of its run."""


class Bar(NamedTuple):
    """Hold a place to paint over and the text that stands there."""

    box: Box
    text: str


class Piece(NamedTuple):
    """Hold text of the output's text layer and where it goes."""

    text: str
    box: Box


def edits_here(block: TextBlock, edits: Sequence[Edit]) -> list[Edit]:
    """Cut the edits of a whole block down to what this page has of it.

    The replacement goes where the edit begins.
    """
    length = len(block.text)
    found = []
    for edit in edits:
        start, end = edit.start - block.offset, edit.end - block.offset
        if start < length and end > 0:
            text = edit.replacement if start >= 0 else ""
            found.append(replace(edit, start=max(start, 0), end=min(end, length), replacement=text))
    return found


def bars_of(block: TextBlock, edits: Sequence[Edit]) -> Iterator[Bar]:
    """Give one padded bar for each line that an edit touches."""
    characters = block.characters
    for edit in edits:
        yield from bars_over(characters[edit.start : edit.end])


def bars_over(characters: Characters) -> Iterator[Bar]:
    """Give one padded bar for each line of these characters."""
    for line in by_run(characters):
        box = _box(line)
        if box is not None:
            text = "".join(c for c, g, _ in line if g is not None)
            yield Bar(padded(box), text)


def pieces_of(block: TextBlock, edits: Sequence[Edit]) -> list[Piece]:
    """Lay out the redacted text: kept stretches where they stand, replacements in their place."""
    characters = block.characters
    whole = _box(characters)
    if whole is None:
        return []
    pieces: list[Piece] = []
    position = 0
    for edit in edits:
        pieces += _kept(characters[position : edit.start], whole)
        line = next(iter(by_run(characters[edit.start : edit.end])), [])
        box = _box(line) or whole
        pieces += [Piece(edit.replacement, box)] if edit.replacement else []
        position = edit.end
    return [*pieces, *_kept(characters[position:], whole)]


def _kept(characters: Characters, whole: Box) -> Iterator[Piece]:
    for line in by_run(characters):
        text = "".join(c for c, _, _ in line)
        yield Piece(text, _box(line) or whole)


def _box(characters: Characters) -> Box | None:
    return unite(glyph.box for _, glyph, _ in characters if glyph is not None)


def by_run(characters: Characters) -> Iterator[list[tuple[str, Glyph | None, int]]]:
    """Cut characters where another line begins."""
    line: list[tuple[str, Glyph | None, int]] = []
    for entry in characters:
        if line and entry[2] != line[-1][2]:
            yield line
            line = []
        line.append(entry)
    if line:
        yield line


def padded(box: Box) -> Box:
    """Widen a bar a little: glyphs reach over the boxes that fonts declare, below above all."""
    em = min(box.bottom - box.top, box.x1 - box.x0)
    above, below, along = em * _PAD_ABOVE, em * _PAD_BELOW, em * _PAD_ALONG
    return Box(box.x0 - along, box.top - above, box.x1 + along, box.bottom + below)
