"""Fonts of an output in which its masks are set, each with just the letters that are used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from redact.page import mask_type
from redact.page.outlines import Outlines
from redact.pdf.fontwriter import identity_font
from redact.pdf.program import Program

if TYPE_CHECKING:
    import pikepdf

_DEEPEST = 0.5


class Letter(NamedTuple):
    """Hold a character, its size in ems and its advance in thousandths.

    The last letter of a mask advances as far as the gap goes: with free room behind it, readers
    would see a space or another column there. Advances are whole, as some readers take them.
    """

    text: str
    scale: float
    width: int


@cache
def letter(text: str, scale: float) -> Letter:
    """Give a character of the type at a size, with its usual advance."""
    return Letter(text, scale, round(1000 * scale * mask_type.widths()[text]))


class MaskFont:
    """Gather letters under one name on the pages, and how deep readers take them to reach."""

    def __init__(self, name: str, descent: float) -> None:
        self.name, self.descent = name, descent
        self._letters: set[Letter] = set()

    def use(self, letters: Iterable[Letter]) -> None:
        """Take note of letters that are shown."""
        self._letters.update(letters)

    @cached_property
    def codes(self) -> Mapping[Letter, int]:
        """Number the letters by what they say: the order of first use would tell the text.

        To be asked for once all masks are set.
        """
        return {letter: number for number, letter in enumerate(sorted(self._letters), 1)}

    def built(self, pdf: pikepdf.Pdf) -> Any:
        """Write the font."""
        letters = list(self.codes)
        drawn = mask_type.outlines([letter.text for letter in letters]).glyphs
        scaled = {f"g{n}": _Scaled(drawn[x.text], x.scale) for n, x in enumerate(letters)}
        program = Program(Outlines(scaled, {}).with_glyphs(list(scaled)), truetype=False)
        metrics = {"/Ascent": 1000 * (1 + self.descent), "/Descent": 1000 * self.descent}
        meanings = [(letter.text, letter.width) for letter in letters]
        return identity_font(pdf, self.name, program, metrics, meanings)


class MaskFonts:
    """Hand out one font for every depth.

    Readers order what they find by its height, so masks take the same as what they replace.
    """

    def __init__(self) -> None:
        self._fonts: dict[float, MaskFont] = {}

    def of_descent(self, descent: float) -> MaskFont:
        """Give the font that reaches so deep, in ems; that of the letters where it is absurd."""
        known = round(descent, 3)
        if not -_DEEPEST <= known <= 0:
            known = mask_type.DESCENT
        if known not in self._fonts:
            self._fonts[known] = MaskFont(f"M{len(self._fonts) + 1}", known)
        return self._fonts[known]

    def built(self, pdf: pikepdf.Pdf) -> dict[str, Any]:
        """Write all fonts, by their names among a page's resources."""
        used = (font for font in self._fonts.values() if font.codes)
        return {f"/{font.name}": font.built(pdf) for font in used}


class _Scaled:
    """Draw a glyph smaller, its middle at the height where it was."""

    def __init__(self, glyph: Any, scale: float) -> None:
        self._glyph, self._scale = glyph, scale

    def draw(self, pen: Any) -> None:
        from fontTools.pens.transformPen import TransformPen

        lift = 1000 * (1 - self._scale) * (0.5 + mask_type.DESCENT)
        self._glyph.draw(TransformPen(pen, (self._scale, 0, 0, self._scale, 0, lift)))
