"""Findings in what was read of a picture, as boxes of its pixels."""

from __future__ import annotations

from redact.page.glyphs import Box
from redact.pictures.text import PicturePlace, covered_boxes
from redact.preview.pictures import Mark


def boxes_of(mark: Mark, place: PicturePlace) -> list[Box]:
    """Give one box for each line of a mark, as bars cover it; none where the text is another."""
    if place.text[mark.start : mark.end] != mark.text:
        return []
    place.cover([(mark.start, mark.end)])
    return covered_boxes([place])
