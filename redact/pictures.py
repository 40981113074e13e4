"""Pages as people look at them: small pictures of draft and output, with the places of findings."""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """Point at a finding: its number for people, a block, offsets in it and the text there."""

    number: int
    block: int
    start: int
    end: int
    text: str


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
    """Hold a page of the draft, counted from 1, and what became of it, where there is an output."""

    number: int
    before: PagePicture
    after: PagePicture | None
    places: tuple[Place, ...]


class PagePairs(NamedTuple):
    """Hold the pages that are shown, in order, and how many the draft has."""

    shown: tuple[PagePair, ...]
    total: int


class Allowance(NamedTuple):
    """Bound what pictures may cost: pages, and bytes of them all as they are written in text."""

    pages: int
    bytes: int
