"""The markup of an OFD output: elements, colours, distances, paths (GB/T 33190)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise

from lxml import etree

from redact.ofd.geometry import written
from redact.ofd.items import BLACK, Char, Colour, PathItem

OFD = "http://www.ofdspec.org/2016"


def root_of(name: str) -> etree._Element:
    """Begin a part."""
    return etree.Element(f"{{{OFD}}}{name}", nsmap={"ofd": OFD})


def add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """Add an element with its text."""
    element = etree.SubElement(parent, f"{{{OFD}}}{name}", attributes)
    element.text = text or None
    return element


def set_if(element: etree._Element, name: str, value: str, needed: bool) -> None:
    """Set an attribute where it is needed."""
    if needed:
        element.set(name, value)


def add_colour(element: etree._Element, name: str, colour: Colour | None) -> None:
    """Add a colour; black is what readers take where none is given."""
    if colour is not None and colour != BLACK:
        made = add(element, name, Value=written(colour[:3]))
        set_if(made, "Alpha", str(colour.alpha), colour.alpha < 255)


def add_glyphs(element: etree._Element, chars: Sequence[Char], numbers: Mapping[int, int]) -> None:
    """Add the glyph numbers of signs, one each."""
    count = str(len(chars))
    made = add(element, "CGTransform", CodePosition="0", CodeCount=count, GlyphCount=count)
    add(made, "Glyphs", " ".join(str(numbers.get(char.glyph or 0, 0)) for char in chars))


def set_steps(element: etree._Element, name: str, places: Sequence[float]) -> None:
    """Write distances so that they add up without error, equal ones in short."""
    rounded = [round(place, 4) for place in places]
    steps = [written([after - before]) for before, after in pairwise(rounded)]
    if any(step != "0" for step in steps):
        words: list[str] = []
        for step, group in groupby(steps):
            count = len(list(group))
            words += ["g", str(count), step] if count > 2 else [step] * count
        element.set(name, " ".join(words))


def path_data(item: PathItem) -> Iterable[str]:
    """Yield the steps of a path."""
    for points, closed in item.outlines:
        yield f"M {written(points[0])}"
        yield from (f"L {written(point)}" for point in points[1:])
        if closed:
            yield "C"
