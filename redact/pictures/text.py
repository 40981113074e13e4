"""The text of a picture as blocks that detectors see, and edits of it as places to paint over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import TYPE_CHECKING

from redact.ocr.parts import ReadPart, in_points, scan_blocks, with_rules
from redact.ocr.recognise import PictureText
from redact.ocr.type import in_type
from redact.page.block import TextBlock
from redact.page.glyphs import Box, Glyph, is_level, unite
from redact.page.layout import PageLayout
from redact.page.lines import Run
from redact.page.raster import DPI, POINTS_PER_INCH
from redact.page.upright import upright
from review.document import Block, BlockKind, Cell, Location

if TYPE_CHECKING:
    from PIL.Image import Image

_WHOLE_NUMBER = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx]|\d{16,19})$")
"""A telephone, identity or card number that is complete."""

_USUAL_SIZE = 10.5
"""Size of type in points that most of a picture is taken to have: no file of one tells it."""


_SAME_SIDE = 0.03
"""Share by which sides may differ of pages that went through one scanner."""


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
    """Hold one paragraph or cell read in a picture; ``part`` names the picture."""

    part: str
    segments: Sequence[PictureSign]
    page: int | None = None
    cell: Cell | None = None

    @property
    def text(self) -> str:
        return "".join(sign.text for sign in self.segments)

    def cover(self, spans: Collection[tuple[int, int]]) -> None:
        """Cover the characters of these (start, end) of the text, and no others."""
        position = 0
        for sign in self.segments:
            sign.covered = any(start <= position < end for start, end in spans)
            position += len(sign.text)

    def block(self, index: int) -> Block:
        place = Location(self.part, index, self.page)
        return Block(self.text, place, BlockKind.PICTURE, self.cell)


@dataclass(slots=True)
class PictureLayout:
    """Lay out the pictures of one file in their order, so that a table that runs on is one.

    Pages of one size have points of one size, else no column would stand where it stood before.
    """

    pages: PageLayout = field(default_factory=PageLayout)
    _size: tuple[int, int] = (0, 0)
    _factor: float = 1.0

    def factor(self, picture: Image, typed: Sequence[Glyph]) -> float:
        """Give the points of a pixel, reckoned by the type that most of a picture has."""
        known = zip(picture.size, self._size, strict=True)
        if any(abs(side - other) > _SAME_SIDE * side for side, other in known):
            self._size = picture.size
            self._factor = _USUAL_SIZE / median(glyph.size for glyph in typed)
        return self._factor


def places_in(
    part: str,
    read: PictureText,
    picture: Image,
    page: int | None = None,
    layout: PictureLayout | None = None,
) -> list[PicturePlace]:
    """Group what was read in one picture into paragraphs, lines that wrap joined, and cells.

    Rules in the picture make tables, whose header tells what a column holds, as on a page;
    ``layout`` remembers the pages before. What a page cuts stays in two pieces.
    """
    return [
        PicturePlace(part, [PictureSign(*each) for each in piece.characters], page, block.cell)
        for block in _blocks(read, picture, layout or PictureLayout())
        for piece in _apart(block)
        if piece.runs
    ]


def _blocks(read: PictureText, picture: Image, layout: PictureLayout) -> Iterator[TextBlock]:
    """Lay the picture out as a page, and give each character back its place in pixels."""
    if not read.glyphs:
        return
    typed = list(in_type(read.glyphs))
    factor = layout.factor(picture, typed)
    glyphs = tuple(in_points(glyph, factor, (0, 0)) for glyph in typed)
    turned = upright(glyphs, picture.width * factor, picture.height * factor)
    part = with_rules(ReadPart(glyphs, read.doubts, turned), _as_scanned(picture, factor))
    for block in scan_blocks(layout.pages, part):
        yield replace(block, lead="", runs=tuple(_in_pixels(run, 1 / factor) for run in block.runs))


def _as_scanned(picture: Image, factor: float) -> Image:
    """Bring a picture to the fineness in which rules are told from strokes of characters."""
    scale = factor * DPI / POINTS_PER_INCH
    return picture.resize((round(picture.width * scale), round(picture.height * scale)))


def _in_pixels(run: Run, factor: float) -> Run:
    return replace(run, glyphs=tuple(g and in_points(g, factor, (0, 0)) for g in run.glyphs))


def _apart(block: TextBlock) -> Iterator[TextBlock]:
    """Cut a block where a line ends with a whole number and the next begins with a digit.

    Rows of a list look like lines that wrap; run together, no detector knows either number.
    """
    piece: list[Run] = []
    for run in block.runs:
        if piece and run.text[:1].isdigit() and _WHOLE_NUMBER.search(piece[-1].text):
            yield replace(block, runs=tuple(piece))
            piece = []
        piece.append(run)
    yield replace(block, runs=tuple(piece))


def covered_boxes(places: Sequence[PicturePlace]) -> list[Box]:
    """Give one box for each stretch of a line that edits cover, on a tilted page several.

    Boxes of signs hold all of their ink and touch each other: they are no wider than that, so that
    what stands beside, above and below stays as it is.
    """
    stretches: list[list[Box]] = []
    for place in places:
        last: tuple[int, int] | None = None
        for number, sign in enumerate(place.segments):
            if not sign.covered or sign.glyph is None:
                continue
            box = sign.glyph.box
            if last == (number - 1, sign.line) and is_level((*stretches[-1], box)):
                stretches[-1].append(box)
            else:
                stretches.append([box])
            last = number, sign.line
    return [around for stretch in stretches if (around := unite(stretch))]
