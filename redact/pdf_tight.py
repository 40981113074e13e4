"""Find the gaps in lines read by machine, which names characters but gives spaces no place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from redact.pdf_glyphs import Glyph

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

_INK = 48
_WIDE, _WIDE_LATIN, _WIDE_DIGIT = 1.25, 0.62, 1.0
"""Widths in heights of the line from which a character's box holds a gap beside it.

A number must not be torn: only a wide gap stands between two of them.
"""

_LEAST, _LEAST_LATIN = 0.8, 0.3
_MARGIN = 0.2


def tightened(picture: Image, glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Let characters with a gap beside them end where their ink ends; their boxes stay.

    Glyphs and picture are both in pixels.
    """
    grey = np.asarray(picture.convert("L"))
    return [_tight(grey, glyph) for glyph in glyphs]


def _tight(grey: NDArray[np.uint8], glyph: Glyph) -> Glyph:
    latin = glyph.text.isascii()
    long = glyph.end - glyph.start
    wide = _WIDE_DIGIT if glyph.text.isdigit() else _WIDE_LATIN if latin else _WIDE
    if long <= wide * glyph.size or glyph.angle % 90:
        return glyph
    box = glyph.box
    part = grey[max(int(box.top), 0) : int(box.bottom), max(int(box.x0), 0) : int(box.x1)]
    level = np.rot90(part, glyph.angle // 90)
    # The outer rows may hold rules or what stands above and below.
    margin = int(level.shape[0] * _MARGIN)
    level = level[margin : level.shape[0] - margin]
    if not level.size:
        return glyph
    (ink,) = np.nonzero((np.abs(level - float(np.median(level))) > _INK).any(axis=0))
    if not len(ink):
        return glyph
    first, last = ink[0] / level.shape[1] * long, (ink[-1] + 1) / level.shape[1] * long
    lacking = max((_LEAST_LATIN if latin else _LEAST) * glyph.size - (last - first), 0) / 2
    start = max(first - lacking, 0.0)
    end = min(last + lacking, long)
    return replace(glyph, start=glyph.start + float(start), end=glyph.start + float(end))
