"""Pictures of plain bars that stand for names: no recogniser is needed to read them."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from redact.page.glyphs import Box, Glyph
from redact.pictures import reading
from redact.pictures.reading import ReadPicture
from redact.pictures.text import PicturePlace, PictureSign
from redact.preview.pictures import Mark, PagePicture, Place
from review.document import Document
from review.plan import Edit, RedactionPlan

Colour = tuple[int, int, int]

NAME = "赵小满"
RED, BLUE = (200, 0, 0), (0, 0, 200)
PLACE = (60, 40, 180, 80)


def drawn(colour: Colour = RED, place: tuple[int, int, int, int] = PLACE) -> bytes:
    """Draw a picture of 300 by 200 pixels with a bar in it."""
    image = Image.new("RGB", (300, 200), (240, 240, 240))
    image.paste(colour, place)
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def read_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a bar be read as a name; reading real writing takes seconds and is tested elsewhere."""

    def read(part: str, image: Image.Image) -> ReadPicture:
        found = [bar_in(np.asarray(image.convert("RGB")), colour) for colour in (RED, BLUE)]
        return ReadPicture([PicturePlace(part, [_sign(box)]) for box in found if box])

    monkeypatch.setattr(reading, "read_places", read)
    monkeypatch.setattr(reading, "still_shows", lambda *_: False)


def bar_in(pixels: Any, colour: Colour = RED) -> Box | None:
    """Find a bar in rows of pixels."""
    rows, columns = np.nonzero((np.abs(pixels.astype(int) - colour) < 60).all(axis=-1))
    if not len(rows):
        return None
    sides = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
    return Box(*map(float, sides))


def _sign(box: Box) -> PictureSign:
    return PictureSign(NAME, Glyph(NAME, box, box.x0, box.x1, box.top, 30.0), 0)


def marks_in(document: Document) -> tuple[Mark, ...]:
    """Point at every bar."""
    found = (index for index, block in enumerate(document.blocks) if block.text == NAME)
    return tuple(Mark(n, index, 0, len(NAME), NAME, True) for n, index in enumerate(found, 1))


def plan_of(document: Document, marks: tuple[Mark, ...]) -> RedactionPlan:
    """Plan to paint over what is pointed at."""
    edits = tuple(Edit(m.block, m.start, m.end, "", f"F{m.number}") for m in marks)
    return RedactionPlan(document.digest, "p", "general", (), edits)


def holds_bar(picture: PagePicture, place: Place, colour: Colour = RED) -> bool:
    """Tell whether a place is that of a bar, to two per cent of what is shown."""
    pixels = np.asarray(Image.open(io.BytesIO(picture.data)).convert("RGB"))
    high, wide, _ = pixels.shape
    left, top = max(int((place.left - 0.02) * wide), 0), max(int((place.top - 0.02) * high), 0)
    right = int((place.left + place.width + 0.02) * wide)
    bottom = int((place.top + place.height + 0.02) * high)
    bar = bar_in(pixels[top:bottom, left:right], colour)
    if bar is None:
        return False
    edges = (bar.x0 + left) / wide, (bar.top + top) / high
    ends = (bar.x1 + left) / wide, (bar.bottom + top) / high
    sides = (place.left, place.top, place.left + place.width, place.top + place.height)
    return all(abs(a - b) < 0.02 for a, b in zip((*edges, *ends), sides, strict=True))
