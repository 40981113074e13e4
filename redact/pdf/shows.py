"""Match every shown code with the glyph that was read, and put gaps for those that must go."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from redact.page.doubt import DoubtError
from redact.page.gap import Gap
from redact.page.glyphs import Painted
from redact.pdf.codes import FontCodes, OutputFonts
from redact.pdf.content import Operator

_TOLERANCE = 0.02
LAYER = "R"
"""Name on every page of the font of our own text layer."""

_MOVES = frozenset({"Td", "TD", "Tm", "T*", "ET"})
"""Operators from which on text stands where they say, not behind what was shown before."""

_VISIBLE_MODES = frozenset({0, 1, 2})
_SPACE = 32


class Shown(NamedTuple):
    """Hold what one operator shows: codes (whole numbers) and spacing (fractions) in turn."""

    font: FontCodes
    size: float
    items: tuple[int | float, ...]


class TextState(NamedTuple):
    """Hold how text is set (ISO 32000, 9.3)."""

    font: FontCodes | None = None
    size: float = 0.0
    character: float = 0.0
    word: float = 0.0
    stretch: float = 1.0
    rise: float = 0.0
    mode: float = 0


class Sign(NamedTuple):
    """Hold a character as a font of the source has it, its width in thousandths."""

    font: FontCodes
    code: int
    width: float


class StandIn(NamedTuple):
    """Hold where the text of a gap is put down: in the run of the text, moving nothing.

    ``wide`` and ``drop`` are the width of the gap's room and how deep it reaches below the line
    of writing, both in text space; ``points`` is the size of its text on the page; ``signs`` are
    those of its characters that the removed text had too.
    """

    gap: Gap
    state: TextState
    wide: float
    drop: float
    points: float
    signs: Mapping[str, Sign]

    @property
    def em(self) -> float:
        """Give the width of an em in text space."""
        return self.state.size * self.state.stretch


Content = list[bytes | Shown | StandIn]
"""A page's content; the codes of its fonts are settled only when all pages are known."""


@dataclass(slots=True)
class GapWriter:
    """Write one page's operators anew, its text without the glyphs numbered ``removed``.

    ``painted`` are the glyphs that the reader saw, in the order of painting; ``gaps`` are found
    by the number of their first glyph. Raises ``DoubtError`` when what is shown and what was
    read do not agree one to one.
    """

    fonts: OutputFonts
    painted: Sequence[Painted]
    removed: Collection[int]
    gaps: Sequence[Gap]
    height: float
    content: Content = field(default_factory=list)
    _places: dict[int, tuple[int, Gap]] = field(default_factory=dict)
    _signs: dict[int, dict[str, Sign]] = field(default_factory=dict)
    _state: TextState = field(default_factory=TextState)
    _saved: list[TextState] = field(default_factory=list)
    _next: int = 0
    _moved: int = 0

    def write(self, operators: Sequence[Operator]) -> Content:
        self._places = {
            glyph.order: (number, gap)
            for number, gap in enumerate(self.gaps)
            for glyph in gap.glyphs
        }
        for operator in operators:
            self._operator(operator)
        if self._next != len(self.painted):
            raise DoubtError("fewer glyphs shown than read")
        if sum(isinstance(piece, StandIn) for piece in self.content) != len(self.gaps):
            raise DoubtError("gap that is not found again")
        return self.content

    def _operator(self, operator: Operator) -> None:
        name, operands = operator
        match name:
            case "Tf":
                font = self.fonts.codes_of(operands[0])
                self._state = self._state._replace(font=font, size=operands[1])
                return
            case "Tc":
                self._state = self._state._replace(character=operands[0])
                return
            case "Tw":
                self._state = self._state._replace(word=operands[0])
                return
            case "Tj" | "TJ" | "'" | '"':
                self._show(name, operands)
                return
            case "gs":
                name_of_state = self.fonts.state(operands[0])
                self.content.append(f"/{name_of_state} gs".encode())
                return
            case "cs" | "CS":
                self.content.append(f"{operands[0]} {name}".encode())
                return
            case "d":
                dashes = " ".join(map(number, operands[0]))
                self.content.append(f"[{dashes}] {number(operands[1])} d".encode())
                return
            case "Tr" if operands[0] not in _VISIBLE_MODES:
                raise DoubtError("invisible text or text for clipping")
        if name in _MOVES:
            self._forget_advance()
        self._follow(name, operands)
        self.content.append(" ".join((*map(number, operands), name)).encode())

    def _follow(self, name: str, operands: Sequence[float]) -> None:
        match name:
            case "q":
                self._saved.append(self._state)
            case "Q":
                self._state = self._saved.pop()
            case "Tz":
                self._state = self._state._replace(stretch=operands[0] / 100)
            case "Ts":
                self._state = self._state._replace(rise=operands[0])
            case "Tr":
                self._state = self._state._replace(mode=operands[0])

    def _show(self, name: str, operands: Sequence[Any]) -> None:
        if name == '"':
            word, character, pieces = operands
            self._state = self._state._replace(word=word, character=character)
        else:
            (pieces,) = operands
        if name in ("'", '"'):
            self._forget_advance()
            self.content.append(b"T*")
        font = self._state.font
        if font is None:
            raise DoubtError("text without a font")
        items: list[int | float] = []
        for piece in pieces:
            if isinstance(piece, bytes):
                self._string(font, piece, items)
            else:
                items.append(float(piece))
        self.content.append(Shown(font, self._state.size, tuple(items)))

    def _forget_advance(self) -> None:
        """Drop spacing that nothing follows: it would tell how long was what is gone.

        What stands in for something gone follows the spacing before it, which leads to its place.
        """
        for place in range(len(self.content) - 1, self._moved - 1, -1):
            piece = self.content[place]
            if isinstance(piece, StandIn):
                break
            if isinstance(piece, Shown):
                end = len(piece.items)
                while end and not isinstance(piece.items[end - 1], int):
                    end -= 1
                if end < len(piece.items):
                    self.content[place] = piece._replace(items=piece.items[:end])
                if end:
                    break
        self._moved = len(self.content)

    def _string(self, font: FontCodes, data: bytes, items: list[int | float]) -> None:
        """Add to ``items`` the codes of a string that stay, and what moves over the others."""
        state = self._state
        codes = font.split(data)
        if not codes:
            return
        if not state.size or not state.stretch:
            raise DoubtError("text without a size")
        if font.drawn and state.mode:
            # Readers draw such glyphs in the same way whatever the mode; a program's they do not.
            raise DoubtError("drawn glyphs that are not simply filled")
        first, self._next = self._next, self._next + len(codes)
        glyphs = self.painted[first : self._next]
        if len(glyphs) != len(codes):
            raise DoubtError("more glyphs shown than read")
        size, wide = state.size, state.size * state.stretch
        removed, known = self.removed, font.known
        here, there = glyphs[0].matrix[4:]
        for order, (code, glyph) in enumerate(zip(codes, glyphs, strict=True), first):
            text, advance, (a, b, _, _, x, y), _, _, _ = glyph
            if abs(here - x) > _TOLERANCE or abs(there - y) > _TOLERANCE:
                raise DoubtError("glyph read elsewhere than shown")
            spaced = state.character
            if code == _SPACE and font.spaces_words:
                spaced += state.word
            moved = advance + spaced * state.stretch
            here, there = x + a * moved, y + b * moved
            width = 1000 * advance / wide
            if order in removed:
                self._gap(order, Sign(font, code, width), items)
                # Readers disagree on spacing behind the last glyph, so all of it is written out.
                items.append(-(width + 1000 * spaced / size))
                continue
            if (code, text, width) not in known:
                font.use(code, text, width)
            items.append(code)
            if spaced:
                items.append(-1000 * spaced / size)

    def _gap(self, order: int, sign: Sign, items: list[int | float]) -> None:
        """Note what the text of a gap may be written with; put it where the gap begins."""
        if order not in self._places:
            return
        place, gap = self._places[order]
        state, glyph, signs = self._state, self.painted[order], self._signs.setdefault(place, {})
        if len(glyph.text) == 1 and glyph.text in gap.text:
            signs.setdefault(glyph.text, sign)
        if order != gap.glyphs[0].order:
            return
        a, b, c, d, _, y = glyph.matrix
        if b or c or a <= 0 or d <= 0 or state.size <= 0 or state.stretch <= 0:
            raise DoubtError("edit in text that is turned or mirrored")
        drop = (y - (self.height - gap.box.bottom)) / d
        wide = (gap.room.x1 - gap.room.x0) / a
        stand_in = StandIn(gap, state, wide, drop, state.size * d, signs)
        self.content += [Shown(sign.font, state.size, tuple(items)), stand_in]
        items.clear()


def number(value: float) -> str:
    """Write a number without an exponent, which content streams do not know."""
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"


def shown_bytes(shown: Shown, codes: Mapping[int, bytes]) -> bytes:
    """Write what is shown under the new codes of its font."""
    if not shown.items:
        return b""
    pieces: list[bytes] = []
    for kind, group in groupby(shown.items, type):
        if kind is int:
            pieces.append(b"<" + b"".join(codes[int(item)] for item in group) + b">")
        else:
            pieces.append(number(sum(group)).encode())
    # A font of which nothing is left is not in the file, yet the gaps need a size.
    font = shown.font.name if codes else LAYER
    return f"/{font} {number(shown.size)} Tf [".encode() + b" ".join(pieces) + b"] TJ"
