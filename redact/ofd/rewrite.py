"""The items of an OFD page as its changes leave them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from redact.ofd.edit import Changes, Mask
from redact.ofd.file import ReadPage
from redact.ofd.fonts import Fonts
from redact.ofd.geometry import POINTS, around
from redact.ofd.glyphs import ABOVE, BELOW, Placed
from redact.ofd.items import Char, Item, OfdPage, PathItem, PictureItem, TextItem, frame


def rewritten(read: ReadPage, changes: Changes, fonts: Fonts) -> OfdPage:
    """Give the page without what is removed, with masks in place, glyph numbers where they hold."""
    by_item: dict[int, list[Placed]] = {}
    for placed in read.placed:
        by_item.setdefault(placed.item, []).append(placed)
    items: list[Item] = []
    for number, item in enumerate(read.page.items):
        if isinstance(item, PathItem):
            items += [item] if _is_on(item, read.page) else []
        elif isinstance(item, PictureItem):
            items.append(item if item.picture.data is not None else frame(item.boundary))
        else:
            items += _texts(_plain(item, fonts), by_item.get(number, []), changes, read.page, fonts)
    return replace(read.page, items=tuple(items))


def _plain(item: TextItem, fonts: Fonts) -> TextItem:
    """Leave out glyph numbers that no program gives a meaning to."""
    if fonts.keeps_glyphs(item.style.font):
        return item
    return replace(item, chars=tuple(char._replace(glyph=None) for char in item.chars))


def _texts(
    item: TextItem, placed: Sequence[Placed], changes: Changes, page: OfdPage, fonts: Fonts
) -> Iterator[Item]:
    """Yield the pieces of a text object, each mask where what it stands for began."""
    orders = [p.glyph.order for p in placed]
    touched = changes.removed.union(changes.shifts).union(changes.masks)
    if touched.isdisjoint(orders):
        yield item
        return
    piece: list[Char] = []
    for char, order in zip(item.chars, orders, strict=True):
        mask = changes.masks.get(order)
        if mask is not None or order in changes.removed:
            yield from _piece(item, piece, page)
            piece = []
        if mask is not None:
            yield _mask(item, char, mask, page, fonts)
        if order not in changes.removed:
            piece.append(_shifted(item, char, changes.shifts.get(order, 0.0)))
    yield from _piece(item, piece, page)


def _piece(item: TextItem, chars: list[Char], page: OfdPage) -> Iterator[TextItem]:
    if any(not char.text.isspace() for char in chars):
        yield replace(item, boundary=page.box, chars=tuple(chars), natural=frozenset())


def _direction(item: TextItem, points: float) -> tuple[float, float]:
    """Turn a way along the line, in points, into one in the object's own space."""
    matrix = item.matrix
    x, y = (matrix.c, matrix.d) if item.style.upright else (matrix.a, matrix.b)
    length = points / (POINTS * (x * x + y * y) ** 0.5)
    return (0.0, length) if item.style.upright else (length, 0.0)


def _shifted(item: TextItem, char: Char, points: float) -> Char:
    if not points:
        return char
    x, y = _direction(item, points)
    return char._replace(x=char.x + x, y=char.y + y)


def _mask(item: TextItem, char: Char, mask: Mask, page: OfdPage, fonts: Fonts) -> TextItem:
    """Set a mask in a font that every reader has, its middle where that of the line is."""
    own = item.style
    font = None if fonts.keeps_glyphs(own.font) else own.font
    style = replace(own, font=font, size=own.size * mask.size)
    start = _shifted(item, char, mask.shift)
    spread = sum(_direction(item, mask.spread))
    smaller = own.size - style.size
    x, y = start.x, start.y - smaller * (ABOVE if own.upright else (ABOVE - BELOW) / 2)
    x += smaller * own.stretch / 2 if own.upright else 0.0
    chars = []
    for character in mask.text:
        chars.append(Char(character, x, y, None, 0))
        step = style.advance(character) + spread
        x, y = (x, y + step) if own.upright else (x + step, y)
    return TextItem(style, item.matrix, page.box, tuple(chars))


def _is_on(item: PathItem, page: OfdPage) -> bool:
    """Tell whether any part of a path lies on the page."""
    box = around(item.matrix.point(*p) for outline, _ in item.outlines for p in outline)
    return (
        box.x <= page.width
        and box.y <= page.height
        and box.x + box.width >= 0
        and box.y + box.height >= 0
    )
