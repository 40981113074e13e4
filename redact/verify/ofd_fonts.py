"""The fonts of an OFD output as the verifier sees them: what they know and what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

_TABLES = frozenset(
    {"GlyphOrder", "cmap", "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"}
)


@dataclass(frozen=True, slots=True)
class Program:
    """Hold a font program: its characters by glyph number, the glyphs that paint, their parts.

    ``plain`` tells that it has no table in which names or other texts could stand.
    """

    characters: Mapping[int, str]
    numbers: Mapping[str, int]
    painting: frozenset[int]
    parts: Mapping[int, frozenset[int]]
    plain: bool

    def leftover(self, texts: Iterable[str], glyphs: Iterable[int]) -> bool:
        """Tell whether a glyph paints something that no page shows."""
        pending = set(glyphs) | {self.numbers[t] for t in texts if t in self.numbers}
        reached: set[int] = set()
        while pending:
            glyph = pending.pop()
            if glyph not in reached:
                reached.add(glyph)
                pending |= self.parts.get(glyph, frozenset())
        return bool(self.painting - reached)


def read_program(data: bytes) -> Program:
    """Read a font program; raises whatever fontTools raises."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(data), lazy=True)
    order = {name: number for number, name in enumerate(font.getGlyphOrder())}
    outlines = font["glyf"]
    painting, parts = set(), {}
    for name, number in order.items():
        outline = outlines[name]
        if outline.numberOfContours:
            painting.add(number)
        if outline.isComposite():
            parts[number] = frozenset(order[n] for n in outline.getComponentNames(outlines))
    characters: dict[int, str] = {}
    numbers: dict[str, int] = {}
    for table in font["cmap"].tables:
        for code, name in table.cmap.items():
            characters[order[name]] = characters.get(order[name], "") + chr(code)
            numbers[chr(code)] = order[name]
    plain = set(font.keys()) <= _TABLES
    return Program(characters, numbers, frozenset(painting), parts, plain)
