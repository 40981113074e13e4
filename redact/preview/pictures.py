"""Pages as people look at them: small pictures of draft and output, with the places of findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from redact.page.glyphs import Box

MOST_RENDERED = 60
"""Pages of a draft that is no pdf that are rendered at all, of its output as many."""


class Mark(NamedTuple):
    """Point at a finding: its number for people, a block, offsets in it and the text there.

    ``edited`` says that something else stands there in the output.
    """

    number: int
    block: int
    start: int
    end: int
    text: str
    edited: bool = False


class Allowance(NamedTuple):
    """Bound what pictures may cost: pages, and bytes of them all as they are written in text."""

    pages: int
    bytes: int


class PictureOrder(NamedTuple):
    """Say what to picture: the formats of draft and output, the marks, and what it may cost.

    ``texts`` are the blocks of the draft, empty where nothing of one stands on a page; ``allowed``
    is what the verifier is told. ``becomes`` are the blocks of the output, ``became`` the same
    findings there, as far as something of them is left; ``running`` are blocks that may stand on
    several pages; ``pictured`` says that some blocks stand in pictures.
    """

    format: str
    written: str
    texts: tuple[str, ...]
    marks: tuple[Mark, ...]
    allowed: Mapping[str, int]
    allowance: Allowance
    becomes: tuple[str, ...] = ()
    became: tuple[Mark, ...] = ()
    running: tuple[int, ...] = ()
    pictured: bool = False


class Place(NamedTuple):
    """Hold where a finding stands on its page, as shares of the page's width and height."""

    number: int
    left: float
    top: float
    width: float
    height: float


class PagePicture(NamedTuple):
    """Hold a compressed picture; ``kind`` is ``png`` or ``jpeg``."""

    kind: str
    data: bytes


class PagePair(NamedTuple):
    """Hold a page of the draft, counted from 1, and what became of it, where there is an output.

    ``places`` are those of findings on the draft, ``placed`` on the output; ``pictures`` are those
    of whole pictures of the draft, by their own numbers, 0 for one that nobody has read.
    """

    number: int
    before: PagePicture
    after: PagePicture | None
    places: tuple[Place, ...]
    placed: tuple[Place, ...] = ()
    pictures: tuple[Place, ...] = ()


class PagePairs(NamedTuple):
    """Hold the pages that are shown, in order, and what comparing all of them told.

    ``total`` and ``after`` count the pages of draft and output as far as they were rendered;
    ``cut`` says that there are more; ``uneven`` are pages of the draft that look otherwise in the
    output than its edits explain;
    ``complaints`` say where the output shows what had to go; ``sketched`` pages show text and
    lines alone; ``sheets`` are pictures with findings that no shown page frames, by their numbers,
    0 for one of a file within the file.
    """

    shown: tuple[PagePair, ...]
    total: int
    after: int = 0
    cut: bool = False
    uneven: tuple[int, ...] = ()
    complaints: tuple[str, ...] = ()
    sketched: bool = False
    sheets: tuple[PagePair, ...] = ()


def place_in(number: int, box: Box, size: tuple[float, float]) -> Place | None:
    """Give the place of a box as shares of its page; None for one that lies outside."""
    left, right = (min(max(x / size[0], 0.0), 1.0) for x in (box.x0, box.x1))
    top, bottom = (min(max(y / size[1], 0.0), 1.0) for y in (box.top, box.bottom))
    if left >= right or top >= bottom:
        return None
    return Place(number, left, top, right - left, bottom - top)


def box_in(place: Place, size: tuple[float, float]) -> Box:
    """Give the box of a place on its page."""
    (wide, high), (_, left, top, width, height) = size, place
    return Box(left * wide, top * high, (left + width) * wide, (top + height) * high)
