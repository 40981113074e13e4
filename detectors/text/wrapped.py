"""Lines that were cut where they grew too long: what a line end parts there is one text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from review.document import Block, BlockKind, Document

JOINT = "\u2060"
"""Stands for the line end between two lines that are one: nobody sees it, and it is folded away."""

_LEAST_SIGNS = 12
_LEAST_WIDTH = 24
"""Columns that a line has before it is cut; a Chinese character takes two."""
_SLACK = 16
"""Columns by which the next line may be longer: a number that is kept whole goes to it."""
_ITEM = re.compile(r"第?[一二三四五六七八九十百]{1,3}[、章节条款]|[0-9]{1,3}[.、．)）](?![0-9])")
_SIGNED = re.compile(
    r"[一二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{0,3}日?\s*\Z"
)
"""A date by itself in Chinese figures, as it stands below a signature."""
_DIGITS = re.compile(r"[0-9]|[Xx](?![0-9A-Za-z])")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,12}[:： \u3000]")
_RAGGED = 3
"""Columns by which lines that are cut differ."""
_RUNNING = (BlockKind.PARAGRAPH, BlockKind.PICTURE)
_FIELDS = re.compile(r"\S(?:\t|[ \u3000]{2,}|[ \u3000]*[|│┃][ \u3000]*|[ \u3000]\S+[ \u3000])\S")
"""What the fields of a row have between them; sentences have no two spaces."""


def wrapped(document: Document) -> Iterator[tuple[int, str]]:
    """Yield the lines that were cut inside a sentence, put together, and where the first stands.

    Each line end becomes a ``JOINT``, so every character keeps its offset.
    """
    blocks = document.blocks
    first = 0
    for index in range(1, len(blocks) + 1):
        if index == len(blocks) or not _goes_on(blocks, index):
            if index - first > 1:
                lines = (block.text for block in blocks[first:index])
                yield document.starts[first], JOINT.join(lines)
            first = index


def _goes_on(blocks: Sequence[Block], index: int) -> bool:
    """Say whether the line before stops inside a sentence that goes on in this one."""
    line, after = blocks[index - 1], blocks[index]
    text, rest = line.text, after.text
    # Most pairs end here: sentences close with a sign, paragraphs begin with a space.
    if len(text) < _LEAST_SIGNS or not _is_cut(text[-1], rest):
        return False
    if line.cell or after.cell or line.kind is not after.kind or _ITEM.match(rest):
        return False
    if line.kind is BlockKind.PICTURE and line.location.part != after.location.part:
        return False
    if line.kind not in _RUNNING or _FIELDS.search(text) or _FIELDS.search(rest):
        return False
    width = _width(text)
    if width < _LEAST_WIDTH or _width(rest) > width + _SLACK:
        return False
    if _SIGNED.match(rest):
        return False
    # 地址：…211号⏎联系人：… are two entries of a form, unless lines are cut where this one ends.
    return not _LABEL.match(rest) or (
        index > 1 and abs(_width(blocks[index - 2].text) - width) <= _RAGGED
    )


def _is_cut(last: str, rest: str) -> bool:
    """Say whether a word or number may go on over a line end; words in Latin letters never do."""
    if last.isascii() and rest[:1].isascii():
        return last.isdigit() and _DIGITS.match(rest) is not None
    return last.isalnum() and rest[:1].isalnum()


def _width(text: str) -> int:
    """Count the columns of a line, as far as a line may be cut."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
