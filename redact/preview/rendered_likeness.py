"""Compare the rendered pages of draft and output: what no edit touches must look as it did.

Text behind an edit may move with it, down, up and to other pages; of what moves together, the
lines keep their places and everything between them its look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from redact.page.glyphs import Box
from redact.page.raster import PdfRaster
from redact.preview.alignment import NOWHERE, aligned
from redact.preview.rendered_sight import Move, Sight, Stretch
from redact.preview.rendering import Ink, Line, lines_of, text_of

_MOST_COMPARED = 30
"""Pages of which pictures are compared; of the others only the places of the lines."""

Boxes = Mapping[int, Sequence[Box]]
"""Boxes by page."""

_NONE: Boxes = {}


class _Moved(NamedTuple):
    """Hold a line of the draft: whether an edit touches it or its row, and where it went.

    ``moves`` has one entry for a line that is whole in the output, more for one that is broken
    otherwise, none where its place is not certain.
    """

    line: Line
    touched: bool
    moves: tuple[Move, ...]

    @property
    def is_still(self) -> bool:
        stays = Move(self.line.page, 0.0, 0.0)
        return all(move.is_like(stays) for move in self.moves)


def uneven_pages(
    before: PdfRaster,
    after: PdfRaster,
    inks: Sequence[Ink],
    others: Sequence[Ink],
    touched: AbstractSet[int],
    painted: tuple[Boxes, Boxes] = (_NONE, _NONE),
) -> tuple[int, ...]:
    """Give the pages of the draft that look otherwise in the output than its edits explain.

    ``inks`` and ``others`` are the signs of draft and output, ``touched`` those of blocks that the
    plan edits, ``painted`` the places on both sides where it paints over pictures. Both files are
    looked at as far as ``inks_of`` reads them.
    """
    where = aligned(text_of(inks), text_of(others))
    kept = {there for here, there in enumerate(where) if here not in touched}
    lines = _moved_lines(inks, others, where, touched)
    covers = (
        _by_page(moved.line for moved in lines if moved.touched),
        _by_page(ln for ln in lines_of(others) if not kept.issuperset(range(ln.start, ln.end))),
    )
    for cover, boxes in zip(covers, painted, strict=True):
        for page, places in boxes.items():
            cover.setdefault(page, []).extend(places)
    found = set(_strange(lines))
    sight = Sight(before, after, *covers)
    pages = dict.fromkeys(moved.line.page for moved in lines)
    for page in [page for page in pages if page not in found][:_MOST_COMPARED]:
        here = [moved for moved in lines if moved.line.page == page]
        if not all(map(sight.is_alike, _stretches(here, before.size(page)))):
            found.add(page)
    return tuple(sorted(found))


def _moved_lines(
    inks: Sequence[Ink], others: Sequence[Ink], where: Sequence[int], touched: AbstractSet[int]
) -> list[_Moved]:
    lines = list(lines_of(inks))
    edited = [ln for ln in lines if not touched.isdisjoint(range(ln.start, ln.end))]
    rows: dict[int, list[Box]] = _by_page(edited)
    return [
        _Moved(
            ln,
            any(_stand_beside(ln.box, box) for box in rows.get(ln.page, ())),
            _moves(ln, inks, others, where),
        )
        for ln in lines
    ]


def _stand_beside(box: Box, other: Box) -> bool:
    """Tell whether two lines share a height: one cell of a row moves the others."""
    return box.top < other.bottom and other.top < box.bottom


def _moves(
    line: Line, inks: Sequence[Ink], others: Sequence[Ink], where: Sequence[int]
) -> tuple[Move, ...]:
    found: list[Move] = []
    for here in range(line.start, line.end):
        if (there := where[here]) == NOWHERE:
            continue
        old, new = inks[here].box, others[there].box
        move = Move(others[there].page, new.x0 - old.x0, new.bottom - old.bottom)
        if not any(move.is_like(known) for known in found):
            found.append(move)
    return tuple(found)


def _strange(lines: Sequence[_Moved]) -> Iterator[int]:
    """Give the pages of lines that moved though no edit explains it."""
    edited = may_move = False
    page, flow = 0, None
    for line, touched, moves in lines:
        if touched:
            edited = may_move = True
        elif len(moves) > 1:
            yield line.page
        elif moves and not moves[0].is_like(Move(line.page, 0.0, 0.0)):
            (move,) = moves
            turned = flow is None or line.page != page or move.page != flow.page
            known = flow is not None and move.is_like(flow)
            if not edited or not move.is_level or not (known or may_move or turned):
                yield line.page
            page, flow, may_move = line.page, move, False


def _stretches(lines: Sequence[_Moved], size: tuple[float, float]) -> Iterator[Stretch]:
    """Unite what moved together on one page; what stays in its place is compared as a whole."""
    page = lines[0].line.page
    if all(moved.is_still for moved in lines if not moved.touched):
        yield Stretch(page, Move(page, 0.0, 0.0), 0.0, size[1])
        return
    stretch: Stretch | None = None
    for line, touched, moves in lines:
        if touched or not moves:
            continue
        if stretch is not None and stretch.move.is_like(moves[0]):
            stretch = stretch.with_line(line.box)
            continue
        if stretch is not None:
            yield stretch
        stretch = Stretch(page, moves[0], line.box.top, line.box.bottom)
    if stretch is not None:
        yield stretch


def _by_page(lines: Iterator[Line] | Sequence[Line]) -> dict[int, list[Box]]:
    found: dict[int, list[Box]] = {}
    for line in lines:
        found.setdefault(line.page, []).append(line.box)
    return found
