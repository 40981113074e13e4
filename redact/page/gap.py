"""The gaps that edits make on a page, line by line, and what is put in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from redact.page.block import TextBlock
from redact.page.doubt import DoubtError
from redact.page.edit import Characters, by_run, padded
from redact.page.glyphs import Box, Glyph, unite
from review.plan import Edit


class Gap(NamedTuple):
    """Hold the glyphs that an edit takes out of one line, their place and what is put there.

    ``inked`` tells that the boxes of the glyphs hold their ink, as those of a machine reader do.
    """

    glyphs: tuple[Glyph, ...]
    box: Box
    text: str
    inked: bool = False

    @property
    def surroundings(self) -> Box:
        """Give the place that ink of the glyphs may have reached."""
        return self.box if self.inked else padded(self.box)

    @property
    def room(self) -> Box:
        """Give the place that what stands for the glyphs fills: of whole ems if they are letters.

        Letters are of many widths, so that something just as long as an e-mail address tells whose
        of a list of people's it was (Bland, Iyer and Levchenko, Story Beyond the Eye, PETS 2023).
        """
        size, wide = self.glyphs[0].size, self.box.x1 - self.box.x0
        if wide < size or not _is_of_many_widths(self.glyphs):
            return self.box
        return self.box._replace(x1=self.box.x0 + wide // size * size)


def _is_of_many_widths(glyphs: Sequence[Glyph]) -> bool:
    letters = (glyph for glyph in glyphs if glyph.text.isascii() and glyph.text.isalpha())
    return len({round((glyph.end - glyph.start) / glyph.size, 1) for glyph in letters}) > 1


def gaps_of(block: TextBlock, edits: Sequence[Edit]) -> Iterator[Gap]:
    """Yield a gap for each line that an edit touches; a replacement is shared out over them.

    Where a mask of one sign has fewer than there are lines, each line gets one: all look alike.
    """
    characters = block.characters if edits else []
    for edit in edits:
        sign = edit.replacement[:1] if len(set(edit.replacement)) == 1 else ""
        for gap in _gaps(characters[edit.start : edit.end], edit.replacement):
            yield gap._replace(text=gap.text or sign)


def exact_gaps_of(block: TextBlock, edits: Sequence[Edit]) -> Iterator[Gap]:
    """Yield the gaps of a block that is rewritten glyph by glyph.

    Raises ``DoubtError`` where there is nothing level on the page to put a replacement in.
    """
    characters = block.characters if edits else []
    for edit in edits:
        gaps = list(_gaps(characters[edit.start : edit.end], edit.replacement))
        if not gaps and edit.replacement:
            raise DoubtError("replacement without a place")
        if any(glyph.angle for gap in gaps for glyph in gap.glyphs):
            raise DoubtError("edit in turned text")
        yield from gaps


def _gaps(characters: Characters, replacement: str) -> Iterator[Gap]:
    found = (tuple(g for _, g, _ in line if g is not None) for line in by_run(characters))
    lines = [glyphs for glyphs in found if glyphs]
    texts = _shared(replacement, [len(line) for line in lines])
    for glyphs, text in zip(lines, texts, strict=True):
        box = unite(glyph.box for glyph in glyphs)
        assert box is not None
        yield Gap(glyphs, box, text)


def _shared(text: str, lengths: Sequence[int]) -> Iterator[str]:
    """Cut a text in proportion to the lines that it fills, none of them empty if it can be."""
    whole, count, done, start = sum(lengths), len(lengths), 0, 0
    for position, length in enumerate(lengths, 1):
        done += length
        end = round(len(text) * done / whole)
        if len(text) >= count:
            end = min(max(end, start + 1), len(text) - (count - position))
        yield text[start:end]
        start = end
