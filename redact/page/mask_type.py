"""The type in which masks are set: which characters it has, and whether a mask fits a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

from redact.page.outlines import Outlines, cff_outlines

LEAST_STRETCH, MOST_STRETCH = 0.6, 1.15
SMALL = 0.7
"""Size, in parts of the text's, down to which a mask is set that would not fit else."""

LEAST_POINTS = 5.0
"""Size below which small letters are not readable."""

DESCENT = -0.12
"""How deep the type reaches below its line of writing, in ems."""


class Fit(NamedTuple):
    """Say how a mask is set: its size in ems, how far it is stretched, what stays free, in ems."""

    scale: float
    stretch: float
    free: float


def fit(natural: float, wide: float, points: float) -> Fit | None:
    """Fit a mask of its ``natural`` width into a ``wide`` place, both in ems of the text.

    ``points`` is the size of the text. None where the mask would not be readable.
    """
    scale = 1.0 if natural * LEAST_STRETCH <= wide else SMALL
    if scale < 1 and points * scale < LEAST_POINTS:
        return None
    stretch = min(wide / (natural * scale), MOST_STRETCH) if natural > 0 else 0.0
    if stretch < LEAST_STRETCH:
        return None
    return Fit(scale, stretch, max(wide - natural * scale * stretch, 0.0))


@cache
def program() -> bytes:
    """Give the font file."""
    return (files("redact") / "data" / "masks.otf").read_bytes()


@cache
def widths() -> Mapping[str, float]:
    """Give the width in ems of every character of the type."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(program()), lazy=True)
    metrics = font["hmtx"]
    return {chr(code): metrics[name][0] / 1000 for code, name in font.getBestCmap().items()}


def natural_width(text: str) -> float | None:
    """Give the width in ems of a text, None where the type lacks a character."""
    known = widths()
    return sum(known[c] for c in text) if text and all(c in known for c in text) else None


def outlines(text: Sequence[str]) -> Outlines:
    """Give the glyphs of these characters, drawable, by character."""
    found, names = _outlines()
    return Outlines({c: found.glyphs[names[ord(c)]] for c in text}, {})


@cache
def _outlines() -> tuple[Outlines, Mapping[int, str]]:
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(program()), lazy=True)
    return cff_outlines(font.reader["CFF "]), font.getBestCmap()
