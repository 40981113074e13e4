"""Compare what a page's text layer says with what a machine reads on the page itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from redact.page.fold import fold
from redact.page.glyphs import UNREADABLE, Glyph, unite
from redact.page.lines import runs_of
from redact.page.paragraphs import paragraphs_of

_OTHER = 1 / 3
"""Share of pairs of signs from which a line is another text, not the same one misread."""

_LEAST = 2
_SIGNS = re.compile(r"[^\w\ufffd]|_")


def strange_lines(
    lines: Iterable[Sequence[Glyph]], glyphs: Sequence[Glyph]
) -> list[Sequence[Glyph]]:
    """Give the lines read by machine that ``glyphs`` of a text layer do not say in that place.

    A line that holds a glyph nobody knows is strange whatever it says. A single sign is none: an
    edge or a corner of a drawing reads as one.
    """
    found = [line for line in lines if _is_strange(line, glyphs)]
    return found if sum(map(len, found)) >= _LEAST else []


def _is_strange(line: Sequence[Glyph], glyphs: Sequence[Glyph]) -> bool:
    place = unite(glyph.box for glyph in line)
    here = [glyph for glyph in glyphs if place and place.holds_centre(glyph.box)]
    unknown = any(UNREADABLE in glyph.text for glyph in here)
    return unknown or _is_other(_written(line), _pairs(_written(here)))


def unseen_paragraphs(glyphs: Sequence[Glyph], read: Iterable[Sequence[Glyph]]) -> list[str]:
    """Give the paragraphs of a text layer that are not word for word what a machine reads."""
    seen = signs_in("".join(map(_written, read)))
    texts: list[str] = []
    for angle in sorted({glyph.angle for glyph in glyphs}):
        runs = runs_of(glyph for glyph in glyphs if glyph.angle == angle)
        texts += ("".join(run.text for run in each) for each in paragraphs_of(runs))
    return [text for text in texts if (signs := signs_in(text)) and signs not in seen]


def share_of(lines: Iterable[Sequence[Glyph]], every: Iterable[Sequence[Glyph]]) -> float:
    """Give how much of what was read stands in these lines."""
    return sum(map(len, lines)) / max(sum(map(len, every)), 1)


def differs(read: Iterable[Sequence[Glyph]], layer: str) -> bool:
    """Tell whether a text layer says notably more or something else than is read on the page."""
    pairs = _pairs("".join(map(_written, read)))
    return _is_other(layer, pairs)


def _written(line: Iterable[Glyph]) -> str:
    return "".join(glyph.text for glyph in line)


def signs_in(text: str) -> str:
    """Leave letters, digits and characters: readers differ on spaces and punctuation."""
    return _SIGNS.sub("", fold(text))


def _pairs(text: str) -> frozenset[str]:
    signs = signs_in(text)
    return frozenset((*signs, *map("".join, pairwise(signs))))


def _is_other(text: str, known: frozenset[str]) -> bool:
    signs = signs_in(text)
    pairs = list(map("".join, pairwise(signs))) or list(signs)
    return sum(pair not in known for pair in pairs) > _OTHER * len(pairs)
