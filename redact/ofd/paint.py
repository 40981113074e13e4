"""How things are painted in an OFD file: drawing parameters, colours, what cannot be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from redact.ofd.geometry import number, numbers
from redact.ofd.items import Colour
from redact.ofd.package import child

_SEGMENTS = ("AxialShd", "RadialShd", "GouraudShd", "LaGouraudShd")
_DEEPEST = 16
_LINE = 0.353
"""Width of a line in mm where none is given (GB/T 33190, 表 30)."""


@dataclass(frozen=True, slots=True)
class Paint:
    """Look up the settings of one object: its own, then its parameters', then its layer's."""

    chain: tuple[etree._Element, ...]

    def setting(self, name: str) -> str | None:
        """Give an attribute from the first that has it."""
        return next((str(v) for e in self.chain if (v := e.get(name)) is not None), None)

    def line(self) -> float:
        """Give the width of lines in mm."""
        return number(self.setting("LineWidth"), _LINE)

    def dash(self) -> tuple[float, ...]:
        """Give the lengths of dashes and gaps."""
        return tuple(numbers(self.setting("DashPattern"))[:16])

    def fill(self, usual: bool) -> Colour | None:
        """Give the colour of areas, None where they are not filled."""
        return self._colour("FillColor") if self._switch("Fill", usual) else None

    def stroke(self, usual: bool) -> Colour | None:
        """Give the colour of outlines, None where there are none."""
        return self._colour("StrokeColor") if self._switch("Stroke", usual) else None

    def _switch(self, name: str, usual: bool) -> bool:
        own = self.chain[0].get(name)
        return usual if own is None else str(own).strip().lower() in ("true", "1")

    def _colour(self, name: str) -> Colour | None:
        found = next((c for e in self.chain if (c := child(e, name)) is not None), None)
        colour = Colour() if found is None else colour_of(found)
        share = number(self.chain[0].get("Alpha"), 255) / 255
        if colour is None or colour.alpha * share < 1:
            return None
        return colour._replace(alpha=min(round(colour.alpha * share), 255))


class Paints:
    """Know the drawing parameters (``DrawParam``) of a document."""

    def __init__(self, parameters: Mapping[str, etree._Element]) -> None:
        self._parameters = parameters

    def of(self, element: etree._Element, layer: etree._Element | None) -> Paint:
        """Gather what governs an object."""
        chain = [element, *self._named(element)]
        return Paint((*chain, *(self._named(layer) if layer is not None else ())))

    def _named(self, element: etree._Element) -> list[etree._Element]:
        found: list[etree._Element] = []
        name = element.get("DrawParam")
        while name is not None and len(found) < _DEEPEST:
            parameter = self._parameters.get(str(name))
            if parameter is None:
                break
            found.append(parameter)
            name = parameter.get("Relative")
        return found


def is_hidden(element: etree._Element) -> bool:
    """Tell whether an object or block says itself that it is not shown."""
    invisible = str(element.get("Visible", "true")).strip().lower() in ("false", "0")
    return invisible or number(element.get("Alpha"), 255) < 1


def colour_of(element: etree._Element) -> Colour | None:
    """Read a colour as red, green and blue; of a shading the first, of a pattern none."""
    if child(element, "Pattern") is not None:
        return None
    for name in _SEGMENTS:
        if (shading := child(element, name)) is not None:
            first = next(shading.iter("{*}Color"), None)
            return colour_of(first) if first is not None else None
    alpha = _part(number(element.get("Alpha"), 255))
    match numbers(element.get("Value")):
        case [grey]:
            return Colour(_part(grey), _part(grey), _part(grey), alpha)
        case [red, green, blue]:
            return Colour(_part(red), _part(green), _part(blue), alpha)
        case [cyan, magenta, yellow, key]:
            light = 1 - key / 255
            red, green, blue = ((255 - ink) * light for ink in (cyan, magenta, yellow))
            return Colour(_part(red), _part(green), _part(blue), alpha)
    return Colour(alpha=alpha)


def _part(value: float) -> int:
    return min(max(round(value), 0), 255)
