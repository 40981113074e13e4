"""What stands in a scan of the samples, as its builder knows it: nothing is recognised here."""

from __future__ import annotations

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from redact.ocr import recognise
from redact.ocr.recall import Packed, recall, recalling
from redact.ocr.recognise import PictureText
from redact.page.glyphs import Box, Glyph
from redact.pictures.pages import open_sheets
from samples.build import source_of
from samples.layout import laid_out
from samples.manifest import Sample
from samples.scan_writer import DOT

Pixels = NDArray[np.int16]


def pixels(picture: bytes) -> Pixels:
    """Open a picture as rows of colours that can be subtracted."""
    with Image.open(io.BytesIO(picture)) as image:
        return np.asarray(image.convert("RGB"), np.int16)


def reading_of(sample: Sample, size: tuple[int, int]) -> PictureText:
    """Read a scan without a mistake; the seal is not read."""
    (page,) = laid_out(source_of(sample))
    glyphs = []
    for piece in page.pieces:
        x, top, high = (DOT * side for side in (piece.x, piece.y, piece.size))
        for sign, step in zip(piece.text, piece.steps, strict=True):
            end = x + DOT * step
            box = Box(x, top, end, top + high)
            glyphs.append(Glyph(sign, box, x, end, top + high / 2, high))
            x = end
    return PictureText(*size, tuple(glyphs), frozenset())


def readings_of(sample: Sample, data: bytes) -> dict[str, Packed]:
    """Give the reading of a scan as a step hands it on to the next, which then reads nothing."""
    (sheet,) = open_sheets(data)
    with pytest.MonkeyPatch.context() as patch, recalling({}) as readings:
        reading = reading_of(sample, sheet.image.size)
        patch.setattr(recognise, "read_picture", lambda _: reading)
        recall(sheet.image)
    return readings
