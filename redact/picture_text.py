"""The text of a picture as blocks that detectors see, and edits of it as places to paint over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from redact.ocr import PictureText
from redact.pdf_block import TextBlock
from redact.pdf_glyphs import Box, Glyph
from redact.pdf_lines import Run, runs_of
from redact.pdf_paragraphs import paragraphs_of
from review.document import Block, BlockKind, Location

_WHOLE_NUMBER = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx]|\d{16,19})$")
"""A telephone, identity or card number that is complete."""

_PAD = 0.08


@dataclass(slots=True)
class PictureSign:
    """Hold one character of a picture; replacing it covers it, for nothing can be written there."""

    text: str
    glyph: Glyph | None
    line: int
    covered: bool = False

    def put(self, text: str) -> None:
        self.covered = True


@dataclass(slots=True)
class PicturePlace:
    """Hold one paragraph read in a picture; ``part`` names the picture."""

    part: str
    segments: Sequence[PictureSign]
    page: int | None = None

    @property
    def text(self) -> str:
        return "".join(sign.text for sign in self.segments)

    def block(self, index: int) -> Block:
        return Block(self.text, Location(self.part, index, self.page), BlockKind.PICTURE)


def places_in(part: str, read: PictureText, page: int | None = None) -> list[PicturePlace]:
    """Group what was read in one picture into paragraphs, lines that wrap joined."""
    return [PicturePlace(part, signs, page) for signs in _paragraphs(read) if signs]


def _paragraphs(read: PictureText) -> Iterator[list[PictureSign]]:
    for angle in sorted({glyph.angle for glyph in read.glyphs}):
        runs = runs_of(glyph for glyph in read.glyphs if glyph.angle == angle)
        for paragraph in paragraphs_of(runs):
            for piece in _apart(paragraph):
                characters = TextBlock(tuple(piece)).characters
                yield [PictureSign(text, glyph, line) for text, glyph, line in characters]


def _apart(paragraph: Sequence[Run]) -> Iterator[list[Run]]:
    """Cut a paragraph where a line ends with a whole number and the next begins with a digit.

    Rows of a list look like lines that wrap; run together, no detector knows either number.
    """
    piece: list[Run] = []
    for run in paragraph:
        if piece and run.text[:1].isdigit() and _WHOLE_NUMBER.search(piece[-1].text):
            yield piece
            piece = []
        piece.append(run)
    yield piece


def covered_boxes(places: Sequence[PicturePlace]) -> list[Box]:
    """Give one padded box for each stretch of a line that edits cover."""
    boxes: list[Box] = []
    for place in places:
        last: tuple[int, int] | None = None
        for number, sign in enumerate(place.segments):
            if not sign.covered or sign.glyph is None:
                continue
            if last == (number - 1, sign.line):
                boxes[-1] = boxes[-1].around(sign.glyph.box)
            else:
                boxes.append(sign.glyph.box)
            last = number, sign.line
    return [_padded(box) for box in boxes]


def _padded(box: Box) -> Box:
    """Widen a bar a little: ink is blurred, but a narrow sign beside it must stay readable."""
    pad = _PAD * min(box.bottom - box.top, box.x1 - box.x0)
    return Box(box.x0 - pad, box.top - pad, box.x1 + pad, box.bottom + pad)
