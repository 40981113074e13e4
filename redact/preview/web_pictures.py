"""The pictures of a web page that hold findings; the page itself has no pages to be looked at."""

from __future__ import annotations

from redact.preview.held_pictures import held_pictures
from redact.preview.picture_sheets import picture_sheets
from redact.preview.pictures import PagePairs, PictureOrder


def web_pairs(original: bytes, output: bytes, order: PictureOrder) -> PagePairs:
    """Show each picture with a finding beside what became of it; raises as reading does."""
    held = held_pictures(order.format, original)
    return PagePairs((), 0, sheets=picture_sheets(held, order.marks, (), output, order.allowance))
