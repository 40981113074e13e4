"""What a machine reads on pages of a pdf, once for each page or part, in points of the page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redact.ocr.parts import ReadPart, in_points, with_rules
from redact.ocr.recall import recall
from redact.ocr.type import in_type
from redact.page.glyphs import Box
from redact.page.raster import DPI, PdfRaster, pixels
from redact.page.upright import upright
from review.errors import ReviewError, TooLargeInputError

if TYPE_CHECKING:
    from PIL.Image import Image

    from redact.ocr.recognise import PictureText

MAX_SCAN_PAGES = 40
"""Pages of one file that are read by machine: some minutes, which people may wait for."""

_EDGE = 12
"""Pixels put around a part of a page: writing at the very border of a picture is read badly."""


class UnreadError(Exception):
    """Tell that a picture could not be read here, for want of the recogniser or of memory."""


@dataclass(slots=True)
class MachineReader:
    """Read pages and parts of them by machine and remember what was read.

    One reader serves all passes over one file; it reads so many pages at ``most``. Not ``beside``,
    it trusts a text layer: it leaves alone pictures and drawings beside it and how it is drawn.
    """

    most: int = MAX_SCAN_PAGES
    beside: bool = True
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
            self._pages[number] = with_rules(part, picture)
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
        return recall(picture)
    except ReviewError:
        raise
    except Exception as error:
        # The recogniser may be missing, its model damaged or the memory used up: all the same,
        # nobody has read this picture.
        raise UnreadError from error
