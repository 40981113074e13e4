"""Text in pictures: every character with its place, and what a machine must not vouch for.

The page is set upright, red ink is looked through, and what was read without certainty is read
once more. What may still have been missed is a doubt, and a doubt is for a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from redact.ocr.doubts import Doubt, Seen, doubts_of, is_faint
from redact.ocr.engine import ReadLine, read_lines
from redact.ocr.glyphs import glyphs_of
from redact.ocr.places import places_of
from redact.ocr.seals import read_through, red_ink, without_red
from redact.ocr.turning import quarter_turns, turned_back
from redact.page.glyphs import Glyph

if TYPE_CHECKING:
    from PIL.Image import Image

    from redact.ocr.engine import Corners, Pixels

_LEAST_SIDE = 8
"""Pixels of a side below which nothing can be written in a picture."""

_WIDENED = 0.12
"""Share of its height by which a line is taken wider when it is read once more."""


@dataclass(frozen=True, slots=True)
class PictureText:
    """Hold the characters of a picture, boxes in pixels, and why a person must look at it."""

    width: int
    height: int
    glyphs: tuple[Glyph, ...]
    doubts: frozenset[Doubt]


def read_picture(picture: Image) -> PictureText:
    """Read all text of a picture, whichever way up it is.

    Deterministic on one machine. Raises whatever the recogniser raises when it is not installed
    or has no memory left; callers take that for a picture nobody has read.
    """
    if min(picture.size) < _LEAST_SIDE:
        return PictureText(picture.width, picture.height, (), frozenset())
    pixels = np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
    turns = quarter_turns(pixels)
    seen = _seen(np.ascontiguousarray(np.rot90(pixels, turns)))
    lines = [
        line._replace(corners=turned_back(line.corners, turns, picture.size)) for line in seen.lines
    ]
    doubts = frozenset(doubts_of(seen))
    return PictureText(picture.width, picture.height, tuple(glyphs_of(lines)), doubts)


def _seen(pixels: Pixels) -> Seen:
    """Read an upright picture."""
    red = red_ink(pixels)
    if red is None:
        lines = read_lines(pixels, places_of(pixels))
        return Seen(pixels, _read_again(pixels, lines), None)
    clear = without_red(pixels)
    lines = read_through(pixels, clear, red, places_of(pixels, clear))
    return Seen(pixels, _read_again(clear, lines), red)


def _read_again(pixels: Pixels, lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Read faint lines once more, a little wider: what is read the same way twice is sure."""
    settled = list(lines)
    faint = [n for n, line in enumerate(lines) if is_faint(line)]
    again = read_lines(pixels, [_wider(lines[n].corners) for n in faint])
    for number, second in zip(faint, again, strict=True):
        if _text(second) == _text(settled[number]):
            surely = zip(settled[number].signs, second.signs, strict=True)
            signs = tuple(
                one._replace(confidence=max(one.confidence, other.confidence, 0.8))
                for one, other in surely
            )
            settled[number] = settled[number]._replace(signs=signs)
    return settled


def _text(line: ReadLine) -> str:
    return "".join(sign.text for sign in line.signs)


def _wider(corners: Corners) -> Corners:
    down = (corners[3] - corners[0]) * np.float32(_WIDENED / 2)
    return np.asarray(corners + np.stack([-down, -down, down, down]), np.float32)
