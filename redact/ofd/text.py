"""One text object of an OFD page, sign by sign (GB/T 33190, 第 11 章)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from redact.counts import whole_number
from redact.ofd.geometry import Matrix, Rect, deltas_of, number
from redact.ofd.items import Char, FontKey, Style, TextItem
from redact.ofd.package import local
from redact.ofd.paint import Paint
from redact.page.glyphs import UNREADABLE

_LEAST_SIZE = 0.05
UNCERTAIN = -1
"""Stands for a glyph that is named in a way that cannot be told for certain."""


@dataclass(slots=True)
class _Codes:
    """Gather the signs of a text object, code by code."""

    chars: list[Char] = field(default_factory=list)
    natural: set[int] = field(default_factory=set)
    count: int = 0
    x: float = 0.0
    y: float = 0.0


def text_item(
    element: etree._Element, paint: Paint, matrix: Matrix, boundary: Rect, font: FontKey | None
) -> TextItem | None:
    """Read a text object; None where it paints nothing that an eye could see."""
    style = _style(element, paint, font)
    if style.size < _LEAST_SIZE or (style.fill or style.stroke) is None or matrix.flat:
        return None
    codes = _Codes()
    transforms: list[etree._Element] = []
    for part in element:
        if local(part) == "CGTransform":
            transforms.append(part)
        elif local(part) == "TextCode":
            _take(codes, part, transforms, style)
            transforms = []
    for transform in transforms:  # glyphs that no text stands for
        codes.chars += [Char(UNREADABLE, codes.x, codes.y)] * bool(_glyphs(transform))
    return TextItem(style, matrix, boundary, tuple(codes.chars), frozenset(codes.natural))


def _style(element: etree._Element, paint: Paint, font: FontKey | None) -> Style:
    turn, down = (int(number(element.get(n), 0)) % 360 for n in ("CharDirection", "ReadDirection"))
    return Style(
        font,
        number(paint.setting("Size"), 0),
        max(number(element.get("HScale"), 1), 0.01),
        min(max(int(number(element.get("Weight"), 400)), 0), 1000),
        str(element.get("Italic", "")).strip().lower() in ("true", "1"),
        _runs_down(element, down),
        turn if turn in (90, 180, 270) else 0,
        paint.fill(True),
        paint.stroke(False),
        paint.line(),
    )


def _runs_down(element: etree._Element, direction: int) -> bool:
    """Tell whether most steps from sign to sign lead down or up rather than along."""
    down = along = 0.0
    for code in element.iterchildren("{*}TextCode"):
        steps = [abs(d) for d in deltas_of(code.get("DeltaY"))]
        down += sum(1 for step in steps if step > 0)
        along += sum(1 for step in deltas_of(code.get("DeltaX")) if step)
    return down > along if down or along else direction in (90, 270)


def _take(
    codes: _Codes, element: etree._Element, transforms: Sequence[etree._Element], style: Style
) -> None:
    text = "".join(str(t) for t in element.itertext()).strip("\r\n\t")
    codes.x, codes.y = number(element.get("X"), codes.x), number(element.get("Y"), codes.y)
    start = len(codes.chars)
    named = _named_glyphs(transforms, start, len(text))
    if not text and named:
        codes.chars.append(Char(UNREADABLE, codes.x, codes.y, None, codes.count))
    across, down = (deltas_of(element.get(name)) for name in ("DeltaX", "DeltaY"))
    if not across and not down:
        codes.natural.add(codes.count)
    x, y = codes.x, codes.y
    for place, character in enumerate(text):
        codes.chars.append(Char(character, x, y, named.get(place), codes.count))
        if across or down:
            x += _step(across, place, True)
            y += _step(down, place, not across)
        elif style.upright:
            y += style.advance(character)
        else:
            x += style.advance(character)
    codes.count += 1


def _step(steps: Sequence[float], place: int, goes_on: bool) -> float:
    """Give a distance; where the list ends, readers go on with its last."""
    if place < len(steps):
        return steps[place]
    return steps[-1] if steps and goes_on else 0.0


def _glyphs(transform: etree._Element) -> list[int]:
    listed = next(transform.iterchildren("{*}Glyphs"), None)
    words = str(listed.text or "").split() if listed is not None else []
    told = (whole_number(word, 5) for word in words)
    return [UNCERTAIN if number is None else number for number in told]


def _named_glyphs(transforms: Sequence[etree._Element], start: int, length: int) -> dict[int, int]:
    """Map places in a code to glyph numbers.

    Programs count ``CodePosition`` from the object's first sign or from the code's own; where
    neither can be excluded, and where signs and glyphs are not one to one, the glyph is unknown.
    """
    places = [int(number(t.get("CodePosition"), 0)) for t in transforms]
    counts = [int(number(t.get("CodeCount"), 1)) for t in transforms]
    ends = [p + c for p, c in zip(places, counts, strict=True)]
    whole = bool(start) and all(start <= p for p in places) and max(ends, default=0) > length
    own = not start or (max(ends, default=0) <= length and min(places, default=0) < start)
    if not whole and not own:
        return dict.fromkeys(range(max(length, 1)), UNCERTAIN)
    found: dict[int, int] = {}
    for transform, place, count in zip(transforms, places, counts, strict=True):
        glyphs = _glyphs(transform)
        for offset in range(min(count, max(length, 1))):
            at = place - (start if whole else 0) + offset
            found[at] = glyphs[offset] if len(glyphs) == count else UNCERTAIN
    return found
