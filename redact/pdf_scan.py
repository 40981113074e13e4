"""What a machine reads on pages of a pdf, once for each page or part, in points of the page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from redact.pdf_block import TextBlock
from redact.pdf_glyphs import Box, Glyph
from redact.pdf_layout import PageLayout
from redact.pdf_lines import Run
from redact.pdf_raster import DPI, PdfRaster, pixels
from redact.pdf_rules import RuledPage, ruled_lines
from redact.pdf_type import in_type
from redact.pdf_typefaces import Typefaces
from redact.pdf_upright import Upright, upright
from review.errors import ReviewError, TooLargeInputError

if TYPE_CHECKING:
    from PIL.Image import Image

    from redact.ocr import PictureText
    from redact.ocr_doubts import Doubt

MAX_SCAN_PAGES = 40
"""Pages of one file that are read by machine: some minutes, which people may wait for."""

_EDGE = 12
"""Pixels put around a part of a page: writing at the very border of a picture is read badly."""


class ReadPart(NamedTuple):
    """Hold the glyphs of a page or a part of it in points, and why a person must look at it."""

    glyphs: tuple[Glyph, ...]
    doubts: frozenset[Doubt]
    turned: Upright
    rules: tuple[Box, ...] = ()

    @property
    def lines(self) -> list[list[Glyph]]:
        """Give the glyphs line by line, as they were found."""
        lines: list[list[Glyph]] = []
        for glyph in self.glyphs:
            if lines and _one_line(lines[-1][-1], glyph):
                lines[-1].append(glyph)
            else:
                lines.append([glyph])
        return lines


class UnreadError(Exception):
    """Tell that a picture could not be read here, for want of the recogniser or of memory."""


@dataclass(slots=True)
class MachineReader:
    """Read pages and parts of them by machine and remember what was read.

    One reader serves all passes over one file; it reads so many pages at ``most``. With
    ``typefaces`` it also looks whether text is drawn as it says.
    """

    most: int = MAX_SCAN_PAGES
    typefaces: Typefaces | None = None
    _pages: dict[int, ReadPart] = field(default_factory=dict)
    _parts: dict[tuple[int, Box], ReadPart] = field(default_factory=dict)
    _known: dict[bytes, PictureText] = field(default_factory=dict)

    def page(self, raster: PdfRaster, number: int) -> ReadPart:
        """Read a whole page with its ruled lines.

        Raises ``UnreadError``, and ``TooLargeInputError`` for a page too many.
        """
        if number not in self._pages:
            if len(self._pages) >= self.most:
                raise TooLargeInputError(f"扫描页超过 {self.most} 页，请拆成几个文件后分别提交。")
            picture = raster.sight(number, DPI)
            width, height = raster.size(number)
            part = self._read(picture, width / picture.width, (0, 0), (width, height))
            level = [part.turned.level(glyph) for glyph in part.glyphs]
            rules = ruled_lines(picture, part.turned, level)
            self._pages[number] = part._replace(rules=rules)
        return self._pages[number]

    def part(self, raster: PdfRaster, number: int, box: Box) -> ReadPart:
        """Read what a page shows within a box; raises ``UnreadError``."""
        if (number, box) not in self._parts:
            width, height = raster.size(number)
            picture = raster.sight(number, DPI)
            scale = picture.width / width
            place = pixels(box, scale)
            cut = _framed(picture.crop(place))
            corner = place[0] - _EDGE, place[1] - _EDGE
            self._parts[number, box] = self._read(cut, 1 / scale, corner, (width, height))
        return self._parts[number, box]

    def _read(
        self, picture: Image, factor: float, corner: tuple[int, int], size: tuple[float, float]
    ) -> ReadPart:
        """Read a picture, or remember it: the head of a letter is on every page."""
        digest = hashlib.sha256(repr(picture.size).encode() + picture.tobytes()).digest()
        if digest not in self._known:
            self._known[digest] = _read(picture)
        read = self._known[digest]
        glyphs = tuple(in_points(glyph, factor, corner) for glyph in in_type(read.glyphs))
        return ReadPart(glyphs, read.doubts, upright(glyphs, *size))


def scan_blocks(layout: PageLayout, part: ReadPart) -> list[TextBlock]:
    """Group a page that was read into blocks: laid out level, each glyph where it really stands."""
    blocks = layout.blocks(RuledPage(part.turned.size, part.rules), list(_levelled(part)))
    return [replace(b, runs=tuple(_as_it_lies(run, part.glyphs) for run in b.runs)) for b in blocks]


def _levelled(part: ReadPart) -> Iterator[Glyph]:
    """Give the glyphs as they lie on the level page, those of one line at one height.

    What was read as one line is one: no rule that is a little off may cut a number into two rows.
    """
    order = 0
    for line in part.lines:
        level = [part.turned.level(glyph) for glyph in line]
        across = median(glyph.across for glyph in level)
        for glyph in level:
            down = across - glyph.across if glyph.angle == 0 else 0.0
            box = glyph.box._replace(top=glyph.box.top + down, bottom=glyph.box.bottom + down)
            yield replace(glyph, box=box, across=glyph.across + down, order=order)
            order += 1


def _as_it_lies(run: Run, glyphs: Sequence[Glyph]) -> Run:
    return replace(run, glyphs=tuple(g and glyphs[g.order] for g in run.glyphs))


def _framed(picture: Image) -> Image:
    """Put a frame around a picture in the colour that most of its border has."""
    import numpy as np
    from PIL import ImageOps

    pixels = np.asarray(picture)
    border = np.concatenate((pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]))
    red, green, blue = (int(shade) for shade in np.median(border, axis=0))
    return ImageOps.expand(picture, _EDGE, (red, green, blue))


def _read(picture: Image) -> PictureText:
    try:
        from redact.ocr import read_picture

        return read_picture(picture)
    except ReviewError:
        raise
    except Exception as error:
        # The recogniser may be missing, its model damaged or the memory used up: all the same,
        # nobody has read this picture.
        raise UnreadError from error


def in_points(glyph: Glyph, factor: float, corner: tuple[int, int]) -> Glyph:
    """Scale a glyph from pixels of a part of a page to points of the page."""
    x, y = corner
    along, across = {0: (x, y), 90: (y, -x), 180: (-x, -y), 270: (-y, x)}.get(glyph.angle, (x, y))
    box = glyph.box
    return replace(
        glyph,
        box=Box(
            (box.x0 + x) * factor,
            (box.top + y) * factor,
            (box.x1 + x) * factor,
            (box.bottom + y) * factor,
        ),
        start=(glyph.start + along) * factor,
        end=(glyph.end + along) * factor,
        across=(glyph.across + across) * factor,
        size=glyph.size * factor,
    )


def _one_line(last: Glyph, glyph: Glyph) -> bool:
    return (last.across, last.size, last.angle) == (glyph.across, glyph.size, glyph.angle)
